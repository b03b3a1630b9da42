"""Tiles of what the police told us of disposals that they gave by themselves."""

from datetime import date

from flask import url_for
from sqlmodel import Session

from panel.access import Actor
from panel.counting import up_to
from panel.home.tile import Tile
from panel.police import listing
from panel.police.listing import Show
from workflows.roles import Role

SHOWN = (
    (
        Show.UNREAD,
        "Police disposals not acknowledged",
        "Read them, and say that you know",
        frozenset({Role.YOT_MANAGER, Role.LIAISON}),
    ),
    (
        Show.EXCEPTIONS,
        "Exceptions to the joint policy",
        "Given without the YOT",
        frozenset({Role.YOT_MANAGER, Role.SECONDED}),
    ),
)


def police_tiles(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """The lists that somebody looks after, each with its number."""
    found = []
    for show, text, hint, roles in SHOWN:
        if not actor.roles & roles:
            continue
        number = _count(db, actor, show, today=today)
        tone = "warn" if number and show is Show.UNREAD else "normal"
        found.append(Tile(up_to(number), text, url_for("police.index", show=show.value), hint, tone))
    return found


def _count(db: Session, actor: Actor, show: Show, *, today: date) -> int:
    if show is Show.UNREAD:
        return listing.count_unread(db, actor)
    return listing.count(db, listing.filtered(actor, show, outcome=None, state=None, today=today))
