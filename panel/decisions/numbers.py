"""Numbers of decisions: one row of numbers for each area and year, without a gap."""

from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from panel.accounts.models import Area
from panel.decisions.models import DecisionCounter

INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def next_number(db: Session, area: Area, day: date) -> str:
    """'NK 2026/0042'. Whoever else records a decision of this area waits until this transaction ends."""
    insert = INSERTS[db.get_bind().dialect.name](DecisionCounter)
    first = insert.values(area_id=area.id, year=day.year, last=1)
    raised = first.on_conflict_do_update(
        index_elements=["area_id", "year"], set_={"last": col(DecisionCounter.last) + 1}
    )
    last: int = db.execute(raised.returning(col(DecisionCounter.last))).scalar_one()
    return f"{area.code} {day.year}/{last:04}"
