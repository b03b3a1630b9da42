"""For which area a manager of several acts: they choose it before they see the form."""

from typing import Any

from flask import request, url_for

from panel.errors import Missing
from panel.pages import page
from panel.request import actor
from workflows.roles import Role


def managed_area() -> int | None:
    """The area that is acted for: the only one, or the one that was chosen; None while none was."""
    areas = actor().areas_as(Role.YOT_MANAGER)
    if len(areas) == 1:
        return areas[0]
    chosen = request.args.get("area", "")
    if not chosen:
        return None
    found = next((area for area in areas if str(area) == chosen), None)
    if found is None:
        raise Missing()
    return found


def area_name(area_id: int) -> str:
    """The name of the area above the form, where there are several; else nothing."""
    several = len(actor().areas_as(Role.YOT_MANAGER)) > 1
    return actor().area_names[area_id] if several else ""


def choose_area(title: str) -> Any:
    """The page on which the area is chosen, before this one."""
    names = actor().area_names
    links = [
        {"text": names[area], "href": url_for(request.endpoint or "", area=area)}
        for area in actor().areas_as(Role.YOT_MANAGER)
    ]
    return page("areas.html", title=title, links=links)
