"""The pages of the end of a case, as each person meets them."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from panel.closing import list_views
from panel.closing.actions import release
from panel.closing.commands import Release
from panel.db import transaction
from panel.victims.models import Victim
from panel.web import PanelApp
from tests.support import given as cases
from tests.support.assessed import enter
from tests.support.given import GIVEN_AT
from tests.support.visitor import Visitor
from tests.support.world import PASSWORD, World, build
from workflows.vocabulary import Outcome

DAY = ["18", "11", "2026"]
SUMMARY = cases.SUMMARY.model_dump()


def made(app: PanelApp, stage: Any, outcome: Outcome = Outcome.YCC, **more: Any) -> str:
    """The address of the end of a case at one stage."""
    with transaction(app.engine) as db:
        return f"/cases/{stage(db, build(db), outcome, **more).reference}/end"


def test_the_whole_end_from_completion_to_the_closed_case(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, cases.done)
    worker = enter(sqlite_app, "case_manager")
    page = worker.follow(worker.send(f"{base}/complete", {"said": "All was done."}))
    assert "The police and the victim worker have been told." in page.text
    assert "They have not confirmed yet" in page.text
    police = enter(sqlite_app, "seconded")
    assert "What was agreed is over" in police.open("/tasks").text
    page = police.follow(police.send(base, action="/seen"))
    assert "They have not confirmed yet" not in page.text
    page = worker.follow(worker.send(f"{base}/summary", SUMMARY))
    assert "Somebody who listened." in page.text
    said = {"q_fair": "yes", "words": "It was all right.", "means": "talk", "given_on": DAY}
    worker.send(f"{base}/feedback/child", said, button="Keep what they said")
    page = worker.follow(
        worker.send(
            f"{base}/feedback/parent",
            {"declined": "y", "means": "phone", "given_on": DAY},
            button="Keep what they said",
        )
    )
    assert "Was it fair? Yes" in page.text
    assert "They would rather not say anything" in page.text
    plan = base.replace("/end", "/plan/close")
    page = worker.open(plan)
    assert "What is still missing" not in page.text
    page = worker.follow(worker.send(plan, {"reason": "All went well."}))
    assert "The case is closed." in page.text


def test_the_family_alone_with_the_tablet_finds_no_way_into_the_case(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, cases.done)
    worker = enter(sqlite_app, "case_manager")
    page = worker.follow(worker.send(f"{base}/feedback/child", action="/tablet"))
    assert page.heading == "What do you think?"
    assert "Robin Fielding" not in page.text
    for path in (base, "/", "/cases"):
        assert worker.open(path, status=303).location == "/your-view/thank-you"
    page = worker.send("/your-view", {"words": "  "}, status=422)
    assert "Answer a question, write something, or tick that they would rather not" in page.text
    page = worker.follow(worker.send("/your-view", {"q_listened": "partly", "words": "Mostly."}))
    assert "Now give the tablet back." in page.text
    page = worker.send("/your-view/worker", {"password": "a wild guess"}, status=422)
    assert "This is not your password" in page.errors
    page = worker.follow(worker.send("/your-view/worker", {"password": PASSWORD}))
    assert "On the tablet, by themselves" in page.text
    assert "“Mostly.”" in page.text


def test_the_page_says_that_the_code_22_is_not_to_be_recorded_yet(sqlite_app: PanelApp) -> None:
    base = made(sqlite_app, cases.notified, Outcome.O22)
    manager = enter(sqlite_app, "manager")
    page = manager.open(base)
    assert "Not to be recorded yet" in page.text
    assert "There is no evidence yet that an activity took place" in page.text
    assert "Release the code 22" not in page.links
    page = manager.open(f"{base}/code")
    assert not [form for form in page.forms() if form.method == "post"]
    assert "Robin Fielding" in manager.open("/code-22?list=waiting").text
    assert "Robin Fielding" not in manager.open("/code-22").text


def test_the_export_holds_released_codes_and_no_name(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        first, second = (cases.done(db, world, Outcome.O22) for _ in range(2))
        why = Release(said="The work was done.")
        release(db, first, why, by=world.actor("seconded"), at=GIVEN_AT)
        released, waits = first.reference, second.reference
    seconded = enter(sqlite_app, "seconded")
    assert "Ready for the code 22" in seconded.open("/").text
    text = seconded.client.get("/code-22.csv").get_data(as_text=True)
    assert f"{released},Criminal damage to a bus shelter,22,2026-11-17,2026-11-17" in text
    assert waits not in text
    assert "Fielding" not in text
    enter(sqlite_app, "case_manager").open("/code-22.csv", status=403)


def test_the_export_reads_on_until_every_released_code_is_in_it(
    sqlite_app: PanelApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_views, "AT_ONCE", 2)
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        made = [cases.done(db, world, Outcome.O22) for _ in range(5)]
        for referral in made:
            why = Release(said="The work was done.")
            release(db, referral, why, by=world.actor("seconded"), at=GIVEN_AT)
        references = [referral.reference for referral in made]
    text = enter(sqlite_app, "seconded").client.get("/code-22.csv").get_data(as_text=True)
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == references


@pytest.mark.parametrize(("copy", "says"), [("file", "What is still open"), ("child", "Who is there")])
def test_the_summary_prints_for_the_file_and_plainly_for_the_child(
    sqlite_app: PanelApp, copy: str, says: str
) -> None:
    base = made(sqlite_app, cases.closed)
    response = enter(sqlite_app, "manager").client.get(f"{base}/summary/1-{copy}.pdf")
    text = PdfReader(io.BytesIO(response.data)).pages[0].extract_text()
    assert says in text
    assert ("Safe at home" in text) is (copy == "file")
    assert enter(sqlite_app, "manager").client.get(f"{base}/summary/2-{copy}.pdf").status_code == 404


def test_what_a_victim_says_stays_in_their_room(sqlite_app: PanelApp) -> None:
    def with_victim(db: Any, world: World, outcome: Outcome) -> Any:
        referral = cases.done(db, world, outcome)
        db.add(Victim(referral_id=referral.id, place=1, name="Nell Quayle"))
        return referral

    base = made(sqlite_app, with_victim)
    victim = base.replace("/end", "/victim/1")
    worker: Visitor = enter(sqlite_app, "victim_worker")
    assert "What they think of it, at the end" in worker.open(victim).links
    said = {"q_victim_told": "no", "words": "xylophone", "given_on": DAY}
    worker.send(f"{victim}/feedback", said)
    assert "xylophone" in worker.open(f"{victim}/feedback").text
    enter(sqlite_app, "case_manager").open(f"{victim}/feedback", status=403)
    manager = enter(sqlite_app, "manager")
    for path in (base, "/feedback", base.replace("/end", "/history")):
        assert "xylophone" not in manager.open(path).text
    assert "Were you told what happened, and in time?" in manager.open("/feedback").text


@pytest.mark.parametrize(("key", "code"), [("officer", 403), ("board", 403), ("far_manager", 404)])
def test_nobody_else_reads_the_end(sqlite_app: PanelApp, key: str, code: int) -> None:
    base = made(sqlite_app, cases.done)
    enter(sqlite_app, key).open(base, status=code)
