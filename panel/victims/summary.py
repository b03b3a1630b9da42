"""One victim read back for the victim worker: tasks, what was tried, cleared, agreed and told."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from panel.referrals.models import Referral
from panel.victims.models import Victim, VictimAttempt, VictimClearing, VictimConsent, VictimUpdate
from panel.victims.parts import PARTS
from panel.victims.queries import JUSTICE, is_dealt_with
from panel.victims.updates import clock
from workflows.calendar import clock_words, day_date, long_date
from workflows.case import BEFORE_DECISION
from workflows.vocabulary import View, words

TO_DO = {"text": "To do", "colour": "blue"}
NEEDED = {"text": "Needed for the panel", "colour": "orange"}
DONE = "Completed"
NOTHING = "Nothing is written here"


def standing(victim: Victim, text: VictimClearing | None) -> dict[str, str]:
    """Where a victim stands, as a tag."""
    if victim.objects_to_sharing:
        return {"text": "Objects to contact", "colour": "grey"}
    if is_dealt_with(victim, text):
        return {"text": words(victim.view), "colour": "green"}
    if victim.view is View.NOT_YET:
        return {"text": words(victim.view), "colour": "orange"}
    return {"text": "Not finished for the panel", "colour": "orange"}


def tasks(
    referral: Referral, victim: Victim, *, attempts: int, text: VictimClearing | None, contact_known: bool
) -> list[dict[str, Any]]:
    """The task list of one victim."""
    open_now = referral.status in BEFORE_DECISION
    reach = [
        _task(referral, victim, "Name and contact", "contact", DONE if contact_known else TO_DO),
        _task(referral, victim, "Attempts to reach them", "attempts", _counted(attempts)),
        _task(referral, victim, "Asked for their view?", "asked", _asked(victim, open_now)),
    ]
    said = [
        _task(referral, victim, part.title, "part", _state(part.done(victim), slug, victim), part=slug)
        for slug, part in PARTS.items()
    ]
    after = [
        _task(referral, victim, "What the panel may read", "clear", _cleared(victim, text, open_now)),
        _task(referral, victim, "What they agree to", "consents", {"text": "Open", "colour": "grey"}),
        _task(referral, victim, "They object to contact", "objects", {"text": "Open", "colour": "grey"}),
    ]
    return [
        {"title": "Reach them", "items": reach},
        {"title": "Hear them", "items": said},
        {"title": "For the panel, and their choice", "items": after},
    ]


def _task(
    referral: Referral, victim: Victim, text: str, page: str, status: Any, **more: Any
) -> dict[str, Any]:
    where = url_for(f"victims.{page}", reference=referral.reference, place=victim.place, **more)
    return {"text": text, "href": where, "status": status}


def _counted(attempts: int) -> Any:
    return f"{attempts} written down" if attempts else TO_DO


def _asked(victim: Victim, open_now: bool) -> Any:
    if victim.view is not View.NOT_YET:
        return words(victim.view)
    return NEEDED if open_now else "Was not asked"


def _state(done: bool, slug: str, victim: Victim) -> Any:
    if done:
        return DONE
    return NEEDED if slug == "safety" and victim.same_household else TO_DO


def _cleared(victim: Victim, text: VictimClearing | None, open_now: bool) -> Any:
    if text is None:
        if victim.view is View.DECLINED:
            return "Not needed"
        return NEEDED if open_now else "Nothing was cleared"
    changed = (text.view, text.justice_answer) != (victim.view, victim.justice_answer)
    return {"text": "Changed since: clear it again", "colour": "orange"} if changed and open_now else DONE


def attempt_lines(rows: Sequence[VictimAttempt]) -> list[dict[str, Any]]:
    """What was tried, the newest first."""
    return [
        {
            "key": long_date(row.made_on),
            "value": ". ".join(filter(None, (f"{words(row.how)}: {words(row.result).lower()}", row.note))),
        }
        for row in rows
    ]


def clearing_cards(rows: Sequence[VictimClearing], names: dict[int, str]) -> list[dict[str, Any]]:
    """What was cleared, the newest first."""
    return [
        {
            "title": f"Version {len(rows) - number}: {clock_words(row.at)}, {names[row.by_id]}",
            "rows": [
                {"key": "View", "value": words(row.view)},
                {"key": "Text", "value": row.text or NOTHING},
                {
                    "key": "Restorative justice",
                    "value": JUSTICE[row.justice_answer] if row.justice_answer else NOTHING,
                },
                {"key": "Reparation", "value": row.reparation or NOTHING},
            ],
        }
        for number, row in enumerate(rows)
    ]


def consent_lines(rows: Sequence[VictimConsent]) -> list[dict[str, Any]]:
    """What was agreed to, the newest first."""
    return [
        {
            "id": row.id,
            "text": words(row.agreement),
            "when": f"Agreed on {long_date(row.agreed_on)}"
            + (f", taken back on {long_date(row.withdrawn_on)}" if row.withdrawn_on else ""),
            "note": row.note,
            "open": row.withdrawn_on is None,
        }
        for row in rows
    ]


def update_rows(
    referral: Referral, victim: Victim, rows: Sequence[VictimUpdate], *, today: date
) -> list[dict[str, Any]]:
    """What they are to be told and what became of it."""
    return [
        {
            "href": url_for(
                "victims.told",
                reference=referral.reference,
                place=victim.place,
                happened=row.happened.value,
            ),
            "cells": [
                {"text": words(row.happened), "hint": day_date(row.happened_on)},
                update_state(victim, row, today=today),
            ],
        }
        for row in rows
    ]


def update_state(victim: Victim, row: VictimUpdate, *, today: date) -> dict[str, str]:
    """Told, not owed and why, or by when."""
    if row.told_on is not None:
        late = " Late." if row.told_on > row.due_on else ""
        return {"text": "Told", "tag": "green", "hint": f"{long_date(row.told_on)}.{late}"}
    if row.not_owed is not None:
        return {"text": "Not owed", "tag": "grey", "hint": words(row.not_owed)}
    due = clock(victim, row.happened_on)
    return {
        "text": "To tell",
        "tag": "red" if today > row.due_on else "orange",
        "hint": f"Due {due.words(today)}",
    }
