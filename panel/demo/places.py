"""Demonstration places where children put something right; all of them are invented."""

from datetime import date, time, timedelta

from sqlmodel import Session

from panel.demo.people import Team
from panel.demo.profile import at
from panel.placements.actions import add
from panel.placements.commands import PlacementDetails
from workflows.placements import Weekday

SATURDAY, SUNDAY, WEDNESDAY = [Weekday.SAT], [Weekday.SAT, Weekday.SUN], [Weekday.WED]
# Name, address, work, days, from, to, girls only, youngest, places, adults to children.
PLACES = (
    ("Orchard Farm", "Mill Lane, Kelder", "Weeding, mending fences", SUNDAY, 10, 13, False, 12, 4, "1 to 3"),
    (
        "Weir Garden",
        "Weirside, Kelder",
        "Raised beds for the day centre",
        SATURDAY,
        10,
        12,
        True,
        10,
        3,
        "1 to 2",
    ),
    ("Canal path", "Lock Street, Kelder", "Clearing and painting", WEDNESDAY, 16, 18, False, 14, 5, "1 to 4"),
    ("Food bank", "Chapel Yard, Kelder", "Sorting parcels", WEDNESDAY, 10, 12, False, 16, 2, "1 to 2"),
)


def places(db: Session, team: Team, *, today: date) -> None:
    """Fill the register of an area, as its manager did two years ago."""
    began = today - timedelta(days=730)
    for name, address, work, days, begins, ends, girls, youngest, count, ratio in PLACES:
        details = PlacementDetails(
            name=name,
            address=address,
            work=work,
            days=days,
            starts_at=time(begins, 0),
            ends_at=time(ends, 0),
            girls_only=girls,
            min_age=youngest,
            capacity=count,
            supervisor="Two leaders of the youth team",
            ratio=ratio,
            risks="Tools are counted out and in; nobody works alone.",
            risk_assessed_on=today - timedelta(days=120),
            risk_review_due=today + timedelta(days=245),
            contact="Demonstration desk, 01632 960400",
            active_from=began,
        )
        add(db, details, team.area_id, by=team["manager"], at=at(began, 9))
