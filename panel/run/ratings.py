"""Ratings of services from a CSV of answers or percentages, as a CSV."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from config.inspection import StandardWords, standard_called, standards
from panel.cells import plain
from workflows.ratings import (
    ROUNDING,
    Framework,
    KeyQuestion,
    Overall,
    Rating,
    Standard,
    framework_of,
    overall,
    rounded,
)
from workflows.self_rating import too_few

NEEDED = ("service", "year", "standard")
COUNTS = ("yes", "no", "not_applicable")
OPTIONAL = ("key_question", "percent_yes", *COUNTS, "standard_rating")
COLUMNS = (
    *("service", "year", "framework", "standard", "rating", "points"),
    *("lowest_key_question", "lowest_percent", "total", "maximum", "overall_rating", "notes"),
)
BY_WORDS = {rating.says.lower(): rating for rating in Rating}
LONGEST = 200
# Until October joint working was rated, afterwards the policy on out-of-court disposals (inspection digest).
CHANGEOVER = "2021"
DOUBT = "Reports of this year used either 2018 or 2021: say which with --framework"


class BadFile(Exception):
    """The file cannot be rated; `problems` are all the reasons, each with its row and column."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass
class _Read:
    """What the file says of one standard; its name as the first row of it has it."""

    name: str
    in_total: bool
    questions: list[KeyQuestion] = field(default_factory=list)
    stated: Rating | None = None

    def few(self, least: int) -> list[KeyQuestion]:
        """Its key questions that count in too few cases for a band."""
        return [question for question in self.questions if too_few(question, least)]

    def rated(self, least: int) -> Standard:
        """The standard: by its key questions where the file has any, else by judgement."""
        return Standard(
            name=self.name,
            questions=tuple(question for question in self.questions if not too_few(question, least)),
            judged=None if self.questions else self.stated,
            in_total=self.in_total,
        )


@dataclass(frozen=True)
class Service:
    """One service in one year, with what was read of its standards in the order of the file."""

    name: str
    year: str
    framework: Framework
    read: tuple[_Read, ...]


def rate(content: bytes, framework: Framework | None = None, *, least: int) -> str:
    """The ratings of a CSV, as a CSV: one row for each standard. Raises `BadFile`.

    A key question that counts in fewer than `least` cases gets no band and decides nothing.
    """
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for service in services_in(content, framework):
        table.writerows(_rows(service, least))
    return file.getvalue()


def services_in(content: bytes, framework: Framework | None = None) -> list[Service]:
    """Every service and year of a CSV, in its order. Raises `BadFile` with every problem."""
    rows = _table(content)
    problems: list[str] = []
    found: dict[tuple[str, str], dict[str, _Read]] = {}
    for number, row in rows:
        try:
            service, year, name, question, stated = _row(row)
            known = _known(row, framework or framework_of(int(year[:4])))
            of_service = found.setdefault((service, year), {})
            _take(of_service.setdefault(known.key, _Read(name, known.in_total)), question, stated)
        except _Wrong as wrong:
            problems.append(f"row {number}, {wrong.column}: {wrong.says}")
    if problems:
        raise BadFile(problems)
    return [
        Service(name, year, framework or framework_of(int(year[:4])), tuple(of_service.values()))
        for (name, year), of_service in found.items()
    ]


def _known(row: dict[str, str], framework: Framework) -> StandardWords:
    """The standard of the framework that a row is about, with its key question."""
    used = f"the framework of {framework.value}"
    known = standard_called(framework.value, row["standard"])
    if known is None:
        keys = ", ".join(one.key for one in standards(framework.value))
        doubt = f". {DOUBT}" if row["year"] == CHANGEOVER else ""
        raise _Wrong("standard", f"{row['standard']} is no standard of {used}, which has {keys}{doubt}")
    key = _key(row)
    if not key or key in known.questions:
        return known
    if known.questions:
        asked = ", ".join(known.questions)
        raise _Wrong("key_question", f"{key} is no key question of {known.key}, which has {asked}")
    raise _Wrong(
        "key_question",
        f"no key questions of {known.key} in {used} are known here: it is rated by judgement. "
        "Give its standard_rating, and neither key question nor answers",
    )


def _key(row: dict[str, str]) -> str:
    """'3.1.1 Supporting the child' is 3.1.1."""
    return (row.get("key_question", "").split() or [""])[0]


class _Wrong(Exception):
    def __init__(self, column: str, says: str) -> None:
        super().__init__(says)
        self.column, self.says = column, says


def _table(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise BadFile(["the file: it is no CSV"])
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise BadFile([f"the file: it cannot be read as CSV ({error})"]) from None
    if not lines or not any(map(str.strip, lines[0])):
        raise BadFile(["the file: it is empty"])
    header = [cell.strip().lower().replace(" ", "_") for cell in lines[0]]
    missing = [f"the header: the column {name} is missing" for name in NEEDED if name not in header]
    twice = [
        f"the header: the column {name} is there twice"
        for name in OPTIONAL + NEEDED
        if header.count(name) > 1
    ]
    if missing or twice:
        raise BadFile(missing + twice)
    rows = [(n, cells) for n, cells in enumerate(lines[1:], 2) if any(map(str.strip, cells))]
    if not rows:
        raise BadFile(["the file: it has a header and no rows"])
    long = [f"row {n}: it has more cells than the header" for n, cells in rows if any(cells[len(header) :])]
    if long:
        raise BadFile(long)
    return [(n, {name: cell.strip() for name, cell in zip(header, cells, strict=False)}) for n, cells in rows]


def _row(row: dict[str, str]) -> tuple[str, str, str, KeyQuestion | None, Rating | None]:
    for name in NEEDED:
        if not row.get(name):
            raise _Wrong(name, "it is empty")
        if len(row[name]) > LONGEST:
            raise _Wrong(name, f"it is longer than {LONGEST} characters")
    if not re.fullmatch(r"\d{4}([/-]\d{2,4})?", row["year"], re.ASCII):
        raise _Wrong("year", f"{row['year']} is no year such as 2020 or 2019/20")
    stated = row.get("standard_rating", "")
    if stated and stated.lower() not in BY_WORDS:
        raise _Wrong("standard_rating", f"{stated} is none of {', '.join(r.says for r in Rating)}")
    return row["service"], row["year"], row["standard"], _question(row), BY_WORDS.get(stated.lower())


def _question(row: dict[str, str]) -> KeyQuestion | None:
    counts = {name: _count(name, row.get(name, "")) for name in COUNTS}
    published, key = _per_cent(row.get("percent_yes", "")), _key(row)
    if len(key) > LONGEST:
        raise _Wrong("key_question", f"it is longer than {LONGEST} characters")
    yes, no = counts["yes"], counts["no"]
    if published is None and yes is None and no is None:
        if counts["not_applicable"] is None:
            return None
        yes, no = 0, 0
    if not key:
        raise _Wrong("key_question", "there are answers, and no key question that they belong to")
    apart = counts["not_applicable"] or 0
    if published is not None and yes is None and no is None:
        return KeyQuestion(key=key, not_applicable=apart, published=published)
    if yes is None or no is None:
        raise _Wrong("yes" if yes is None else "no", "it is empty: give both yes and no, or only percent_yes")
    question = KeyQuestion(key=key, yes=yes, no=no, not_applicable=apart)
    if published is not None and question.per_cent != rounded(published):
        says = f"{row['percent_yes']} does not follow from {yes} yes and {no} no"
        are = "no answers that count" if question.per_cent is None else str(question.per_cent)
        raise _Wrong("percent_yes", f"{says}, which are {are}")
    return question


def _count(name: str, cell: str) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"\d{1,6}(\.0+)?", cell, re.ASCII):
        raise _Wrong(name, f"{cell} is no whole number")
    return int(float(cell))


def _per_cent(cell: str) -> Fraction | None:
    if not cell:
        return None
    # No exponents: 1e-999999999 is a short cell and a number that no memory holds.
    said = re.fullmatch(r"([+-]?\d{1,9}(?:\.\d{0,9})?)\s*%?", cell, re.ASCII)
    if not said:
        raise _Wrong("percent_yes", f"{cell[:40]} is no percentage")
    value = Fraction(said[1])
    if not 0 <= value <= 100:
        raise _Wrong("percent_yes", f"{cell} does not lie between 0 and 100")
    return value


def _take(known: _Read, question: KeyQuestion | None, stated: Rating | None) -> None:
    if stated is not None and known.stated not in (None, stated):
        raise _Wrong("standard_rating", "an earlier row of this standard has another rating")
    known.stated = known.stated if stated is None else stated
    if question is None:
        return
    if any(other.key == question.key for other in known.questions):
        raise _Wrong("key_question", f"{question.key} stands in this standard already")
    known.questions.append(question)


def _rows(service: Service, least: int) -> Iterator[list[object]]:
    rated = [read.rated(least) for read in service.read]
    whole = overall(service.framework, rated)
    totals = ["", "", ""] if whole is None else [whole.total, whole.maximum, whole.rating.says]
    for read, standard in zip(service.read, rated, strict=True):
        rating, low = standard.rating, standard.lowest
        yield [
            plain(service.name),
            service.year,
            service.framework.value,
            plain(standard.name),
            "Not rated" if rating is None else rating.says,
            "" if rating is None else rating.value,
            "" if low is None else plain(low.key),
            "" if low is None else low.per_cent,
            *totals,
            "; ".join([*_notes(read, standard, whole, least), *_doubt(service)]),
        ]


def _doubt(service: Service) -> Iterator[str]:
    if service.year == CHANGEOVER:
        yield f"framework {service.framework.value}: reports of this year used either 2018 or 2021"


def _notes(read: _Read, standard: Standard, whole: Overall | None, least: int) -> Iterator[str]:
    if standard.judged is not None:
        yield "rated by judgement"
    if read.questions and read.stated not in (None, standard.rating):
        yield f"the file states {read.stated.says}" if read.stated is not None else ""
    if few := read.few(least):
        counted = ", ".join(f"{one.key} ({one.yes} of {one.answered})" for one in few)
        yield f"too few for a band, because fewer than {least} cases count (our choice): {counted}"
    if standard.rests_on_rounding:
        yield f"rests on rounding ({ROUNDING})"
    if near := standard.one_case_away():
        yield f"one case from {' and from '.join(rating.says for rating in near)}"
    if not standard.in_total:
        yield "not in the total"
    if whole is not None and whole.scaled:
        yield f"the bands of the total are scaled from 36 to {whole.maximum}, which is an assumption"
