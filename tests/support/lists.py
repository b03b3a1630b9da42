"""Lists of a force as files, and their way through the room."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import openpyxl
from sqlalchemy import Engine
from sqlmodel import Session

from panel.db import transaction
from panel.lists import actions, checking, importing
from panel.lists.mapping import guessed, period_of
from panel.lists.queries import remembered
from panel.police.models import PoliceList
from tests.support.police import force
from tests.support.world import NOW, TODAY, World

HEADINGS = (
    *("Disposal", "Date given", "Offence", "Surname", "Forename", "DOB", "Crime ref"),
    *("Gender", "Postcode", "Station", "Officer"),
)
FIRST, LAST = date(2026, 7, 13), date(2026, 9, 30)
Rows = Sequence[Sequence[Any]]


def rows(count: int = 3, **more: Any) -> list[list[Any]]:
    """Rows that are right; `more` holds columns that all of them have alike."""
    made = []
    for number in range(count):
        values = {
            "Disposal": "CR",
            "Date given": (FIRST + timedelta(days=number % 79)).strftime("%d/%m/%Y"),
            "Offence": "Theft from a shop",
            "Surname": f"Marlow{number}",
            "Forename": "Kayden",
            "DOB": (date(2011, 1, 13) + timedelta(days=number % 300)).strftime("%d/%m/%Y"),
            "Crime ref": str(13_260_000_000 + number),
            "Gender": "M",
            "Postcode": "KD1 2AB",
            "Station": "Keel Street",
            "Officer": "PC Marsh",
        } | more
        made.append([values[heading] for heading in HEADINGS])
    return made


def as_csv(of: Rows, *, headings: Sequence[str] = HEADINGS, sign: str = ",", end: str = "\r\n") -> str:
    """The rows under their headings."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(of)
    # A writer puts a cell in quotes when it has a sign of its own line end in it, so the end is changed last.
    return out.getvalue().replace("\r\n", end)


def as_xlsx(
    of: Rows, *, headings: Sequence[str] = HEADINGS, title: Rows = (), from_1904: bool = False
) -> bytes:
    """The rows under their headings as a spreadsheet, with rows of a title above."""
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    for row in (*title, headings, *of):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent(
    db: Session, world: World, data: bytes | str, *, supplied_on: date = TODAY, by: str = "manager"
) -> PoliceList:
    """A file that the manager has sent; the force is there afterwards."""
    area_id = world.areas["north"]
    of = actions.force_for(db, area_id) or force(db, world)
    content = data.encode() if isinstance(data, str) else data
    return actions.send(
        db,
        content,
        file_name="list.csv",
        area_id=area_id,
        force=of,
        supplied_on=supplied_on,
        by=world.actor(by),
        at=NOW,
    )


def named(db: Session, one: PoliceList, **more: Any) -> actions.Named:
    """What a person would say of the columns: the guesses, and the days of the file."""
    profile = actions.profile_of(one)
    map_ = guessed(profile, remembered(db, one.force_id)).model_copy(update=more)
    period = period_of(profile, map_) or (FIRST, LAST)
    return actions.Named(map_, *period)


def checked(engine: Engine, world: World, data: bytes | str, *, by: str = "manager", **more: Any) -> int:
    """A list that was sent, named by its guesses and checked; its number."""
    keys = ("supplied_on",)
    with transaction(engine) as db:
        one = sent(db, world, data, by=by, **{k: more.pop(k) for k in keys if k in more})
        period = {k: more.pop(k) for k in ("first_on", "last_on") if k in more}
        said = named(db, one, **more)
        said = actions.Named(
            said.map, period.get("first_on", said.first_on), period.get("last_on", said.last_on)
        )
        actions.map_columns(db, one, said, by=world.actor(by), at=NOW)
        number = one.id
    checking.check_list(engine, number, world.users[by], 1, now=lambda: NOW)
    return number


def imported(engine: Engine, world: World, data: bytes | str, *, by: str = "manager", **more: Any) -> int:
    """A list that was imported; its number."""
    number = checked(engine, world, data, by=by, **more)
    with transaction(engine) as db:
        actions.confirm(db, db.get_one(PoliceList, number), whole=False, by=world.actor(by), at=NOW)
    importing.import_list(engine, number, world.users[by], now=lambda: NOW)
    return number
