"""Which files left the service: what, why and by whom, so that the evidence can be read."""

from typing import Any

from sqlmodel import Session, col, func, select

from panel.accounts.models import User
from workflows.calendar import clock_words
from workflows.periods import Period

MOST = 10


def taken(db: Session, model: Any, *where: Any) -> dict[str, Any]:
    """The newest exports of a kind, and how many there are; `model` has the columns of `GapExport`."""
    many = db.exec(select(func.count(col(model.id))).where(*where)).one()
    query = select(model, User.name).join(User, col(User.id) == col(model.by_id)).where(*where)
    found = db.exec(query.order_by(col(model.id).desc()).limit(MOST))
    return {"many": many, "rows": [_row(made, name) for made, name in found]}


def _row(made: Any, name: str) -> list[str]:
    return [
        clock_words(made.at),
        f"{Period(made.first_on, made.last_on).words}, {made.rows:,} {'row' if made.rows == 1 else 'rows'}",
        "With names" if made.named else "Without personal data",
        made.reason,
        name,
    ]
