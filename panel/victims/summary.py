"""A victim read back, for the victim worker."""

from typing import Any

from panel.victims.models import Victim
from workflows.calendar import clock_words
from workflows.vocabulary import View, words

NOT_GIVEN = "Not given"


def known_rows(victim: Victim) -> list[dict[str, Any]]:
    """What the police told us."""
    if victim.objects_to_sharing:
        return [_row("Details", "The victim objects to their details being passed on. The police have them.")]
    return [
        _row("Name", victim.name),
        _row("How to reach them", victim.contact),
        _row("Business or organisation", _yes(victim.is_business)),
        _row("Under 18", _yes(victim.under_18)),
        _row("Lives with the child", _yes(victim.same_household)),
    ]


def recorded_rows(victim: Victim) -> list[dict[str, Any]]:
    """What has been recorded, when anything has."""
    if victim.view is View.NOT_YET:
        return []
    when = [_row("Recorded on", clock_words(victim.cleared_at))] if victim.cleared_at else []
    return [
        _row("Asked for their view?", words(victim.view)),
        _row("Reason", victim.view_reason),
        _row("The victim's own words", victim.own_words),
        _row("Text that the panel may read", victim.cleared_text),
        _row("Wants to be told what happens next", _yes(victim.wants_updates)),
        *when,
    ]


def _row(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "value": value or NOT_GIVEN}


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
