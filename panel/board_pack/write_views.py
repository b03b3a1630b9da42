"""The board pack for managers: make it, write its words, look behind its numbers, publish it."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.board_pack import asking, making, publishing, queries
from panel.board_pack import commands as c
from panel.board_pack import forms as f
from panel.board_pack.facts import Fact, Kind, Scope
from panel.board_pack.figures import facts_of, line_words
from panel.board_pack.models import BoardPack
from panel.board_pack.told import by_key
from panel.board_pack.trend import Back
from panel.board_pack.views import asked_before, blueprint, in_pages, pages_of
from panel.board_pack.words import page_of
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.history.sentences import events_of, told
from panel.pages import page
from panel.police.queries import police_chain
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.rules import RULE_SENTENCES
from panel.troubles import refusal_items
from workflows.board_pack import MOST_DECISIONS, SENTENCES, refusals
from workflows.calendar import long_date
from workflows.quarters import Quarter

PAGE = 25
SIDES = {"whole": "All that are counted", "part": "Those that the line is about", "rest": "All others"}
NEXT_PAGE = "after"


def _pack(reference: str, *, lock: bool = False) -> BoardPack:
    return queries.pack_for(db(), actor(), reference, at=at(), page=here(), lock=lock)


@blueprint.post("/board-pack/make")
def make() -> Any:
    """Make the pack of a quarter from the data, or make it anew."""
    mine = actor().areas_as(*queries.MANAGERS)
    area_id = request.form.get("area", type=int) or mine[0]
    quarter = Quarter.read(request.form.get("quarter", ""))
    if area_id not in mine or quarter is None or quarter.first > today():
        raise Missing()
    pack = making.make(db(), area_id, quarter, by=actor(), at=at())
    flash("The numbers are counted as of today. What you had written stays.", "success")
    return redirect(url_for("board_pack.draft", reference=pack.reference), 303)


@blueprint.get("/board-pack/<reference>/draft")
def draft(reference: str) -> Any:
    """The draft with every number, each of which opens the cases behind it."""
    pack = _pack(reference)
    quarter = queries.quarter_of(pack)
    says = queries.words_of(quarter)
    last = queries.version(db(), pack.id)
    facts = publishing.facts_of(db(), pack, at=at())

    back = Back(quarter, {key: by_key(figures) for key, figures in pack.past.items()})

    def href(key: str, line: str, side: str) -> str:
        return url_for("board_pack.cases", reference=pack.reference, figure=key, line=line, side=side)

    return page(
        "board_pack/draft.html",
        pack=pack,
        area=actor().area_names[pack.area_id],
        quarter=quarter,
        pages=in_pages(
            [
                page_of(one, says[one["key"]], back, text=pack.words["texts"].get(one["key"], ""), href=href)
                for one in pack.figures
                if one["key"] in says
            ]
        ),
        unmet=refusal_items(refusals(facts)),
        tells=facts.tells,
        number=last.number if last else 0,
        press=f.PressForm(formdata=None, version=pack.version),
        events=told(events_of(db(), queries.pack_chain(pack.id)), RULE_SENTENCES),
    )


@blueprint.get("/board-pack/<reference>/preview")
def preview(reference: str) -> Any:
    """The draft as the board would read it, small numbers withheld."""
    pack = _pack(reference)
    content = publishing.content_of(db(), pack)
    return page(
        "board_pack/view.html",
        pack=pack,
        content=content,
        pages=in_pages(pages_of(content)),
        before=asked_before(content),
        stamp="Not published",
        digest="",
        number=0,
        earlier=(),
        draft=True,
        preview=True,
    )


@blueprint.route("/board-pack/<reference>/front", methods=["GET", "POST"])
def front(reference: str) -> Any:
    """Write the first page."""
    pack = _pack(reference, lock=request.method == "POST")
    texts = {f"sentence_{n + 1}": pack.words["sentences"][n] for n in range(SENTENCES)}
    texts |= {f"decision_{n + 1}": pack.words["decisions"][n] for n in range(MOST_DECISIONS)}
    form = f.FrontForm(data=texts, version=pack.version)
    if command := form.read(c.Front):
        making.write_front(db(), pack, command, seen=form.seen, by=actor(), at=at())
        flash("The first page is kept.", "success")
        return redirect(url_for("board_pack.draft", reference=reference), 303)
    return page("board_pack/front.html", form=form, pack=pack, quarter=queries.quarter_of(pack))


@blueprint.route("/board-pack/<reference>/figures/<key>", methods=["GET", "POST"])
def text(reference: str, key: str) -> Any:
    """Write the two sentences under a figure."""
    pack = _pack(reference, lock=request.method == "POST")
    says = queries.words_of(queries.quarter_of(pack)).get(key)
    shown = {one["key"]: one for one in making.shown(db(), pack).figures}
    if says is None or key not in shown:
        raise Missing()
    form = f.TextForm(data={"text": pack.words["texts"].get(key, "")}, version=pack.version)
    if command := form.read(c.Text2):
        making.write_text(db(), pack, key, command, seen=form.seen, by=actor(), at=at())
        flash(f"The words of {says.title} are kept.", "success")
        return redirect(f"{url_for('board_pack.draft', reference=reference)}#{key}", 303)
    drafted = pack.drafted["texts"].get(key, "")
    return page(
        "board_pack/text.html",
        form=form,
        pack=pack,
        figure=page_of(shown[key], says, Back(queries.quarter_of(pack)), text=drafted),
        drafted=drafted,
    )


@blueprint.get("/board-pack/<reference>/cases")
def cases(reference: str) -> Any:
    """The cases behind one number, as of today."""
    pack = _pack(reference)
    quarter = queries.quarter_of(pack)
    key, line, side = (request.args.get(name, "") for name in ("figure", "line", "side"))
    says = queries.words_of(quarter).get(key)
    if says is None or side not in SIDES:
        raise Missing()
    found = _behind(pack, key, line, side)
    # One case may stand in a line several times, as with two steps of one plan.
    once = list({(fact.kind, fact.subject): fact for fact in found if fact.subject}.values())
    after = request.args.get(NEXT_PAGE, 0, type=int)
    rest = [fact for fact in once if fact.subject > after]
    more = len(rest) > PAGE
    rows = queries.behind(db(), rest[:PAGE])
    for row in rows:
        chain = case_chain(row.id) if row.kind is Kind.CASE else police_chain(row.id)
        log_access(db(), Operation.CONSULTATION, chain, by=actor(), at=at(), page=here())
    onward: dict[str, Any] = {
        "figure": key,
        "line": line,
        "side": side,
        NEXT_PAGE: rest[PAGE - 1].subject if more else 0,
    }
    return page(
        "board_pack/cases.html",
        pack=pack,
        title=f"{line_words(says, line) if line else says.title}: {len(found):,}",
        parts=[says.title, quarter.words, SIDES[side]],
        counts=says.counts,
        counted=len(found),
        cases=len(once) or len(found),
        rows=[_case_row(row) for row in rows],
        nobody=bool(found) and all(fact.kind is Kind.NOBODY for fact in found),
        next_href=url_for("board_pack.cases", reference=reference, **onward) if more else None,
    )


def _behind(pack: BoardPack, key: str, line: str, side: str) -> list[Fact]:
    facts = facts_of(db(), key, Scope(pack.area_id, queries.quarter_of(pack), today()))
    found = [fact for fact in facts if not line or fact.line == line]
    if side != "whole":
        found = [fact for fact in found if fact.part is (side == "part")]
    return sorted(found, key=lambda fact: fact.subject)


def _case_row(row: queries.Behind) -> dict[str, Any]:
    endpoint = "cases.overview" if row.kind is Kind.CASE else "police.view"
    return {
        "href": url_for(endpoint, reference=row.reference),
        "cells": [
            {"text": row.name or "No name", "hint": row.reference},
            long_date(row.given_on) if row.given_on else "Not given yet",
        ],
    }


@blueprint.route("/board-pack/<reference>/publish", methods=["GET", "POST"])
def publish(reference: str) -> Any:
    """Look once more, then pin the pack for the board."""
    pack = _pack(reference, lock=request.method == "POST")
    form = f.PressForm(version=pack.version)
    if form.is_submitted():
        made = publishing.publish(db(), pack, seen=form.seen, by=actor(), at=at())
        flash(f"Version {made.number} is published: board members see it from now on.", "success")
        return redirect(url_for("board_pack.view", reference=reference), 303)
    facts = publishing.facts_of(db(), pack, at=at())
    return page(
        "board_pack/publish.html",
        form=form,
        pack=pack,
        quarter=queries.quarter_of(pack),
        unmet=refusal_items(refusals(facts)),
        tells=facts.tells,
        number=len(queries.versions(db(), pack.id)) + 1,
    )


@blueprint.route("/board-pack/<reference>/asked", methods=["GET", "POST"])
def ask(reference: str) -> Any:
    """Write down what the board asked for when it had read the pack."""
    pack = _pack(reference)
    form = f.AskedForm()
    if command := form.read(c.Asked):
        asking.ask(db(), pack, command, by=actor(), at=at())
        flash("It is written down, and stands on the last page of the next pack.", "success")
        return redirect(url_for("board_pack.asked"), 303)
    return page("board_pack/ask.html", form=form, pack=pack, quarter=queries.quarter_of(pack))


@blueprint.route("/board-pack/asked/<int(max=2147483647):number>", methods=["GET", "POST"])
def close(number: int) -> Any:
    """Write down what became of it."""
    action, _ = queries.action_for(db(), actor(), number, lock=request.method == "POST")
    first = {"answer": action.answer.value, "said": action.said, "closed_on": action.closed_on or today()}
    form = f.ClosedForm(data=first, version=action.version)
    if command := form.read(c.Closed, today=today()):
        asking.close(db(), action, command, seen=form.seen, by=actor(), at=at())
        flash("It is kept.", "success")
        return redirect(url_for("board_pack.asked"), 303)
    return page("board_pack/close.html", form=form, action=action)
