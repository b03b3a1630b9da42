"""Telling of victims and working with them, as people see it on the pages."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.history.models import AccessEntry
from panel.referrals import actions as referrals
from panel.referrals.models import Referral
from panel.victims.models import Victim
from panel.web import PanelApp
from tests.support.assessed import (
    CANARIES,
    CLEARED,
    OWN_WORDS,
    VICTIM_NAME,
    VICTIM_PHONE,
    accepted_with_victim,
    assessed,
    enter,
    told,
)
from tests.support.decided import decided
from tests.support.visitor import Page
from tests.support.world import NOW, build, draft, give_back, submitted

SENT = "You cannot do this yet"
ANN = {"kind": "person", "name": "Ann Bell", "phone": "01632 960111"}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(microseconds=next(ticks)))


def begin(engine: Engine, stage: Callable[..., Referral], **more: object) -> str:
    """The address of the victims of a new case at this stage."""
    with transaction(engine) as db:
        return f"/cases/{stage(db, build(db), **more).reference}/victim"


def saved(app: PanelApp) -> tuple[Referral, list[Victim]]:
    with Session(app.engine) as db:
        return db.exec(select(Referral)).one(), list(db.exec(select(Victim)))


def given_away(page: Page) -> list[str]:
    return [word for word in CANARIES if word in page.html]


def test_an_officer_names_two_victims_one_page_each_and_goes_on_to_the_papers(app: PanelApp) -> None:
    base = begin(app.engine, draft)
    officer = enter(app, "officer")
    page = officer.follow(officer.send(f"{base}/tell", {"is_there": "yes"}))
    assert page.heading == "Who is the victim?"
    page = officer.follow(officer.send(page, ANN | {"under_18": "y", "speak_with": "Cy Bell"}))
    assert "1 victim so far" in page.text
    page = officer.open(page.links["Add another victim"])
    page = officer.follow(officer.send(page, {"kind": "business", "name": "Corner Shop"}))
    assert "2 victims so far" in page.text
    assert page.links["Continue"] == f"{base.removesuffix('/victim')}/papers"
    referral, victims = saved(app)
    assert (referral.victim_identified, referral.victim_named) == (True, False)
    assert [(v.name, v.under_18) for v in victims] == [("Ann Bell", True), ("Corner Shop", False)]


def test_an_officer_puts_right_what_they_typed_and_removes_what_is_wrong(app: PanelApp) -> None:
    base = begin(app.engine, told)
    officer = enter(app, "officer")
    page = officer.open(f"{base}/tell/1")
    assert VICTIM_PHONE in page.html
    officer.send(page, {"name": "Ann Bell"})
    assert [v.name for v in saved(app)[1]] == ["Ann Bell"]
    page = officer.follow(officer.send(f"{base}/tell", button="Remove"))
    assert page.heading == "Is there a victim?"
    assert saved(app)[1] == []


def test_from_the_check_page_the_officer_comes_back_to_it(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, draft)
    officer = enter(sqlite_app, "officer")
    form = officer.open(f"{base}/tell?from=check")
    form.path += "?from=check"  # a browser keeps it when it sends the form
    page = officer.send(form, {"is_there": "no"})
    assert page.location == f"{base.removesuffix('/victim')}/check"


def test_not_answering_whether_there_is_a_victim_is_an_error_at_the_question(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        referral = draft(db, build(db))
        referral.victim_identified = None
        base = f"/cases/{referral.reference}/victim"
    page = enter(sqlite_app, "officer").send(f"{base}/tell", status=422)
    assert page.errors == ["Say whether there is a victim"]
    assert page.title.startswith("Error: ")


def test_a_victim_of_no_kind_is_an_error_and_nothing_typed_is_lost(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, draft)
    page = enter(sqlite_app, "officer").send(f"{base}/tell/add", {"name": "Ann"}, status=422)
    assert page.errors == ["Say whether it is a person or a business"]
    assert 'value="Ann"' in page.html


def test_the_officer_sees_what_they_typed_until_the_referral_is_sent(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, told)
    officer = enter(sqlite_app, "officer")
    assert VICTIM_NAME in officer.open(f"{base}/tell").html
    officer.send(f"{base.removesuffix('/victim')}/check", button="Send the referral to the YOT")
    for path in ("tell", "tell/1", "tell/add"):
        page = officer.open(f"{base}/{path}", status=409)
        assert page.heading == SENT
        assert not given_away(page)


def test_another_officer_replaces_what_was_told_without_seeing_it(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        referral = told(db, world)
        referrals.submit(db, referral, by=world.actor("officer"), at=NOW, overrides={})
        give_back(db, world, referral)
        base = f"/cases/{referral.reference}/victim"
    seconded = enter(sqlite_app, "seconded")
    page = seconded.open(f"{base}/tell")
    assert not given_away(page)
    assert "not shown to you" in page.text
    seconded.open(f"{base}/tell/1", status=404)
    seconded.send(page, button="Remove")
    seconded.send(f"{base}/tell/add", ANN)
    assert [v.name for v in saved(sqlite_app)[1]] == ["Ann Bell"]


def test_the_check_page_of_the_referral_does_not_repeat_the_victim(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, told)
    page = enter(sqlite_app, "officer").open(f"{base.removesuffix('/victim')}/check")
    assert not given_away(page)


def test_the_victim_worker_reaches_hears_and_clears_one_thing_after_the_other(app: PanelApp) -> None:
    base = begin(app.engine, accepted_with_victim)
    worker = enter(app, "victim_worker")
    page = worker.open(base)
    assert page.heading == "Victims (1)"
    assert not given_away(page)
    page = worker.open(page.links["Victim 1"])
    assert page.heading == "Victim 1"
    assert not given_away(page), "who they are stands on a page of its own"
    page = worker.open(page.links["Name and contact"])
    assert VICTIM_PHONE in page.html
    page = worker.follow(worker.send(page, {"language": "British Sign Language"}))
    assert "have been saved" in page.text
    called = {"how": "telephone", "result": "reached"}
    page = worker.follow(worker.send(f"{base}/1/attempts", called))
    assert "1 attempt, the newest first" in page.text
    worker.send(f"{base}/1/asked", {"view": "given"})
    worker.send(f"{base}/1/words", {"statement": "declined", "own_words": OWN_WORDS})
    worker.send(f"{base}/1/impact", {"impact": "Sleeps badly"})
    worker.send(f"{base}/1/safety", {"safety": "Nothing"})
    offered = {"justice_offered": "yes", "justice_reason": "Asked for", "justice_answer": "yes"}
    worker.send(f"{base}/1/justice", offered)
    wish = {"wants_reparation": "yes", "reparation": "A letter", "meeting": "letter"}
    worker.send(f"{base}/1/wishes", wish)
    worker.send(f"{base}/1/rights", {"enhanced": "no", "enhanced_why": "None applies"})
    worker.send(f"{base}/1/updates", {"wants_updates": "yes", "updates_how": "By post"})
    worker.send(f"{base}/1/consents", {"agreement": "panel_reads_view"})
    page = worker.follow(worker.send(f"{base}/1/clear", {"text": CLEARED}))
    assert "The panel reads this text" in page.text
    assert "To do" not in page.text
    assert CLEARED in worker.open(f"{base}/1/clear").text
    assert "Gave a view" in worker.open(base).text
    (victim,) = saved(app)[1]
    assert (victim.own_words, victim.wants_updates, victim.enhanced) == (OWN_WORDS, True, False)


def test_a_look_at_the_contact_is_written_down_as_such(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")

    def looks() -> int:
        with Session(sqlite_app.engine) as db:
            return len([s for s in db.exec(select(AccessEntry.subject)) if s.endswith(":victim:1:contact")])

    worker.open(f"{base}/1")
    assert looks() == 0
    worker.open(f"{base}/1/contact")
    assert looks() == 1


def test_a_cleared_text_with_a_telephone_number_is_sent_back_with_everything_typed(app: PanelApp) -> None:
    base = begin(app.engine, accepted_with_victim)
    worker = enter(app, "victim_worker")
    worker.send(f"{base}/1/asked", {"view": "given"})
    page = worker.send(f"{base}/1/clear", {"text": "Ring (01632) 960 777."}, status=422)
    assert page.errors == ["Leave out a victim's telephone number: the panel reads this"]
    assert "Ring (01632) 960 777." in page.html


@pytest.mark.parametrize(
    ("view", "error"),
    [
        ("not_sought", "Say why they were not asked or could not be reached"),
        ("", "Choose where asking them stands"),
        ("not_yet_asked", "Must say what became of it"),
    ],
)
def test_what_became_of_asking_cannot_be_left_out(sqlite_app: PanelApp, view: str, error: str) -> None:
    base = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")
    page = worker.send(f"{base}/1/asked", {"view": view or None}, status=422)
    assert page.errors == [error]


def test_too_few_attempts_are_a_sentence_at_the_reason(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")
    answers = {"view": "not_contactable", "view_reason": "No answer"}
    page = worker.send(f"{base}/1/asked", answers, status=422)
    assert page.errors == ["0 of 2 attempts are written down: add the others, or say why this is enough"]
    worker.send(page, {"few_attempts": "They moved abroad"})


def test_the_loser_of_a_race_is_shown_both_versions(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")
    first, second = worker.open(f"{base}/1/impact"), worker.open(f"{base}/1/impact")
    worker.send(first, {"impact": "Sleeps badly."})
    page = worker.send(second, {"impact": "Does not go out."}, status=409)
    assert page.heading == "Somebody else changed this while you were writing"
    assert "Does not go out." in page.text
    assert "Sleeps badly." in page.text


def test_without_a_victim_the_page_says_so(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, submitted)
    page = enter(sqlite_app, "victim_worker").open(base)
    assert page.heading == "Victims (0)"
    assert "There is no victim in this case" in page.text


def test_a_victim_whom_nobody_named_is_added_by_the_worker(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, submitted)
    worker = enter(sqlite_app, "victim_worker")
    page = worker.follow(worker.send(f"{base}/add", ANN))
    assert page.heading == "Victim 1"
    referral, victims = saved(sqlite_app)
    assert (referral.victim_identified, [v.name for v in victims]) == (True, ["Ann Bell"])


def test_the_worker_is_told_of_a_victim_who_is_under_18_or_lives_with_the_child(
    sqlite_app: PanelApp,
) -> None:
    base = begin(sqlite_app.engine, accepted_with_victim)
    with transaction(sqlite_app.engine) as db:
        victim = db.exec(select(Victim)).one()
        victim.under_18 = victim.same_household = True
    page = enter(sqlite_app, "victim_worker").open(f"{base}/1")
    assert "parent or guardian" in page.text
    assert "agree a safety plan" in page.text


def test_after_an_objection_nobody_sees_anything_of_them_not_even_the_worker(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, assessed, victim=True)
    worker = enter(sqlite_app, "victim_worker")
    worker.send(f"{base}/1/objects", status=422)
    page = worker.follow(worker.send(f"{base}/1/objects", {"sure": "y"}))
    assert "Objects to contact" in page.text
    page = worker.open(f"{base}/1")
    assert "objects to contact since 17 November 2026" in page.text
    assert not given_away(page)
    for part in ("contact", "words", "clear", "asked", "attempts", "consents", "impact"):
        page = worker.open(f"{base}/1/{part}", status=409)
        assert not given_away(page)
    history = worker.open(f"{base.removesuffix('/victim')}/history")
    assert "Recorded that a victim objects to contact" in history.text


def test_after_the_decision_what_the_panel_read_is_read_only(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, decided, victim=True)
    worker = enter(sqlite_app, "victim_worker")
    for part in ("asked", "clear"):
        page = worker.open(f"{base}/1/{part}")
        assert "can no longer be changed" in page.text
        assert page.forms() == []
    assert CLEARED in page.text


def test_a_victim_is_told_from_the_list_with_the_words_that_may_be_said(app: PanelApp) -> None:
    base = begin(app.engine, decided, victim=True)
    worker = enter(app, "victim_worker")
    home = worker.open("/")
    assert home.links["1 Victims to tell"] == "/victims/to-tell"
    page = worker.open("/victims/to-tell")
    assert "1 decision to tell" in page.text
    assert "in 5 working days, by Tuesday 24 November 2026" in page.text
    page = worker.open(page.links["Victim 1"])
    assert "Youth conditional caution: Criminal damage to a bus shelter" in page.text
    assert "wants to put it right" in page.text
    assert VICTIM_PHONE in page.text
    answers = {"told": "yes", "told_on": ["17", "11", "2026"], "how": "telephone", "what": "A caution"}
    assert worker.send(page, answers | {"how": None}, status=422).errors == ["Choose how they were told"]
    page = worker.follow(worker.send(page, answers))
    assert "Told" in page.text
    assert "Nobody waits to be told" in worker.open("/victims/to-tell").text
    page = worker.open(f"{base}/1/told/decided")
    assert "A caution" in page.text
    assert page.forms() == []


def test_the_list_of_victims_to_ask_opens_each_of_them(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")
    assert worker.open("/").links["1 Victims to ask before the panel"] == "/victims/to-ask"
    page = worker.open("/victims/to-ask")
    assert page.links["Victim 1"] == f"{base}/1"
    assert not given_away(page)


PARTS = ("contact", "words", "attempts", "asked", "clear", "objects", "told/decided")
PLACES = ("", "/add", "/1", *(f"/1/{part}" for part in PARTS))
POLICE = ("officer", "seconded")
STRANGERS = (*POLICE, "case_manager", "manager", "chair", "inspector", "board", "admin", "liaison")


@pytest.mark.parametrize("key", STRANGERS)
def test_only_the_victim_worker_opens_the_pages_of_a_victim(sqlite_app: PanelApp, key: str) -> None:
    base = begin(sqlite_app.engine, decided, victim=True)
    visitor = enter(sqlite_app, key)
    for place in PLACES:
        assert not given_away(visitor.open(base + place, status=403))
    for path in ("/victims/to-tell", "/victims/to-ask"):
        visitor.open(path, status=403)


def test_a_victim_worker_elsewhere_who_manages_here_does_not_meet_the_victim(sqlite_app: PanelApp) -> None:
    from panel.accounts.models import Membership
    from workflows.roles import Role

    with transaction(sqlite_app.engine) as db:
        world = build(db)
        base = f"/cases/{decided(db, world, victim=True).reference}/victim"
        south = world.areas["south"]
        db.add(Membership(user_id=world.users["manager"], area_id=south, role=Role.VICTIM_WORKER))
    manager = enter(sqlite_app, "manager")
    for place in PLACES:
        manager.open(base + place, status=404)


def test_nobody_finds_a_victim_that_is_not_there(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, accepted_with_victim)
    worker = enter(sqlite_app, "victim_worker")
    for place in ("/2", "/0", "/1/told/decided", "/1/told/elsewhere", "/1/secrets"):
        worker.open(base + place, status=404)


def test_a_victim_worker_does_not_find_a_draft_or_an_unknown_case(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, told)
    worker = enter(sqlite_app, "victim_worker")
    worker.open(base, status=404)
    worker.open("/cases/NK-AAAAAA/victim", status=404)


def test_another_officer_does_not_find_the_draft(sqlite_app: PanelApp) -> None:
    base = begin(sqlite_app.engine, told)
    enter(sqlite_app, "other_officer").open(f"{base}/tell", status=404)
