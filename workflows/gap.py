"""The gap between what the police gave and what we were told: what counts, in which rate, and how it is said.

Two published figures of one gap disagree (39 of 118 is 33 %, 39 of 168 is 23 %), so no rate is shown without
its numerator, denominator, period, definition, the lists that it rests on and what is still to be matched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import ceil

from workflows import wilson
from workflows.calendar import working_days_between
from workflows.periods import Cover, Coverage
from workflows.police import Fit, Notice
from workflows.vocabulary import register


class Place(StrEnum):
    """Where one disposal stands in the figures; each stands in exactly one place."""

    IN_TIME = "in_time"
    LATE = "late"
    AFTER_ASKING = "after_asking"
    UNTOLD = "untold"
    UNMATCHED = "unmatched"
    RUNNING = "running"
    ONLY_OURS = "only_ours"
    ON_NO_LIST = "on_no_list"
    SET_ASIDE = "set_aside"


class Group(StrEnum):
    """What is counted and can be opened: one or several places."""

    MISSED = "missed"
    UNTOLD = "untold"
    AFTER_ASKING = "after_asking"
    LATE = "late"
    IN_TIME = "in_time"
    UNMATCHED = "unmatched"
    LISTED = "listed"
    KNOWN = "known"
    ONLY_OURS = "only_ours"
    RUNNING = "running"
    SET_ASIDE = "set_aside"


register(
    (
        (Group.MISSED, "We were not told"),
        (Group.UNTOLD, "Not told until today"),
        (Group.AFTER_ASKING, "Told only after we asked"),
        (Group.LATE, "Told late"),
        (Group.IN_TIME, "Told in time"),
        (Group.UNMATCHED, "Still to be matched"),
        (Group.LISTED, "On the force's list"),
        (Group.KNOWN, "Known to either side"),
        (Group.ONLY_OURS, "Known to us and on no list"),
        (Group.RUNNING, "There is still time to tell us"),
        (Group.SET_ASIDE, "Set aside"),
    )
)
MISSED = (Place.UNTOLD, Place.AFTER_ASKING)
LISTED = (*MISSED, Place.UNMATCHED, Place.LATE, Place.IN_TIME)
PLACES: Mapping[Group, tuple[Place, ...]] = {
    Group.MISSED: MISSED,
    Group.UNTOLD: (Place.UNTOLD,),
    Group.AFTER_ASKING: (Place.AFTER_ASKING,),
    Group.LATE: (Place.LATE,),
    Group.IN_TIME: (Place.IN_TIME,),
    Group.UNMATCHED: (Place.UNMATCHED,),
    Group.LISTED: LISTED,
    Group.KNOWN: (*LISTED, Place.ONLY_OURS),
    Group.ONLY_OURS: (Place.ONLY_OURS,),
    Group.RUNNING: (Place.RUNNING,),
    Group.SET_ASIDE: (Place.SET_ASIDE,),
}
_OF_NOTICE = {
    Notice.IN_TIME: Place.IN_TIME,
    Notice.LATE: Place.LATE,
    Notice.AFTER_ASKING: Place.AFTER_ASKING,
    Notice.NOT_NOTIFIED: Place.UNTOLD,
}


def place(state: Notice, *, listed: bool, fit: Fit) -> Place:
    """Where a disposal stands; `panel.gap.queries.place_column` says the same in SQL."""
    if state is Notice.NOT_OURS:
        return Place.SET_ASIDE
    if not listed:
        return Place.ON_NO_LIST if state in (Notice.STILL_TIME, Notice.NOT_NOTIFIED) else Place.ONLY_OURS
    if state is Notice.STILL_TIME:
        return Place.RUNNING
    found = _OF_NOTICE[state]
    return Place.UNMATCHED if found in MISSED and fit is Fit.TO_REVIEW else found


@dataclass(frozen=True)
class Tally:
    """How many disposals stand in each place."""

    counts: Mapping[Place, int] = field(default_factory=dict)

    def of(self, group: Group) -> int:
        """How many a group holds."""
        return sum(self.counts.get(one, 0) for one in PLACES[group])


class Basis(StrEnum):
    """Which disposals the rate is of."""

    LISTED = "listed"
    KNOWN = "known"


@dataclass(frozen=True)
class Definition:
    """What a rate counts, under a name and a version that are printed with it."""

    basis: Basis
    name: str
    version: str
    says: str

    @property
    def words(self) -> str:
        """Name, version and sentence."""
        return f"{self.name} (version {self.version}): {self.says}"


COUNTED = (
    "Counted as not told: disposals on the force's list of which the YOT was not told by the police, or only "
    "after it had asked. Not counted on either side: disposals that a person set aside (another area, an "
    "adult, on the list twice, taken back), and those for which there is still time to tell us."
)
DEFINITIONS: Mapping[Basis, Definition] = {
    Basis.LISTED: Definition(
        Basis.LISTED,
        "A, of the force's list",
        "1",
        "of all disposals of the period on the force's own list that count, those of which we were not told.",
    ),
    Basis.KNOWN: Definition(
        Basis.KNOWN,
        "B, of all that either side knows",
        "1",
        "of the disposals in A and those of the period that only we know, because we were told of them and "
        "they are on no list, those of which we were not told.",
    ),
}
ROUNDING = (
    "Per cent are rounded to the nearest whole number, halves up; what is not nothing is never shown as 0 %, "
    "and what is not all never as 100 %."
)


@dataclass(frozen=True)
class Rate:
    """One rate with everything that has to be printed with it. Without a list it has no per cent."""

    definition: Definition
    numerator: int
    denominator: int
    unmatched: int
    coverage: Coverage

    @property
    def known(self) -> bool:
        """Whether there is a rate at all: a list was sent, and something is on it."""
        return self.coverage.cover is not Cover.NONE and self.denominator > 0

    @property
    def per_cent(self) -> str:
        """'33 %', or nothing without a rate."""
        return per_cent(self.numerator, self.denominator) if self.known else ""

    @property
    def range_words(self) -> str:
        """What the rows that are still to be matched may change; nothing when there are none."""
        if not self.unmatched:
            return ""
        are = "is" if self.unmatched == 1 else "are"
        return f"{self.unmatched:,} {are} still to be matched: it may be up to {self.most:,}."

    @property
    def most(self) -> int:
        """The numerator if nothing that is still to be matched was told."""
        return self.numerator + self.unmatched

    @property
    def sentence(self) -> str:
        """Numerator, denominator, per cent and range."""
        if not self.known:
            empty = "Nothing that counts is on the force's list of this period, so there is no rate."
            return self.coverage.sentence if self.coverage.cover is Cover.NONE else empty
        said = f"{self.numerator:,} of {self.denominator:,} ({self.per_cent})."
        return f"{said} {self.range_words}".strip()


def rate(basis: Basis, tally: Tally, covered: Coverage) -> Rate:
    """The rate of a tally by one of the two definitions."""
    group = Group.LISTED if basis is Basis.LISTED else Group.KNOWN
    return Rate(
        DEFINITIONS[basis],
        tally.of(Group.MISSED),
        tally.of(group),
        tally.of(Group.UNMATCHED),
        covered,
    )


def rates(tally: Tally, covered: Coverage) -> list[Rate]:
    """Both rates, always together."""
    return [rate(basis, tally, covered) for basis in DEFINITIONS]


def per_cent(part: int, whole: int) -> str:
    """A share in whole per cent, by `ROUNDING`. ZeroDivisionError for a share of nothing."""
    rounded = (200 * part + whole) // (2 * whole)
    if rounded == 0 and part:
        return "less than 1 %"
    return "more than 99 %" if rounded == 100 and part < whole else f"{rounded} %"


def interval(part: int, whole: int, confidence: int) -> tuple[int, int]:
    """Wilson's interval of a share, in per cent, rounded outwards."""
    low, high = wilson.interval(part, whole, confidence) or (0.0, 100.0)
    return max(0, int(low + 1e-9)), min(100, ceil(high - 1e-9))


@dataclass(frozen=True)
class Delay:
    """Working days from the giving to the day on which we were told, of those that were told."""

    told: int
    median: int
    ninetieth: int


def delay(pairs: Mapping[tuple[date, date], int]) -> Delay | None:
    """Median and 90th percentile (nearest rank) of how many were given and told on which days."""
    lengths: list[int] = []
    for (given, told), count in pairs.items():
        lengths += [max(0, working_days_between(given, told))] * count
    if not lengths:
        return None
    lengths.sort()
    return Delay(len(lengths), _rank(lengths, 50), _rank(lengths, 90))


def _rank(lengths: list[int], share: int) -> int:
    return lengths[max(0, -(-share * len(lengths) // 100) - 1)]
