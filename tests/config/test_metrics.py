"""The definitions of the metrics: complete, versioned, in words."""

from datetime import date
from pathlib import Path

import pytest

from config import metrics
from config.metrics import MetricsError, read
from workflows.roles import Role

TODAY = date(2026, 11, 30)
ENTRY = """
[[metric]]
id = "M1"
version = {version}
since = {since}
name = "Told"
standard = "3.1"
question = "3.1.1"
counts = "cases"
did = "were told"
numerator = "Told."
denominator = "All."
clock = "The day."
owner = "yot_manager"
better = "{better}"
source = "Our default"
mended_at = "gap.index"
exclusions = {{ late = "Late." }}
failing = {{}}
"""


def written(folder: Path, *entries: str) -> Path:
    """A file with these entries."""
    head = 'local = "Local."\n[reasons]\nshared = "Shared."\n[standards]\n"3.1" = "Assessment"\n'
    path = folder / "metrics.toml"
    path.write_text(head + "".join(entries))
    return path


def entry(version: int = 1, since: str = "2013-04-08", better: str = "more") -> str:
    """One version."""
    return ENTRY.format(version=version, since=since, better=better)


def test_all_thirty_metrics_are_there_in_words_that_end() -> None:
    found = metrics.definitions(TODAY)
    assert [metric.id for metric in found] == [f"M{n}" for n in range(1, 31)]
    for metric in found:
        texts = [metric.numerator, metric.denominator, metric.clock]
        for text in [*texts, *metric.exclusions.values(), *metric.failing.values()]:
            assert text.endswith("."), (metric.id, text)
            assert text[0].isupper(), (metric.id, text)
        assert metric.owner in {role.value for role in Role}
        assert (metric.target is None) is (metric.target_source == "")
        assert all(metrics.definition(name, TODAY) is not None for name in metric.within)


def test_a_target_without_a_source_of_its_own_is_said_to_be_local() -> None:
    plain, sourced = metrics.definition("M13", TODAY), metrics.definition("M3", TODAY)
    assert plain is not None
    assert sourced is not None
    assert "local setting" in plain.target_source
    assert "YCC-2" in sourced.target_source


def test_there_is_nothing_before_the_first_day_and_no_unknown_metric() -> None:
    assert metrics.definitions(date(2013, 4, 7)) == ()
    assert len(metrics.definitions(date(2013, 4, 8))) == 30
    assert metrics.definition("M31", TODAY) is None
    assert metrics.history("M31") == ()
    assert [(one.id, one.version) for one in metrics.history("M3")] == [("M3", 1)]


def test_a_reason_has_words_of_the_metric_then_of_all_then_its_own() -> None:
    told = metrics.definition("M2", TODAY)
    assert told is not None
    assert told.reason("late") == "The police told us after the agreed day."
    shared = metrics.definition("M5", TODAY)
    assert shared is not None
    assert shared.reason("still_time").startswith("There is still time: the day")
    assert told.reason("strange_code") == "Strange code"


def test_versions_follow_each_other(tmp_path: Path) -> None:
    book = read(written(tmp_path, entry(), entry(2, "2026-01-01")))
    assert [(metric.version, metric.valid_from.year) for metric in book.metrics] == [(1, 2013), (2, 2026)]
    two = read(written(tmp_path, entry(), entry().replace('"M', '"N')))
    assert [(metric.id, metric.version) for metric in two.metrics] == [("M1", 1), ("N1", 1)]


@pytest.mark.parametrize(
    ("more", "target", "source"),
    [
        ("", None, ""),
        ("target = 0\n", 0, "Local."),
        ("target = 100\n", 100, "Local."),
        ('target = 90\ntarget_source = "Law"\n', 90, "Law"),
    ],
)
def test_a_target_is_a_per_cent_with_a_source_or_there_is_none(
    tmp_path: Path, more: str, target: int | None, source: str
) -> None:
    (one,) = read(written(tmp_path, entry() + more)).metrics
    assert (one.target, one.target_source, one.mends_late) == (target, source, False)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ((entry(), entry(3, "2026-01-01")), "numbered from 1"),
        ((entry(), entry(2, "2013-04-08")), "begin later"),
        ((entry(), entry(2, "2026-01-01"), entry(3, "2025-12-31")), "begin later"),
        ((entry() + "target = -1\n",), "no per cent"),
        ((entry(better="most"),), "neither more nor fewer"),
        ((entry() + "target = 101\n",), "no per cent"),
        ((entry() + "colour = 1\n",), "unknown field colour"),
        ((entry().replace('standard = "3.1"', 'standard = "9"'),), "standard '9'"),
        ((entry().replace('name = "Told"\n', ""),), "name is missing"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, entries: tuple[str, ...], says: str) -> None:
    with pytest.raises(MetricsError, match=says):
        read(written(tmp_path, *entries))
