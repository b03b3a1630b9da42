"""When positions may be read by the others."""

from datetime import date

import pytest

from config.policy import Figure, PolicyError
from workflows import positions
from workflows.positions import Reader, Visible, may_read

ON = date(2026, 11, 17)
SILENT = Reader(has_spoken=False, all_spoken=False)
SPOKE = Reader(has_spoken=True, all_spoken=False)
ALL = Reader(has_spoken=False, all_spoken=True)


def says(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    def figure(key: str, on: date) -> Figure:
        assert key == "positions_visible"
        return Figure(key, value, "words", "says", "PAN-5", "source", "configure", on)

    monkeypatch.setattr(positions, "figure", figure)


@pytest.mark.parametrize(
    ("value", "silent", "spoke", "everybody"),
    [
        (Visible.AT_ONCE, True, True, True),
        (Visible.AFTER_MINE, False, True, True),
        (Visible.AFTER_ALL, False, False, True),
    ],
)
def test_the_policy_says_when_a_position_is_read(
    monkeypatch: pytest.MonkeyPatch, value: Visible, silent: bool, spoke: bool, everybody: bool
) -> None:
    says(monkeypatch, value.value)
    assert [may_read(ON, reader, own=False) for reader in (SILENT, SPOKE, ALL)] == [silent, spoke, everybody]
    assert may_read(ON, SILENT, own=True)


def test_the_default_is_that_one_reads_after_one_has_spoken() -> None:
    assert positions.policy(ON) is Visible.AFTER_MINE


def test_a_policy_that_nobody_understands_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, "never")
    with pytest.raises(PolicyError):
        positions.policy(ON)
