"""What a YOT manager does: starts a self-inspection, enters answers and judgements, lifts a rating."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from config.policy import number
from panel.access import Actor
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.ratings import audited
from panel.ratings import commands as c
from panel.ratings.models import RatingAnswer, RatingJudged, RatingLift, SelfInspection
from panel.ratings.queries import COURT, lock, ratings_chain, standard_of, standards_of, standing
from panel.references import new_reference
from workflows.calendar import today_in_london
from workflows.flow import NotYours
from workflows.ratings import Rating
from workflows.self_rating import KEEPERS, LiftFacts, Rated, allow_lift, seen, unmet

PREFIX = "SI"


def start(db: Session, area_id: int, command: c.Started, *, by: Actor, at: datetime) -> SelfInspection:
    """Begin a self-inspection. Raises `Missing` for audits of another area or framework."""
    _may(area_id, by, "ratings.start")
    if command.audit_round_id is not None and not _fits(db, area_id, command):
        raise Missing()
    made = SelfInspection(
        **command.model_dump(),
        reference=new_reference(PREFIX),
        area_id=area_id,
        by_id=by.id,
        by_words=_words(by),
        at=at,
        changed_at=at,
    )
    db.add(made)
    db.flush()
    facts = {"title": made.title, "framework": made.framework.value}
    _note(db, made, "self_inspection.start", facts, by=by, at=at)
    return made


def _fits(db: Session, area_id: int, command: c.Started) -> bool:
    rounds = {one.id: one.framework for one in audited.rounds(db, [area_id])}
    return rounds.get(command.audit_round_id or 0) is command.framework


def least_answers(at: datetime) -> int:
    """In how many cases a key question must count to get a band."""
    return number("rating_least_answers", today_in_london(at))


def may_answer(inspection: SelfInspection, question: str) -> bool:
    """Whether the counts of a key question are entered by hand: not where the audits give them."""
    asked = next((one for one in standards_of(inspection) if question in one.questions), None)
    return asked is not None and (inspection.audit_round_id is None or asked.domain == COURT)


def answer(
    db: Session, inspection: SelfInspection, question: str, command: c.Answered, *, by: Actor, at: datetime
) -> None:
    """Enter how often a key question was answered. Raises `Missing` where the audits say that."""
    _may(inspection.area_id, by, "ratings.answer")
    if not may_answer(inspection, question):
        raise Missing()
    row = RatingAnswer(
        **command.model_dump(),
        inspection_id=inspection.id,
        question=question,
        by_id=by.id,
        by_words=_words(by),
        at=at,
    )
    db.add(row)
    facts = {
        "question": question,
        "yes": str(row.yes),
        "no": str(row.no),
        "apart": str(row.not_applicable),
    }
    _changed(db, inspection, "self_inspection.answer", facts, by=by, at=at)


def judge(
    db: Session, inspection: SelfInspection, standard: str, command: c.Judged, *, by: Actor, at: datetime
) -> None:
    """Rate a standard by judgement, or take that back. Raises `Missing` where answers rate it."""
    _may(inspection.area_id, by, "ratings.judge")
    if standard_of(inspection, standard).questions:
        raise Missing()
    db.add(
        RatingJudged(
            **command.model_dump(),
            inspection_id=inspection.id,
            standard=standard,
            by_id=by.id,
            by_words=_words(by),
            at=at,
        )
    )
    rating = "Not rated" if command.rating is None else Rating(command.rating).says
    facts = {"standard": standard, "rating": rating, "reason": command.reason}
    _changed(db, inspection, "self_inspection.judge", facts, by=by, at=at)


def lift_facts(rated: Rated, at: datetime) -> LiftFacts:
    """What the rules of lifting look at: one band up from what follows from the answers."""
    points = number("rating_edge_points", today_in_london(at))
    computed = Rating.INADEQUATE if rated.computed is None else rated.computed
    return LiftFacts(rated=rated, new=Rating(min(computed + 1, Rating.OUTSTANDING)), points=points)


def may_lift(rated: Rated, at: datetime) -> bool:
    """Whether no rule stands against lifting a rating."""
    return not unmet(lift_facts(rated, at))


def lift(
    db: Session, inspection: SelfInspection, standard: str, command: c.Lifted, *, by: Actor, at: datetime
) -> None:
    """Lift a rating by one band, with the reason and the answers it rests on. Raises `Refused`."""
    _may(inspection.area_id, by, "ratings.lift")
    standard_of(inspection, standard)
    lock(db, inspection)
    rated = standing(db, inspection, least=least_answers(at)).rated[standard]
    facts = lift_facts(rated, at)
    allow_lift(facts)
    old = facts.new - 1
    rests_on = {k: [a.yes, a.no, a.not_applicable] for k, a in seen(rated.questions).items()}
    _lifted(db, inspection, standard, old, facts.new, rests_on, command.reason, by=by, at=at)


def take_back(
    db: Session, inspection: SelfInspection, standard: str, command: c.Lifted, *, by: Actor, at: datetime
) -> None:
    """Take a lifted rating back. Raises `Missing` where none was lifted."""
    _may(inspection.area_id, by, "ratings.take_back")
    lock(db, inspection)
    row = standing(db, inspection, least=least_answers(at)).lifts.get(standard)
    if row is None or row.new is None:
        raise Missing()
    _lifted(db, inspection, standard, row.old, None, {}, command.reason, by=by, at=at)


def _lifted(
    db: Session,
    inspection: SelfInspection,
    standard: str,
    old: int,
    new: int | None,
    rests_on: dict[str, list[int]],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    db.add(
        RatingLift(
            inspection_id=inspection.id,
            standard=standard,
            old=old,
            new=new,
            rests_on=rests_on,
            reason=reason,
            by_id=by.id,
            by_words=_words(by),
            at=at,
        )
    )
    facts = {"standard": standard, "old": Rating(old).says, "reason": reason}
    if new is not None:
        facts["new"] = Rating(new).says
    verb = "self_inspection.lift" if new is not None else "self_inspection.take_back"
    _changed(db, inspection, verb, facts, by=by, at=at)


def touch(db: Session, inspection: SelfInspection, at: datetime) -> None:
    """Raise its version, also when two acts have the same moment: what a page was made from has changed."""
    inspection.changed_at = at
    flag_modified(inspection, "changed_at")
    db.add(inspection)


def _may(area_id: int, by: Actor, act: str) -> None:
    if not set(KEEPERS) & by.roles_in(area_id):
        raise NotYours(act)


def _words(by: Actor) -> str:
    return f"{by.name} ({by.role_words})"


def _changed(
    db: Session, inspection: SelfInspection, verb: str, facts: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    touch(db, inspection, at)
    _note(db, inspection, verb, facts, by=by, at=at)
    db.flush()


def _note(
    db: Session, inspection: SelfInspection, verb: str, facts: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    chain = ratings_chain(inspection.id)
    note(db, verb, chain=chain, by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, chain, by=by, at=at, page=verb)
