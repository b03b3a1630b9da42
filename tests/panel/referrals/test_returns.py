"""A referral comes back with what to put right, or is turned down; nothing of it is lost."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from config.coded import SENT_BACK, TURNED_DOWN
from panel.db import transaction
from panel.history.models import Event
from panel.notifications.models import Notification, Why
from panel.referrals import commands as c
from panel.referrals.actions import submit
from panel.referrals.models import Referral, ReferralReturn
from panel.referrals.parts import PARTS
from panel.referrals.returns import send_back
from panel.referrals.rounds import rounds_of
from tests.panel.conftest import Visit, make, rows
from tests.support.world import NOW, TODAY, World, draft, submitted
from workflows.case import Status
from workflows.flow import Refused

ASKED = c.SendBack(codes=("circumstances_unclear", "papers_missing", "other"), reason="Who else was there?")
GO = "Save and continue"
SEND = "Send the referral to the YOT"


def sent_back(db: Any, world: World, **more: Any) -> Referral:
    """A referral that came back with three things to put right."""
    referral = submitted(db, world, **more)
    send_back(db, referral, ASKED, by=world.actor("manager"), at=NOW)
    return referral


def test_the_manager_chooses_at_least_one_thing_to_put_right(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    page = small_visit("manager").send(f"/cases/{reference}/send-back", {"reason": "Hm."}, status=422)
    assert page.errors == ["Choose what to put right"]
    assert "Hm." in page.html


def test_an_invented_code_is_refused(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        referral = submitted(db, small_world)
        forged = c.SendBack(codes=("forged",), reason="x")
        with pytest.raises(Refused, match="Choose at least one thing"):
            send_back(db, referral, forged, by=small_world.actor("manager"), at=NOW)


def test_the_officer_sees_per_page_what_to_put_right_until_it_is_changed_or_confirmed(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, sent_back, world)
    officer = visit("officer")
    home = officer.open("/").text
    assert "To put right: What happened, Police papers" in home
    assert "6 of 8 pages done" in home
    tasks = officer.open(f"/cases/{reference}/tasks")
    assert "Who else was there?" in tasks.text
    assert tasks.text.count("To put right") == 5
    officer.send(f"/cases/{reference}/circumstances", {"circumstances": "Two friends."}, button=GO)
    for asked in ("papers_missing", "other"):
        officer.send(f"/cases/{reference}/asked/{asked}", {"reason": "There is none."}, button=GO)
    done = officer.open(f"/cases/{reference}/tasks").text
    assert "To put right" not in done
    assert "7 of 8 pages done" in done
    officer.send(f"/cases/{reference}/check", button=SEND)
    text = visit("manager").open(f"/cases/{reference}").text
    assert "What happened is not clear Changed" in text
    assert "Police papers are missing Confirmed" in text
    assert "Wrote down what happened" in text
    assert (
        "Changed before it was sent again on 17 November" in text
        or "Changed before it was sent again" in text
    )


def test_sending_again_with_something_untouched_needs_a_reason(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        referral = sent_back(db, small_world)
        officer = small_world.actor("officer")
        with pytest.raises(Refused) as refused:
            submit(db, referral, by=officer, at=NOW, overrides={})
        assert [(r.name, r.hard) for r in refused.value.refusals] == [("put_right", False)]
        submit(db, referral, by=officer, at=NOW, overrides={"put_right": "It is all there is."})
        (round_,) = rounds_of(db, [referral])[referral.id]
        assert round_.row.resent_at == NOW
        assert [point.settled for point in round_.points] == ["", "", ""]


def test_each_round_is_kept_with_what_was_changed_in_it(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        referral, officer = sent_back(db, small_world), small_world.actor("officer")
        submit(db, referral, by=officer, at=NOW, overrides={"put_right": "Nothing more."})
        again = c.SendBack(codes=("carer_missing",), reason="Once more.")
        send_back(db, referral, again, by=small_world.actor("manager"), at=NOW)
        newest, first = rounds_of(db, [referral])[referral.id]
        assert (newest.row.resent_at, first.row.resent_at) == (None, NOW)
        assert newest.pages == {"carer"}
        assert [point.code.key for point in first.points] == [
            "circumstances_unclear",
            "papers_missing",
            "other",
        ]


def test_only_what_was_asked_can_be_confirmed(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, sent_back, small_world)
    small_visit("officer").open(f"/cases/{reference}/asked/carer_missing", status=404)
    small_visit("manager").open(f"/cases/{reference}/asked/other", status=403)


def test_a_case_is_turned_down_for_good_and_whoever_sent_it_is_told(
    engine: Engine, world: World, visit: Visit
) -> None:
    reference = make(engine, submitted, world)
    manager = visit("manager")
    manager.send(f"/cases/{reference}/reject", {"code": "not_our_area", "reason": "Lives in East Marrow."})
    (row,) = rows(engine, select(Referral))
    assert row.status is Status.REJECTED  # type: ignore[attr-defined]
    open_tasks = {
        (n.why, n.user_id)  # type: ignore[attr-defined]
        for n in rows(engine, select(Notification).where(Notification.done_at.is_(None)))  # type: ignore[union-attr]
    }
    assert open_tasks == {(Why.REFERRAL_REJECTED, world.users["officer"])}
    officer = visit("officer")
    text = officer.open(f"/cases/{reference}").text
    assert "The child does not live in our area" in text
    assert "Lives in East Marrow." in text
    assert reference in officer.open("/cases?list=rejected").text
    assert reference not in manager.open("/cases?list=open").text
    officer.open(f"/cases/{reference}/tasks", status=404)
    officer.send(f"/cases/{reference}/circumstances", {"circumstances": "x"}, status=409)


def test_a_child_under_10_is_turned_down_only_when_social_care_was_told(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    manager, why = small_visit("manager"), {"code": "under_10", "reason": "Was nine."}
    page = manager.send(f"/cases/{reference}/reject", why, status=422)
    assert page.errors == ["Say whom in children's social care you told, and when"]
    manager.send(page, {"told_social_care": "M. Grey, today at 10"})
    (row,) = rows(sqlite_engine, select(ReferralReturn))
    assert row.told_social_care == "M. Grey, today at 10"  # type: ignore[attr-defined]


def test_nobody_but_the_manager_turns_a_case_down(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    for key in ("officer", "seconded", "case_manager"):
        small_visit(key).open(f"/cases/{reference}/reject", status=403)


def test_every_code_leads_to_a_page_that_there_is() -> None:
    pages = {part.key for part in PARTS} | {""}
    offered = (*SENT_BACK.codes(TODAY), *TURNED_DOWN.codes(TODAY))
    assert {one.page for one in offered} <= pages
    assert len({one.key for one in SENT_BACK.codes(TODAY)}) == len(SENT_BACK.codes(TODAY))
    with pytest.raises(KeyError):
        TURNED_DOWN.code("forged")


def test_a_draft_is_listed_with_how_far_it_is_and_saving_leads_back_to_its_pages(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    officer = small_visit("officer")
    assert "7 of 8 pages done" in officer.open("/").text
    page = officer.open(f"/cases/{reference}/carer?from=tasks")
    saved = officer.send(page, {"name": "Dana F."}, button="Save and go to all pages")
    assert saved.location.endswith(f"/cases/{reference}/tasks")
    saved = officer.send(page.url, {"name": "Dana G."}, button=GO)
    assert saved.location.endswith(f"/cases/{reference}/tasks")
    assert "Police papers Optional" in officer.open(f"/cases/{reference}/tasks").text


def test_the_printed_page_says_who_printed_it_and_has_nothing_to_press(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    page = small_visit("manager").open(f"/cases/{reference}/print")
    assert "Printed by Ruth Okoro on" in page.html
    assert reference in page.text
    assert page.forms() == []
    assert "Change" not in page.text
    assert rows(sqlite_engine, select(Event).where(Event.verb == "case.print")) == []


def test_the_confirmation_says_what_happens_by_when(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    text = small_visit("officer").open(f"/cases/{reference}/sent").text
    assert "By Wednesday 18 November 2026 a YOT manager accepts it" in text
    assert "All YOT managers of North Kelder have been told now." in text
    assert "Assessment due" in text
