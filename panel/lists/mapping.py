"""Which column of a file holds what: guessed, chosen by a person, checked before anything is read by it."""

from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from config.list_words import headings, plain
from panel.lists.days import Order
from panel.lists.fields import DAYS, FIELDS, FULL_NAME, NAMES, SKIP, TITLES, Choices
from panel.lists.profile import Column, Profile
from workflows.calendar import age_on, long_date
from workflows.police import ADULT_AGE

Complaints = list[tuple[str, str]]


class ColumnMap(BaseModel):
    """What a person said of the columns and words of a file; also the content of a MAP.json."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str] = {}
    order: dict[str, Order] = {}
    words: dict[str, dict[str, str]] = {}
    outcome: str = ""

    def word(self, field: str) -> Mapping[str, str]:
        """What a person said of the words in the cells of a field."""
        return self.words.get(field, {})


class MapRefused(ValueError):
    """A MAP.json that is no map."""


def read_map(text: str | bytes) -> ColumnMap:
    """The map in a file. Raises `MapRefused`."""
    try:
        read = ColumnMap.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole file"
        raise MapRefused(f"The map cannot be read: {place}: {first['msg']}.") from None
    if unknown := sorted({*read.columns, *read.words, *read.order} - {*FIELDS}):
        raise MapRefused(f"The map names fields that there are not: {', '.join(unknown)}.")
    return with_plain_words(read)


def with_plain_words(map_: ColumnMap) -> ColumnMap:
    """The same map with its words as they are compared."""
    said = {field: {plain(word): value for word, value in of.items()} for field, of in map_.words.items()}
    return map_.model_copy(update={"words": said})


def guessed(profile: Profile, remembered: ColumnMap) -> ColumnMap:
    """What the columns may be: as this force's list had them last time, else by their headings."""
    names = {column.name for column in profile.columns}
    columns = {field: name for field, name in remembered.columns.items() if name in names}
    for column in profile.columns:
        found = headings().get(plain(column.name.removesuffix(f"(column {column.letter})")))
        if found and found not in columns and column.name not in columns.values():
            columns[found] = column.name
    if FULL_NAME in columns and all(name in columns for name in NAMES):
        del columns[FULL_NAME]
    order: dict[str, Order] = {}
    for field in DAYS:
        if chosen := profile.column(columns.get(field, "")):
            shown = chosen.order or _unless_shown(chosen, remembered.order.get(field))
            order |= {field: shown} if shown else {}
    return ColumnMap(columns=columns, order=order, words=remembered.words, outcome=remembered.outcome)


def _unless_shown(column: Column, remembered: Order | None) -> Order | None:
    """The order of last time, where the column itself shows none; never where it shows both."""
    return None if column.only_day and column.only_month else remembered


def period_of(profile: Profile, map_: ColumnMap) -> tuple[date, date] | None:
    """The first and last day of giving in the file; None while they cannot be read."""
    column, order = profile.column(map_.columns.get("given_on", "")), map_.order.get("given_on")
    if column is None or order is None or not column.days(order).count:
        return None
    days = column.days(order)
    return date.fromisoformat(days.first), date.fromisoformat(days.last)


def complaints(
    profile: Profile, map_: ColumnMap, period: tuple[date, date] | None, *, supplied_on: date
) -> Complaints:
    """What is wrong with a map, by field, in plain words; nothing is read by it before this is empty."""
    found = [*_missing(map_), *_used_twice(map_), *_not_there(profile, map_)]
    for field in DAYS:
        if column := profile.column(map_.columns.get(field, "")):
            found += _days(column, field, map_.order.get(field))
    if not found:
        found = [*_future(profile, map_, supplied_on), *_all_adult(profile, map_)]
        found += _outside(profile, map_, period) if period else []
    return found


def _missing(map_: ColumnMap) -> Iterator[tuple[str, str]]:
    if "outcome" not in map_.columns and not map_.outcome:
        yield "outcome", "Choose the column that says what was given, or say that all rows are the same"
    for field in ("given_on", "offence"):
        if field not in map_.columns:
            yield field, f"Choose the column for: {TITLES[field].lower()}"
    if FULL_NAME not in map_.columns:
        for field in NAMES:
            if field not in map_.columns:
                yield field, f"Choose the column for: {TITLES[field].lower()}, or one with the whole name"


def _used_twice(map_: ColumnMap) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for field, name in map_.columns.items():
        if name in first:
            yield field, f"The column “{name}” is chosen twice: also for {TITLES[first[name]].lower()}"
        first.setdefault(name, field)


def _not_there(profile: Profile, map_: ColumnMap) -> Iterator[tuple[str, str]]:
    for field, name in map_.columns.items():
        if profile.column(name) is None:
            yield field, f"The file has no column “{name}”"


def _days(column: Column, field: str, order: Order | None) -> Iterator[tuple[str, str]]:
    """Days that are none, or that can be read in both orders."""
    as_days = max(column.day.count, column.month.count)
    if not column.filled:
        if field == "given_on":
            yield field, f"The column “{column.name}” is empty"
    elif as_days * 2 < column.filled:
        yield field, f"The column “{column.name}” does not hold days: look at the examples"
    elif order is None and column.only_day and column.only_month:
        yield (
            f"order_{field}",
            f"Days in “{column.name}” are written in both orders: choose which most rows have",
        )
    elif order is None:
        yield (
            f"order_{field}",
            f"Days in “{column.name}” can be read with the day or the month first: choose which",
        )
    elif column.days(order).count * 2 < column.filled:
        yield f"order_{field}", f"Read in this order, most cells of “{column.name}” are no days"


def _future(profile: Profile, map_: ColumnMap, supplied_on: date) -> Iterator[tuple[str, str]]:
    for field in DAYS:
        column, order = profile.column(map_.columns.get(field, "")), map_.order.get(field)
        if column and order and (first := column.days(order).first) and first > supplied_on.isoformat():
            yield field, f"Every day in “{column.name}” is after the day on which the list was supplied"


def _all_adult(profile: Profile, map_: ColumnMap) -> Iterator[tuple[str, str]]:
    column, order = profile.column(map_.columns.get("date_of_birth", "")), map_.order.get("date_of_birth")
    given = period_of(profile, map_)
    if column and order and given and (youngest := column.days(order).last):
        born = date.fromisoformat(youngest)
        if born < given[0] and age_on(born, given[0]) >= ADULT_AGE:
            yield (
                "date_of_birth",
                f"By “{column.name}” everybody on this list was 18 or over. Is it the date of birth?",
            )


def _outside(profile: Profile, map_: ColumnMap, period: tuple[date, date]) -> Iterator[tuple[str, str]]:
    given = period_of(profile, map_)
    if given and (given[1] < period[0] or given[0] > period[1]):
        yield (
            "first_on",
            f"Every row was given outside these days: the file goes from {long_date(given[0])} "
            f"to {long_date(given[1])}",
        )


def unknown_words(
    profile: Profile, map_: ColumnMap, known: Mapping[str, Choices]
) -> tuple[dict[str, list[str]], Complaints]:
    """The words of each field of which nobody knows the meaning, and columns with too many to ask for."""
    asked: dict[str, list[str]] = {}
    wrong: Complaints = []
    for field, of in known.items():
        column = profile.column(map_.columns.get(field, ""))
        if column is None:
            continue
        if column.words is None:
            wrong.append((field, f"The column “{column.name}” holds too many different words for this"))
            continue
        new = {plain(said): said for said in column.words if of.meaning(said, map_.word(field)) is None}
        if new:
            asked[field] = list(new.values())
    return asked, wrong


def fits(map_: ColumnMap, known: Mapping[str, Choices]) -> Complaints:
    """Meanings in a map that there are not."""
    found = [
        (field, f"“{value}” is no meaning of a word here")
        for field, said in map_.words.items()
        for value in said.values()
        if field in known and value not in known[field].options
    ]
    if map_.outcome and (map_.outcome not in known["outcome"].options or map_.outcome == SKIP):
        found.append(("outcome", f"“{map_.outcome}” is nothing that the police give out of court"))
    return found
