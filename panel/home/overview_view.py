"""One page from which managers, inspectors and the board reach everything about how we are doing."""

from typing import Any

from flask import url_for

from panel.home.views import blueprint
from panel.navigation import OVERSIGHT
from panel.pages import page
from panel.request import actor


@blueprint.get("/how-we-are-doing")
def overview() -> Any:
    """What this person may look into, in groups, with a sentence each."""
    roles = actor().roles
    groups = [
        (title, [(way.text, url_for(way.endpoint), way.hint) for way in ways if roles & way.roles])
        for title, ways in OVERSIGHT
    ]
    return page("home/overview.html", groups=[(title, ways) for title, ways in groups if ways])
