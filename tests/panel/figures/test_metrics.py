"""Each metric in SQL against subjects that were worked out by hand, and the figures against their lists."""

import random
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from panel.db import transaction
from panel.figures import cells, queries
from panel.figures.definitions import MEASURES, REASONS, reasons_of
from panel.figures.in_python import answer_of
from panel.figures.models import AuditedMilestone, AuditMilestone, MeetingMilestone, Milestone
from panel.figures.slices import BREAKDOWNS, Count, Slice
from tests.panel.figures.worked import DAY, WORKED
from workflows.quarters import Quarter

QUARTER = Quarter.of(DAY)
DATED = {MeetingMilestone: "held_on", AuditMilestone: "finished_on", AuditedMilestone: "audited_on"}


def number(metric: str) -> int:
    return int(metric[1:])


def filled(db: Session) -> None:
    """Every line of the worked table, each metric in an area of its own."""
    for metric, (model, lines) in WORKED.items():
        for place, (facts, *_) in enumerate(lines, 1):
            dated = {DATED[model]: DAY} if model in DATED else {}
            subject = number(metric) * 100 + place
            about = {"subject_id": subject, "reference": f"T-{subject}", "area_id": number(metric)}
            db.add(model(**about | dated | facts))
    db.flush()


def of(metric: str, **more: Any) -> Slice:
    return Slice(frozenset({number(metric)}), QUARTER, **more)


def test_each_subject_counts_as_it_was_worked_out_by_hand(engine: Engine) -> None:
    wrong = []
    with transaction(engine) as db:
        filled(db)
        for metric, (model, lines) in WORKED.items():
            one = MEASURES[metric]
            parts = (one.met_part, one.counted_part, one.excluded_part, one.reason)
            asked = select(col(model.subject_id), *parts).where(
                one.within, col(model.area_id) == number(metric)
            )
            found = {row[0]: tuple(row[1:]) for row in db.execute(asked)}
            for place, (facts, *expected) in enumerate(lines, 1):
                got = found.get(number(metric) * 100 + place, (0, 0, 0, ""))
                if got != tuple(expected):
                    wrong.append(f"{metric} {facts}: {got}, not {expected}")
    assert wrong == []
    assert set(WORKED) == set(MEASURES)


def test_python_works_each_metric_out_as_sql_does() -> None:
    for metric, (model, lines) in WORKED.items():
        one, wrong = MEASURES[metric], []
        answers = [answer_of(each) for each in (one.met_part, one.counted_part, one.excluded_part)]
        for facts, *expected in lines:
            dated = {DATED[model]: DAY} if model in DATED else {}
            row = model(**{"subject_id": 1, "area_id": 1} | dated | facts).model_dump()
            if [answer(row) for answer in answers] != expected[:3]:
                wrong.append((metric, facts))
        assert wrong == []


def test_the_counts_are_the_sums_of_the_worked_lines_and_only_known_reasons_are_given(engine: Engine) -> None:
    with transaction(engine) as db:
        filled(db)
        everywhere = Slice(frozenset(number(metric) for metric in WORKED), QUARTER)
        cells.write_all(db)
        for metric, (_, lines) in WORKED.items():
            sums = Count(*(sum(line[place] for line in lines) for place in (1, 2, 3)))
            assert queries.counts(db, of(metric))[metric] == sums
            assert queries.trend(db, metric, of(metric), 4) == {QUARTER: sums}
            reasons = {line[4] for line in lines if line[4]}
            assert reasons <= set(reasons_of(metric)) <= set(REASONS)
        assert list(queries.counts(db, everywhere)) == list(MEASURES)
        assert queries.counts(db, Slice(frozenset({1}), QUARTER.moved(1))) == {}  # no data is no figure


def test_a_share_of_nothing_is_no_share() -> None:
    assert Count(0, 0, 3).share is None
    assert [Count(39, 118, 0).share, Count(39, 168, 0).share, Count(1, 8, 0).share] == [33, 23, 13]


VALUES = {
    "outcome": ("", "youth_caution", "community_resolution"),
    "gender": ("male", "female"),
    "ethnicity": ("", "W1"),
    "age": (None, 12, 16),
    "care": ("looked_after", "not_looked_after"),
}
PARTS = {
    "victims_heard": "victims",
    "steps_complete": "steps",
    "conditions_running": "conditions",
    "missed_running": "missed",
    "exits_made": "exits",
    "reparations_suited": "reparations",
}


def at_random(seed: int, count: int) -> list[Milestone]:
    """Cases of two quarters and two areas with facts drawn by lot."""
    draw = random.Random(seed)
    numbers = ("victims", "steps", "conditions", "missed", "exits", "plans", "reparations")
    flags = [name for name, kind in Milestone.__annotations__.items() if kind is bool]
    days = [name for name in Milestone.model_fields if name.endswith("_on") and name != "turns_on"]
    made = []
    for subject in range(1, count + 1):
        facts: dict[str, Any] = {name: draw.choice(values) for name, values in VALUES.items()}
        facts |= {name: draw.random() < 0.5 for name in flags}
        facts |= {name: draw.randint(0, 3) for name in numbers}
        facts |= {name: _day(draw) for name in days}
        for part, whole in PARTS.items():
            facts[part] = draw.randint(0, facts[whole])
        made.append(
            Milestone(subject_id=subject, reference=f"T-{subject}", area_id=draw.randint(1, 2), **facts)
        )
    return made


def _day(draw: random.Random) -> date | None:
    return None if draw.random() < 0.2 else date(2026, 7, 1) + timedelta(days=draw.randrange(184))


def listed(db: Session, metric: str, of: Slice, side: Any) -> list[queries.CaseRow]:
    """A whole list, read page by page."""
    rows: list[queries.CaseRow] = []
    while page := queries.cases(db, metric, of, side, rows[-1].key if rows else None, 7):
        rows += page
    return rows


def test_the_lists_add_up_to_the_figures_whatever_the_cases_and_the_slice(engine: Engine) -> None:
    draw = random.Random(5)
    with transaction(engine) as db:
        db.add_all(at_random(1, 90))
        db.flush()
        cells.write_all(db)
        for metric in (one.id for one in MEASURES.values() if one.model is Milestone):
            chosen = draw.sample(tuple(VALUES), draw.randint(0, 2))
            more = {name: str(draw.choice(VALUES[name]) or "") for name in chosen}
            some = Slice(frozenset(draw.choice(((1,), (1, 2)))), Quarter(2026, draw.randint(3, 4)), **more)
            met, failing, left = (listed(db, metric, some, side) for side in ("met", "failing", "excluded"))
            good, bad = met, failing
            if MEASURES[metric].fewer:
                good, bad = failing, met
            shares = sum(row.met_part for row in good), sum(row.counted_part - row.met_part for row in bad)
            sums = Count(shares[0], sum(shares), sum(row.excluded_part for row in left))
            # Each list makes its own number, whatever stands in the others.
            assert queries.counts(db, some).get(metric, Count(0, 0, 0)) == sums, (metric, some)
            assert all(row.met_part > 0 for row in good)
            assert all(row.counted_part > row.met_part for row in bad)
            assert all(row.reason and row.excluded_part > 0 for row in left)
            by = draw.choice([name for name in VALUES if name not in more])
            parts = queries.breakdown(db, metric, some, by).values()
            assert (sum(one.met for one in parts), sum(one.counted for one in parts)) == (
                sums.met,
                sums.counted,
            )


def test_kept_counts_and_those_of_the_subjects_are_the_same(engine: Engine) -> None:
    with transaction(engine) as db:
        db.add_all(at_random(2, 60))
        db.flush()
        cells.write_all(db)
        for by in BREAKDOWNS:
            for value in {str(value or "") for value in VALUES[by]}:
                some = Slice(frozenset({1, 2}), Quarter(2026, 3), **{by: value})
                kept = queries.counts(db, some)
                fresh = {name: queries._of_subjects(db, one, some) for name, one in MEASURES.items()}
                assert kept == {name: count for name, count in fresh.items() if count is not None}
