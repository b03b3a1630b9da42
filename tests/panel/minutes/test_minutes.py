"""The minutes: what each copy says, who may have it, and that what was confirmed never changes."""

from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from panel.agreed_actions import actions as agreed
from panel.agreed_actions.commands import Agreed
from panel.db import transaction
from panel.decisions.commands import Deferral
from panel.decisions.deferring import defer
from panel.errors import Stale
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.history.record import meeting_chain
from panel.meetings import actions as meetings
from panel.meetings.models import Meeting
from panel.minutes import actions
from panel.minutes.commands import Changed, Written
from panel.minutes.content import digest_of
from panel.minutes.models import Minutes, MinutesVersion
from panel.minutes.papers import minutes_pdf
from panel.referrals.models import Referral
from tests.panel.conftest import Visit, rows
from tests.panel.documents.disposal_papers import text_of
from tests.panel.documents.test_typeset import bytes_inside
from tests.support.decided import decided, open_meeting, planned
from tests.support.world import NOW, TODAY, World
from workflows.flow import NotYours, Refused

CHILD = {
    "given_name": "Quillon",
    "surname": "Zebrafield",
    "school": "Zanzibar Academy",
    "address": "9 Xanadu Row",
}
CANARIES = (
    "Quillon",
    "Zebrafield",
    "Zanzibar",
    "Xanadu",
    "Wombatson",
    "Yellowhammer",
    "Marsh",
    "Nair",
    "Pike",
)
HAND_TYPED = {"title": "Criminal damage at Yellowhammer Hall", "location": "Yellowhammer Hall"}


def held(db: Session, world: World) -> Meeting:
    """A meeting with one decision, one deferral and an action, all full of words that tell."""
    first = decided(db, world, child=CHILD, offence=HAND_TYPED)
    meeting = db.exec(select(Meeting)).one()
    origin = agreed.Origin(meeting.area_id, True, meeting_chain(meeting.id), meeting_id=meeting.id)
    command = Agreed(
        what="Ring Mrs Wombatson at Zanzibar Academy about Quillon",
        holder_id=world.users["case_manager"],
        outside_owner="Mrs Wombatson",
        due_on=TODAY + timedelta(days=7),
    )
    agreed.agree(db, command, origin, first.id, by=world.actor("chair"), at=NOW)
    return meeting


def over(db: Session, world: World) -> Meeting:
    """The same meeting, closed, with other matters written."""
    meeting = held(db, world)
    matters = Written(
        other_matters="Mrs Wombatson was thanked.", public_note="A school is asked for a report."
    )
    actions.write(db, meeting, matters, seen=0, by=world.actor("chair"), at=NOW)
    meetings.close(db, meeting, by=world.actor("chair"), at=NOW + timedelta(hours=1))
    return meeting


def seen(db: Session) -> int:
    return db.exec(select(Minutes.version)).one()


def confirmed(db: Session, world: World) -> tuple[Meeting, MinutesVersion]:
    meeting = over(db, world)
    return meeting, actions.confirm(db, meeting, seen=seen(db), by=world.actor("chair"), at=NOW)


def printed(version: MinutesVersion, copy: str) -> bytes:
    return minutes_pdf(
        version.content,
        copy,
        stands="Version 1",
        digest=version.digest,
        day=TODAY,
        demo=True,  # type: ignore[arg-type]
    )


def test_the_copy_with_names_says_who_what_and_why(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        _, version = confirmed(db, world)
        said = text_of(printed(version, "names"))
    for words in (
        "Alan Pike",
        "Quillon Zebrafield",
        "Youth conditional caution",
        "wants to put it right",
        "Mrs Wombatson was thanked",
        "Ring Mrs Wombatson",
        "Opened",
        "17 November 2026 at 11:00",
        version.digest[:20],
    ):
        assert words in said


def test_the_copy_without_names_holds_no_word_that_tells(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        meeting, version = confirmed(db, world)
        paper = printed(version, "no-names")
        reference = db.exec(select(Referral.reference)).one()
        where = meeting.location
    said = text_of(paper)
    inside = bytes_inside(paper).decode("latin-1")
    assert [word for word in (*CANARIES, reference, where) if word in said or word in inside] == []
    for words in (
        "Case 1",
        "15 to 17",
        "Youth conditional caution",
        "Either way",
        "Full admission",
        "Case manager",
    ):
        assert words in said
    assert "A school is asked for a report." in said


def test_the_walk_would_notice_a_word_that_tells(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        _, version = confirmed(db, world)
    said = text_of(printed(version, "names"))
    assert [word for word in CANARIES if word not in said] == ["Xanadu", "Marsh", "Nair"]


@pytest.mark.parametrize("copy", ["names", "no-names"])
def test_a_screen_reader_can_read_both_copies(
    sqlite_engine: Engine, small_world: World, tmp_path: Path, copy: str
) -> None:
    from pdfua import validate

    with transaction(sqlite_engine) as db:
        _, version = confirmed(db, small_world)
    file = tmp_path / "minutes.pdf"
    file.write_bytes(printed(version, copy))
    report = validate(str(file))
    assert report.exit_code == 0, report.findings


def test_the_reason_of_a_deferral_is_told_with_names_only(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        referral = open_meeting(db, world, child=CHILD)
        why = Deferral(code="report_missing", reason="Zanzibar Academy is closed")
        defer(db, referral, why, by=world.actor("chair"), at=NOW)
        meeting = db.exec(select(Meeting)).one()
        meetings.close(db, meeting, by=world.actor("chair"), at=NOW)
        version = actions.confirm(db, meeting, seen=0, by=world.actor("chair"), at=NOW)
        both = [text_of(printed(version, copy)) for copy in ("names", "no-names")]
    assert ["Deferred" in said for said in both] == [True, True]
    assert ["Zanzibar" in said for said in both] == [True, False]


def test_minutes_are_confirmed_by_the_chair_once_the_meeting_is_over(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        meeting = held(db, world)
        with pytest.raises(Refused) as refused:
            actions.confirm(db, meeting, seen=0, by=world.actor("chair"), at=NOW)
        assert [r.name for r in refused.value.refusals] == ["minutes_meeting_over"]
        meetings.close(db, meeting, by=world.actor("chair"), at=NOW)
        with pytest.raises(NotYours):
            actions.confirm(db, meeting, seen=0, by=world.actor("manager"), at=NOW)
        actions.confirm(db, meeting, seen=0, by=world.actor("chair"), at=NOW)
        with pytest.raises(Refused):
            actions.confirm(db, meeting, seen=seen(db), by=world.actor("chair"), at=NOW)


def test_a_later_change_is_a_version_of_its_own_and_the_first_stays(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        meeting, first = confirmed(db, world)
        before = dict(first.content)
        more = Changed(
            other_matters="And the caretaker.", public_note="", reason="The caretaker was forgotten"
        )
        second = actions.change(db, meeting, more, seen=seen(db), by=world.actor("chair"), at=NOW)
        assert (second.number, second.reason) == (2, "The caretaker was forgotten")
        with pytest.raises(Stale):
            actions.change(db, meeting, more, seen=1, by=world.actor("chair"), at=NOW)
        with pytest.raises(Refused):
            actions.write(db, meeting, Written(), seen=seen(db), by=world.actor("chair"), at=NOW)
    one, two = rows(engine, select(MinutesVersion).order_by(MinutesVersion.number))
    assert (one.content, one.digest) == (before, digest_of(before))  # type: ignore[attr-defined]
    assert two.digest == digest_of(two.content) != one.digest  # type: ignore[attr-defined]


def test_what_was_confirmed_cannot_be_changed_in_the_database(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        confirmed(db, world)
    with pytest.raises(DBAPIError, match="never changed"), transaction(engine) as db:
        db.execute(text("UPDATE minutes_version SET digest = ''"))


def test_words_for_everybody_that_tell_who_are_refused_with_what_they_tell(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        reference = held(db, world).reference
    chair = visit("chair")
    page = chair.send(
        f"/meetings/{reference}/minutes/write", {"public_note": "Quillon and Priya were here"}, status=422
    )
    assert "the child's name, the name of a member of staff" in page.text
    assert "Quillon and Priya were here" in page.text
    chair.send(f"/meetings/{reference}/minutes/write", {"public_note": "The heating was out"})


def test_who_may_have_which_copy_and_that_each_download_is_logged(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        reference = confirmed(db, world)[0].reference
    path = f"/meetings/{reference}/minutes"
    for key in ("chair", "seconded", "victim_worker", "inspector"):
        answer = visit(key).client.get(f"{path}/1/names.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert (
            answer.headers["Content-Disposition"] == f'attachment; filename="minutes-{reference}-1-names.pdf"'
        )
    worker = visit("case_manager")
    page = worker.open(path)
    assert [word for word in CANARIES if word in page.text] == ["Pike"], "who confirmed"
    worker.open(f"{path}/1/names.pdf", status=404)
    assert worker.client.get(f"{path}/1/no-names.pdf").status_code == 200
    worker.open(f"{path}/0/no-names.pdf", status=404)
    worker.open(f"{path}/7/no-names.pdf", status=404)
    for key in ("officer", "board", "scrutineer", "liaison"):
        visit(key).open(f"{path}/1/no-names.pdf", status=403)
    logged = rows(engine, select(AccessEntry).where(AccessEntry.operation == Operation.DISCLOSURE))
    assert len([entry for entry in logged if ":minutes:1:" in entry.subject]) == 5  # type: ignore[attr-defined]


def test_a_chair_writes_confirms_and_changes_on_the_pages(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        reference = over(db, world).reference
    chair, path = visit("chair"), f"/meetings/{reference}/minutes"
    assert visit("chair").open(f"/meetings/{reference}").links["Minutes of this meeting"] == path
    page = chair.open(path)
    chair.send(page, action="/confirm")
    assert "Version 1" in chair.open(path).text
    page = chair.open(f"{path}/write")
    assert "Say why the minutes are changed" in chair.send(page, {"reason": ""}, status=422).text
    chair.send(f"{path}/write", {"reason": "A word was wrong"})
    assert "Changed because: A word was wrong" in chair.open(path).text
    visit("manager").send(f"{path}/write", {"reason": "Mine"}, status=403)


def test_two_confirmations_at_once_give_one_version(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        meeting = over(db, world)
        mark = seen(db)
    start, said = Barrier(2), []

    def press() -> None:
        start.wait()
        try:
            with transaction(engine) as db:
                actions.confirm(
                    db, db.get_one(Meeting, meeting.id), seen=mark, by=world.actor("chair"), at=NOW
                )
            said.append("won")
        except (Refused, Stale):
            said.append("lost")

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["lost", "won"]
    assert len(rows(engine, select(MinutesVersion))) == 1


def test_an_empty_meeting_has_minutes_too(sqlite_engine: Engine, small_world: World) -> None:

    with transaction(sqlite_engine) as db:
        meeting = planned(db, small_world)
        meetings.open_meeting(db, meeting, by=small_world.actor("chair"), at=NOW)
        meetings.close(db, meeting, by=small_world.actor("chair"), at=NOW)
        version = actions.confirm(db, meeting, seen=0, by=small_world.actor("chair"), at=NOW)
        said = text_of(printed(version, "no-names"))
    assert "No case was on the agenda." in said
    assert "No action was agreed." in said
