"""The assessment as people see it on the pages, each with the eyes of their role."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.countersigning import criteria
from panel.access import Actor
from panel.accounts.models import User
from panel.assessments.models import Assessment
from panel.assessments.written import Section
from panel.db import transaction
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.support.assessed import CANARIES, WRITTEN, assessed, enter, handed_in, write_all, written
from tests.support.visitor import Page
from tests.support.world import NOW, accepted, build, submitted
from workflows.assessment import Status
from workflows.roles import Role

WRITE, SUBMIT, JUDGE, SIGN, BACK = "/write", "/submit", "/judge", "/countersign", "/give-back"
FAMILY = "/sections/family"
STEP = {
    "what": "Two sessions on fire safety",
    "who": "Fire service",
    "how": "A visit and a film",
    "where_at": "Station",
    "when_at": "Mondays",
    "done_when": "Both attended",
    "purpose": "rehabilitation",
    "hours": "2",
}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(microseconds=next(ticks)))


def begin(engine: Engine, stage: object, **more: object) -> str:
    """The address of the assessment of a new case at this stage."""
    with transaction(engine) as db:
        reference = stage(db, build(db), **more).reference  # type: ignore[operator]
    return f"/cases/{reference}/assessment"


def all_met() -> dict[str, str]:
    """The answers of a manager who finds every criterion met."""
    return {f"judged_{criterion.key}": "met" for criterion in criteria()}


def saved(app: PanelApp) -> Assessment:
    with Session(app.engine) as db:
        return db.exec(select(Assessment)).one()


def worker_of(db: Session) -> Actor:
    """The case manager of the only case."""
    user = db.exec(select(User).where(User.name == "Priya Nair")).one()
    area = db.exec(select(Referral.area_id)).one()
    return Actor(user.id, user.name, ((area, Role.CASE_MANAGER),), {area: "North"})


def family(app: PanelApp) -> str:
    """What is saved in the section on the family."""
    with Session(app.engine) as db:
        return db.exec(select(Section.text).where(Section.key == "family")).one()


def given_away(page: Page) -> list[str]:
    return [word for word in CANARIES if word in page.html]


def test_before_the_assessment_starts_the_page_says_whose_turn_it_is_and_by_when(
    sqlite_app: PanelApp,
) -> None:
    base = begin(sqlite_app.engine, accepted)
    for key in ("case_manager", "manager", "seconded"):
        page = enter(sqlite_app, key).open(base)
        assert page.heading == "Assessment"
        assert "Not started yet. It is Priya Nair's turn to write it: due in 10 working days" in page.text
        assert "Assessment finished within 10 working days of referral." in page.text
        assert ("Start the assessment" in page.links) is (key == "case_manager")


def test_before_the_referral_is_accepted_the_page_says_what_it_waits_for(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, submitted)
    assert "when a YOT manager has accepted the referral" in enter(sqlite_app, "manager").open(base).text


def test_an_assessment_goes_from_the_first_word_to_the_countersignature(app: PanelApp) -> None:
    base = begin(app.engine, accepted)
    author, manager = enter(app, "case_manager"), enter(app, "manager")
    assert "0 of 27 done" in author.open(base + WRITE).text
    page = author.send(base + FAMILY, {"text": "Lives with his mother."}, button="Save and go to the list")
    assert page.location == base + WRITE
    assert "1 of 27 done" in author.follow(page).text
    with transaction(app.engine) as db:
        write_all(db, db.exec(select(Referral)).one(), worker_of(db))
    page = author.send(base + "/step", STEP | {"due_on": ["4", "1", "2027"]})
    assert "1 step proposed" in author.follow(page).text
    page = author.open(base + SUBMIT)
    assert "Two sessions on fire safety" in page.text
    assert "4 January 2027" in page.text
    assert page.forms() == []
    safe = page.links["Say whether the child has to be referred to children's social care."]
    author.send(safe, {"answer": "not_needed", "reason": "No sign of harm."})
    page = author.follow(author.send(base + SUBMIT))
    assert "Waiting to be countersigned. A YOT manager has to countersign it" in page.text
    assert "Thursday 19 November 2026" in page.text
    page = manager.open(base)
    assert page.links["Read and judge"] == base + JUDGE
    page = manager.send(base + JUDGE, all_met(), button="Go on to countersign")
    assert page.location == base + SIGN
    page = manager.send(base + SIGN, {"comment": "I agree."})
    page = manager.follow(page)
    assert "The case is ready for the panel." in page.text
    assert "Countersigned by Ruth Okoro, 17 November 2026 at 10:00" in page.text
    assert "Version 1, submitted on 17 November 2026 at 10:00, digest" in page.text
    assert "I agree." in page.text
    assert saved(app).status is Status.COUNTERSIGNED


def test_what_is_missing_is_shown_before_anyone_presses_and_guidance_asks_for_a_reason(
    app: PanelApp,
) -> None:
    base = begin(app.engine, accepted)
    author = enter(app, "case_manager")
    author.send(base + FAMILY, {"text": "x"}, button="Save and continue")
    page = author.open(base + SUBMIT)
    assert "Some sections are still empty." in page.text
    assert "HM Inspectorate of Probation" in page.text
    assert page.forms() == []
    with transaction(app.engine) as db:
        write_all(db, db.exec(select(Referral)).one(), worker_of(db))
    author.send(base + "/sections/parent_words", {"text": ""}, button="Save and continue")
    safe = base.removesuffix("assessment") + "safeguarding"
    author.send(safe, {"answer": "not_needed", "reason": "No sign of harm."})
    page = author.open(base + SUBMIT)
    assert "The parent's or carer's words are missing." in page.text
    refused = author.send(page, status=409)
    assert refused.heading == "You cannot do this yet"
    author.send(base + SUBMIT, {"override-parent_heard": "She is abroad"})
    assert saved(app).status is Status.SUBMITTED


def test_a_given_back_assessment_shows_the_reason_on_top_for_the_case_manager(app: PanelApp) -> None:
    base = begin(app.engine, handed_in)
    manager, author = enter(app, "manager"), enter(app, "case_manager")
    page = manager.send(base + BACK, {"comment": " "}, status=422)
    assert page.errors == [
        "Choose at least one reason for giving it back",
        "Say in a comment what you judged",
    ]
    page = manager.send(base + BACK, {"comment": "Ask the school as well."}, status=422)
    assert page.errors == ["Choose at least one reason for giving it back"]
    manager.send(base + BACK, {"comment": "Ask the school as well.", "reasons": ["sources"]})
    assert "Given back by the manager Ask the school as well." in author.open(base + WRITE).text
    page = author.open(base)
    assert "Ask the school as well." in page.text
    reason = "Sources are missing: somebody who knows the child was not asked"
    assert page.links[reason] == base + "/sources"
    author.send(base + FAMILY, {"text": "School, 17 November"}, button="Save and continue")
    author.send(base + SUBMIT)
    assert "Given back by the manager" not in author.open(base).text


def test_a_comment_is_asked_for_before_anything_is_signed(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, handed_in)
    manager = enter(sqlite_app, "manager")
    manager.send(base + JUDGE, all_met(), button="Go on to countersign")
    page = manager.send(base + SIGN, {"comment": ""}, status=422)
    assert page.errors == ["Say in a comment what you judged"]
    assert saved(sqlite_app).status is Status.SUBMITTED


@pytest.mark.parametrize("stage", [handed_in, assessed])
def test_after_submission_the_writing_pages_are_closed(sqlite_app: PanelApp, stage: object) -> None:
    base = begin(sqlite_app.engine, stage)
    author = enter(sqlite_app, "case_manager")
    for path in (WRITE, SUBMIT, FAMILY, "/judgements/harm", "/sources", "/child", "/step", "/steps/1"):
        assert author.open(base + path, status=409).heading == "You cannot do this yet"


def test_a_page_that_was_open_during_the_submission_changes_nothing(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, written)
    author = enter(sqlite_app, "case_manager")
    page = author.open(base + FAMILY)
    author.send(base + SUBMIT)
    refused = author.send(page, {"text": "Changed afterwards"}, button="Save and continue", status=409)
    assert "Changed afterwards" in refused.text
    assert family(sqlite_app) == WRITTEN.family


def test_two_windows_of_one_author_do_not_overwrite_each_other(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, written)
    author = enter(sqlite_app, "case_manager")
    first, second = author.open(base + FAMILY), author.open(base + FAMILY)
    author.send(first, {"text": "From the first window"}, button="Save and continue")
    page = author.send(second, {"text": "From the second window"}, button="Save and continue", status=409)
    assert "From the first window" in page.text
    assert "From the second window" in page.text
    author.send(page, button="Save what I typed")
    assert family(sqlite_app) == "From the second window"


def test_two_first_words_at_once_do_not_overwrite_each_other(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted)
    author = enter(sqlite_app, "case_manager")
    first, second = author.open(base + FAMILY), author.open(base + FAMILY)
    author.send(first, {"text": "First"}, button="Save and continue")
    author.send(second, {"text": "Second"}, button="Save and continue", status=409)
    assert family(sqlite_app) == "First"


def test_two_managers_cannot_judge_the_same_assessment(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, handed_in)
    one, other = enter(sqlite_app, "manager"), enter(sqlite_app, "chair")
    one.send(base + JUDGE, all_met(), button="Go on to countersign")
    page = other.open(base + BACK)
    one.send(base + SIGN, {"comment": "Agreed"})
    refused = other.send(page, {"comment": "Not yet", "reasons": ["other"]}, status=409)
    assert "Not yet" in refused.text
    assert saved(sqlite_app).status is Status.COUNTERSIGNED


def test_a_step_needs_a_real_day_after_today(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted)
    author = enter(sqlite_app, "case_manager")
    for day, said in (
        (["31", "2", "2027"], "Date by which it is done must be a real date, such as 27 3 2026"),
        (["17", "11", "2026"], "Date by which it is done must be after today"),
        (["", "", ""], "Enter the date by which it is done"),
    ):
        page = author.send(base + "/step", STEP | {"due_on": day}, status=422)
        assert page.errors == [said]
        assert "Two sessions on fire safety" in page.html


def test_a_step_can_be_changed_and_removed(app: PanelApp) -> None:
    base = begin(app.engine, written)
    author = enter(app, "case_manager")
    page = author.open(base + "/steps")
    assert "2 steps proposed" in page.text
    change = page.links["Change Four talks about anger"]
    author.send(change, {"what": "Five talks about anger"})
    page = author.open(base + "/steps")
    assert "Step 1: Five talks about anger" in page.text
    page = author.follow(author.send(page, button="Remove Five talks about anger"))
    assert "1 step proposed" in page.text
    author.open(base + "/steps/999", status=404)


@pytest.mark.parametrize("path", [WRITE, SUBMIT, "/step", "/steps/1"])
def test_the_case_manager_of_another_case_does_not_find_this_one(sqlite_app: PanelApp, path: str) -> None:
    base = begin(sqlite_app.engine, written)
    for key in ("other_case_manager", "far_case_manager"):
        other = enter(sqlite_app, key)
        other.open(base, status=404)
        other.open(base + path, status=404)


@pytest.mark.parametrize(
    ("key", "reads", "writes", "judges"),
    [
        ("officer", 403, 403, 403),
        ("seconded", 200, 403, 403),
        ("case_manager", 200, 409, 403),
        ("manager", 200, 403, 200),
        ("far_manager", 404, 403, 404),
        ("victim_worker", 200, 403, 403),
        ("inspector", 200, 403, 403),
        ("liaison", 403, 403, 403),
        ("board", 403, 403, 403),
        ("admin", 403, 403, 403),
    ],
)
def test_everybody_opens_exactly_their_own_pages_and_never_meets_the_victim(
    sqlite_app: PanelApp, key: str, reads: int, writes: int, judges: int
) -> None:
    base = begin(sqlite_app.engine, assessed, victim=True)
    person = enter(sqlite_app, key)
    expected = {"": reads, WRITE: writes, SUBMIT: writes, SIGN: judges, BACK: judges}
    for path, status in expected.items():
        assert not given_away(person.open(base + path, status=status))


@pytest.mark.parametrize(
    ("key", "reads"),
    [("case_manager", True), ("manager", True), ("inspector", True), ("seconded", False)],
)
def test_the_panel_reads_an_assessment_only_when_it_is_countersigned(
    sqlite_app: PanelApp, key: str, reads: bool
) -> None:
    base = begin(sqlite_app.engine, handed_in)
    page = enter(sqlite_app, key).open(base)
    assert (WRITTEN.family in page.text) is reads
    if not reads:
        assert "You can read it here once a manager has countersigned it." in page.text


def test_who_cannot_sign_is_told_why_before_they_try(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, assessed)
    page = enter(sqlite_app, "manager").open(base + JUDGE)
    assert "This cannot be done now: the assessment is countersigned." in page.text
    assert page.forms() == []
