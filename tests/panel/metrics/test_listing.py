"""A row behind a figure: what is said of it, whose looking is logged, and to which work it leads whom."""

from typing import Any

import pytest

from config.metrics import definitions
from panel.audits.finding import Audited
from panel.figures.queries import CaseRow
from panel.metrics.listing import chain_of, line_of, mending
from panel.web import PanelApp
from tests.support.measured import DAY, case
from tests.support.world import TODAY, World

METRICS = {one.id: one for one in definitions(TODAY)}
HERE = "/cases/NK-T00001"


def row(kind: str = "case", *, met: int = 1, counted: int = 1, left: int = 0, reason: str = "") -> CaseRow:
    """A row of a list."""
    return CaseRow(kind, 7, "NK-T00001", HERE, DAY, reason, met, counted, left)


@pytest.mark.parametrize(
    ("side", "found", "says"),
    [
        ("passing", row(), ""),
        ("passing", row(met=2, counted=2), "2 of its 2 conditions due"),
        ("passing", row(met=2, counted=3), "2 of its 3 conditions due"),
        ("failing", row(met=2, counted=3), "1 of its 3 conditions due"),
        ("failing", row(met=0), ""),
        ("failing", row(met=0, left=1), "1 of its 1 conditions due"),
        ("excluded", row(counted=0, left=1), ""),
        ("excluded", row(counted=0, left=2), "2 left out"),
        ("excluded", row(counted=3, left=2), "2 left out, 3 counted"),
    ],
)
def test_what_counts_several_times_says_how_often(
    sqlite_app: PanelApp, small_world: World, side: str, found: CaseRow, says: str
) -> None:
    looked_at = case(small_world, 1, conditions=2, conditions_in_time=found.met_part, conditions_due_on=DAY)
    with sqlite_app.test_request_context():
        line = line_of(METRICS["M26"], found, looked_at, side, small_world.actor("manager"), ())
    assert line["parts"] == says


def test_what_is_in_order_needs_no_reason_and_no_work(sqlite_app: PanelApp, small_world: World) -> None:
    # Two conditions were kept and one is not due yet: in order, whatever is still to come.
    found = row(met=2, counted=2, left=1, reason="still_time")
    looked_at = case(small_world, 1, conditions=3, conditions_running=1, conditions_in_time=2)

    def line(side: str) -> dict[str, Any]:
        with sqlite_app.test_request_context():
            return line_of(METRICS["M26"], found, looked_at, side, small_world.actor("manager"), ())

    assert (line("passing")["why"], line("passing")["mend"]) == ([], None)
    assert line("excluded")["why"] == [METRICS["M26"].reason("still_time")]
    assert line("excluded")["mend"]["text"] == "Go to the work"


def test_the_link_to_the_work_is_for_who_may_open_it(sqlite_app: PanelApp, small_world: World) -> None:
    def link(metric: str, key: str, kind: str = "case") -> dict[str, str] | None:
        with sqlite_app.test_request_context():
            return mending(METRICS[metric], kind, "NK-T00001", HERE, small_world.actor(key))

    # Judging is the manager's; who supports the victim reads what the victim said, and managers do not.
    work, only_case = {"M14": "manager"}, (("M14", "inspector"), ("M16", "inspector"), ("M16", "manager"))
    assert [link(metric, key)["text"] for metric, key in work.items()] == ["Go to the work"]
    for metric, key in only_case:
        assert link(metric, key) == {"href": HERE, "text": "Open the case"}
    assert link("M13", "inspector")["text"] == "Go to the work"
    assert link("M1", "inspector", "police") == {"href": HERE, "text": "Open the record"}
    assert link("M5", "inspector", "meeting") == {"href": HERE, "text": "Open the meeting"}


def test_a_look_at_an_audit_is_a_look_at_the_case_that_was_audited() -> None:
    audits = [Audited(referral_id=42, reference="CA-000001", place=3)]
    assert chain_of(row("audit"), audits) == chain_of(row("audited"), audits) == "case:42"
    assert chain_of(row("audit"), ()) == "audit:7"
    assert [chain_of(row(kind), ()) for kind in ("case", "police", "meeting")] == [
        "case:7",
        "police:7",
        "meeting:7",
    ]
