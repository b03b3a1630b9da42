"""Telling of a victim and recording their view, as people see it on the pages."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from panel.victims.models import Victim
from panel.web import PanelApp
from tests.support.assessed import (
    CANARIES,
    CLEARED,
    OWN_WORDS,
    VICTIM_CONTACT,
    VICTIM_NAME,
    accepted_with_victim,
    assessed,
    enter,
    told,
)
from tests.support.visitor import Page
from tests.support.world import NOW, build, draft, give_back, submitted

SENT = "You cannot do this yet"


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(microseconds=next(ticks)))


def begin(engine: Engine, stage: object, **more: object) -> str:
    """The reference of a new case at this stage."""
    with transaction(engine) as db:
        return str(stage(db, build(db), **more).reference)  # type: ignore[operator]


def saved(app: PanelApp) -> tuple[Referral, Victim | None]:
    with Session(app.engine) as db:
        return db.exec(select(Referral)).one(), db.exec(select(Victim)).first()


def given_away(page: Page) -> list[str]:
    return [word for word in CANARIES if word in page.html]


def test_an_officer_tells_of_a_victim_and_goes_on_to_the_papers(app: PanelApp) -> None:
    reference = begin(app.engine, draft)
    officer = enter(app, "officer")
    answers = {"is_there": "yes", "name": VICTIM_NAME, "contact": VICTIM_CONTACT, "under_18": "y"}
    page = officer.send(f"/cases/{reference}/victim/tell", answers)
    assert page.location == f"/cases/{reference}/papers"
    referral, victim = saved(app)
    assert (referral.victim_identified, referral.victim_named) == (True, True)
    assert victim is not None
    assert (victim.name, victim.under_18, victim.is_business) == (VICTIM_NAME, True, False)


def test_from_the_check_page_the_officer_comes_back_to_it(sqlite_app: PanelApp) -> None:
    reference = begin(sqlite_app.engine, draft)
    officer = enter(sqlite_app, "officer")
    form = officer.open(f"/cases/{reference}/victim/tell?from=check")
    form.path += "?from=check"  # a browser keeps it when it sends the form
    page = officer.send(form, {"is_there": "no"})
    assert page.location == f"/cases/{reference}/check"


def test_not_answering_whether_there_is_a_victim_is_an_error_at_the_question(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        referral = draft(db, build(db))
        referral.victim_identified = None
        reference = referral.reference
    page = enter(sqlite_app, "officer").send(f"/cases/{reference}/victim/tell", {"name": "Ann"}, status=422)
    assert page.errors == ["Say whether there is a victim"]
    assert page.title.startswith("Error: ")
    assert 'value="Ann"' in page.html


def test_the_officer_sees_what_they_typed_until_the_referral_is_sent(sqlite_app: PanelApp) -> None:
    reference = begin(sqlite_app.engine, told)
    officer = enter(sqlite_app, "officer")
    assert VICTIM_NAME in officer.open(f"/cases/{reference}/victim/tell").html
    officer.send(f"/cases/{reference}/check", button="Send the referral to the YOT")
    page = officer.open(f"/cases/{reference}/victim/tell", status=409)
    assert page.heading == SENT
    assert not given_away(page)


def test_another_officer_replaces_what_was_told_without_seeing_it(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        referral = told(db, world)
        referrals.submit(db, referral, by=world.actor("officer"), at=NOW, overrides={})
        give_back(db, world, referral)
        reference = referral.reference
    seconded = enter(sqlite_app, "seconded")
    page = seconded.open(f"/cases/{reference}/victim/tell")
    assert not given_away(page)
    assert "not shown to you" in page.text
    seconded.send(page, {"name": "Ann Bell", "contact": "01632 960111"})
    _, victim = saved(sqlite_app)
    assert victim is not None
    assert victim.name == "Ann Bell"


def test_the_check_page_of_the_referral_does_not_repeat_the_victim(sqlite_app: PanelApp) -> None:
    reference = begin(sqlite_app.engine, told)
    assert not given_away(enter(sqlite_app, "officer").open(f"/cases/{reference}/check"))


def test_the_victim_worker_sees_how_to_reach_the_victim_and_records_their_view(app: PanelApp) -> None:
    reference = begin(app.engine, accepted_with_victim)
    worker = enter(app, "victim_worker")
    page = worker.open(f"/cases/{reference}/victim")
    assert page.heading == "Victim"
    assert VICTIM_NAME in page.text
    assert VICTIM_CONTACT in page.text
    answers = {"view": "given", "own_words": OWN_WORDS, "cleared_text": CLEARED, "wants_updates": "y"}
    done = worker.follow(worker.send(page, answers))
    assert "has been recorded" in done.text
    assert CLEARED in done.html
    _, victim = saved(app)
    assert victim is not None
    assert (victim.cleared_text, victim.wants_updates) == (CLEARED, True)


def test_a_cleared_text_with_a_telephone_number_is_sent_back_with_everything_typed(app: PanelApp) -> None:
    reference = begin(app.engine, accepted_with_victim)
    worker = enter(app, "victim_worker")
    answers = {"view": "given", "own_words": OWN_WORDS, "cleared_text": "Ring (01632) 960 777."}
    page = worker.send(f"/cases/{reference}/victim", answers, status=422)
    assert page.errors == ["Leave out the victim's telephone number: the panel reads this"]
    assert OWN_WORDS in page.html
    _, victim = saved(app)
    assert victim is not None
    assert victim.cleared_text == ""


@pytest.mark.parametrize(
    ("view", "error"),
    [
        ("not_sought", "Say why the victim was not asked or could not be reached"),
        ("not_contactable", "Say why the victim was not asked or could not be reached"),
        ("given", "Write the text that the panel may read"),
        ("", "Choose where asking the victim stands"),
        ("not_yet_asked", "Has the victim been asked for their view? must say what became of it"),
    ],
)
def test_what_the_panel_needs_to_know_cannot_be_left_out(sqlite_app: PanelApp, view: str, error: str) -> None:
    reference = begin(sqlite_app.engine, accepted_with_victim)
    page = enter(sqlite_app, "victim_worker").send(
        f"/cases/{reference}/victim", {"view": view or None}, status=422
    )
    assert page.errors == [error]


def test_the_loser_of_a_race_is_shown_both_versions(sqlite_app: PanelApp) -> None:
    reference = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")
    first, second = worker.open(f"/cases/{reference}/victim"), worker.open(f"/cases/{reference}/victim")
    worker.send(first, {"view": "declined"})
    page = worker.send(second, {"view": "given", "cleared_text": "Mend the glass."}, status=409)
    assert page.heading == "Somebody else changed this while you were writing"
    assert "Mend the glass." in page.text


def test_without_a_victim_the_page_says_so_and_takes_nothing(sqlite_app: PanelApp) -> None:
    reference = begin(sqlite_app.engine, submitted)
    worker = enter(sqlite_app, "victim_worker")
    page = worker.open(f"/cases/{reference}/victim")
    assert "There is no victim in this case" in page.text
    assert page.forms() == []


def test_the_worker_is_told_of_a_victim_who_objects_is_under_18_or_lives_with_the_child(
    sqlite_app: PanelApp,
) -> None:
    reference = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")
    with transaction(sqlite_app.engine) as db:
        victim = db.exec(select(Victim)).one()
        victim.under_18 = victim.same_household = True
    page = worker.open(f"/cases/{reference}/victim")
    assert "enhanced rights" in page.text
    assert "lives with the child" in page.text
    with transaction(sqlite_app.engine) as db:
        victim = db.exec(select(Victim)).one()
        victim.objects_to_sharing, victim.name, victim.contact = True, "", ""
    assert "objects to their details" in worker.open(f"/cases/{reference}/victim").text


def test_after_the_end_of_the_case_the_record_is_read_only(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        referral = assessed(db, world, victim=True)
        referrals.withdraw(db, referral, WithReason(reason="x"), by=world.actor("officer"), at=NOW)
        reference = referral.reference
    page = enter(sqlite_app, "victim_worker").open(f"/cases/{reference}/victim")
    assert CLEARED in page.text
    assert page.forms() == []


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("officer", 403),
        ("seconded", 403),
        ("case_manager", 403),
        ("manager", 403),
        ("inspector", 403),
        ("board", 403),
        ("admin", 403),
        ("victim_worker", 200),
    ],
)
def test_only_the_victim_worker_opens_the_victims_page(sqlite_app: PanelApp, key: str, status: int) -> None:
    reference = begin(sqlite_app.engine, assessed, victim=True)
    page = enter(sqlite_app, key).open(f"/cases/{reference}/victim", status=status)
    assert bool(given_away(page)) is (status == 200)


def test_a_victim_worker_does_not_find_a_draft_or_an_unknown_case(sqlite_app: PanelApp) -> None:
    reference = begin(sqlite_app.engine, told)
    worker = enter(sqlite_app, "victim_worker")
    worker.open(f"/cases/{reference}/victim", status=404)
    worker.open("/cases/NK-AAAAAA/victim", status=404)


def test_another_officer_does_not_find_the_draft(sqlite_app: PanelApp) -> None:
    reference = begin(sqlite_app.engine, told)
    enter(sqlite_app, "other_officer").open(f"/cases/{reference}/victim/tell", status=404)
