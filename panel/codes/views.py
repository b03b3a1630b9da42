"""The administrator's pages of code lists: what is in force, an older version as a file, a new one."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from panel.codes import actions, queries
from panel.codes import forms as f
from panel.codes.commands import LoadDetails
from panel.codes.compare import differences
from panel.codes.models import CodeVersion
from panel.codes.reading import Problem, read
from panel.codes.shapes import SHAPES
from panel.codes.table import as_csv, template
from panel.errors import Missing
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.calendar import clock_words, long_date
from workflows.codes import CodeList
from workflows.vocabulary import words

blueprint = Blueprint("codes", __name__)
LARGEST = 5 * 1024 * 1024
MOST_PROBLEMS = 100


def _kind(name: str) -> CodeList:
    if name not in set(CodeList):
        raise Missing()
    return CodeList(name)


@blueprint.get("/codes")
def index() -> Any:
    """Every list with its versions."""
    listed = queries.versions(db())
    lists = [
        {
            "kind": kind.value,
            "title": words(kind),
            "rows": [_row(v, listed) for v in listed if v.kind is kind],
        }
        for kind in CodeList
    ]
    return page("codes/index.html", lists=lists)


def _row(version: CodeVersion, listed: list[CodeVersion]) -> dict[str, Any]:
    return {
        "href": url_for("codes.download", number=version.id),
        "cells": [
            {"text": version.name, "hint": f"SHA-256 {version.digest[:12]}…"},
            f"{version.size:,}",
            long_date(version.in_force_from),
            {"text": f"{clock_words(version.loaded_at)}", "hint": version.loaded_by},
            _standing(version, listed),
        ],
    }


def _standing(version: CodeVersion, listed: list[CodeVersion]) -> dict[str, str]:
    if version.in_force_from > today():
        return {"text": "Not\u00a0yet", "tag": "blue"}
    started = [v for v in listed if v.kind is version.kind and v.in_force_from <= today()]
    return (
        {"text": "In\u00a0force", "tag": "green"}
        if started[0] is version
        else {"text": "Earlier", "tag": "grey"}
    )


@blueprint.get("/codes/versions/<int(max=2147483647):number>")
def download(number: int) -> Response:
    """One version as a CSV file."""
    version = queries.version(db(), number)
    return _file(as_csv(version.kind, queries.rows_of(db(), number)), f"{version.kind}-{version.id}.csv")


@blueprint.get("/codes/<kind>/template")
def blank(kind: str) -> Response:
    """The headings of a list as a CSV file."""
    return _file(template(_kind(kind)), f"{kind}-empty.csv")


def _file(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.route("/codes/<kind>/load", methods=["GET", "POST"])
def load(kind: str) -> Any:
    """Send a new version: it is only looked at."""
    found, form = _kind(kind), f.LoadForm()
    problems: tuple[Problem, ...] = ()
    if command := form.read(LoadDetails):
        content = _sent(form)
        if actions.name_taken(db(), found, command.name):
            form.complain("name", f"There is a version with the name “{command.name}” already")
        elif content is not None:
            reading = read(found, content)
            problems = reading.problems
            if not problems:
                upload = actions.keep(db(), found, command, content, by=actor(), at=at())
                return redirect(url_for("codes.confirm", number=upload.id), 303)
            many = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
            form.complain("list", f"The file has {many}, so nothing was loaded. They are listed on this page")
    return page(
        "codes/load.html",
        form=form,
        kind=kind,
        title=words(found),
        columns=SHAPES[found].columns,
        faults=problems[:MOST_PROBLEMS],
        number=len(problems),
    )


def _sent(form: f.LoadForm) -> bytes | None:
    sent = request.files.get("list")
    content = sent.read(LARGEST + 1) if sent is not None and sent.filename else None
    if content is None:
        form.complain("list", "Choose a file")
    elif len(content) > LARGEST:
        form.complain("list", "The file must be 5 MB or smaller")
        return None
    return content


@blueprint.route("/codes/uploads/<int(max=2147483647):number>", methods=["GET", "POST"])
def confirm(number: int) -> Any:
    """What the file would change; then it is loaded."""
    upload, form = queries.upload(db(), number, actor().id), f.PressForm()
    if form.is_submitted():
        version = actions.confirm(db(), upload, by=actor(), at=at())
        flash(f"{version.name} has been loaded, {version.size:,} rows.", "success")
        return redirect(url_for("codes.index"), 303)
    reading = read(upload.kind, upload.content)
    before = queries.version_on(db(), upload.kind, upload.in_force_from)
    return page(
        "codes/confirm.html",
        form=form,
        upload=upload,
        title=words(upload.kind),
        size=len(reading.entries),
        unused=reading.unused,
        before=before,
        changes=differences(reading.entries, queries.rows_of(db(), before.id) if before else []),
        again=url_for("codes.load", kind=upload.kind.value),
    )
