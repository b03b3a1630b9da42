"""The joint policy and the force's own: versions by day, and an answer for every outcome of the police."""

from datetime import date

import pytest

from config.joint_policy import Route, Side, policy, rule_for, versions
from workflows.police import POLICE_OUTCOMES


@pytest.mark.parametrize("side", Side)
def test_each_side_says_something_of_every_outcome_that_the_police_give(side: Side) -> None:
    for version in versions(side):
        assert set(version.rules) == {outcome.value for outcome in POLICE_OUTCOMES}
        assert all(rule.days >= 0 and rule.rule for rule in version.rules.values())


def test_a_version_holds_from_its_first_day() -> None:
    first = versions(Side.JOINT)[0]
    assert policy(Side.JOINT, first.since) is first
    with pytest.raises(LookupError):
        policy(Side.JOINT, date(2013, 4, 7))


def test_a_conditional_caution_is_never_given_without_the_yot() -> None:
    assert rule_for(Side.JOINT, "youth_conditional_caution", date(2026, 11, 1)).route is not Route.ALONE
    with pytest.raises(LookupError):
        rule_for(Side.JOINT, "refer_for_charge", date(2026, 11, 1))
