"""Every reason that a list may give has its words, and every word its reason."""

from datetime import date

import pytest

from config.metrics import definitions
from panel.figures.definitions import MEASURES, reasons_of
from panel.figures.models import MeetingMilestone, Milestone
from panel.metrics.why import WHY, because

METRICS = {metric.id: metric for metric in definitions(date(2026, 11, 30))}


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_counted_and_worded_alike(name: str) -> None:
    metric, measure = METRICS[name], MEASURES[name]
    assert set(metric.exclusions) == set(reasons_of(name))
    assert set(metric.failing) == {code for code, _ in WHY[name]}
    assert (metric.better == "fewer") is measure.fewer
    assert metric.version == measure.version


def test_every_reason_that_holds_is_said_and_the_last_one_only_alone() -> None:
    bare = {"subject_id": 1, "area_id": 1}
    seats = MeetingMilestone(**bare, held_on=date(2026, 8, 4), police=True)
    assert because("M5", seats) == ["no_yot_manager", "no_victim_worker"]
    missing = Milestone(**bare)
    assert because("M13", missing) == ["not_done"]
    assert because("M13", Milestone(**bare, assessed_on=date(2026, 8, 4))) == ["late"]
    assert because("M15", missing) == ["no_child", "no_carer"]
    assert because("M13", None) == ["late"]
    assert because("M15", None) == []
