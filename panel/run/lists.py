"""A force's list from the shell: the same reading, checking and importing as on the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

import panel.listeners  # noqa: F401 - rooms that hear of others
from panel.access import Actor
from panel.accounts.models import Area, User
from panel.accounts.queries import managers_of
from panel.db import transaction
from panel.documents.refused import MEGABYTE
from panel.forces.models import ForceArea
from panel.lists import actions, queries
from panel.lists.checking import check_list
from panel.lists.files import said
from panel.lists.importing import import_list
from panel.lists.mapping import ColumnMap, guessed, period_of, read_map
from panel.police.models import PoliceList
from workflows.police_list import RowResult
from workflows.roles import Role
from workflows.vocabulary import words

MOST_TOLD = 100


class NotImported(Exception):
    """The list cannot be imported; `lines` say why, one after the other."""

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[-1])
        self.lines = lines


@dataclass(frozen=True)
class Order:
    """What an operator asks for."""

    file: Path
    map: bytes | None
    area: str | None
    supplied_on: date
    first_on: date | None
    last_on: date | None
    by: str | None = None
    dry_run: bool = False
    whole: bool = False


def run(engine: Engine, order: Order, *, most_mb: int, now: Callable[[], datetime]) -> list[str]:
    """Check and import; what an operator reads. Raises `NotImported`, `ListRefused`, `MapRefused`."""
    map_ = read_map(order.map) if order.map is not None else None
    if order.file.stat().st_size > most_mb * MEGABYTE:
        raise NotImported(f"The file is bigger than {most_mb} MB.")
    at = now()
    with transaction(engine) as db:
        area = _area(db, order.area)
        by = _operator(db, area, order)
        force = actions.force_for(db, area.id)
        if force is None:
            raise NotImported(f"Nobody has said which police force {area.name} belongs to: name it first.")
        one = actions.send(
            db,
            order.file.read_bytes(),
            file_name=order.file.name,
            area_id=area.id,
            force=force,
            supplied_on=order.supplied_on,
            by=by,
            at=at,
        )
        twice = queries.same_file(db, digest=one.digest, area_id=area.id, but=one.id)
        turn = _map(db, one, order, map_, by=by, at=at)
    check_list(engine, one.id, by.id, turn, now=now, by=by)
    told = [*([f"This very file was imported before: {twice.reference}."] if twice else [])]
    return told + _carry_out(engine, one.id, order, by=by, now=now)


def _map(
    db: Session, one: PoliceList, order: Order, given: ColumnMap | None, *, by: Actor, at: datetime
) -> int:
    """Name the columns by the map, or by what can be guessed; the number of the check."""
    profile = actions.profile_of(one)
    remembered = queries.remembered(db, one.force_id)
    shown = guessed(profile, given or remembered)
    if given is not None:
        words_known = remembered.words | given.words
        shown = given.model_copy(update={"order": shown.order | given.order, "words": words_known})
    period = period_of(profile, shown)
    first, last = order.first_on or (period and period[0]), order.last_on or (period and period[1])
    named = actions.Named(shown, first or one.supplied_on, last or one.supplied_on)
    wrong, asked = actions.wrong_in(db, one, named)
    lines = [f"{field}: {sentence}." for field, sentence in wrong]
    lines += [f"{field}: nobody knows what “{word}” means." for field, of in asked.items() for word in of]
    if lines:
        raise NotImported(*lines, "The map does not fit the file; nothing was imported.")
    actions.map_columns(db, one, named, by=by, at=at, queue=False)
    return int(one.mapping["turn"])


def _carry_out(
    engine: Engine, number: int, order: Order, *, by: Actor, now: Callable[[], datetime]
) -> list[str]:
    with transaction(engine) as db:
        one = db.get_one(PoliceList, number)
        bad = queries.rows_with(db, number, [RowResult.BAD], most=MOST_TOLD)
        told = [f"row {row.line_number}: {said(row)}" for row in bad] + _counts(one)
        if order.dry_run:
            actions.drop(db, one, by=by, at=now())
            return [*told, "Only checked: nothing was imported."]
        facts = actions.facts_of(one, whole=order.whole)
        if not facts.good or (order.whole and facts.bad):
            actions.drop(db, one, by=by, at=now())
            db.commit()
            why = "some rows have mistakes" if facts.good else "no row can be imported"
            raise NotImported(*told, f"Nothing was imported: {why}.")
        actions.confirm(db, one, whole=order.whole, by=by, at=now(), queue=False)
    import_list(engine, number, by.id, now=now, by=by)
    with transaction(engine) as db:
        one = db.get_one(PoliceList, number)
        return [*told, f"Imported as {one.reference}."]


def _counts(one: PoliceList) -> list[str]:
    return [f"{words(result)}: {one.counts[result]:,}" for result in RowResult if one.counts.get(result)]


def _area(db: Session, code: str | None) -> Area:
    if code is not None:
        found = db.exec(select(Area).where(Area.code == code.upper())).first()
        if found is None:
            raise NotImported(f"There is no area with the code {code}.")
        return found
    held = db.exec(select(Area).join(ForceArea, col(ForceArea.area_id) == Area.id)).all()
    if len(held) != 1:
        raise NotImported("Say with --area which area the list is for.")
    return held[0]


def _operator(db: Session, area: Area, order: Order) -> Actor:
    """An operator has no account: what is done is written to that of a manager, and says that it was so."""
    managers = managers_of(db, area.id, order.supplied_on)
    if order.by is not None:
        account = db.exec(select(User.id).where(User.email == order.by.lower())).first()
        managers = [(number, name) for number, name in managers if number == account]
    if not managers:
        raise NotImported(f"{area.name} has no such YOT manager for whom the list could be imported.")
    number, name = managers[0]
    return Actor(
        number,
        f"An operator of the service, for {name}",
        ((area.id, Role.YOT_MANAGER),),
        {area.id: area.name},
    )
