"""The papers as the pages show them, and who has read which version."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from sqlmodel import Session

from panel.assessments.judged import pinned, void_words
from panel.assessments.versions import final
from panel.meetings.agenda import meeting_of, open_item
from panel.meetings.models import AgendaItem
from panel.meetings.queries import Seated
from panel.packs.contents import parts_of, similar_part
from panel.packs.making import pending
from panel.packs.models import Pack
from panel.packs.queries import Marks, ToRead, current
from panel.referrals.models import Referral
from panel.referrals.queries import names_of
from workflows.calendar import clock_words, day_date, today_in_london
from workflows.roles import SEAT_WORDS


def as_of(pack: Pack) -> str:
    """'Papers as of Monday 16 November 2026 at 16:02, version 2, digest abcd1234abcd…'."""
    day = day_date(today_in_london(pack.made_at)).split(" ")[0]
    when = f"Papers as of {day} {clock_words(pack.made_at)}"
    return f"{when}, version {pack.number}, digest {pack.digest[:12]}…"


def papers(
    db: Session, referral: Referral, item: AgendaItem | None, *, today: date
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What the panel reads of a case and the note above it: what was pinned, word for word.

    Of a case that is on no agenda, and of one that was decided before papers were pinned, what is there now.
    """
    pack = current(db, item.id) if item else None
    note: dict[str, Any] = {"as_of": "", "changed": [], "href": "", **assessment_note(db, referral)}
    if pack is None:
        return live(db, referral, on=today), note
    waits = open_item(db, referral)
    href = url_for("packs.version", reference=referral.reference, number=pack.number)
    if waits is not None and item is not None and waits.id == item.id:
        note["changed"] = pending(db, referral, pack, held_on=meeting_of(db, item).held_on)
        href = url_for("packs.view", reference=referral.reference)
    return sections(pack), note | {"as_of": as_of(pack), "href": href, "pinned": ""}


def assessment_note(db: Session, referral: Referral) -> dict[str, str]:
    """Which version the papers show, and that it is void while the assessment is written again."""
    signed = final(db, referral.id)
    if signed is None:
        return {"pinned": "", "void": ""}
    return {"pinned": pinned(signed.version), "void": void_words(signed.signature)}


def live(db: Session, referral: Referral, *, on: date) -> list[dict[str, Any]]:
    """The papers as they would be made on a day."""
    return [
        {"title": one["title"], "rows": one["rows"], "struck": ""}
        for one in (*parts_of(db, referral, held_on=on), similar_part(db, referral, on=on))
    ]


def sections(pack: Pack, hidden: Mapping[str, Mapping[str, str]] | None = None) -> list[dict[str, Any]]:
    """The parts of a version: of one that was struck out, or is by now (`hidden`), title and reason."""
    found = []
    for one in pack.content["parts"]:
        struck = strike_words(one.get("struck") or (hidden or {}).get(one["key"]))
        rows = [] if struck else one["rows"]
        found.append({"key": one["key"], "title": one["title"], "rows": rows, "struck": struck})
    return found


def strike_words(struck: Mapping[str, str] | None) -> str:
    """'Struck out by Ruth Okoro on 16 November 2026: it is about somebody else'."""
    return f"Struck out by {struck['by']} on {struck['on']}: {struck['why']}" if struck else ""


def made_words(db: Session, pack: Pack) -> str:
    """Who made this version, when and why."""
    by = names_of(db, [pack.made_by_id]).get(pack.made_by_id or 0, "this service")
    return f"Made by {by} on {clock_words(pack.made_at)}. {pack.why}"


def reader_rows(
    members: Sequence[Seated], marks: Mapping[tuple[int, int], Marks], pack: Pack
) -> list[dict[str, str]]:
    """Each member with what they opened and read; a version before this one does not count as read."""
    rows = []
    for member in members:
        mark = marks.get((pack.referral_id, member.user_id), Marks())
        read = _standing(mark, pack)
        opened = f"Version {mark.opened[0]}, {clock_words(mark.opened[1])}" if mark.opened else "Not yet"
        seat = SEAT_WORDS[member.seat]
        rows.append({"name": member.name, "seat": seat, "opened": opened, **read})
    return rows


def _standing(mark: Marks, pack: Pack) -> dict[str, str]:
    if mark.read is None:
        return {"read": "Not yet", "when": "", "colour": "grey"}
    number, at = mark.read
    if number < pack.number:
        return {"read": f"Version {number} only", "when": clock_words(at), "colour": "yellow"}
    return {"read": f"Version {number}", "when": clock_words(at), "colour": "green"}


def to_read_rows(found: Sequence[ToRead]) -> list[dict[str, Any]]:
    """What one has to read as the rows of a list."""
    return [
        {
            "href": url_for("packs.view", reference=one.reference),
            "cells": [
                {"text": one.child_name, "hint": one.reference},
                f"{day_date(one.held_on)} at {one.starts_at:%H:%M}",
                f"Version {one.number}",
                "Opened, not read" if one.opened else "Not opened",
            ],
        }
        for one in found
    ]


def name_in(pack: Pack) -> str:
    """The child's name as these papers tell it; empty when that part was struck out."""
    rows: list[Any] = next((one["rows"] for one in pack.content["parts"] if one["key"] == "child"), [])
    return str(rows[0]["value"]) if rows else ""
