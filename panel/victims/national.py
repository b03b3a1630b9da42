"""What a national return asks of a victim, in codes and days: no name, no text, nothing that finds them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from panel.victims.models import Victim, VictimAttempt, VictimClearing, VictimConsent, VictimUpdate
from workflows.victim import Agreement, Kind, Result
from workflows.vocabulary import View


@dataclass(frozen=True)
class Returned:
    """One victim of a case as a return knows them."""

    id: int
    referral_id: int
    kind: Kind
    view: View
    justice_offered: bool | None
    wants_updates: bool | None
    reached_on: date | None
    viewed_at: datetime | None
    agreed_on: date | None
    told_on: date | None


def returned(db: Session, ids: Sequence[int]) -> dict[int, list[Returned]]:
    """The victims of these cases; whoever objects to sharing is in no return (VIC-4)."""
    v, a, c, g, u = Victim, VictimAttempt, VictimClearing, VictimConsent, VictimUpdate
    firsts: list[Any] = [
        select(func.min(a.made_on)).where(col(a.victim_id) == v.id, col(a.result) == Result.REACHED),
        select(func.min(c.at)).where(col(c.victim_id) == v.id, col(c.view) == View.GIVEN),
        select(func.min(g.agreed_on)).where(
            col(g.victim_id) == v.id, col(g.agreement) == Agreement.UPDATES, col(g.withdrawn_on).is_(None)
        ),
        select(func.min(u.told_on)).where(col(u.victim_id) == v.id),
    ]
    columns: list[Any] = [v.id, v.referral_id, v.kind, v.view, v.justice_offered, v.wants_updates]
    query = (
        select(*columns, *(one.correlate(Victim).scalar_subquery() for one in firsts))
        .where(col(v.referral_id).in_(ids), col(v.objects_to_sharing).is_(False))
        .order_by(col(v.id))
    )
    found: dict[int, list[Returned]] = defaultdict(list)
    for row in db.execute(query):
        found[row[1]].append(Returned(*row))
    return found
