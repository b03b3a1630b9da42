"""Looks for records of decisions that are no longer what was recorded."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.decisions.models import Condition, DecidedOutcome, Decision
from panel.decisions.recording import clearing_seal, digest_of, kept
from panel.decisions.standing_models import ChildInformation, PoliceDecision
from panel.history.models import Event
from panel.victims.models import VictimClearing

COLUMNS = ("number", "late_reason", "considered", "evidence", "reasons")


def verify(engine: Engine) -> list[str]:
    """One sentence for each record that was altered, named by its number; empty when all is well."""
    with Session(engine) as db:
        digests = _in_history(db)
        return [
            *_decisions(db, digests),
            *_police(db, digests),
            *(
                f"case:{row.referral_id}: version {row.number} of the Child Information Form was altered"
                for row in db.exec(select(ChildInformation)).all()
                if digest_of(row.content) != row.digest
            ),
        ]


def _in_history(db: Session) -> dict[str, str]:
    query = select(Event.facts).where(Event.verb == "case.record_decision")
    return {facts["number"]: facts["digest"] for facts in db.exec(query)}


def _decisions(db: Session, digests: dict[str, str]) -> Iterator[str]:
    for decision in db.exec(select(Decision).where(Decision.digest != "")).yield_per(100):
        wrong = _wrong(db, decision, digests)
        if wrong:
            name = f"the record of decision {decision.number}"
            yield f"case:{decision.referral_id}: {name} was altered: {wrong}"


def _wrong(db: Session, decision: Decision, digests: dict[str, str]) -> str:
    content = decision.content
    if digest_of(content) != decision.digest or digests.get(content.get("number", "")) != decision.digest:
        return "the record itself"
    for name in COLUMNS:
        if content[name] != getattr(decision, name):
            return name
    if content["took_place_on"] != str(decision.took_place_on):
        return "the day on which it took place"
    if content.get("papers", "") != decision.pack_digest:
        return "which papers the panel saw"
    outcomes = db.exec(select(DecidedOutcome).where(DecidedOutcome.decision_id == decision.id))
    if content["sealed"]["outcomes"] != {str(row.offence_id): row.outcome.value for row in outcomes}:
        return "an outcome"
    query = select(Condition).where(Condition.decision_id == decision.id).order_by(col(Condition.place))
    rows = [kept(row.model_dump()) for row in db.exec(query)]
    sealed = content["sealed"]["conditions"]
    texts = db.exec(
        select(VictimClearing).where(
            col(VictimClearing.id).in_([victim["clearing"] for victim in content["victims"]])
        )
    )
    seals = {text.id: clearing_seal(text)["digest"] for text in texts}
    if any(v["clearing"] and seals.get(v["clearing"]) != v["digest"] for v in content["victims"]):
        return "what the panel read of a victim"
    same = len(rows) == len(sealed) and all(
        row.get(name) == value for row, old in zip(rows, sealed, strict=True) for name, value in old.items()
    )
    return "" if same else "a condition"


def _police(db: Session, digests: dict[str, str]) -> Iterator[str]:
    query = select(PoliceDecision, Decision).join(Decision, col(Decision.id) == PoliceDecision.decision_id)
    for row, decision in db.exec(query).all():
        name = f"{decision.number}/P{row.number}"
        now = kept({key: getattr(row, key) for key in row.content if key != "panel"})
        same = all(now[key] == row.content[key] for key in now)
        if not same or not digest_of(row.content) == row.digest == digests.get(name):
            yield f"case:{decision.referral_id}: the decision {name} of the police was altered"
