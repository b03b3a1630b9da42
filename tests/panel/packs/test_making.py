"""The papers of a case: pinned when it is listed, versioned when they change, struck in the open (PAN-5)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from panel.concerns import actions as concerns
from panel.concerns.commands import EventDetails
from panel.db import transaction
from panel.decisions.commands import Deferral
from panel.decisions.decide import decide
from panel.decisions.deferring import defer
from panel.decisions.sitting import facts_of, sitting_of
from panel.errors import Missing, Stale
from panel.history.models import Event
from panel.meetings import listing
from panel.meetings.agenda import open_item
from panel.meetings.listing import put_on
from panel.meetings.models import AgendaItem
from panel.notifications.models import Mail, Notification, Why
from panel.packs import making, reading
from panel.packs.manifest import differing, digest_of, fits
from panel.packs.models import Pack, PackReading
from panel.packs.queries import count_to_read, current, latest, to_read, verify, versions_of
from panel.referrals.models import Referral
from tests.support.assessed import CLEARED, VICTIM_NAME, WRITTEN, assessed
from tests.support.decided import SEATS, heard, listed, mark_of, planned, ready
from tests.support.world import NOW, TODAY, World, build
from workflows.concerns import EventKind
from workflows.flow import NotYours, Refused

LATER = NOW + timedelta(minutes=30)
WHY = "It is about another child."
ARREST = EventDetails(
    kind=EventKind.ARREST, happened_on=TODAY, what="Stopped with a bicycle.", source="The police"
)


def item_of(db: Session, referral: Referral) -> AgendaItem:
    item = open_item(db, referral)
    assert item is not None
    return item


def pack_of(db: Session, referral: Referral) -> Pack:
    pack = latest(db, referral.id)
    assert pack is not None
    return pack


def event(db: Session, world: World, referral: Referral) -> None:
    """Something happens that the panel has to know."""
    concerns.record_event(db, referral, ARREST, by=world.actor("seconded"), at=LATER)


def published(db: Session, world: World, referral: Referral) -> Pack:
    seen = pack_of(db, referral).number
    return making.publish(db, referral, seen=seen, by=world.actor("manager"), at=LATER)


def tasks(db: Session, *, is_open: bool = True) -> list[Notification]:
    found = db.exec(select(Notification).where(Notification.why == Why.PAPERS_TO_READ)).all()
    return [task for task in found if (task.done_at is None) is is_open]


def refused_for(refused: Any) -> set[str]:
    return {refusal.name for refusal in refused.value.refusals}


def test_listing_a_case_pins_its_papers_and_asks_each_member_to_read_them(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = listed(db, world, victim=True)
        pack = current(db, item_of(db, referral).id)
        assert pack is not None
        assert (pack.number, pack.made_at, pack.made_by_id) == (1, NOW, world.users["manager"])
        assert [entry["key"] for entry in pack.manifest] == [one["key"] for one in pack.content["parts"]]
        assert pack.digest == digest_of(referral.reference, pack.manifest)
        assert {task.user_id for task in tasks(db)} == {world.users[key] for key in SEATS.values()}
        noted = db.exec(select(Event).where(Event.verb == "case.publish_papers")).one()
        assert noted.facts["digest"] == pack.digest


def test_the_papers_hold_what_a_panel_talks_about_in_its_order(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = listed(db, world, victim=True)
        event(db, world, referral)
        pack = published(db, world, referral)
        parts = {one["key"]: one for one in pack.content["parts"]}
        assert [key for key in parts if key in ORDER] == list(ORDER)
        told = {key: str(one["rows"]) for key, one in parts.items()}
        assert "full admission (7 November 2026, to PC Marsh 4411" in told["happened"]
        assert WRITTEN.child_words in told["who-was-heard"]
        assert WRITTEN.parent_words in told["who-was-heard"]
        assert WRITTEN.harm_why in told["judgements"]
        assert WRITTEN.strengths in told["worries-strengths-and-what-comes-next"]
        assert WRITTEN.contingency_actions in told["recommendation"]
        assert "Four talks about anger" in parts["proposed-step-1"]["title"]
        assert CLEARED in told["victims"]
        assert "Stopped with a bicycle." in told["events"]
        assert "Fewer than 5 similar cases: not shown in detail." in told["similar"]
        assert VICTIM_NAME not in str(pack.content)


ORDER = (
    *("child", "happened", "gravity", "deadlines", "earlier", "assessment"),
    *("worries-strengths-and-what-comes-next", "judgements", "who-was-heard", "victims", "sources", "events"),
    *("recommendation", "proposed-step-1", "proposed-step-2", "papers", "similar"),
)


def test_the_assessment_is_named_by_its_version_and_digest(sqlite_engine: Engine) -> None:
    from panel.assessments.versions import final

    with transaction(sqlite_engine) as db:
        referral = listed(db, build(db))
        signed = final(db, referral.id)
        assert signed is not None
        part = next(one for one in pack_of(db, referral).content["parts"] if one["key"] == "assessment")
        assert part["rows"][-1]["value"] == signed.version.digest


def test_a_change_asks_for_a_new_version_which_says_what_is_new_and_is_unread_again(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, member = listed(db, world), world.actor("seconded")
        reading.read(db, referral, seen=1, by=member, at=NOW)
        assert (count_to_read(db, member), len(tasks(db))) == (0, 2)
        event(db, world, referral)
        first = pack_of(db, referral)
        assert making.pending(db, referral, first, held_on=TODAY) == ["New: Significant events"]
        second = published(db, world, referral)
        assert (second.number, second.changes) == (2, ["New: Significant events"])
        assert second.digest != first.digest
        assert [one.number for one in to_read(db, member)] == [2]
        assert {task.user_id for task in tasks(db)} == {world.users[key] for key in SEATS.values()}
        assert making.pending(db, referral, second, held_on=TODAY) == []


def test_publishing_what_has_not_changed_makes_no_version(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = listed(db, world)
        assert published(db, world, referral).number == 1
        assert len(versions_of(db, referral.id)) == 1


def test_the_same_case_gives_the_same_papers_on_another_day(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        meeting = planned(db, world, held_on=TODAY + timedelta(days=14))
        referral = listed(db, world, meeting=meeting)
        again = making.pin(db, referral, item_of(db, referral), by=None, at=NOW + timedelta(days=9))
        assert again.number == 1


def test_the_panel_cannot_decide_on_papers_that_have_changed(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, chair = ready(db, world), world.actor("chair")
        event(db, world, referral)
        with pytest.raises(Refused) as refused:
            decide(db, referral, seen=mark_of(db, referral), by=chair, at=LATER, overrides={})
        assert "papers_current" in refused_for(refused)
        published(db, world, referral)
        unanswered = {"event_answered": "The panel talked about it."}
        decide(db, referral, seen=mark_of(db, referral), by=chair, at=LATER, overrides=unanswered)


def test_the_decision_of_one_case_does_not_make_the_papers_of_the_next_stale(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        first = ready(db, world)
        second = listed(db, world)
        decide(db, first, seen=mark_of(db, first), by=world.actor("chair"), at=NOW, overrides={})
        assert making.pending(db, second, pack_of(db, second), held_on=TODAY) == []


def test_a_case_without_papers_cannot_be_decided(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        others = [listener for listener in making.WHEN_LISTED if listener is not making.put_on]
        monkeypatch.setattr(listing, "LISTENERS", others)
        referral = heard(db, world)
        monkeypatch.undo()
        sitting = sitting_of(db, referral, today=TODAY)
        assert sitting is not None
        assert not facts_of(db, referral, sitting, today=TODAY).papers_published
        making.publish(db, referral, seen=None, by=world.actor("manager"), at=NOW)
        assert facts_of(db, referral, sitting, today=TODAY).papers_published


def test_a_part_is_struck_out_with_a_reason_and_stays_in_the_manifest(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral, manager = listed(db, world), world.actor("manager")
        before = pack_of(db, referral)
        digests = {entry["key"]: entry["sha256"] for entry in before.manifest}
        pack = making.strike(db, referral, "who-was-heard", WHY, seen=1, by=manager, at=LATER)
        entry = next(one for one in pack.manifest if one["key"] == "who-was-heard")
        assert entry["sha256"] == digests["who-was-heard"]
        assert entry["struck"] == {"why": WHY, "by": "Ruth Okoro", "on": "17 November 2026"}
        assert (pack.changes, pack.why) == (["Struck out: Who was heard"], WHY)
        assert WRITTEN.child_words not in str(pack.content)
        assert WRITTEN.child_words in str(before.content)
        event(db, world, referral)
        third = published(db, world, referral)
        assert WRITTEN.child_words not in str(third.content), "what is struck stays struck"
        back = making.strike(db, referral, "who-was-heard", "It is his own.", seen=3, by=manager, at=LATER)
        assert back.changes == ["Put back: Who was heard"]
        assert WRITTEN.child_words in str(back.content)
        assert fits(referral.reference, third.content, third.manifest, third.digest)


def test_what_another_published_meanwhile_is_not_published_over(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral, manager = listed(db, world), world.actor("manager")
        event(db, world, referral)
        published(db, world, referral)
        with pytest.raises(Stale):
            making.publish(db, referral, seen=1, by=manager, at=LATER)
        with pytest.raises(Stale):
            making.strike(db, referral, "gravity", WHY, seen=1, by=manager, at=LATER)
        with pytest.raises(Stale):
            reading.read(db, referral, seen=1, by=world.actor("seconded"), at=LATER)
        with pytest.raises(Missing):
            making.strike(db, referral, "nothing", WHY, seen=2, by=manager, at=LATER)


def test_nobody_without_a_seat_can_have_read_the_papers(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = listed(db, world)
        with pytest.raises(NotYours):
            reading.read(db, referral, seen=1, by=world.actor("manager"), at=NOW)
        assert db.exec(select(PackReading)).all() == []


def test_papers_of_a_case_that_is_over_are_nobodys_task_and_stay_as_they_are(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = heard(db, world)
        why = Deferral(code="report_missing", reason="School.")
        defer(db, referral, why, by=world.actor("chair"), at=NOW)
        assert tasks(db) == []
        with pytest.raises(Refused):
            making.publish(db, referral, seen=1, by=world.actor("manager"), at=NOW)


def test_on_another_meeting_its_members_get_papers_of_their_own(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        referral = listed(db, world)
        other = planned(db, world, held_on=TODAY + timedelta(days=7))
        put_on(db, referral, other.id, by=world.actor("manager"), at=NOW, overrides={})
        pack = current(db, item_of(db, referral).id)
        assert pack is not None
        assert (pack.number, pack.meeting_id) == (2, other.id)


@pytest.mark.parametrize(("days", "mail"), [(1, Mail.QUEUED), (2, Mail.NOT_NEEDED)])
def test_near_the_panel_papers_are_mailed_at_once_and_otherwise_with_the_morning(
    sqlite_engine: Engine, days: int, mail: Mail
) -> None:
    with transaction(sqlite_engine) as db:
        world = build(db)
        listed(db, world, meeting=planned(db, world, held_on=TODAY + timedelta(days=days)))
        assert {task.mail for task in tasks(db)} == {mail}


@pytest.mark.parametrize("column", ["content", "manifest", "digest"])
def test_papers_that_no_longer_fit_their_digest_are_named(sqlite_engine: Engine, column: str) -> None:
    with transaction(sqlite_engine) as db:
        referral = listed(db, build(db))
        number = referral.id
    assert verify(sqlite_engine) == []
    with sqlite_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER pack_no_update"))
        change = f"UPDATE pack SET {column} = replace({column}, 'a', 'b')"
        connection.execute(text(change))
    assert verify(sqlite_engine) == [f"case:{number}: version 1 of the panel's papers was altered"]


def test_only_similar_cases_may_differ_without_a_new_version() -> None:
    one = [{"key": key, "title": key, "sha256": "1"} for key in ("gravity", "similar")]
    other = [{"key": key, "title": key, "sha256": "2"} for key in ("gravity", "similar")]
    assert differing(one, other) == ["gravity"]
    struck = [*one[:1], one[1] | {"struck": {"why": WHY}}]
    assert differing(one, struck) == ["similar"]


def test_an_assessment_that_is_not_listed_has_no_papers(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        referral = assessed(db, build(db))
        assert latest(db, referral.id) is None
