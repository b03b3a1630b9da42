"""Decisions that scrutiny always looks at, whatever the lot says (PAN-2)."""

from collections.abc import Collection

from sqlmodel import Session, SQLModel, select

# Tables that name a decision, and what a row there means for it.
ALWAYS = (
    ("police_decision", "The police decided otherwise"),
    ("decision_concern", "A concern was raised about the decision"),
)


def flagged(db: Session, decisions: Collection[int]) -> dict[int, str]:
    """Why each of these decisions is looked at in any case; those without a reason are left out."""
    found: dict[int, str] = {}
    for name, words in ALWAYS:
        table = SQLModel.metadata.tables.get(name)
        if table is not None and decisions:
            query = select(table.c.decision_id).where(table.c.decision_id.in_(decisions))
            for (number,) in db.execute(query):
                found.setdefault(int(number), words)
    return found
