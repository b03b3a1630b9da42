"""Disposals of a force in bulk: lists of five years, one of twelve of which nobody told us."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection

from panel.documents.models import StoredFile
from panel.forces.models import Force, ForceArea
from panel.gap.models import ForceQuery, ForceQueryRow
from panel.police.models import PoliceDisposal, PoliceList
from tests.bench.rows import Values, write
from workflows.periods import month_of
from workflows.police import POLICE_OUTCOMES, Fit, Heard, Standing
from workflows.vocabulary import Gender

MONTHS, QUERIES, ASKED, FEW = 60, 40, 20, 4
STATIONS = [f"Station {number}" for number in range(12)]
WARDS = [f"Ward {number}" for number in range(30)]


def police(db: Connection, disposals: int, areas: int, *, by: int, today: date) -> None:
    """Write one force for all areas, its lists, so many disposals, and queries about some."""
    draw = Random(118)
    write(db, Force, [{"id": 1, "name": "Kelder Constabulary", "code": "13"}])
    write(db, ForceArea, ({"force_id": 1, "area_id": area} for area in range(1, areas + 1)))
    write(db, StoredFile, [{"id": 1, "digest": "0" * 64, "size": 4, "content": b"list"}])
    write(db, PoliceList, _lists(areas, by, today))
    write(db, PoliceDisposal, (_disposal(n, areas, draw, today) for n in range(1, disposals + 1)))
    asked = [n for n in range(1, disposals + 1) if n % 12 == 0][: QUERIES * ASKED]
    queries = min(QUERIES, max(1, len(asked)))
    write(db, ForceQuery, (_query(n, by, today) for n in range(1, queries + 1)))
    write(
        db,
        ForceQueryRow,
        (
            {"query_id": 1 + n % queries, "disposal_id": one, "area_id": 1}
            for n, one in enumerate(asked or [1])
        ),
    )


def _lists(areas: int, by: int, today: date) -> Iterator[Values]:
    for area in range(1, areas + 1):
        month = month_of(today)
        for number in range(MONTHS):
            yield {
                "reference": f"PL-{area}{number:05}",
                "force_id": 1,
                "area_id": area,
                "status": "done",
                "file_name": "list.csv",
                "counts": {"rows": 400},
                "file_id": 1,
                "first_on": month.first,
                "last_on": month.last,
                "supplied_on": month.last,
                "by_id": by,
            }
            month = month_of(month.first - timedelta(days=1))


def _disposal(number: int, areas: int, draw: Random, today: date) -> Values:
    # The first few are in each list also when there are hardly any: a list of none asks for nothing more.
    first = number <= FEW
    given = today - timedelta(days=60 if first else draw.randint(1, MONTHS * 30))
    told = (
        None
        if number % 12 == 0 or number == 1
        else given + timedelta(days=9 if first else draw.choice((0, 1, 1, 9)))
    )
    return {
        "id": number,
        "reference": f"PD-{number:07}",
        "force_id": 1,
        "area_id": 1 if first or draw.random() < 0.5 else draw.randint(2, areas),
        "outcome": POLICE_OUTCOMES[0] if first or draw.random() < 0.8 else draw.choice(POLICE_OUTCOMES),
        "given_on": given,
        "crime_reference": f"13{number:09}",
        "offence": "Theft from a shop",
        "gender": Gender.MALE if number % 30 else Gender.NOT_STATED,
        "made_at": datetime.combine(given, time(12), UTC),
        "given_name": "Kai",
        "surname": "Marsh",
        "date_of_birth": given - timedelta(days=draw.randint(11 * 366, 17 * 365)),
        "ethnicity": draw.choice(("W1", "M1", "B2", "")),
        "ward": draw.choice(WARDS),
        "station": draw.choice(STATIONS),
        "team": draw.choice(("Response", "Neighbourhood", "Schools")),
        "first_time": draw.choice((True, False, None)),
        "status": Standing.COUNTED,
        "tell_by": given + timedelta(days=2),
        "told_on": told,
        "told_how": Heard.FORM if told else None,
        "listed_on": None if number % 7 == 0 and told else given,
        "fit": Fit.TO_REVIEW if number % 60 == 0 else Fit.NOTHING,
    }


def _query(number: int, by: int, today: date) -> Values:
    asked = {"asked_on": today - timedelta(days=number), "answer_by": today, "by_id": by}
    return {"id": number, "reference": f"FQ-{number:06}", "force_id": 1, "area_id": 1, **asked}
