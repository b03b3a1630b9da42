"""The parts of a plan beside its steps, as its page shows them."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from panel.plans.content import TITLES, lines_of
from panel.plans.models import ExitNote, Plan, PlanAgreement
from panel.plans.versions import content_now, versions_of
from workflows.calendar import long_date, today_in_london


@dataclass(frozen=True)
class Whole:
    """What goes with the steps: contingency, links, ways out, the version and who agreed it."""

    number: int
    contingencies: tuple[str, ...]
    links: tuple[str, ...]
    exits: tuple[dict[str, Any], ...]
    agreed: str
    agreed_number: int
    titles: dict[str, str]


def whole_of(db: Session, plan: Plan) -> Whole:
    """The rest of a plan as it stands."""
    content, versions = content_now(db, plan), versions_of(db, plan.id)
    agreement = agreement_of(db, plan.id)
    return Whole(
        number=versions[-1].number if versions else 1,
        contingencies=tuple(lines_of(content, "contingencies")),
        links=tuple(lines_of(content, "links")),
        exits=_exits(db, plan, content),
        agreed=_agreed(agreement),
        agreed_number=agreement.number if agreement else 0,
        titles=TITLES,
    )


def agreement_of(db: Session, plan_id: int) -> PlanAgreement | None:
    """The newest agreement of child and adult with the plan."""
    query = select(PlanAgreement).where(PlanAgreement.plan_id == plan_id)
    return db.exec(query.order_by(col(PlanAgreement.id).desc()).limit(1)).first()


def _agreed(agreement: PlanAgreement | None) -> str:
    if agreement is None:
        return ""
    who = [agreement.child_name] * agreement.child_signed + [agreement.adult_name] * agreement.adult_signed
    signed = " and ".join(who) or "nobody"
    return f"Version {agreement.number} signed by {signed} on {long_date(today_in_london(agreement.at))}."


def _exits(db: Session, plan: Plan, content: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    query = select(ExitNote).where(ExitNote.plan_id == plan.id).order_by(col(ExitNote.id))
    noted = {note.exit_key: note for note in db.exec(query)}
    return tuple(
        {"key": row["key"], "text": text, "became": _became(noted.get(row["key"]))}
        for row, text in zip(content["exits"], lines_of(content, "exits"), strict=True)
    )


def _became(note: ExitNote | None) -> str:
    if note is None:
        return ""
    done = "Referred" if note.happened else "Not referred"
    return f"{done} on {long_date(note.happened_on)}: {note.said}"
