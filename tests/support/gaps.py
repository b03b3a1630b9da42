"""Worlds with a gap: lists of a force, and disposals that stand in every place of the figures."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from panel.documents.models import StoredFile
from panel.forces.models import Force
from panel.gap.queries import DONE
from panel.police.actions import fresh
from panel.police.models import PoliceDisposal, PoliceList
from tests.support.police import said
from tests.support.world import NOW, TODAY, World
from workflows.gap import Place
from workflows.periods import Period
from workflows.police import Fit, Heard, NotOurs, Standing

SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
SUPPLIED = date(2026, 10, 12)


def sent_list(
    db: Session, world: World, of: Force, period: Period = SUMMER, *, area: str = "north", **more: Any
) -> PoliceList:
    """A list that the force sent for some days, taken over."""
    number = more.pop("number", 1)
    file = StoredFile(digest=f"{number:064}", size=4, content=b"list")
    db.add(file)
    db.flush()
    values = {"supplied_on": SUPPLIED, "status": DONE} | more
    made = PoliceList(
        reference=f"PL-{number:06}",
        force_id=of.id,
        area_id=world.areas[area],
        file_id=file.id,
        file_name="list.csv",
        digest="0" * 64,
        first_on=period.first,
        last_on=period.last,
        by_id=world.users["manager"],
        at=NOW,
        **values,
    )
    db.add(made)
    db.flush()
    return made


def stands(
    db: Session,
    world: World,
    of: Force,
    place: Place,
    number: int,
    *,
    given_on: date = SUMMER.first,
    area: str = "north",
    **more: Any,
) -> PoliceDisposal:
    """A disposal that stands in one place of the figures on the day of the tests."""
    row = fresh(
        said(given_on=given_on, crime_reference=f"1326{number:07}", **more),
        force_id=of.id,
        area_id=world.areas[area],
        at=NOW,
    )
    set_place(row, place)
    db.add(row)
    return row


def set_place(row: PoliceDisposal, place: Place) -> None:
    """Put the facts of a disposal so that it stands in a place."""
    row.listed_on = None if place in (Place.ONLY_OURS, Place.ON_NO_LIST) else SUPPLIED
    if place in (Place.IN_TIME, Place.ONLY_OURS):
        row.told_on, row.told_how = row.given_on, Heard.FORM
    elif place is Place.LATE:
        row.told_on, row.told_how = row.tell_by + timedelta(days=3), Heard.FORM
    elif place is Place.AFTER_ASKING:
        row.asked_on = row.told_on = row.tell_by + timedelta(days=40)
        row.told_how = Heard.ANSWER
    elif place is Place.UNMATCHED:
        row.fit = Fit.TO_REVIEW
    elif place is Place.RUNNING:
        row.tell_by = TODAY
    elif place is Place.SET_ASIDE:
        row.status, row.not_ours = Standing.SET_ASIDE, NotOurs.OTHER_AREA


def published(db: Session, world: World, of: Force) -> list[PoliceDisposal]:
    """118 community resolutions of which 39 are unknown to the YOT, and 50 more that only the YOT knows."""
    sent_list(db, world, of)
    counts = {Place.UNTOLD: 39, Place.LATE: 6, Place.IN_TIME: 73, Place.ONLY_OURS: 50}
    rows = []
    for place, count in counts.items():
        for _ in range(count):
            number = len(rows)
            day = SUMMER.first + timedelta(days=number % 90)
            rows.append(stands(db, world, of, place, number, given_on=day, surname=f"Marlow{number}"))
    db.flush()
    return rows
