"""What stands on the force's list beside what we hold: the same, not the same, or not to be said yet."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from sqlmodel import col, select

from panel.accounts.models import User
from panel.counting import up_to
from panel.errors import Missing, expect_version
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.linking import actions, queries, shown
from panel.linking import commands as c
from panel.linking import forms as f
from panel.linking.queries import OPEN, PairRow
from panel.pages import page
from panel.police.queries import police_chain
from panel.request import actor, at, db, today
from panel.request import page as here
from workflows.police import Standing, Verdict
from workflows.vocabulary import words

blueprint = Blueprint("linking", __name__)
SAID = {
    Verdict.SAME: "The two are linked. It can be taken back on this page.",
    Verdict.APART: "The two stay apart. Nobody is asked about them again.",
    Verdict.UNSURE: "The pair stays on the list.",
}
SHOWN = {"waiting": True, "decided": False}


@blueprint.get("/police/pairs")
def index() -> Any:
    """The pairs that a person has to look at, and those that were decided."""
    show = request.args.get("show", "waiting")
    if show not in SHOWN:
        raise Missing()
    found, more = queries.listed(db(), actor(), waiting=SHOWN[show], before=_before())
    sides = queries.our_sides(db(), found)
    for row in found:
        _log(row, "linking.index")
    return page(
        "linking/index.html",
        show=show,
        lists=[
            {"name": name, "text": _counted(name, waiting), "href": url_for("linking.index", show=name)}
            for name, waiting in SHOWN.items()
        ],
        rows=[
            shown.list_row(row, sides[row.link.id], url_for("linking.review", number=row.link.id))
            for row in found
        ],
        onward=url_for("linking.index", show=show, before=more) if more else None,
        first=url_for("linking.index", show=show) if _before() else None,
    )


def _before() -> int | None:
    text = request.args.get("before", "")
    return min(int(text), 2**31 - 1) if text.isascii() and text.isdigit() else None


def _counted(name: str, waiting: bool) -> str:
    number = queries.count(db(), actor(), waiting=waiting)
    return f"{'To look at' if name == 'waiting' else 'Decided'} ({up_to(number)})"


def _log(row: PairRow, where: str) -> None:
    log_access(db(), Operation.CONSULTATION, police_chain(row.disposal.id), by=actor(), at=at(), page=where)


@blueprint.route("/police/pairs/<int(max=2147483647):number>", methods=["GET", "POST"])
def review(number: int) -> Any:
    """One pair, both sides beside each other, and what a person says of it."""
    row = queries.pair_for(db(), actor(), number, lock=request.method == "POST")
    _log(row, here())
    waits = row.link.verdict in OPEN and row.disposal.status is Standing.COUNTED
    form = f.JudgeForm(version=row.disposal.version)
    if command := form.read(c.Judge):
        expect_version(row.disposal, form.seen, {"version": row.disposal.version})
        actions.judge(db(), row, command.verdict, command.reason, by=actor(), at=at())
        flash(SAID[command.verdict], "success")
        onward = url_for("linking.index") if command.verdict is not Verdict.SAME else None
        return redirect(onward or url_for("linking.review", number=number), 303)
    side = queries.our_side(db(), row.link)
    said = list(queries.said_of(db(), row.link))
    return page(
        "linking/review.html",
        form=form if waits else None,
        number=number,
        disposal=row.disposal,
        said=shown.said(row.link),
        rows=shown.rows(row.disposal, side),
        ours=shown.heading(side),
        meaning=shown.meaning(row.disposal, side, today=today()),
        verdict=words(row.link.verdict),
        colour=shown.COLOURS[row.link.verdict],
        score=f"{row.link.score * 100:.0f}",
        spoken=shown.spoken(said, _names({one.by_id for one in said if one.by_id})),
        back=row.link.verdict not in OPEN and row.disposal.status is Standing.COUNTED,
        aside=row.disposal.status is not Standing.COUNTED,
    )


def _names(ids: set[int]) -> dict[int, str]:
    return dict(db().exec(select(User.id, User.name).where(col(User.id).in_(ids))).all())


@blueprint.route("/police/pairs/<int(max=2147483647):number>/take-back", methods=["GET", "POST"])
def take_back(number: int) -> Any:
    """Take a decision back with a reason."""
    row = queries.pair_for(db(), actor(), number, lock=request.method == "POST")
    _log(row, here())
    form = f.TakeBackForm(version=row.disposal.version)
    if command := form.read(c.TakeBack):
        expect_version(row.disposal, form.seen, {"version": row.disposal.version})
        actions.take_back(db(), row, command.reason, by=actor(), at=at())
        flash("The decision has been taken back. The pair waits to be looked at again.", "success")
        return redirect(url_for("linking.review", number=number), 303)
    return page("linking/take_back.html", form=form, number=number, disposal=row.disposal)
