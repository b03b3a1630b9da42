"""Walking through the steps of an explaining as a person does, one page after the other."""

from typing import Any

from tests.support.visitor import Page, Visitor

END = "We have explained it"


def walk(visitor: Visitor, where: str | Page, values: dict[str, Any], *, status: int = 303) -> Page:
    """Fill in each page with what it asks, and press at the end, which is answered with `status`."""
    page = last_step(visitor, where, values)
    return visitor.send(page, asked_here(page, values), button=END, status=status)


def last_step(visitor: Visitor, where: str | Page, values: dict[str, Any], until: str = "") -> Page:
    """The last page, or the one with this heading, with everything before it filled in."""
    page = visitor.open(where) if isinstance(where, str) else where
    while page.heading != until and END not in page.form().buttons:
        page = visitor.send(page, asked_here(page, values), button="Go on", status=200)
    return page


def asked_here(page: Page, values: dict[str, Any]) -> dict[str, Any]:
    """Of these values, what this page shows."""
    form = page.form()
    main = page.tree.find(".//main")
    assert main is not None
    inputs = [one for one in main.iter() if one.get("name") and one.get("type") != "hidden"]
    shown = {one.get("name") for one in inputs}
    here = {name: value for name, value in values.items() if name in shown}
    if here.get("ticked") is not None:
        boxes = {one.get("value") for one in inputs if one.get("name") == "ticked"}
        kept = set(form.filled.get("ticked", [])) - boxes
        here["ticked"] = [*kept, *(topic for topic in here["ticked"] if topic in boxes)]
    return here
