"""What the two policies came to: counts of disposals by what they kept, M3 and M4."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from config.joint_policy import JointPolicy, Route, Side, policy, versions
from panel.alignment.queries import Cell, Line, Span
from panel.alignment.steps import still_open
from workflows.policy_conflict import Given, Verdict, judge
from workflows.quarters import Quarter
from workflows.vocabulary import CAUTIONS, Outcome

# How many quarters the trend shows.
TREND = 8
WITHOUT, UNSAID, DECIDED, EXCEPTION = "without", "unsaid", "decided", "exception"


@dataclass
class Tally:
    """The figures of some disposals."""

    of: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    cautions: int = 0
    without: int = 0
    unsaid: int = 0
    eligible: int = 0
    decided: int = 0

    def add(self, given: Given, verdict: Verdict, eligible: bool, count: int) -> None:
        """Count disposals that are alike."""
        self.of += count
        self.verdicts[verdict] += count
        self.cautions += count * (given.outcome in CAUTIONS)
        self.without += count * without_consultation(given)
        self.unsaid += count * (without_consultation(given) and given.consulted is None)
        self.eligible += count * eligible
        self.decided += count * (eligible and given.panel_decided)


def without_consultation(given: Given) -> bool:
    """M3: a caution of which nothing shows that the YOT was consulted before (YCC-2)."""
    return given.outcome in CAUTIONS and not given.panel_decided and given.consulted is not True


class Judge:
    """The two policies of an area by day, and what each disposal kept of them."""

    def __init__(self, area: str, *, today: date) -> None:
        self.today = today
        self.at: Callable[[date], tuple[JointPolicy, JointPolicy]] = cache(
            lambda day: (policy(Side.JOINT, day, area), policy(Side.FORCE, day, area))
        )

    def verdict(self, given: Given) -> Verdict:
        """What a disposal kept."""
        joint, force = self.at(given.given_on)
        return judge(given, joint, force, today=self.today)

    def eligible(self, given: Given) -> bool:
        """M4: whether the joint policy of its day brings a disposal to the YOT or the panel beforehand."""
        rule = self.at(given.given_on)[0].rules[given.outcome.value]
        again = given.first_time is False and not rule.again_months
        return rule.holds_for(again) is not Route.ALONE


def span_of(quarter: Quarter, area: str, *, today: date) -> Span:
    """What the figures up to a quarter come from, cut where a policy begins or the time to tell ends."""
    quarters = quarters_until(quarter)
    since, until = quarters[0].first, quarter.last
    known = [version for side in Side for version in versions(side, area)]
    limits = sorted({rule.days for version in known for rule in version.rules.values()})
    begins = {one.first for one in quarters} | {version.since for version in known}
    starts = sorted({day for day in begins | still_open(limits, today) if since <= day <= until})
    return Span(since, until, tuple(starts), tuple(limits))


@dataclass(frozen=True)
class Figures:
    """All figures of an area: by quarter, and of the chosen quarter by outcome."""

    quarter: Quarter
    by_quarter: dict[Quarter, Tally]
    by_outcome: dict[Outcome, Tally]

    @property
    def chosen(self) -> Tally:
        """The figures of the chosen quarter."""
        return self.by_quarter[self.quarter]


def quarters_until(last: Quarter) -> list[Quarter]:
    """The quarters of the trend, the oldest first."""
    return [last.moved(by) for by in range(1 - TREND, 1)]


def figures(found: Iterable[Cell], quarter: Quarter, judged: Judge) -> Figures:
    """Add up what SQL found alike."""
    by_quarter = {one: Tally() for one in quarters_until(quarter)}
    by_outcome: dict[Outcome, Tally] = {}
    for cell in found:
        verdict, eligible = judged.verdict(cell.given), judged.eligible(cell.given)
        when = Quarter.of(cell.given.given_on)
        tallies = [by_quarter[when]]
        if when == quarter:
            tallies.append(by_outcome.setdefault(cell.given.outcome, Tally()))
        for tally in tallies:
            tally.add(cell.given, verdict, eligible, cell.count)
    return Figures(quarter, by_quarter, by_outcome)


def behind(found: Iterable[Line], what: str, outcome: Outcome | None, judged: Judge) -> list[int]:
    """The numbers of the disposals behind one figure, in their order. KeyError for no such figure."""
    tests: dict[str, Callable[[Line], bool]] = {
        WITHOUT: lambda line: without_consultation(line.given),
        UNSAID: lambda line: without_consultation(line.given) and line.given.consulted is None,
        DECIDED: lambda line: judged.eligible(line.given) and line.given.panel_decided,
        EXCEPTION: lambda line: bool(line.exception),
        "all": lambda line: True,
    } | {verdict.value: _kept(verdict, judged) for verdict in Verdict}
    fits = tests[what]
    return [line.id for line in found if (outcome in (None, line.given.outcome)) and fits(line)]


def _kept(verdict: Verdict, judged: Judge) -> Callable[[Line], bool]:
    return lambda line: judged.verdict(line.given) is verdict


def in_order(side: Side, area: str) -> list[JointPolicy]:
    """The versions that an area had, the oldest first; a general one no longer once it has its own."""
    every = versions(side, area)
    own = [version.since for version in every if version.area]
    return [version for version in every if version.area or not own or version.since < min(own)]
