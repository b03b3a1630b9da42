"""Two policies beside each other, and one disposal under both: each boundary from both sides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.joint_policy import (
    OUTCOMES,
    JointPolicy,
    OutcomeRule,
    PanelRule,
    Route,
    Side,
    Strength,
    below_the_law,
    policy,
)
from workflows.policy_conflict import Conflict, Given, Kind, Verdict, conflicts, judge, kept
from workflows.vocabulary import Outcome

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
LATER = date(2027, 1, 31)
CR, YC, YCC = "community_resolution", "youth_caution", "youth_conditional_caution"


def rule(route: Route = Route.CONSULT, days: int = 1, **more: Any) -> OutcomeRule:
    """What a policy says of one outcome."""
    return OutcomeRule(route, days, "CR-7", Strength.AGREED, "Minutes", "As agreed.", **more)


def version(side: Side = Side.JOINT, panel: PanelRule | None = None, **rules: OutcomeRule) -> JointPolicy:
    """A version that asks the YOT of everything within a day, but for the rules named."""
    filled = {outcome: rule() for outcome in OUTCOMES} | rules
    return JointPolicy(side, "Version", date(2020, 1, 1), "Minutes", filled, panel or PanelRule())


def differ(ours: OutcomeRule, theirs: OutcomeRule, outcome: str = CR) -> tuple[Conflict, ...]:
    """The conflicts when the two sides differ in one outcome."""
    return conflicts(version(**{outcome: ours}), version(Side.FORCE, **{outcome: theirs}))


def disposal(**more: Any) -> Given:
    """A community resolution of a Friday, told on the Monday without asking."""
    values: dict[str, Any] = {
        "outcome": Outcome.CR,
        "given_on": FRIDAY,
        "told_on": MONDAY,
        "consulted": False,
        "panel_decided": False,
        "first_time": True,
    }
    return Given(**(values | more))


def verdict(ours: OutcomeRule, theirs: OutcomeRule, today: date = LATER, **more: Any) -> Verdict:
    """The verdict on a disposal when the two sides say this of community resolutions."""
    one, other = version(**{CR: ours}), version(Side.FORCE, **{CR: theirs})
    return judge(disposal(**more), one, other, today=today)


def test_policies_that_say_the_same_of_the_day_and_the_route_do_not_conflict() -> None:
    assert conflicts(version(), version(Side.FORCE)) == ()
    assert differ(rule(Route.ALONE, 2), rule(Route.ALONE, 2)) == ()


def test_who_decides_is_a_conflict_and_the_more_careful_side_is_stricter() -> None:
    (found,) = differ(rule(Route.CONSULT), rule(Route.ALONE))
    assert (found.outcome, found.kind, found.stricter) == (Outcome.CR, Kind.WHO, Side.JOINT)
    assert found.joint == "The YOT is asked before it is given."
    assert found.force == "The police may give it by themselves."
    (found,) = differ(rule(Route.CONSULT), rule(Route.PANEL))
    assert found.stricter is Side.FORCE


def test_a_day_more_is_a_conflict_and_fewer_days_are_stricter() -> None:
    (found,) = differ(rule(days=1), rule(days=2))
    assert (found.kind, found.stricter) == (Kind.TIME, Side.JOINT)
    assert found.joint == "The YOT is told within 1 working day."
    assert found.force == "The YOT is told within 2 working days."
    (found,) = differ(rule(days=1), rule(days=0))
    assert (found.force, found.stricter) == ("The YOT is told on the same day.", Side.FORCE)
    (found,) = differ(rule(days=1), rule(days=0, told=False))
    assert (found.force, found.stricter) == ("The YOT is not told.", Side.JOINT)


def test_a_rule_for_children_dealt_with_before_is_a_conflict_of_its_own() -> None:
    once = rule(Route.ALONE)
    (found,) = differ(replace(once, again=Route.PANEL, again_months=12, again_rule="CR-3"), once)
    assert (found.kind, found.stricter) == (Kind.AGAIN, Side.JOINT)
    assert found.joint == (
        "Where the police dealt with the child in the 12 months before: The panel decides before it is given."
    )
    (found,) = differ(
        replace(once, again=Route.PANEL, again_months=12), replace(once, again=Route.PANEL, again_months=6)
    )
    assert (found.kind, found.stricter) == (Kind.AGAIN, None)


def test_offences_for_the_panel_conflict_and_the_wider_list_is_stricter() -> None:
    def of(ours: PanelRule, theirs: PanelRule) -> tuple[Conflict, ...]:
        return conflicts(version(panel=ours), version(Side.FORCE, panel=theirs))

    four, three = PanelRule(gravity_from=4), PanelRule(gravity_from=3)
    assert of(four, four) == ()
    assert [(c.outcome, c.kind, c.stricter) for c in of(four, PanelRule())] == [
        (None, Kind.CATEGORY, Side.JOINT)
    ]
    assert of(four, three)[0].stricter is Side.FORCE
    assert of(PanelRule(gravity_from=1), four)[0].stricter is Side.JOINT
    assert of(four, PanelRule())[0].force == "No offence has to come to the panel whatever the outcome."
    assert of(PanelRule(categories=("sexual",)), PanelRule(categories=("knife",)))[0].stricter is None
    assert of(four, PanelRule())[0].joint.endswith("a gravity score of 4 or more.")
    assert of(replace(four, categories=("sexual",)), four)[0].stricter is Side.JOINT


def test_a_conflict_in_which_the_force_goes_below_the_law_names_the_rule() -> None:
    (found,) = differ(rule(Route.CONSULT), rule(Route.ALONE), YCC)
    assert [one for one, _ in found.law] == ["YCC-2"]
    (found,) = differ(rule(), rule(days=0, told=False), YC)
    assert [one for one, _ in found.law] == ["YC-5"]
    (found,) = differ(rule(), rule(days=0, told=False), YCC)
    assert [one for one, _ in found.law] == ["YCC-3"]
    (found,) = differ(rule(), rule(again=Route.ALONE), YCC)
    assert (found.kind, [one for one, _ in found.law]) == (Kind.AGAIN, ["YCC-2"])
    assert [c.law for c in differ(rule(Route.CONSULT), rule(Route.ALONE), YC)] == [()]


def test_the_law_is_named_only_at_the_rule_that_goes_below_it() -> None:
    """The route or the rule for children dealt with before, whichever lets the police give it alone."""
    who, again = differ(rule(Route.CONSULT, again=Route.ALONE), rule(Route.PANEL, again=Route.PANEL), YCC)
    assert (who.kind, who.law) == (Kind.WHO, ())
    assert (again.kind, [name for name, _ in again.law]) == (Kind.AGAIN, ["YCC-2"])
    (again,) = differ(rule(Route.ALONE, again=Route.CONSULT), rule(Route.ALONE, again=Route.PANEL), YCC)
    assert (again.kind, again.law) == (Kind.AGAIN, ())


def test_a_rule_of_law_is_named_at_the_outcome_and_the_kind_that_go_below_it_and_nowhere_else() -> None:
    """YC-5 binds youth cautions; YCC-2 who has a say, YCC-3 the telling of conditional ones."""
    law = {c.kind: [name for name, _ in c.law] for c in differ(rule(), rule(Route.ALONE, 2), YCC)}
    assert law == {Kind.WHO: ["YCC-2"], Kind.TIME: []}
    untold = rule(Route.ALONE, 0, told=False)
    law = {c.kind: [name for name, _ in c.law] for c in differ(rule(), untold, YCC)}
    assert law == {Kind.WHO: ["YCC-2"], Kind.TIME: ["YCC-3"]}
    found = conflicts(version(), version(Side.FORCE, **{YC: untold, YCC: rule(days=2)}))
    assert [(c.outcome, c.kind, [name for name, _ in c.law]) for c in found] == [
        (Outcome.YC, Kind.WHO, []),
        (Outcome.YC, Kind.TIME, ["YC-5"]),
        (Outcome.YCC, Kind.TIME, []),
    ]


def test_months_without_a_rule_for_children_dealt_with_before_say_nothing() -> None:
    silent, spoken = rule(Route.ALONE, again_months=6), rule(Route.ALONE, again=Route.ALONE, again_months=6)
    assert [found.kind for found in differ(silent, spoken)] == [Kind.AGAIN]
    # The same route for them, whenever it was, is what holds without a rule for them.
    assert differ(silent, rule(Route.ALONE, again=Route.ALONE)) == ()


def test_the_house_policies_conflict_where_the_file_says_so() -> None:
    day = date(2026, 11, 1)
    found = conflicts(policy(Side.JOINT, day), policy(Side.FORCE, day))
    assert [(c.outcome, c.kind) for c in found] == [
        (Outcome.CR, Kind.TIME),
        (Outcome.CR, Kind.AGAIN),
        (Outcome.YC, Kind.WHO),
        (Outcome.O22, Kind.WHO),
        (Outcome.O22, Kind.TIME),
        (Outcome.O22_DEFERRED, Kind.TIME),
        (Outcome.O23, Kind.TIME),
        (None, Kind.CATEGORY),
    ]
    assert all(c.stricter is Side.JOINT and not c.law for c in found)


RULES = st.builds(
    rule,
    st.sampled_from(Route),
    st.integers(0, 10),
    told=st.booleans(),
    again=st.none() | st.sampled_from(Route),
    again_months=st.integers(0, 24),
)
PANELS = st.builds(
    PanelRule,
    gravity_from=st.integers(0, 5),
    categories=st.lists(st.sampled_from(["sexual", "knife"]), unique=True).map(tuple),
)
VERSIONS = st.builds(
    lambda rules, panel: JointPolicy(Side.JOINT, "v", date(2020, 1, 1), "s", rules, panel),
    st.fixed_dictionaries(dict.fromkeys(OUTCOMES, RULES)),
    PANELS,
)
OTHER = {Side.JOINT: Side.FORCE, Side.FORCE: Side.JOINT, None: None}


@given(VERSIONS)
def test_a_policy_never_conflicts_with_itself(one: JointPolicy) -> None:
    assert conflicts(one, one) == ()


@given(VERSIONS, VERSIONS)
def test_a_conflict_is_the_same_from_the_other_side(one: JointPolicy, other: JointPolicy) -> None:
    there = conflicts(one, other)
    back = conflicts(other, one)
    turned = [replace(c, joint=c.force, force=c.joint, stricter=OTHER[c.stricter]) for c in back]
    assert list(there) == turned


@given(VERSIONS, VERSIONS)
def test_whatever_one_side_alone_says_against_the_law_is_named(one: JointPolicy, other: JointPolicy) -> None:
    named = {name for c in conflicts(one, other) for name, _ in c.law}
    ours, theirs = ({b.rule for b in below_the_law(v)} for v in (one, other))
    assert ours ^ theirs <= named


@pytest.mark.parametrize(
    ("told_on", "says"),
    [(FRIDAY, True), (MONDAY, True), (TUESDAY, False), (None, False)],
)
def test_telling_is_in_time_until_the_end_of_the_last_working_day(told_on: date | None, says: bool) -> None:
    assert kept(disposal(told_on=told_on), rule(Route.ALONE, 1), today=LATER) is says


@pytest.mark.parametrize(("today", "says"), [(MONDAY, None), (TUESDAY, False)])
def test_what_is_not_told_cannot_be_said_while_there_is_time(today: date, says: bool | None) -> None:
    assert kept(disposal(told_on=None), rule(Route.ALONE, 1), today=today) is says
    assert kept(disposal(told_on=None), rule(Route.ALONE, told=False, days=0), today=today) is True


@pytest.mark.parametrize(
    ("route", "consulted", "panel_decided", "says"),
    [
        (Route.ALONE, False, False, True),
        (Route.CONSULT, False, False, False),
        (Route.CONSULT, None, False, None),
        (Route.CONSULT, True, False, True),
        (Route.CONSULT, False, True, True),
        (Route.PANEL, True, False, False),
        (Route.PANEL, None, True, True),
    ],
)
def test_who_had_a_say(route: Route, consulted: bool | None, panel_decided: bool, says: bool | None) -> None:
    one = disposal(consulted=consulted, panel_decided=panel_decided)
    assert kept(one, rule(route), today=LATER) is says


@pytest.mark.parametrize(
    ("months", "first_time", "says"),
    [(0, True, True), (0, False, False), (0, None, None), (12, True, True), (12, False, None)],
)
def test_a_child_dealt_with_before_comes_under_the_rule_for_them(
    months: int, first_time: bool | None, says: bool | None
) -> None:
    asks = rule(Route.ALONE, again=Route.CONSULT, again_months=months, again_rule="CR-3")
    assert kept(disposal(first_time=first_time), asks, today=LATER) is says
    assert kept(disposal(first_time=first_time, consulted=True), asks, today=LATER) is True
    assert kept(disposal(first_time=first_time, told_on=TUESDAY), asks, today=LATER) is False


@pytest.mark.parametrize("first_time", [True, False, None])
def test_without_a_rule_for_children_dealt_with_before_one_route_holds_for_all(
    first_time: bool | None,
) -> None:
    assert kept(disposal(first_time=first_time), rule(Route.ALONE), today=LATER) is True
    assert kept(disposal(first_time=first_time, consulted=True), rule(), today=LATER) is True
    assert kept(disposal(first_time=first_time), rule(), today=LATER) is False


def test_each_verdict() -> None:
    strict, lax = rule(Route.CONSULT), rule(Route.ALONE)
    assert verdict(strict, lax, consulted=True) is Verdict.KEPT_BOTH
    assert verdict(strict, lax) is Verdict.BETWEEN
    assert verdict(lax, strict) is Verdict.JOINT_ONLY
    assert verdict(strict, strict) is Verdict.BROKE_BOTH
    assert verdict(strict, lax, consulted=None) is Verdict.CANNOT_SAY
    assert verdict(strict, lax, told_on=TUESDAY) is Verdict.BROKE_BOTH
    assert verdict(strict, rule(Route.ALONE, 2), told_on=TUESDAY) is Verdict.BETWEEN
    assert verdict(lax, lax, told_on=None, today=MONDAY) is Verdict.CANNOT_SAY


def test_broken_on_one_side_and_unsaid_on_the_other_cannot_be_said() -> None:
    assert verdict(rule(Route.PANEL), rule(Route.CONSULT), consulted=None) is Verdict.CANNOT_SAY


GIVENS = st.builds(
    Given,
    outcome=st.sampled_from([Outcome(one) for one in OUTCOMES]),
    given_on=st.just(FRIDAY),
    told_on=st.none() | st.dates(FRIDAY, LATER),
    consulted=st.none() | st.booleans(),
    panel_decided=st.booleans(),
    first_time=st.none() | st.booleans(),
)


@given(VERSIONS, GIVENS, st.dates(FRIDAY, LATER))
def test_under_one_policy_for_both_no_disposal_falls_between(
    one: JointPolicy, each: Given, today: date
) -> None:
    assert judge(each, one, one, today=today) in {
        Verdict.KEPT_BOTH,
        Verdict.BROKE_BOTH,
        Verdict.CANNOT_SAY,
    }
