"""The demonstration is believable, and every case in it went the real way."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from panel.agreed_actions.models import AgreedAction
from panel.audits.models import AuditRound
from panel.audits.queries import cases_of
from panel.audits.results import answered
from panel.children.models import Child
from panel.disposals.models import Disposal, Signature
from panel.documents.verify import verify as verify_files
from panel.history.models import Event
from panel.history.verify import verify as verify_history
from panel.minutes.models import MinutesVersion
from panel.police.models import PoliceDisposal
from panel.ratings.models import ReportVersion, SelfInspection
from panel.ratings.queries import standing
from panel.referrals.models import Referral
from panel.scrutiny.drawing import drawn_again
from panel.scrutiny.models import ScrutinyRound
from tests.support import databases
from workflows.action import Status as ActionStatus
from workflows.audit import RoundStatus as AuditStatus
from workflows.calendar import birthday
from workflows.case import Status
from workflows.scrutiny import RoundStatus
from workflows.vocabulary import SIGNED_OUTCOMES, Outcome


@pytest.fixture(scope="module")
def shown(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The demonstration, to read."""
    copy = tmp_path_factory.mktemp("demo") / "panel.db"
    copy.write_bytes(demo_template.read_bytes())
    with databases.open_engine(f"sqlite:///{copy}") as engine:
        yield engine


def test_there_are_about_120_cases_over_two_years_in_every_state(shown: Engine, today: date) -> None:
    with Session(shown) as db:
        states = Counter(db.exec(select(Referral.status)).all())
        first = db.exec(select(func.min(Referral.created_at))).one()
    assert 115 <= sum(states.values()) <= 125
    assert set(states) == set(Status)
    assert today - timedelta(days=740) <= first.date() <= today - timedelta(days=690)


def test_there_is_what_a_manager_must_answer_for(shown: Engine, today: date) -> None:
    with Session(shown) as db:
        late = db.exec(select(func.count()).select_from(Referral).where(Referral.due_on < today)).one()
        cared_for = db.exec(select(func.count()).select_from(Child).where(Child.looked_after)).one()
        given = db.exec(select(Disposal).where(Disposal.outcome.in_(SIGNED_OUTCOMES))).all()  # type: ignore[attr-defined]
        signed = set(db.exec(select(Signature.disposal_id)).all())
        open_births = db.exec(
            select(Child.date_of_birth).join(Referral).where(Referral.status == Status.DECIDED)
        ).all()
    assert late >= 5
    assert cared_for >= 3
    assert any(row.given_on and row.id not in signed for row in given)
    assert not any(row.given_on and row.id not in signed for row in given if row.outcome is Outcome.YCC)
    assert any(timedelta(0) < birthday(born, 18) - today < timedelta(days=60) for born in open_births)


def test_history_and_files_are_sound(shown: Engine) -> None:
    assert verify_history(shown) == []
    assert verify_files(shown) == []


def test_a_changed_event_a_missing_one_and_an_altered_file_are_named(shown: Engine) -> None:
    with shown.connect() as db:
        for table in ("event", "stored_file"):
            for (name,) in db.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
            ).fetchall():
                db.exec_driver_sql(f"DROP TRIGGER {name}")
        db.exec_driver_sql("UPDATE event SET by_words = 'Somebody else' WHERE id = 40")
        db.exec_driver_sql(
            "DELETE FROM event WHERE id = (SELECT max(id) FROM event WHERE seq = 2 AND chain IN "
            "(SELECT chain FROM event WHERE seq = 3))"
        )
        db.exec_driver_sql("UPDATE stored_file SET content = x'00' WHERE id = 3")
        db.commit()
    with Session(shown) as db:
        forged = db.exec(select(Event).where(Event.id == 40)).one()
        where = f"{forged.chain}: event {forged.seq} was changed"
    problems = verify_history(shown)
    assert where in problems
    assert any("is missing" in problem for problem in problems)
    altered = [problem for problem in verify_files(shown) if problem.endswith("was altered")]
    assert len(altered) == 1
    assert altered[0].startswith("case:")


def test_it_shows_actions_that_are_open_and_late_confirmed_minutes_and_a_finished_round_of_scrutiny(
    shown: Engine, today: date
) -> None:
    with Session(shown) as db:
        actions = db.exec(select(AgreedAction)).all()
        assert {action.status for action in actions} == {ActionStatus.OPEN, ActionStatus.DONE}
        assert {action.due_on < today for action in actions if action.status is ActionStatus.OPEN} == {
            True,
            False,
        }
        assert len(db.exec(select(MinutesVersion)).all()) == 1
        (round_,) = db.exec(select(ScrutinyRound)).all()
        assert round_.status is RoundStatus.FINISHED
        assert drawn_again(db, round_)


def test_it_shows_one_case_that_the_police_did_not_leave_to_the_panel(shown: Engine) -> None:
    with Session(shown) as db:
        alone = (PoliceDisposal.exception != "", col(PoliceDisposal.referral_id).is_not(None))
        (disposal,) = db.exec(select(PoliceDisposal).where(*alone)).all()
        referral = db.exec(select(Referral).where(Referral.id == disposal.referral_id)).one()
        assert referral.status is Status.WITHDRAWN
        assert (disposal.outcome, disposal.consulted) == (Outcome.YC, False)
        assert disposal.told_on is not None
        assert disposal.given_on < disposal.told_on


def test_a_published_self_inspection_rests_on_its_audits_and_one_of_the_past_on_what_was_typed(
    shown: Engine,
) -> None:
    with Session(shown) as db:
        published = db.exec(
            select(SelfInspection)
            .join(ReportVersion, col(ReportVersion.inspection_id) == SelfInspection.id)
            .order_by(col(SelfInspection.id))
        ).all()
        typed, audited = published
        assert typed.audit_round_id is None
        made = db.get_one(AuditRound, audited.audit_round_id)
        assert (made.status, made.whole, made.share) == (AuditStatus.FINISHED, 30, 40)
        counted = standing(db, audited, least=5)
        assert not counted.answers
        assert counted.from_audits == set(answered(db, made.id))
        cases = [one.referral_id for one in cases_of(db, made.id)]
        told = db.exec(select(ReportVersion).where(ReportVersion.inspection_id == audited.id)).one()
    assert len(cases) == len(set(cases)) >= 10
    assert told.content["published"]
