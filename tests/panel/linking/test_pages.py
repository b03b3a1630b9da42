"""A person looks at two records side by side and says whether they are the same; it can be taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.sentences import events_of
from panel.history.verify import verify
from panel.linking.actions import link_all
from panel.police.models import PoliceDisposal, PoliceLink
from panel.police.queries import police_chain
from tests.panel.conftest import Visit, rows
from tests.panel.ground.test_pages_stay_quick import counted
from tests.support.police import GIVEN, force, listed, told
from tests.support.world import NOW, World
from workflows.calendar import long_date
from workflows.police import Fit, Heard, NotOurs, Standing, Verdict

BORN_ANOTHER_DAY = {"date_of_birth": date(2009, 12, 30)}
HOME = {"address": "12 Mill Road", "postcode": "ZZ1 1AA"}


@pytest.fixture
def pair(engine: Engine, world: World) -> tuple[int, int, int]:
    """A pair that waits: its number, the disposal of the list, the one that we were told of."""
    with transaction(engine) as db:
        of = force(db, world)
        known = told(
            db, world, of, on=GIVEN + timedelta(days=1), crime_reference="", **HOME | BORN_ANOTHER_DAY
        )
        row = listed(db, world, of, **HOME)
        return waiting(db, world, row).id, row.id, known.id


def waiting(db: Session, world: World, row: PoliceDisposal) -> PoliceLink:
    link_all(db, [row.id], by=world.actor("manager"), at=NOW)
    link = db.exec(select(PoliceLink).where(PoliceLink.disposal_id == row.id)).one()
    assert link.verdict is Verdict.UNSURE
    return link


def disposal(engine: Engine, number: int) -> PoliceDisposal:
    (row,) = rows(engine, select(PoliceDisposal).where(PoliceDisposal.id == number))
    assert isinstance(row, PoliceDisposal)
    return row


def verdicts(engine: Engine) -> list[tuple[Verdict, bool]]:
    found: list[Any] = rows(engine, select(PoliceLink).order_by(col(PoliceLink.id)))
    return [(link.verdict, link.by_id is None) for link in found]


def say(visit: Visit, number: int, verdict: Verdict, who: str = "manager", reason: str = "") -> None:
    typed = {"verdict": verdict.value, "reason": reason}
    visit(who).send(f"/police/pairs/{number}", typed, button="Save")


def test_the_list_shows_what_waits_and_the_page_says_what_differs_and_what_it_would_mean(
    engine: Engine, pair: tuple[int, int, int], visit: Visit
) -> None:
    number, *_ = pair
    listing = visit("seconded").open("/police/pairs")
    assert "To look at (1)" in listing.text
    assert "Kayden Marlow" in listing.text
    page = visit("seconded").open(f"/police/pairs/{number}")
    assert "Date of birth Different" in page.text
    assert "another date of birth" in page.text
    told_on = long_date(GIVEN + timedelta(days=1))
    assert f"If they are the same: We were told on {told_on}" in page.text
    assert "told in time" in page.text
    log: list[Any] = rows(engine, select(AccessEntry).where(col(AccessEntry.page).like("linking%")))
    assert {entry.subject for entry in log} == {police_chain(pair[1])}


def test_the_same_takes_over_when_we_were_told_and_counts_the_event_once(
    engine: Engine, pair: tuple[int, int, int], visit: Visit
) -> None:
    number, row, known = pair
    say(visit, number, Verdict.SAME, reason="Custody has both birthdays.")
    listed_row, told_row = disposal(engine, row), disposal(engine, known)
    assert (listed_row.told_on, listed_row.told_how) == (GIVEN + timedelta(days=1), Heard.FORM)
    assert listed_row.fit is Fit.LINKED
    assert (told_row.status, told_row.not_ours) == (Standing.SET_ASIDE, NotOurs.DUPLICATE)
    assert verdicts(engine) == [(Verdict.UNSURE, True), (Verdict.SAME, False)]
    with transaction(engine) as db:
        verbs = [event.verb for event in events_of(db, police_chain(row))]
    assert verbs == ["police_disposal.said_same"]
    assert verify(engine) == []
    assert "To look at (0)" in visit("manager").open("/police/pairs").text
    assert "Decided (1)" in visit("manager").open("/police/pairs?show=decided").text


def test_what_was_said_is_taken_back_with_a_reason_and_everything_is_as_before(
    engine: Engine, pair: tuple[int, int, int], visit: Visit
) -> None:
    number, row, known = pair
    before = disposal(engine, row), disposal(engine, known)
    say(visit, number, Verdict.SAME)
    empty = visit("seconded").send(
        f"/police/pairs/{number}/take-back", {"reason": ""}, button="Take the decision back", status=422
    )
    assert "Say why you take it back" in empty.text
    visit("seconded").send(
        f"/police/pairs/{number}/take-back", {"reason": "Two brothers."}, button="Take the decision back"
    )
    after = disposal(engine, row), disposal(engine, known)
    kept = {"version", "changed_at"}
    assert [one.model_dump(exclude=kept) for one in after] == [one.model_dump(exclude=kept) for one in before]
    assert verdicts(engine)[-1] == (Verdict.UNDONE, False)
    assert "Two brothers." in visit("manager").open(f"/police/pairs/{number}").text
    assert "To look at (1)" in visit("manager").open("/police/pairs").text
    assert verify(engine) == []


def test_not_the_same_is_never_asked_again_and_teaches_the_search_nothing(
    engine: Engine, world: World, pair: tuple[int, int, int], visit: Visit
) -> None:
    number, row, known = pair
    say(visit, number, Verdict.APART)
    assert disposal(engine, row).fit is Fit.NOTHING
    assert disposal(engine, row).told_on is None
    assert disposal(engine, known).status is Standing.COUNTED
    with transaction(engine) as db:
        link_all(db, [row], by=world.actor("manager"), at=NOW)
    assert verdicts(engine) == [(Verdict.UNSURE, True), (Verdict.APART, False)]


def test_what_cannot_be_said_yet_stays_on_the_list_with_its_reason(
    engine: Engine, pair: tuple[int, int, int], visit: Visit
) -> None:
    number, row, _ = pair
    say(visit, number, Verdict.UNSURE, reason="The officer is on leave.")
    assert disposal(engine, row).fit is Fit.TO_REVIEW
    assert "To look at (1)" in visit("manager").open("/police/pairs").text
    assert "The officer is on leave." in visit("manager").open(f"/police/pairs/{number}").text


def test_a_page_without_an_answer_comes_back_with_what_was_typed(
    pair: tuple[int, int, int], visit: Visit
) -> None:
    page = visit("manager").send(
        f"/police/pairs/{pair[0]}", {"reason": "Half a thought"}, button="Save", status=422
    )
    assert "Say whether they are the same" in page.text
    assert "Half a thought" in page.text


def test_only_the_manager_and_the_seconded_officer_of_the_area_decide(
    pair: tuple[int, int, int], visit: Visit
) -> None:
    for who in ("case_manager", "officer", "inspector", "board", "liaison", "victim_worker"):
        visit(who).open(f"/police/pairs/{pair[0]}", status=403)
        visit(who).open("/police/pairs", status=403)
    visit("far_manager").open(f"/police/pairs/{pair[0]}", status=404)
    visit("manager").open("/police/pairs/99", status=404)
    visit("manager").open("/police/pairs?show=else", status=404)
    assert "To look at (0)" in visit("far_manager").open("/police/pairs").text


def test_whoever_comes_second_is_told_that_somebody_has_decided(
    engine: Engine, pair: tuple[int, int, int], visit: Visit
) -> None:
    second = visit("seconded")
    form = second.open(f"/police/pairs/{pair[0]}").form(button="Save")
    say(visit, pair[0], Verdict.APART)
    reply = second.client.post(f"/police/pairs/{pair[0]}", data=form.filled | {"verdict": Verdict.SAME.value})
    assert reply.status_code == 409
    assert disposal(engine, pair[1]).told_on is None


def test_what_the_search_linked_by_itself_is_shown_and_can_be_taken_back(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        told(db, world, of, crime_reference="", **HOME)
        row = listed(db, world, of, **HOME)
        link_all(db, [row.id], by=world.actor("manager"), at=NOW)
        number, row_id = db.exec(select(PoliceLink.id)).one(), row.id
    page = visit("manager").open(f"/police/pairs/{number}")
    assert "The same: The search" in page.text
    visit("manager").send(
        f"/police/pairs/{number}/take-back", {"reason": "No."}, button="Take the decision back"
    )
    assert (disposal(engine, row_id).told_on, disposal(engine, row_id).fit) == (None, Fit.TO_REVIEW)


def test_an_empty_list_says_why_and_a_long_one_goes_on_by_keyset_with_as_many_questions(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    visitor = small_visit("manager")
    assert "New pairs come with the next list" in visitor.open("/police/pairs").text
    with transaction(sqlite_engine) as db:
        of = force(db, small_world)
        known = told(db, small_world, of, **HOME)
        first = listed(db, small_world, of, crime_reference="13260005555", **HOME)
        likely(db, first, known)
    with counted(sqlite_engine) as few:
        visitor.open("/police/pairs")
    with transaction(sqlite_engine) as db:
        of_force = db.get_one(PoliceDisposal, known.id).force_id
        assert of_force
        for n in range(60):
            row = listed(db, small_world, of, crime_reference=f"1326{n:07}", **HOME)
            likely(db, row, db.get_one(PoliceDisposal, 1))
    with counted(sqlite_engine) as many:
        page = visitor.open("/police/pairs")
    assert len(few) == len(many)
    assert "To look at (61)" in page.text
    assert "Next page" in page.text
    onward = next(href for text, href in page.links.items() if "Next page" in text)
    assert len(visitor.open(onward).text) < len(page.text)


def likely(db: Session, row: PoliceDisposal, known: PoliceDisposal) -> None:
    db.add(
        PoliceLink(
            disposal_id=row.id, other_id=known.id, verdict=Verdict.UNSURE, score=0.5, because="a", at=NOW
        )
    )
    db.flush()
