"""Disposals of one quarter of which it is known what each kept."""

from datetime import date
from typing import Any

from sqlmodel import Session

from panel.police.models import PoliceDisposal
from tests.support.police import force, listed
from tests.support.world import World
from workflows.police import Heard
from workflows.vocabulary import Outcome

QUARTER = "2026-3"
# Working days: a Friday, the Monday after it, the Friday after that.
DAY, NEXT, WEEK = date(2026, 7, 3), date(2026, 7, 6), date(2026, 7, 10)
# What was given, when we were told, whether the YOT was asked, and whether it was the child's first time.
GIVEN: tuple[dict[str, Any], ...] = (
    {"outcome": Outcome.CR, "told_on": NEXT, "first_time": True},  # kept both
    {"outcome": Outcome.CR, "told_on": WEEK, "first_time": True},  # fell between: 5 days are the force's
    {"outcome": Outcome.CR, "told_on": None, "first_time": True},  # broke both
    {"outcome": Outcome.CR, "told_on": NEXT, "first_time": None},  # cannot be said
    {"outcome": Outcome.YC, "told_on": NEXT, "consulted": False, "exception": "force_policy"},  # between
    {"outcome": Outcome.YC, "told_on": NEXT, "consulted": True},  # kept both
    {"outcome": Outcome.YC, "told_on": DAY, "told_how": Heard.PANEL},  # kept both, decided by the panel
    {"outcome": Outcome.YCC, "told_on": NEXT, "consulted": False, "exception": "other"},  # broke both
    {"outcome": Outcome.YCC, "told_on": NEXT},  # cannot be said
)


def one(db: Session, world: World, of: Any, number: int, **more: Any) -> PoliceDisposal:
    """One disposal of the quarter; `told_on` and what follows it are set as they would come to be."""
    late = {
        name: more.pop(name) for name in ("told_on", "told_how", "consulted", "exception") if name in more
    }
    area = more.pop("area", "north")
    row = listed(
        db,
        world,
        of,
        area=area,
        **({"given_on": DAY, "crime_reference": f"1326000{number:04d}"} | more),
    )
    row.sqlmodel_update(late)
    db.add(row)
    return row


def quarter(db: Session, world: World) -> list[PoliceDisposal]:
    """The nine disposals, one that is set aside by nobody, and one of another area."""
    of = force(db, world)
    rows = [one(db, world, of, number, **dict(said)) for number, said in enumerate(GIVEN)]
    one(db, world, of, 99, area="south", outcome=Outcome.YC, told_on=WEEK, consulted=False)
    db.flush()
    return rows
