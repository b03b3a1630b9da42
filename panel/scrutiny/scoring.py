"""What scrutineers do: each alone, then together; never in a case to which they have a tie."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from config.policy import number
from panel.access import Actor
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.notifications.actions import finish_path
from panel.scrutiny import commands as c
from panel.scrutiny.actions import sample_path
from panel.scrutiny.models import SampledCase, ScrutinyRound, ScrutinyScore, ScrutinyTie
from panel.scrutiny.queries import case_at, members_of, sample_of, scores_of, scrutiny_chain, ties_of
from workflows.calendar import today_in_london
from workflows.flow import NotYours, Refusal, Refused
from workflows.scrutiny import ACTED_ON, OWN_FINDINGS, SAMPLED, CaseStatus, Finding, RoundStatus, SampledFacts
from workflows.vocabulary import words


def declare_tie(db: Session, drawn: ScrutinyRound, place: int, *, by: Actor, at: datetime) -> None:
    """Step out of a case because one knows somebody in it; a score that was given counts no more."""
    case = _open_case(db, drawn, place, by)
    if (case.id, by.id) in ties_of(db, [case.id]):
        return
    db.add(ScrutinyTie(case_id=case.id, user_id=by.id, at=at))
    _note(db, drawn, "scrutiny.tie", place, by=by, at=at)


def score(
    db: Session, drawn: ScrutinyRound, place: int, command: c.Scored, *, by: Actor, at: datetime
) -> ScrutinyScore:
    """Write down what one scrutineer makes of a case, once."""
    case = _open_case(db, drawn, place, by)
    if (case.id, by.id) in ties_of(db, [case.id]):
        raise _refused("You said that you have a tie to this case, so you take no part in it.")
    if command.finding not in OWN_FINDINGS:
        raise _refused("Alone nobody can fail to agree: choose one of the other three.")
    if command.finding is not Finding.APPROPRIATE and not command.comment:
        raise _refused("Say what the observation is, or what is inconsistent with policy.")
    row = ScrutinyScore(
        case_id=case.id,
        user_id=by.id,
        finding=command.finding,
        answers={key: answer.value for key, answer in command.answers.items()},
        comment=command.comment,
        at=at,
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:
        raise _refused("You have scored this case already: what was said stays.") from None
    _note(db, drawn, "scrutiny.score", place, by=by, at=at)
    return row


def _open_case(db: Session, drawn: ScrutinyRound, place: int, by: Actor) -> SampledCase:
    case = case_at(db, drawn.id, place, lock=True)
    if by.id not in {member.user_id for member in members_of(db, drawn.id)}:
        raise NotYours("scrutiny.score")
    if drawn.status is not RoundStatus.SCORING or case.status is not CaseStatus.CLEARED:
        raise _refused("This case is not waiting for scores any more.")
    return case


def _refused(says: str) -> Refused:
    return Refused("sampled", "score", (Refusal("scrutiny_score", says, "PAN-7", ACTED_ON, True),))


def _note(db: Session, drawn: ScrutinyRound, verb: str, place: int, *, by: Actor, at: datetime) -> None:
    chain = scrutiny_chain(drawn.id)
    note(db, verb, chain=chain, by=by, at=at, facts={"number": str(place)})
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=verb)
    db.flush()


def facts_of(
    db: Session,
    drawn: ScrutinyRound,
    case: SampledCase,
    *,
    by: Actor,
    at: datetime,
    command: c.Found | None = None,
) -> SampledFacts:
    """A case as the rules of a joint finding see it; scores of people with a tie do not count."""
    tied = {user for _, user in ties_of(db, [case.id])}
    judges = {member.user_id for member in members_of(db, drawn.id)} - tied
    scored = {row.user_id for row in scores_of(db, [case.id])} & judges
    return SampledFacts(
        round_status=drawn.status,
        tied=by.id not in judges,
        scores=len(scored),
        scores_needed=number("scrutiny_scrutineers", today_in_london(at)),
        scores_missing=len(judges - scored),
        finding=command.finding if command else Finding.APPROPRIATE,
        words=command.words if command else "",
    )


def find(
    db: Session,
    drawn: ScrutinyRound,
    place: int,
    command: c.Found,
    *,
    by: Actor,
    at: datetime,
    overrides: dict[str, str] | None = None,
) -> None:
    """Write down what the scrutineers find together: one of them does, for all."""
    case = case_at(db, drawn.id, place, lock=True)
    facts = facts_of(db, drawn, case, by=by, at=at, command=command)
    step = SAMPLED.step("find", case.status, facts, by.roles_in(drawn.area_id), overrides)
    case.finding, case.found_words = command.finding, command.words
    case.found_by_id, case.found_at, case.changed_at = by.id, at, at
    said = {"number": str(place), "finding": words(command.finding)}
    chain = scrutiny_chain(drawn.id)
    record(db, case, step, flow="sampled", chain=chain, by=by, at=at, facts=said)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page="scrutiny.find")
    db.add(case)
    db.flush()
    if not _waiting(db, drawn):
        finish_path(db, sample_path(drawn), by=by, at=at)


def _waiting(db: Session, drawn: ScrutinyRound) -> bool:
    return any(case.finding is None for case in sample_of(db, drawn.id))
