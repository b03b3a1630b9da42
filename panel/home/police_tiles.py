"""Tiles of what the police told us of disposals that they gave by themselves."""

from datetime import date

from flask import url_for

from panel.access import Actor
from panel.counting import Number
from panel.home.tile import Asked, counting
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


def police_tiles(actor: Actor, *, today: date) -> list[Asked]:
    """The lists that somebody looks after, each with its number."""
    return [
        counting(
            _counted(actor, show, today=today),
            text,
            url_for("police.index", show=show.value),
            hint,
            warns=show is Show.UNREAD,
        )
        for show, text, hint, roles in SHOWN
        if actor.roles & roles
    ]


def _counted(actor: Actor, show: Show, *, today: date) -> Number:
    if show is Show.UNREAD:
        return listing.unread_counted(actor)
    return listing.counted(listing.filtered(actor, show, outcome=None, state=None, today=today))
