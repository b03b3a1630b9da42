"""What a YOT manager does with a round: clears texts, gives it to the scrutineers, feeds learning back."""

from datetime import datetime

from sqlmodel import Session

from config.policy import number
from panel.access import Actor
from panel.agreed_actions import actions as agreed
from panel.agreed_actions.commands import Agreed
from panel.decisions.models import Decision
from panel.history.operations import Operation
from panel.history.record import log_access, record
from panel.notifications.actions import finish_path, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.scrutiny import commands as c
from panel.scrutiny.anonymising import known_of
from panel.scrutiny.models import SampledCase, ScrutinyRound
from panel.scrutiny.queries import case_at, lock_round, members_of, sample_of, scrutiny_chain
from workflows.calendar import today_in_london
from workflows.masking import tells
from workflows.scrutiny import ROUND, SAMPLED, CaseStatus, RoundFacts, SampledFacts
from workflows.vocabulary import words


def clear(
    db: Session, drawn: ScrutinyRound, place: int, command: c.Cleared, *, by: Actor, at: datetime
) -> SampledCase:
    """A person has read the texts: scrutineers may see them. Refused while they tell who or where."""
    lock_round(db, drawn)
    case = case_at(db, drawn.id, place, lock=True)
    told = tells(f"{command.offences}\n{command.reasons}", known_of(db, case))
    facts = SampledFacts(round_status=drawn.status, tells=told)
    step = SAMPLED.step("clear", case.status, facts, by.roles_in(drawn.area_id))
    case.offences, case.reasons = command.offences, command.reasons
    case.cleared_by_id, case.cleared_at, case.changed_at = by.id, at, at
    chain = scrutiny_chain(drawn.id)
    record(db, case, step, flow="sampled", chain=chain, by=by, at=at, facts={"number": str(place)})
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="scrutiny.clear")
    db.add(case)
    db.flush()
    return case


def facts_of(db: Session, drawn: ScrutinyRound, *, at: datetime, said: str = "") -> RoundFacts:
    """A round as its rules see it."""
    sample, today = sample_of(db, drawn.id), today_in_london(at)
    return RoundFacts(
        today=today,
        since=drawn.since,
        until=drawn.until,
        decided=len(drawn.listed),
        to_clear=sum(case.status is CaseStatus.DRAWN for case in sample),
        left=len(sample),
        without_finding=sum(case.finding is None for case in sample),
        scrutineers=len(members_of(db, drawn.id)),
        scrutineers_needed=number("scrutiny_scrutineers", today),
        tells=themes_tell(db, drawn, said),
        words=said,
    )


def themes_tell(db: Session, drawn: ScrutinyRound, said: str) -> tuple[str, ...]:
    """What a text about the round gives away of anybody in its sample."""
    if not said.strip():
        return ()
    return tells(said, [known for case in sample_of(db, drawn.id) for known in known_of(db, case)])


def begin(db: Session, drawn: ScrutinyRound, *, by: Actor, at: datetime) -> None:
    """Give the cleared sample to the scrutineers."""
    _move(db, drawn, "begin", by=by, at=at)
    for member in members_of(db, drawn.id):
        notify(
            db,
            why=Why.SCRUTINY_TO_DO,
            area_id=drawn.area_id,
            referral_id=None,
            key=f"{drawn.reference}-{Why.SCRUTINY_TO_DO.value}-{member.user_id}",
            at=at,
            to_user=member.user_id,
            path=sample_path(drawn),
        )


def sample_path(drawn: ScrutinyRound) -> str:
    """Where scrutineers find their sample."""
    return f"/scrutiny/sample/{drawn.reference}"


def finish(db: Session, drawn: ScrutinyRound, command: c.Finished, *, by: Actor, at: datetime) -> None:
    """Close the round with what is learned from it."""
    _move(db, drawn, "finish", command.words, by=by, at=at)
    drawn.finished_at = at


def drop(db: Session, drawn: ScrutinyRound, command: c.Reason, *, by: Actor, at: datetime) -> None:
    """End the round without a result."""
    _move(db, drawn, "drop", command.words, by=by, at=at)


def _move(db: Session, drawn: ScrutinyRound, name: str, said: str = "", *, by: Actor, at: datetime) -> None:
    lock_round(db, drawn)
    step = ROUND.step(name, drawn.status, facts_of(db, drawn, at=at, said=said), by.roles_in(drawn.area_id))
    drawn.themes, drawn.changed_at = said or drawn.themes, at
    chain = scrutiny_chain(drawn.id)
    facts = {"reason": said} if name == "drop" else {}
    record(db, drawn, step, flow="scrutiny", chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=f"scrutiny.{name}")
    if name != "begin":
        finish_path(db, sample_path(drawn), by=by, at=at)
    db.add(drawn)
    db.flush()


def feed_back(
    db: Session, drawn: ScrutinyRound, place: int, command: c.FedBack, *, by: Actor, at: datetime
) -> None:
    """Tell case manager and chair what is learned from a case, and agree an action where one is wanted."""
    lock_round(db, drawn)
    case = case_at(db, drawn.id, place, lock=True)
    facts = SampledFacts(round_status=drawn.status, words=command.words)
    step = SAMPLED.step("feed_back", case.status, facts, by.roles_in(drawn.area_id))
    case.learning, case.learned_by_id, case.learned_at, case.changed_at = command.words, by.id, at, at
    chain = scrutiny_chain(drawn.id)
    record(db, case, step, flow="sampled", chain=chain, by=by, at=at, facts={"number": str(place)})
    db.add(case)
    referral, decision = db.get_one(Referral, case.referral_id), db.get_one(Decision, case.decision_id)
    found = words(case.finding) if case.finding else ""
    tell(db, referral, "scrutiny", by=by, at=at, said={"finding": found})
    for user_id in sorted({referral.case_manager_id, decision.chair_id} - {None}, key=int):  # type: ignore[arg-type]
        notify(
            db,
            why=Why.SCRUTINY_LEARNING,
            area_id=drawn.area_id,
            referral_id=referral.id,
            key=f"{drawn.reference}-{place}-{Why.SCRUTINY_LEARNING.value}-{user_id}",
            at=at,
            to_user=user_id,
            path=f"/cases/{referral.reference}/learning",
        )
    if command.action and command.holder_id and command.due_on:
        origin = agreed.Origin(drawn.area_id, True, chain, round_id=drawn.id)
        wanted = Agreed(what=command.action, holder_id=command.holder_id, due_on=command.due_on)
        agreed.agree(db, wanted, origin, referral.id, by=by, at=at)
    db.flush()
