"""The joint policy of YOT and police and the force's own, as versions with first days."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("joint_policy.toml")


class Side(StrEnum):
    """Whose policy it is."""

    JOINT = "joint"
    FORCE = "force"


class Route(StrEnum):
    """Who has to have a say before a disposal is given."""

    PANEL = "panel"
    CONSULT = "consult"
    ALONE = "alone"


@dataclass(frozen=True)
class OutcomeRule:
    """What a policy says of one outcome; `days` are working days after the giving, 0 is the same day."""

    route: Route
    days: int
    rule: str


@dataclass(frozen=True)
class JointPolicy:
    """One version of one side's policy, in force from `since`."""

    side: Side
    name: str
    since: date
    source: str
    rules: Mapping[str, OutcomeRule]


def policy(side: Side, on: date) -> JointPolicy:
    """The version of a side that is in force on a day. LookupError before the first one."""
    held = [version for version in versions(side) if version.since <= on]
    if not held:
        raise LookupError(f"no {side.value} policy is in force on {on}")
    return held[-1]


def rule_for(side: Side, outcome: str, on: date) -> OutcomeRule:
    """What a side says of an outcome (by its key) on a day. LookupError where it says nothing."""
    rules = policy(side, on).rules
    if outcome not in rules:
        raise LookupError(f"the {side.value} policy says nothing of {outcome}")
    return rules[outcome]


def versions(side: Side) -> tuple[JointPolicy, ...]:
    """Every version of a side, the oldest first."""
    return tuple(version for version in _all() if version.side is side)


@cache
def _all() -> tuple[JointPolicy, ...]:
    with FILE.open("rb") as file:
        rows = tomllib.load(file)["policy"]
    read = [
        JointPolicy(
            side=Side(row["side"]),
            name=row["name"],
            since=row["since"],
            source=row["source"],
            rules={
                outcome: OutcomeRule(Route(rule["route"]), rule["days"], rule["rule"])
                for outcome, rule in row["rules"].items()
            },
        )
        for row in rows
    ]
    return tuple(sorted(read, key=lambda version: version.since))
