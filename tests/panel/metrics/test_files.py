"""Files of the metrics: each definition with its version, why they were made, what names a child apart."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.metrics.models import MetricExport
from tests.panel.conftest import Visit
from tests.support.measured import DAY, SUMMER, case, kept
from tests.support.visitor import Visitor
from tests.support.world import NOW, TODAY, World, accepted

REASON = {"kind": "csv", "reason": "=The board on 3 December"}
SINCE = {"first": ["1", "7", "2026"], "last": ["17", "11", "2026"]}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def text_of(visitor: Visitor, path: str, values: dict[str, object]) -> str:
    """What a file says."""
    return visitor.send(path, values, status=200).response.get_data().decode("utf-8-sig")


def test_the_metrics_leave_with_definition_version_and_numbers(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        late = DAY + timedelta(days=1)
        kept(db, [case(world, n, assessed_on=late if n < 3 else DAY) for n in range(12)], on=TODAY)
    manager, path = visit("manager"), f"/metrics/export?quarter={SUMMER.key}"
    unsaid = manager.send(path, {"kind": "csv"}, status=422)
    assert unsaid.errors == ["Say what it is for and who gets it"]
    text = text_of(manager, path, REASON)
    assert "M13,1,Assessment on time,3.1,July to September 2026,9,12,0,75 %,46,92,90,more" in text
    assert "M7,1,The disposal fits the case,3.4,July to September 2026,,,,No data" in text
    assert "Cases whose assessment was due." in text
    assert "M13,1,2013-04-08,Assessment on time" in text
    assert "'=The board on 3 December" in text
    book = manager.send(path, {**REASON, "kind": "xlsx"}, status=200).response.get_data()
    sheets = load_workbook(BytesIO(book))
    assert sheets.sheetnames == ["Metrics", "Twelve quarters", "Definitions", "About"]
    assert sheets["Metrics"].max_row == sheets["Definitions"].max_row == 31
    assert sheets["Twelve quarters"].max_row == 30 * 12 + 1
    with Session(engine) as db:
        made = db.exec(select(MetricExport)).all()
        assert [(one.what, one.kind, one.named) for one in made] == [
            ("metrics", "csv", False),
            ("metrics", "xlsx", False),
        ]


def test_milestones_leave_with_names_or_without_anything_that_tells(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        row = accepted(db, world)
        number, reference = row.id, row.reference
        kept(db, [case(world, 900, area="south"), case(world, 901, day=date(2026, 1, 5))], on=TODAY)
    manager = visit("manager")
    bare = text_of(manager, "/metrics/milestones", {**REASON, **SINCE})
    named = text_of(manager, "/metrics/milestones-with-names", {**REASON, **SINCE})
    for secret in ("Fielding", "2011-03-04", reference, "2026-11-06", "2026-12-01"):
        assert secret in named
        assert secret not in bare
    assert "\n2026-11,Accepted,,male,Not recorded,15,Not looked after,0,,11,11,25," in bare
    assert "M30 version 1" in bare
    with Session(engine) as db:
        made = db.exec(select(MetricExport).order_by(col(MetricExport.id))).all()
        assert [(one.named, one.rows) for one in made] == [(False, 1), (True, 1)]
        query = select(AccessEntry.subject).where(AccessEntry.operation == Operation.DISCLOSURE)
        disclosed = set(db.exec(query).all())
        assert disclosed == {f"case:{number}", *(f"metric_export:{one.id}" for one in made)}


def test_the_days_of_the_milestones_are_looked_at(visit: Visit) -> None:
    manager = visit("manager")
    turned = {**SINCE, "first": ["18", "11", "2026"]}
    assert manager.send("/metrics/milestones", {**REASON, **turned}, status=422).errors
    long = {**SINCE, "first": ["1", "7", "2020"]}
    assert manager.send("/metrics/milestones", {**REASON, **long}, status=422).errors
    ahead = {**SINCE, "last": ["18", "11", "2026"]}
    assert manager.send("/metrics/milestones", {**REASON, **ahead}, status=422).errors


@pytest.mark.parametrize("path", ["export", "milestones", "milestones-with-names"])
def test_a_reason_of_a_sign_or_of_one_word_takes_no_file_and_is_not_lost(visit: Visit, path: str) -> None:
    days = {} if path == "export" else SINCE
    for reason in (".", "x", "x y z", "2026 3", "Audit"):
        page = visit("manager").send(f"/metrics/{path}", {**REASON, **days, "reason": reason}, status=422)
        assert page.errors == ["Say it in two words or more, so that who reads it later understands it"]
        assert page.form().filled["reason"] == [reason]
    visit("manager").send(f"/metrics/{path}", {**REASON, **days, "reason": "An audit"}, status=200)


@pytest.mark.parametrize("path", ["export", "milestones", "milestones-with-names"])
def test_only_managers_make_files_and_only_of_their_areas(visit: Visit, world: World, path: str) -> None:
    for key in ("inspector", "board", "case_manager", "seconded"):
        visit(key).open(f"/metrics/{path}", status=403)
    visit("manager").open(f"/metrics/{path}?area={world.areas['south']}", status=404)
