"""Why a subject is not as it should be, in codes whose words are in `config/metrics.toml`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workflows.gap import Place

# A metric has its reasons in order; every one that holds is said, a later one without a rule only alone.
Because = tuple[str, Callable[[Any], bool] | None]
WHY: Mapping[str, Sequence[Because]] = {
    "M1": (("after_asking", lambda p: p.place == Place.AFTER_ASKING.value), ("not_told", None)),
    "M2": (("late", None),),
    "M3": (("not_consulted", None),),
    "M4": (("no_decision", None),),
    "M5": (
        ("no_police", lambda h: not h.police),
        ("no_yot_manager", lambda h: not h.yot_manager),
        ("no_victim_worker", lambda h: not h.victim_worker),
    ),
    "M6": (("no_assessment", lambda m: m.assessed_on is None), ("after_panel", None)),
    "M7": (("judged_wrong", None),),
    "M8": (
        ("no_reasons", lambda m: not m.reasons_given),
        ("no_police_view", lambda m: not m.police_view),
        ("no_yot_view", lambda m: not m.yot_view),
    ),
    "M9": (("other_end", None),),
    "M10": (
        ("no_child", lambda m: not m.explained_child),
        ("no_adult", lambda m: not m.explained_adult),
    ),
    "M11": (("no_copy", None),),
    "M12": (("police_alone", None),),
    "M13": (("not_done", lambda m: m.assessed_on is None), ("late", None)),
    "M14": (
        ("not_done", lambda m: m.countersigned_on is None),
        ("same_person", lambda m: m.countersigned_on is not None and not m.countersigned_by_other),
        ("late", None),
    ),
    "M15": (("no_child", lambda m: not m.child_heard), ("no_carer", lambda m: not m.carer_heard)),
    "M16": (("not_asked", None),),
    "M17": (("agency_missing", None),),
    "M18": (("differs", None),),
    "M19": (("differs", None),),
    "M20": (("incomplete", None),),
    "M21": (("not_agreed", None),),
    "M22": (("no_strength", None),),
    "M23": (("no_contingency", None),),
    "M24": (("no_contingency", None),),
    "M25": (("not_linked", None),),
    "M26": (("not_in_time", None),),
    "M27": (("not_answered", None),),
    "M28": (("none_made", None),),
    "M29": (("at_home", None),),
    "M30": (("from_court", None),),
}


def because(metric: str, row: Any) -> list[str]:
    """The codes of why a subject is not as it should be; `row`: what the metric sees of it, or None."""
    found: list[str] = []
    for code, holds in WHY[metric]:
        if (holds is None and not found) or (holds is not None and row is not None and holds(row)):
            found.append(code)
    return found
