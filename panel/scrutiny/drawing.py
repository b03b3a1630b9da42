"""Drawing a sample by lot that anybody can draw again; another case takes the place of one left out."""

import secrets
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, func, select

from config.policy import number
from config.scrutiny import edition
from panel.access import Actor
from panel.accounts.models import Area
from panel.decisions.models import Decision
from panel.decisions.standing import taken_back
from panel.decisions.standing_models import Rescission
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, record
from panel.references import new_reference
from panel.referrals.models import Referral
from panel.scrutiny import commands as c
from panel.scrutiny.anonymising import facts_of, genders_shown
from panel.scrutiny.flags import flagged
from panel.scrutiny.models import SampledCase, ScrutinyMember, ScrutinyRound
from panel.scrutiny.queries import case_at, cases_of, independent, lock_round, scrutiny_chain
from workflows.calendar import LONDON, today_in_london
from workflows.sampling import Listed, digest_of, draw, order_of, size_of
from workflows.scrutiny import ROUND, SAMPLED, RoundFacts, SampledFacts
from workflows.vocabulary import Outcome


def population(db: Session, area_id: int, command: c.Drawn) -> list[tuple[int, str]]:
    """The decision that stands in each case of the period, with its outcome, by their numbers."""
    start = datetime.combine(command.since, time(), LONDON)
    end = datetime.combine(command.until + timedelta(days=1), time(), LONDON)
    last = select(func.max(Decision.id)).group_by(col(Decision.referral_id))
    query = (
        select(Decision.id, Decision.outcome)
        .join(Referral, col(Referral.id) == Decision.referral_id)
        .outerjoin(Rescission, taken_back())
        .where(
            Referral.area_id == area_id,
            Decision.decided_at >= start,
            Decision.decided_at < end,
            col(Decision.id).in_(last),
            col(Rescission.id).is_(None),
        )
        .order_by(col(Decision.id))
    )
    return [(int(decision), Outcome(outcome).value) for decision, outcome in db.exec(query)]


def draw_round(
    db: Session, command: c.Drawn, area_id: int, *, by: Actor, at: datetime, seed: str = ""
) -> ScrutinyRound:
    """Draw a sample: by lot within each outcome, and every flagged decision beside it."""
    today, listed = today_in_london(at), population(db, area_id, command)
    able = dict(independent(db, area_id, today=today))
    if not set(command.members) <= set(able):
        raise Missing()
    facts = RoundFacts(
        today=today,
        since=command.since,
        until=command.until,
        decided=len(listed),
        scrutineers=len(set(command.members)),
        scrutineers_needed=number("scrutiny_scrutineers", today),
    )
    code = db.exec(select(Area.code).where(Area.id == area_id)).one()
    drawn = ScrutinyRound(
        reference=new_reference(f"S{code}"),
        area_id=area_id,
        since=command.since,
        until=command.until,
        seed=seed or secrets.token_hex(8),
        listed=[list(pair) for pair in listed],
        list_digest=digest_of(listed),
        edition=edition(today),
        drawn_by_id=by.id,
        drawn_at=at,
        changed_at=at,
        size=0,
    )
    step = ROUND.step("draw", drawn.status, facts, by.roles_in(area_id))
    always = flagged(db, [decision for decision, _ in listed])
    chances = unflagged(listed, always)
    drawn.size = size_of(len(chances), size=command.size, per_cent=command.per_cent)
    db.add(drawn)
    db.flush()
    db.add_all(ScrutinyMember(round_id=drawn.id, user_id=user) for user in sorted(set(command.members)))
    chosen = [*sorted(always), *draw(chances, drawn.size, drawn.seed)]
    _fill(db, drawn, chosen, always, at)
    said = {"drawn": str(len(chosen)), "decided": str(len(listed)), "flagged": str(len(always))}
    record(db, drawn, step, flow="scrutiny", chain=scrutiny_chain(drawn.id), by=by, at=at, facts=said)
    log_access(db, Operation.COLLECTION, scrutiny_chain(drawn.id), by=by, at=at, page="scrutiny.draw")
    db.flush()
    return drawn


def unflagged(listed: Listed, always: dict[int, str]) -> list[tuple[int, str]]:
    """What the lot is drawn from: flagged decisions are in anyway."""
    return [(decision, stratum) for decision, stratum in listed if decision not in always]


def drawn_again(db: Session, drawn: ScrutinyRound) -> bool:
    """Whether list, size and seed that were kept still give the sample that was kept."""
    cases = cases_of(db, drawn.id)
    always = {case.decision_id: case.flag for case in cases if case.flag}
    listed = [(int(decision), str(stratum)) for decision, stratum in drawn.listed]
    first = {case.decision_id for case in cases if not case.flag and case.replaces_id is None}
    return (
        digest_of(listed) == drawn.list_digest
        and set(draw(unflagged(listed, always), drawn.size, drawn.seed)) == first
    )


def _fill(
    db: Session,
    drawn: ScrutinyRound,
    chosen: list[int],
    always: dict[int, str],
    at: datetime,
    replaces: SampledCase | None = None,
) -> None:
    decisions = {
        row.id: row
        for row in db.exec(select(Decision).where(col(Decision.id).in_([d for d, _ in drawn.listed])))
    }
    children = db.exec(
        select(Referral.child_id).where(col(Referral.id).in_([d.referral_id for d in decisions.values()]))
    ).all()
    gender = genders_shown(db, children, today_in_london(at))
    there = len(cases_of(db, drawn.id))
    for place, key in enumerate(chosen, there + 1):
        decision = decisions[key]
        db.add(
            SampledCase(
                round_id=drawn.id,
                place=place,
                decision_id=decision.id,
                referral_id=decision.referral_id,
                stratum=decision.outcome,
                flag=always.get(decision.id, ""),
                replaces_id=replaces.id if replaces else None,
                facts=facts_of(db, decision, gender=gender),
                changed_at=at,
            )
        )
    db.flush()


def exclude(
    db: Session, drawn: ScrutinyRound, place: int, command: c.Reason, *, by: Actor, at: datetime
) -> bool:
    """Leave a case out, with its reason; whether another of the same outcome could take its place."""
    lock_round(db, drawn)
    case = case_at(db, drawn.id, place, lock=True)
    facts = SampledFacts(round_status=drawn.status, words=command.words)
    step = SAMPLED.step("exclude", case.status, facts, by.roles_in(drawn.area_id))
    case.reason, case.changed_at = command.words, at
    said = {"number": str(place), "reason": command.words}
    record(db, case, step, flow="sampled", chain=scrutiny_chain(drawn.id), by=by, at=at, facts=said)
    log_access(db, Operation.ALTERATION, scrutiny_chain(drawn.id), by=by, at=at, page="scrutiny.exclude")
    db.add(case)
    drawn.changed_at = at
    used = {one.decision_id for one in cases_of(db, drawn.id)}
    listed = [(int(decision), str(stratum)) for decision, stratum in drawn.listed]
    waiting = [key for key in order_of(listed, drawn.seed).get(case.stratum.value, []) if key not in used]
    if case.flag or not waiting:
        db.flush()
        return False
    _fill(db, drawn, waiting[:1], {}, at, replaces=case)
    return True
