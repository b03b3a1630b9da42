"""Reading the file of the two policies: what is wrong is refused with file, entry and reason."""

import tomllib
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from config.joint_policy import (
    OUTCOMES,
    JointPolicy,
    OutcomeRule,
    PanelRule,
    Route,
    Side,
    Strength,
    below_the_law,
)
from config.policy import PolicyError

Wrong = Callable[[str], PolicyError]
E = TypeVar("E", bound=StrEnum)
TOP = frozenset({"side", "name", "since", "source", "area", "rules", "panel"})
OF_A_RULE = frozenset(
    {
        *("route", "told", "days", "again", "again_months", "again_rule"),
        *("rule", "strength", "source", "says"),
    }
)
OF_THE_PANEL = frozenset({"gravity_from", "categories", "rule", "strength", "source", "says"})


def read(path: Path) -> tuple[JointPolicy, ...]:
    """Every version of both sides, the oldest first. PolicyError names the file, the entry and the reason."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("policy")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path.name}: cannot be read as TOML: {error}") from error
    if not isinstance(rows, list) or not rows:
        raise PolicyError(f"{path.name}: holds no [[policy]]")
    found = [_version(path.name, place, row) for place, row in enumerate(rows, 1)]
    _one_at_a_time(path.name, found)
    for side in Side:
        if not any(version.side is side and not version.area for version in found):
            raise PolicyError(f"{path.name}: has no {side.value} policy for every area (without `area`)")
    return tuple(sorted(found, key=lambda version: version.since))


def _one_at_a_time(file: str, found: list[JointPolicy]) -> None:
    seen: dict[tuple[Side, str, date], str] = {}
    for version in found:
        key = version.side, version.area, version.since
        if key in seen:
            raise PolicyError(
                f"{file}: {version.name}: since: {seen[key]!r} of the same side and area begins on "
                f"{version.since} too"
            )
        seen[key] = version.name


def _version(file: str, place: int, row: Any) -> JointPolicy:
    if not isinstance(row, dict):
        raise PolicyError(f"{file}: policy {place}: is not a table")
    entry = str(row.get("name") or f"policy {place}")

    def wrong(what: str) -> PolicyError:
        return PolicyError(f"{file}: {entry}: {what}")

    _known(row, TOP, wrong, "")
    if type(row.get("since")) is not date:  # a TOML date-time is a `date` too
        raise wrong("since is missing or not a date")
    if not isinstance(row.get("area", ""), str):
        raise wrong("area is not text")
    rules = row.get("rules")
    if not isinstance(rules, dict):
        raise wrong("rules are missing")
    if missing := [outcome for outcome in OUTCOMES if outcome not in rules]:
        raise wrong(f"says nothing of {missing[0]}")
    if strange := sorted(set(rules) - set(OUTCOMES)):
        raise wrong(f"{strange[0]} is not an outcome that the police give")
    version = JointPolicy(
        side=_word(Side, row, "side", wrong, ""),
        name=_text(row, "name", wrong, ""),
        since=row["since"],
        source=_text(row, "source", wrong, ""),
        rules={outcome: _rule(outcome, rules[outcome], wrong) for outcome in OUTCOMES},
        panel=_panel(row["panel"], wrong) if "panel" in row else PanelRule(),
        area=row.get("area", "").strip(),
    )
    # On the side of the force it is a fact, which the page shows; what two agree must not be against the law.
    if version.side is Side.JOINT and (below := below_the_law(version)):
        raise wrong(f"{below[0].outcome}: against the law ({below[0].rule}): {below[0].says}")
    return version


def _rule(outcome: str, row: Any, wrong: Wrong) -> OutcomeRule:
    if not isinstance(row, dict):
        raise wrong(f"{outcome}: is not a table")
    at = f"{outcome}: "
    _known(row, OF_A_RULE, wrong, at)
    told = row.get("told", True)
    if not isinstance(told, bool):
        raise wrong(f"{at}told is not true or false")
    if told is ("days" not in row):
        raise wrong(f"{at}days are missing" if told else f"{at}has days although the YOT is not told")
    again = _word(Route, row, "again", wrong, at) if "again" in row else None
    if again is None and {"again_months", "again_rule"} & set(row):
        raise wrong(f"{at}again is missing")
    return OutcomeRule(
        route=_word(Route, row, "route", wrong, at),
        days=_whole(row, "days", wrong, at) if told else 0,
        rule=_text(row, "rule", wrong, at),
        strength=_word(Strength, row, "strength", wrong, at),
        source=_text(row, "source", wrong, at),
        says=_text(row, "says", wrong, at),
        told=told,
        again=again,
        again_months=_whole(row, "again_months", wrong, at) if "again_months" in row else 0,
        again_rule=_text(row, "again_rule", wrong, at) if again is not None else "",
    )


def _panel(row: Any, wrong: Wrong) -> PanelRule:
    if not isinstance(row, dict):
        raise wrong("panel: is not a table")
    _known(row, OF_THE_PANEL, wrong, "panel: ")
    categories = row.get("categories", [])
    if not isinstance(categories, list) or not all(isinstance(one, str) and one for one in categories):
        raise wrong("panel: categories is not a list of names")
    return PanelRule(
        gravity_from=_whole(row, "gravity_from", wrong, "panel: ") if "gravity_from" in row else 0,
        categories=tuple(categories),
        rule=_text(row, "rule", wrong, "panel: "),
        strength=_word(Strength, row, "strength", wrong, "panel: "),
        source=_text(row, "source", wrong, "panel: "),
        says=_text(row, "says", wrong, "panel: "),
    )


def _known(row: dict[str, Any], names: frozenset[str], wrong: Wrong, at: str) -> None:
    if strange := sorted(set(row) - names):
        raise wrong(f"{at}unknown field {strange[0]}")


def _text(row: dict[str, Any], name: str, wrong: Wrong, at: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise wrong(f"{at}{name} is missing")
    return value.strip()


def _whole(row: dict[str, Any], name: str, wrong: Wrong, at: str) -> int:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(f"{at}{name} is {value!r} and not a whole number, 0 or more")
    return value


def _word(words: type[E], row: dict[str, Any], name: str, wrong: Wrong, at: str) -> E:
    value = row.get(name)
    if not isinstance(value, str) or value not in {word.value for word in words}:
        raise wrong(f"{at}{name} is {value!r} and not one of {', '.join(word.value for word in words)}")
    return words(value)
