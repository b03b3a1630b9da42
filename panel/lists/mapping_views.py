"""Saying what the columns and the words of a list are, and reading its rows."""

from typing import Any

from flask import flash, redirect, request, url_for

from panel.errors import Missing, expect_version
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.lists import actions, queries, shown
from panel.lists import commands as c
from panel.lists import forms as f
from panel.lists.fields import TITLES, choices
from panel.lists.files import with_errors
from panel.lists.mapping import ColumnMap, guessed, period_of
from panel.lists.profile import Profile
from panel.lists.views import BASE, as_file, blueprint, one_list
from panel.pages import page
from panel.police.models import PoliceList
from panel.request import actor, at, db
from panel.request import page as here
from workflows.police_list import OPEN, RowResult, Status


def _open_list(reference: str) -> PoliceList:
    one = one_list(reference)
    if Status(one.status) not in OPEN:
        raise Missing()
    return one


@blueprint.route(f"{BASE}/columns", methods=["GET", "POST"])
def columns(reference: str) -> Any:
    """Which column holds what, and which days the list covers."""
    one = _open_list(reference)
    profile, kept = actions.profile_of(one), queries.remembered(db(), one.force_id)
    first = queries.map_of(one) if "columns" in one.mapping else guessed(profile, kept)
    known = choices(db(), force_id=one.force_id, today=one.supplied_on)
    form = f.columns_form(profile, known, **_filled(one, profile, first))
    covered = form.read(c.Covered)
    if form.is_submitted():
        expect_version(one, form.seen)
        named, twice = f.named_in(form, profile, first.model_copy(update={"words": kept.words | first.words}))
        if covered and not twice:
            said = actions.Named(named, covered.first_on, covered.last_on)
            if on := _kept(form, one, profile, said):
                return on
        for name, places in twice.items():
            for place in places:
                form.complain(place, f"Two columns are chosen as: {TITLES[name].lower()}")
    same = queries.same_file(db(), digest=one.digest, area_id=one.area_id, but=one.id)
    return page(
        "lists/columns.html",
        form=form,
        one=one,
        notes=profile.notes,
        rows=profile.rows,
        same=same,
        ours=[n for n in form.data if n.startswith("column_")],
    )


def _kept(form: Any, one: PoliceList, profile: Profile, said: actions.Named) -> Any:
    """Where to go on; None when something is wrong, which is then said at its field."""
    wrong, asked = actions.wrong_in(db(), one, said)
    for name, sentence in wrong:
        form.complain(f.field_at(form, name, said.map.columns, profile), sentence)
    if wrong:
        return None
    if asked:
        actions.keep_map(db(), one, said)
        return redirect(url_for("lists.words", reference=one.reference), 303)
    return _check(one, said)


def _check(one: PoliceList, said: actions.Named) -> Any:
    actions.map_columns(db(), one, said, by=actor(), at=at())
    flash("Every row is being checked. Nothing is imported yet.", "success")
    return redirect(url_for("lists.view", reference=one.reference), 303)


def _filled(one: PoliceList, profile: Profile, map_: ColumnMap) -> dict[str, Any]:
    period = (one.first_on, one.last_on) if one.first_on else period_of(profile, map_) or (None, None)
    by_column = {name: field for field, name in map_.columns.items()}
    return {
        **{f"column_{n}": by_column.get(column.name, "") for n, column in enumerate(profile.columns)},
        **{f"order_{field}": order.value for field, order in map_.order.items()},
        "outcome": map_.outcome,
        "first_on": period[0],
        "last_on": period[1],
        "version": one.version,
    }


@blueprint.route(f"{BASE}/words", methods=["GET", "POST"])
def words(reference: str) -> Any:
    """What the words mean of which nobody knows it yet; each is asked once."""
    one = _open_list(reference)
    if "columns" not in one.mapping or one.first_on is None or one.last_on is None:
        return redirect(url_for("lists.columns", reference=reference), 303)
    said = actions.Named(queries.map_of(one), one.first_on, one.last_on)
    wrong, asked = actions.wrong_in(db(), one, said)
    if wrong or not asked:
        return redirect(url_for("lists.columns", reference=reference), 303)
    known = choices(db(), force_id=one.force_id, today=one.supplied_on)
    form = f.words_form(asked, known)
    if form.is_submitted():
        form.validate()
        answered = _answers(form, asked, known)
        if answered is not None:
            return _check(
                one, actions.Named(actions.with_words(said.map, answered), said.first_on, said.last_on)
            )
    return page("lists/words.html", form=form, one=one)


def _answers(form: Any, asked: dict[str, list[str]], known: Any) -> dict[str, dict[str, str]] | None:
    found: dict[str, dict[str, str]] = {}
    for name, of in asked.items():
        for place, said in enumerate(of):
            field = f.word_name(name, place)
            if form[field].data in known[name].options:
                found.setdefault(name, {})[said] = form[field].data
            else:
                form.complain(field, f"Choose what “{said}” means")
    return None if form.errors else found


@blueprint.get(f"{BASE}/rows")
def rows(reference: str) -> Any:
    """The rows with one result, page by page."""
    one, result = one_list(reference), request.args.get("result", "")
    if result not in set(RowResult):
        raise Missing()
    after = int(request.args["after"]) if request.args.get("after", "").isdigit() else 0
    found = queries.rows_with(
        db(), one.id, [RowResult(result)], after=min(after, 2**31), most=queries.PAGE + 1
    )
    more = len(found) > queries.PAGE
    found = found[: queries.PAGE]
    address = url_for("lists.rows", reference=reference, result=result)
    return page(
        "lists/rows.html",
        one=one,
        result=RowResult(result),
        means=shown.MEANS[RowResult(result)],
        rows=[shown.row_shown(row) for row in found],
        count=one.counts.get(result, 0),
        next=f"{address}&after={found[-1].line_number}" if more else None,
        start=address if after else None,
    )


@blueprint.route(f"{BASE}/errors", methods=["GET", "POST"])
def errors(reference: str) -> Any:
    """The rows with mistakes as a file, for whoever puts them right."""
    one, form = one_list(reference), f.TakeForm()
    if command := form.read(c.Taken):
        log_access(
            db(),
            Operation.DISCLOSURE,
            queries.list_chain(one.id),
            by=actor(),
            at=at(),
            page=here(),
            recipients=command.recipient,
        )
        names = [column["name"] for column in one.mapping["profile"]["columns"]]
        found = queries.rows_with(db(), one.id, [RowResult.BAD], most=one.counts["rows"])
        return as_file(with_errors(names, found), f"{one.reference}-mistakes.csv")
    return page("lists/errors.html", form=form, one=one, count=one.counts.get("bad", 0))
