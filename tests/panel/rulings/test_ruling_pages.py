"""The pages of a recorded decision, as each person meets them."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.decisions.standing import standing_of
from panel.disposals import actions as disposals
from panel.errors import Missing, Stale
from panel.referrals.models import Referral
from panel.rulings import actions
from tests.panel.conftest import Visit, make
from tests.support.decided import decided
from tests.support.given import GIVEN_AT, signed
from tests.support.world import World
from workflows.case import Status
from workflows.flow import Refused
from workflows.vocabulary import Outcome


def test_the_record_is_read_printed_and_taken_along(engine: Engine, world: World, visit: Visit) -> None:
    reference = make(engine, decided, world)
    inspector = visit("inspector")
    page = inspector.open(f"/cases/{reference}/panel/decisions/1")
    for heading in ("What was decided", "Why", "Who decided", "Options weighed", "What the panel knew"):
        assert heading in page.text
    paper = inspector.client.get(f"/cases/{reference}/panel/decisions/1/record.pdf")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
    assert inspector.client.get(f"/cases/{reference}/panel/decisions/2").status_code == 404
    assert visit("far_manager").client.get(f"/cases/{reference}/panel/decisions/1").status_code == 404


def test_two_people_rescind_a_decision_on_the_pages(engine: Engine, world: World, visit: Visit) -> None:
    reference = make(engine, decided, world)
    place = f"/cases/{reference}/panel/decisions/1/rescind"
    manager, officer = visit("manager"), visit("seconded")
    refused = manager.send(place, {"reason": ""}, status=422)
    assert "Give a reason" in refused.text
    manager.send(place, {"reason": "The wrong offence was before the panel."})
    assert "somebody else has to confirm" in manager.open(place).text
    officer.send(place, {})
    after = officer.open(f"/cases/{reference}/panel/decisions/1")
    assert "This decision was taken back" in after.text
    assert "rescinded" in officer.open(f"/cases/{reference}/panel").text


def test_the_police_decide_otherwise_on_their_page(engine: Engine, world: World, visit: Visit) -> None:
    reference = make(engine, decided, world)
    officer, place = visit("seconded"), f"/cases/{reference}/panel/police-decision"
    outcome = re.search(r'name="(outcome_\d+)"', officer.open(place).html)
    assert outcome is not None
    assert visit("manager").client.get(place).status_code == 403
    wrong = officer.send(place, {outcome[1]: Outcome.YC.value}, status=422)
    assert "Enter their rank or post" in wrong.text
    said = {
        outcome[1]: Outcome.YC.value,
        "code": "evidence",
        "reason": "Weaker than it looked.",
        "name": "Ruth Hale",
        "rank": "Inspector",
        "authority": "sergeant_or_above",
        "decided_on": ["17", "11", "2026"],
    }
    officer.send(place, said)
    assert "The police decided otherwise" in officer.open(f"/cases/{reference}/disposal").text


def test_rescinding_and_giving_at_once_have_exactly_one_result(engine: Engine, world: World) -> None:
    for _ in range(6):
        with transaction(engine) as db:
            referral = signed(db, world, by="seconded")
            number, stands = referral.id, standing_of(db, referral.id)
            assert stands is not None
            actions.ask_rescind(
                db, referral, stands.decision, "Wrong", by=world.actor("manager"), at=GIVEN_AT
            )
        results = _at_once(engine, world, number)
        with Session(engine) as db:
            case = db.exec(select(Referral).where(Referral.id == number)).one()
            assert sorted(results) == ["done", "refused"], results
            assert (case.status is Status.GIVEN) != (case.status is Status.ASSESSED)


def _at_once(engine: Engine, world: World, number: int) -> list[str]:
    barrier, officer = Barrier(2), world.actor("seconded")

    def give(db: Session, referral: Referral) -> None:
        disposals.give(db, referral, by=officer, at=GIVEN_AT)

    def back(db: Session, referral: Referral) -> None:
        stands = standing_of(db, number)
        assert stands is not None
        row = actions.rescissions_of(db, stands.decision.id)[-1]
        actions.rescind(db, referral, stands.decision, row, by=officer, at=GIVEN_AT)

    def run(act: object) -> str:
        barrier.wait()
        try:
            with transaction(engine) as db:
                query = select(Referral).where(Referral.id == number).with_for_update()
                act(db, db.exec(query).one())  # type: ignore[operator]
        except (Refused, Stale, Missing, AssertionError):
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, (give, back)))
