"""The joint policy of YOT and police and the force's own, as versions with first days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("joint_policy.toml")
OUTCOMES = (
    *("community_resolution", "youth_caution", "youth_conditional_caution"),
    *("outcome_22", "outcome_22_deferred", "outcome_23", "no_further_action"),
)


class Side(StrEnum):
    """Whose policy it is."""

    JOINT = "joint"
    FORCE = "force"


class Route(StrEnum):
    """Who has to have a say before a disposal is given, the most careful way first."""

    PANEL = "panel"
    CONSULT = "consult"
    ALONE = "alone"


class Strength(StrEnum):
    """How strongly a rule binds."""

    STATUTE = "statute"
    GUIDANCE = "guidance"
    AGREED = "agreed"


@dataclass(frozen=True)
class OutcomeRule:
    """What a policy says of one outcome; `days` are working days after the giving, 0 is the same day.

    `told` is false where the YOT is not told at all. `again` is the route of a child whom the police dealt
    with before, in the `again_months` before the giving, or whenever with 0.
    """

    route: Route
    days: int
    rule: str
    strength: Strength
    source: str
    says: str
    told: bool = True
    again: Route | None = None
    again_months: int = 0
    again_rule: str = ""

    def holds_for(self, again: bool) -> Route:
        """The route of a child of whom it is known whether they were dealt with before."""
        return self.again if again and self.again is not None else self.route


@dataclass(frozen=True)
class PanelRule:
    """Offences of which the panel must decide, whatever the outcome; nothing where the policy names none."""

    gravity_from: int = 0
    categories: tuple[str, ...] = ()
    rule: str = ""
    strength: Strength = Strength.AGREED
    source: str = ""
    says: str = ""


@dataclass(frozen=True)
class JointPolicy:
    """One version of one side's policy, in force from `since`; `area` is empty in the one for all areas."""

    side: Side
    name: str
    since: date
    source: str
    rules: Mapping[str, OutcomeRule]
    panel: PanelRule = PanelRule()
    area: str = ""


@dataclass(frozen=True)
class Breach:
    """A floor of the law that a policy goes below."""

    outcome: str
    rule: str
    says: str


def below_the_law(version: JointPolicy) -> tuple[Breach, ...]:
    """Where a policy says otherwise than the law: a caution untold (YC-5, YCC-3), a YCC alone (YCC-2)."""
    yc, ycc = version.rules["youth_caution"], version.rules["youth_conditional_caution"]
    alone = Route.ALONE in (ycc.route, ycc.again)
    return tuple(
        breach
        for broken, breach in (
            (
                not yc.told,
                Breach(
                    "youth_caution",
                    "YC-5",
                    "Every youth caution is referred to the YOT as soon as practicable.",
                ),
            ),
            (
                alone,
                Breach(
                    "youth_conditional_caution",
                    "YCC-2",
                    "A youth conditional caution has to follow consultation with the YOT.",
                ),
            ),
            (
                not ycc.told,
                Breach(
                    "youth_conditional_caution",
                    "YCC-3",
                    "Whoever gives a youth conditional caution refers the child to the YOT "
                    "as soon as practicable.",
                ),
            ),
        )
        if broken
    )


def policy(side: Side, on: date, area: str = "") -> JointPolicy:
    """The version of a side that is in force on a day: the area's own, else the general one.

    LookupError before the first one.
    """
    held = [version for version in versions(side, area) if version.since <= on]
    own = [version for version in held if version.area]
    if not held:
        raise LookupError(f"no {side.value} policy is in force on {on}")
    return (own or held)[-1]


def rule_for(side: Side, outcome: str, on: date, area: str = "") -> OutcomeRule:
    """What a side says of an outcome (by its key) on a day. LookupError where it says nothing."""
    rules = policy(side, on, area).rules
    if outcome not in rules:
        raise LookupError(f"the {side.value} policy says nothing of {outcome}")
    return rules[outcome]


def versions(side: Side, area: str = "") -> tuple[JointPolicy, ...]:
    """Every version of a side that an area had or has, general ones too, the oldest first."""
    return tuple(version for version in _all() if version.side is side and version.area in ("", area))


@cache
def _all() -> tuple[JointPolicy, ...]:
    from config.joint_policy_file import read  # it builds the values of this file

    return read(FILE)


def start() -> None:
    """Read the file once, so that a wrong one stops the start. PolicyError says what is wrong."""
    _all()
