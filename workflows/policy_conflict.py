"""The joint policy and the force's own: where two versions differ, and which of them a disposal kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from config.joint_policy import OUTCOMES, JointPolicy, OutcomeRule, PanelRule, Route, Side, below_the_law
from workflows.calendar import add_working_days
from workflows.codes import Category
from workflows.vocabulary import Outcome, register, words


class Kind(StrEnum):
    """In what two policies differ."""

    WHO = "who"
    TIME = "time"
    AGAIN = "again"
    CATEGORY = "category"


class Verdict(StrEnum):
    """What one disposal kept of two policies."""

    KEPT_BOTH = "kept_both"
    BETWEEN = "between"
    JOINT_ONLY = "joint_only"
    BROKE_BOTH = "broke_both"
    CANNOT_SAY = "cannot_say"


register(
    (
        (Kind.WHO, "Who decides"),
        (Kind.TIME, "When the YOT is told"),
        (Kind.AGAIN, "A child dealt with before"),
        (Kind.CATEGORY, "Offences for the panel"),
        (Verdict.KEPT_BOTH, "Kept both policies"),
        (Verdict.BETWEEN, "Fell between: kept the force's policy and broke the joint one"),
        (Verdict.JOINT_ONLY, "Kept the joint policy and broke the force's"),
        (Verdict.BROKE_BOTH, "Broke both policies"),
        (Verdict.CANNOT_SAY, "Cannot be said"),
        (Side.JOINT, "The joint policy"),
        (Side.FORCE, "The force's policy"),
        (Route.PANEL, "Only after the panel has decided"),
        (Route.CONSULT, "After asking the YOT"),
        (Route.ALONE, "The police alone"),
    )
)
# The most careful first.
CAREFUL = tuple(Route)
ASKED_FIRST = "YCC-2"


@dataclass(frozen=True)
class Conflict:
    """One thing that two policies say differently.

    `outcome` is None where it is about offences. `stricter` is the more careful side, None where neither is.
    `law` names the rules of law that one of them goes below, with their sentences; empty where law is silent.
    """

    outcome: Outcome | None
    kind: Kind
    joint: str
    force: str
    stricter: Side | None
    law: tuple[tuple[str, str], ...] = ()


def conflicts(joint: JointPolicy, force: JointPolicy) -> tuple[Conflict, ...]:
    """Everything that two versions say differently, by outcome and then by kind."""
    found: list[Conflict] = []
    for key in OUTCOMES:
        found += _of_one(Outcome(key), joint.rules[key], force.rules[key], joint, force)
    found += _of_offences(joint.panel, force.panel)
    return tuple(found)


def _of_one(
    outcome: Outcome, ours: OutcomeRule, theirs: OutcomeRule, joint: JointPolicy, force: JointPolicy
) -> Iterator[Conflict]:
    law = sorted(
        {
            (breach.rule, breach.says)
            for version in (joint, force)
            for breach in below_the_law(version)
            if breach.outcome == outcome.value
        }
    )
    untold = tuple(one for one in law if one[0] != ASKED_FIRST)
    alone = tuple(one for one in law if one[0] == ASKED_FIRST)
    if ours.route is not theirs.route:
        yield Conflict(
            outcome,
            Kind.WHO,
            route_words(ours),
            route_words(theirs),
            _careful(ours.route, theirs.route),
            alone if Route.ALONE in (ours.route, theirs.route) else (),
        )
    if time_words(ours) != time_words(theirs):
        yield Conflict(
            outcome,
            Kind.TIME,
            time_words(ours),
            time_words(theirs),
            _sooner(ours, theirs),
            untold,
        )
    if (ours.holds_for(True), _months(ours)) != (theirs.holds_for(True), _months(theirs)) and (
        ours.again is not None or theirs.again is not None
    ):
        stricter = _careful(ours.holds_for(True), theirs.holds_for(True))
        binds = alone if Route.ALONE in (ours.again, theirs.again) else ()
        yield Conflict(outcome, Kind.AGAIN, again_words(ours), again_words(theirs), stricter, binds)


def _months(rule: OutcomeRule) -> int:
    return rule.again_months if rule.again is not None else 0


def _of_offences(ours: PanelRule, theirs: PanelRule) -> Iterator[Conflict]:
    if (ours.gravity_from, set(ours.categories)) == (theirs.gravity_from, set(theirs.categories)):
        return
    wider = _covers(ours, theirs), _covers(theirs, ours)
    stricter = {(True, False): Side.JOINT, (False, True): Side.FORCE}.get(wider)
    yield Conflict(None, Kind.CATEGORY, panel_words(ours), panel_words(theirs), stricter)


def _covers(one: PanelRule, other: PanelRule) -> bool:
    """Whether every offence that the other brings to the panel comes there by this one too."""
    by_gravity = not other.gravity_from or 0 < one.gravity_from <= other.gravity_from
    return by_gravity and set(other.categories) <= set(one.categories)


def _careful(ours: Route, theirs: Route) -> Side | None:
    if ours is theirs:
        return None
    return Side.JOINT if CAREFUL.index(ours) < CAREFUL.index(theirs) else Side.FORCE


def _sooner(ours: OutcomeRule, theirs: OutcomeRule) -> Side:
    if ours.told is not theirs.told:
        return Side.JOINT if ours.told else Side.FORCE
    return Side.JOINT if ours.days < theirs.days else Side.FORCE


ROUTES = {
    Route.PANEL: "The panel decides before it is given.",
    Route.CONSULT: "The YOT is asked before it is given.",
    Route.ALONE: "The police may give it by themselves.",
}


def route_words(rule: OutcomeRule) -> str:
    """Who has a say before it is given, as a sentence."""
    return ROUTES[rule.route]


def time_words(rule: OutcomeRule) -> str:
    """Within what time the YOT is told, as a sentence."""
    if not rule.told:
        return "The YOT is not told."
    if rule.days == 0:
        return "The YOT is told on the same day."
    return f"The YOT is told within {rule.days} working day{'' if rule.days == 1 else 's'}."


def again_words(rule: OutcomeRule) -> str:
    """What holds for a child dealt with before, as a sentence."""
    if rule.again is None:
        return "Nothing else holds for a child whom the police dealt with before."
    since = f"in the {rule.again_months} months before" if rule.again_months else "at any time before"
    return f"Where the police dealt with the child {since}: {ROUTES[rule.again]}"


def panel_words(rule: PanelRule) -> str:
    """Which offences come to the panel whatever the outcome, as a sentence."""
    named = [words(Category(one)).lower() for one in sorted(rule.categories)]
    parts = [f"a gravity score of {rule.gravity_from} or more"] if rule.gravity_from else []
    parts += named
    if not parts:
        return "No offence has to come to the panel whatever the outcome."
    return f"These come to the panel whatever the outcome: {', '.join(parts)}."


@dataclass(frozen=True, kw_only=True)
class Given:
    """One disposal as it is judged; None is what nobody told."""

    outcome: Outcome
    given_on: date
    told_on: date | None
    consulted: bool | None
    panel_decided: bool
    first_time: bool | None


def judge(given: Given, joint: JointPolicy, force: JointPolicy, *, today: date) -> Verdict:
    """What a disposal kept of the two policies of its day.

    What is unsaid on one side and broken on the other is unsaid: it could be one verdict or the other.
    """
    key = given.outcome.value
    ours, theirs = (kept(given, version.rules[key], today=today) for version in (joint, force))
    if ours is None or theirs is None:
        return Verdict.CANNOT_SAY
    return VERDICTS[ours, theirs]


VERDICTS = {
    (True, True): Verdict.KEPT_BOTH,
    (False, True): Verdict.BETWEEN,
    (True, False): Verdict.JOINT_ONLY,
    (False, False): Verdict.BROKE_BOTH,
}


def kept(given: Given, rule: OutcomeRule, *, today: date) -> bool | None:
    """Whether a disposal kept a rule, in who had a say and in time; None where it cannot be said (yet)."""
    answers = _had_their_say(given, rule), _in_time(given, rule, today)
    if False in answers:
        return False
    return None if None in answers else True


def _had_their_say(given: Given, rule: OutcomeRule) -> bool | None:
    if rule.again is None or given.first_time is True:
        return _route_kept(given, rule.route)
    if given.first_time is False and not rule.again_months:
        return _route_kept(given, rule.again)
    # Nobody told whether, or how long ago, the child was dealt with: only what holds both ways can be said.
    both = {_route_kept(given, rule.route), _route_kept(given, rule.again)}
    return both.pop() if len(both) == 1 else None


def _route_kept(given: Given, route: Route) -> bool | None:
    if route is Route.ALONE or given.panel_decided:
        return True
    return given.consulted if route is Route.CONSULT else False


def _in_time(given: Given, rule: OutcomeRule, today: date) -> bool | None:
    if not rule.told:
        return True
    last = last_day(given.given_on, rule.days)
    if given.told_on is None:
        return None if today <= last else False
    return given.told_on <= last


@lru_cache(maxsize=8192)
def last_day(given_on: date, days: int) -> date:
    """The last day on which telling is in time; the same days come up in every row of a count."""
    return add_working_days(given_on, days)
