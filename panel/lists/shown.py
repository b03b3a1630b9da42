"""A list as its pages show it: how far it is, what its rows are, what can be done."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from panel.lists.files import said
from panel.police.models import PoliceList, PoliceListRow
from workflows.calendar import long_date
from workflows.police_list import GOOD, MonthCover, RowResult, Status
from workflows.vocabulary import words

COLOURS = {
    Status.UPLOADED: "yellow",
    Status.MAPPED: "blue",
    Status.CHECKED: "yellow",
    Status.IMPORTING: "blue",
    Status.DONE: "green",
    Status.UNDONE: "grey",
    Status.DROPPED: "grey",
}
MEANS = {
    RowResult.NEW: "We hold nothing of this disposal.",
    RowResult.HELD: "We know of this disposal; only gaps are filled.",
    RowResult.TWICE: "An earlier row says the same; it is left out.",
    RowResult.ADULT: "The person was 18 or over on that day; it is left out.",
    RowResult.OTHER_AREA: "The row is of another area; it is left out.",
    RowResult.NOT_COUNTED: "You said that these rows are nothing that we count; they are left out.",
    RowResult.BAD: "The row cannot be imported as it is.",
    RowResult.TAKEN_BACK: "Only this list had it; it does not count any more.",
    RowResult.STAYS: "Only this list had it, but something was built on it.",
}
BUSY = (Status.MAPPED, Status.IMPORTING)


def tag(one: PoliceList) -> dict[str, str]:
    """The state of a list as a tag."""
    status = Status(one.status)
    return {"text": words(status), "tag": COLOURS[status]}


def period(one: PoliceList) -> str:
    """The days that a list covers."""
    if one.first_on is None or one.last_on is None:
        return "Not said yet"
    return f"{long_date(one.first_on)} to {long_date(one.last_on)}"


def row_of(one: PoliceList, href: str, names: Mapping[int, str]) -> dict[str, Any]:
    """A list among others."""
    return {
        "href": href,
        "cells": [
            {"text": one.reference, "hint": one.file_name},
            period(one),
            long_date(one.supplied_on),
            f"{one.counts['rows']:,}",
            names.get(one.by_id, ""),
            tag(one),
        ],
    }


def gaps(months: Sequence[MonthCover]) -> list[str]:
    """A sentence for each month of which no list was imported, the newest first."""
    return [
        f"The force sent no list for {month.month:%B %Y}." for month in reversed(months) if not month.covered
    ]


def year_before(today: date) -> tuple[date, date]:
    """The twelve whole months before this one."""
    last = today.replace(day=1) - timedelta(days=1)
    return today.replace(year=today.year - 1, day=1), last


def tally(counts: Mapping[str, int], base: str) -> list[dict[str, Any]]:
    """How many rows have each result, with the address of those rows."""
    return [
        {
            "title": words(result),
            "means": MEANS[result],
            "count": counts[result],
            "href": f"{base}?result={result.value}",
        }
        for result in RowResult
        if counts.get(result)
    ]


def good(counts: Mapping[str, int]) -> int:
    """How many rows can be imported."""
    return sum(counts.get(result, 0) for result in GOOD)


def progress(one: PoliceList) -> dict[str, Any]:
    """How far the work in the background is."""
    counts = one.counts
    if one.status == Status.MAPPED:
        done, all_of, doing = counts.get("checked", 0), counts["rows"], "checked"
    elif one.status == Status.IMPORTING:
        done, all_of, doing = counts["imported"], good(counts), "imported"
    else:
        return {
            "busy": "undone_to" in counts,
            "says": "Its records are being taken back." * ("undone_to" in counts),
        }
    return {"busy": True, "says": f"{done:,} of {all_of:,} rows are {doing}.", "done": done, "all": all_of}


def row_shown(row: PoliceListRow) -> dict[str, Any]:
    """A row of the file with what was found in it."""
    return {
        "line": row.line_number,
        "result": words(RowResult(row.result)),
        "said": said(row) or MEANS[RowResult(row.result)],
        "cells": [(name, text) for name, text in row.cells.items() if text],
    }
