"""What a file of each kind of code list looks like, and what each of its cells may hold."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.codes import Category, CodeList, GravityPart
from workflows.identifiers import offence_code
from workflows.vocabulary import ModeOfTrial, Outcome

LONGEST_TITLE = 200
MODES = {
    **{mode.value: mode for mode in ModeOfTrial},
    "summary_only": ModeOfTrial.SUMMARY,
    "indictable": ModeOfTrial.INDICTABLE,
}
# What a matrix has to say about its own scale.
LIMITS = ("lowest", "highest", "lower_by", "raise_by")


@dataclass(frozen=True)
class Entry:
    """One row of a list, understood."""

    code: str
    title: str
    details: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""


Said = list[tuple[str, str]]
Found = list[tuple[int, Entry]]


@dataclass(frozen=True)
class Column:
    """A heading of the file; `says` explains it on the page."""

    name: str
    says: str
    required: bool = True
    may_be_empty: bool = False


@dataclass(frozen=True)
class Shape:
    """The columns of a list, how a row becomes an entry, and what only the whole file can get wrong."""

    columns: tuple[Column, ...]
    entry: Callable[[dict[str, str]], tuple[Entry | None, Said]]
    key: str = "code"
    whole: Callable[[Found], Iterable[tuple[int, str, str]]] = lambda _found: ()


def _title(row: dict[str, str], column: str = "title") -> Said:
    if len(row[column]) > LONGEST_TITLE:
        return [(column, f"This is longer than {LONGEST_TITLE} characters.")]
    return []


def _offence(row: dict[str, str]) -> tuple[Entry | None, Said]:
    said = _title(row)
    code = offence_code(row["code"])
    if code is None:
        said.append(("code", "A code has two letters and five digits, such as ZD71001."))
    mode = MODES.get(re.sub(r"[\s_-]+", "_", row["mode"].lower()))
    if mode is None:
        said.append(("mode", f"“{row['mode']}” is not known: write summary, either way or indictable only."))
    if row["class"] and not re.fullmatch(r"\d{1,3}/\d{2}|\d{5}", row["class"]):
        said.append(("class", "A Home Office class looks like 105/01 or has five digits."))
    flags = re.split(r"[\s|]+", row["flags"].lower()) if row["flags"] else []
    for flag in flags:
        if flag not in set(Category):
            said.append(("flags", f"“{flag}” is not known: write {', '.join(Category)}."))
    months = row["prosecute_months"]
    if months and not (months.isdecimal() and 1 <= int(months) <= 120):
        said.append(("prosecute_months", "This must be a number of months from 1 to 120."))
    if said or code is None or mode is None:
        return None, said
    details = {"mode": mode.value, "class": row["class"], "flags": flags}
    return Entry(code, row["title"], details | {"prosecute_months": int(months) if months else None}), []


def _outcomes_in(text: str, column: str) -> tuple[list[str], Said]:
    named = [name.lower() for name in text.split()]
    unknown = [name for name in named if name not in set(Outcome)]
    return named, [(column, f"“{name}” is not an outcome of a panel.") for name in unknown]


def _outcome(row: dict[str, str]) -> tuple[Entry | None, Said]:
    said = _title(row)
    code = row["code"].upper()
    if not re.fullmatch(r"\d{1,2}[A-Z]?", code):
        said.append(("code", "An outcome has one or two digits and perhaps a letter, such as 8 or 2A."))
    named, unknown = _outcomes_in(row["for"], "for")
    said += unknown
    return (None if said else Entry(code, row["title"], {"for": named})), said


def _each_outcome_once(found: Found) -> Iterator[tuple[int, str, str]]:
    taken: dict[str, str] = {}
    for number, entry in found:
        for name in entry.details["for"]:
            if taken.setdefault(name, entry.code) != entry.code:
                yield number, "for", f"“{name}” belongs to outcome {taken[name]} already."


def _ethnicity(row: dict[str, str]) -> tuple[Entry | None, Said]:
    said = _title(row)
    code = row["code"].upper()
    if not re.fullmatch(r"[A-Z]{1,2}\d?", code):
        said.append(("code", "A code has a letter and a digit, such as W1, or is NS."))
    details = {"group": row["group"], "replaced_by": row["replaced_by"].upper()}
    return (None if said else Entry(code, row["title"], details)), said


def _replaced_by_one_of_these(found: Found) -> Iterator[tuple[int, str, str]]:
    codes = {entry.code for _, entry in found if not entry.details["replaced_by"]}
    for number, entry in found:
        instead = entry.details["replaced_by"]
        if instead and instead not in codes:
            yield number, "replaced_by", f"{instead} is not a code in force in this file."


def _gravity(row: dict[str, str]) -> tuple[Entry | None, Said]:
    part = row["part"].lower()
    if part not in set(GravityPart):
        return None, [("part", f"“{row['part']}” is not known: write {', '.join(GravityPart)}.")]
    said = _title(row, "words")
    key, value = row["key"].lower(), row["value"]
    details: dict[str, Any] = {}
    if part == GravityPart.PRESUMPTION:
        details["outcomes"], unknown = _outcomes_in(value, "value")
        said += unknown
        if not key.isdecimal():
            said.append(("key", "The key of a presumption is a score."))
    elif not re.fullmatch(r"[+-]?\d{1,2}", value, re.ASCII):
        said.append(("value", "This must be a whole number."))
    else:
        details["value"] = int(value)
    if part == GravityPart.SCORE:
        key = offence_code(key) or ""
        if not key:
            said.append(("key", "The key of a score is an offence code, such as ZD71001."))
    if part == GravityPart.FACTOR:
        said += _wrong_factor(row, key, details)
    if part == GravityPart.LIMIT and key not in LIMITS:
        said.append(("key", f"The key of a limit is one of {', '.join(LIMITS)}."))
    return (None if said else Entry(key, row["words"], details, part)), said


def _wrong_factor(row: dict[str, str], key: str, details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"[a-z0-9_]{1,20}", key):
        yield "key", "The key of a factor has up to 20 small letters, digits or underscores."
    if not row["words"]:
        yield "words", "A factor needs its words."
    if details.get("value") == 0:
        yield "value", "A factor raises (above 0) or lowers (below 0) the score."


def _whole_matrix(found: Found) -> Iterator[tuple[int, str, str]]:
    limits = {e.code: int(e.details["value"]) for _, e in found if e.part == GravityPart.LIMIT}
    for name in LIMITS:
        if name not in limits:
            yield 0, "", f"The matrix does not give its limit “{name}”."
        elif limits[name] < 0:
            yield 0, "", f"The limit “{name}” is below 0."
    if set(limits) != set(LIMITS):
        return
    if limits["lowest"] >= limits["highest"]:
        yield 0, "", "The lowest score must be below the highest."
    scale = range(limits["lowest"], limits["highest"] + 1)
    told = {int(e.code) for _, e in found if e.part == GravityPart.PRESUMPTION}
    for score in scale:
        if score not in told:
            yield 0, "", f"The matrix does not say what the score {score} presumes."
    for number, entry in found:
        if entry.part == GravityPart.SCORE and entry.details["value"] not in scale:
            yield number, "value", f"A score is from {scale[0]} to {scale[-1]} in this file."
        if entry.part == GravityPart.PRESUMPTION and int(entry.code) not in scale:
            yield number, "key", f"A score is from {scale[0]} to {scale[-1]} in this file."


SHAPES: dict[CodeList, Shape] = {
    CodeList.OFFENCES: Shape(
        (
            Column("code", "CJS offence code: two letters and five digits"),
            Column("title", "The offence in words"),
            Column("mode", "summary, either way or indictable only"),
            Column("class", "Home Office class, such as 105/01", required=False),
            Column("flags", f"any of {', '.join(Category)}, with spaces between them", required=False),
            Column(
                "prosecute_months", "months to prosecute, where a law says other than six", required=False
            ),
        ),
        _offence,
    ),
    CodeList.OUTCOMES: Shape(
        (
            Column("code", "Home Office outcome, such as 8 or 2A"),
            Column("title", "The outcome in words"),
            Column(
                "for", f"which decisions of a panel it stands for: {', '.join(Outcome)}", may_be_empty=True
            ),
        ),
        _outcome,
        whole=_each_outcome_once,
    ),
    CodeList.ETHNICITY: Shape(
        (
            Column("code", "Such as W1"),
            Column("title", "In words"),
            Column("group", "The heading that it belongs to", required=False),
            Column("replaced_by", "For a code no longer in use: the code that replaces it", required=False),
        ),
        _ethnicity,
        whole=_replaced_by_one_of_these,
    ),
    CodeList.GRAVITY: Shape(
        (
            Column("part", f"one of {', '.join(GravityPart)}"),
            Column(
                "key", "limit: its name; score: offence code; factor: a short name; presumption: the score"
            ),
            Column("words", "In words", may_be_empty=True),
            Column("value", "A number; for a presumption the outcomes, with spaces between them"),
        ),
        _gravity,
        key="key",
        whole=_whole_matrix,
    ),
}
