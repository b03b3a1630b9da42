"""Policy figures: each has a source, and the day of the event picks the entry."""

from datetime import date
from pathlib import Path

import pytest

from config.policy import Figure, PolicyError, all_figures, figure, names, number, pick, read_folder

TODAY = date(2026, 11, 22)
ENTRY = """
[[assessment_due]]
value = 10
unit = "working days"
starts = "referral"
says = "Assessment finished within 10 working days of referral."
rule = "ASM-1"
source = "YJB case management guidance 2014"
strength = "soft"
since = 2014-10-01
"""


def written(folder: Path, text: str, name: str = "clocks.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("key", "value", "unit", "strength"),
    [
        ("police_notify", 1, "working days", "soft"),
        ("police_refer_after_caution", 1, "working days", "configure"),
        ("assessment_due", 10, "working days", "soft"),
        ("police_told", 15, "working days", "soft"),
        ("accept_due", 1, "working days", "configure"),
        ("countersign_due", 2, "working days", "configure"),
        ("panel_after_assessment", 5, "working days", "configure"),
        ("delivery_after_panel", 10, "working days", "configure"),
        ("ycc_completion_normal", 84, "days", "configure"),
        ("ycc_completion_manager", 112, "days", "configure"),
        ("ycc_completion_ceiling", 140, "days", "configure"),
        ("notify_community_resolution", 1, "working days", "configure"),
        ("acknowledge_notification", 1, "working days", "configure"),
        ("due_soon", 3, "working days", "configure"),
        ("minimum_age", 10, "years", "hard"),
        ("adult_age", 18, "years", "hard"),
        ("adult_alert", 6, "months", "configure"),
        ("limitation_months", 6, "months", "hard"),
        ("limitation_alert_first", 4, "months", "configure"),
        ("limitation_alert_second", 5, "months", "configure"),
        ("summary_buffer_days", 28, "days", "configure"),
        ("ycc_nonrehabilitative_hours", 20, "hours", "hard"),
        ("o22_length_weeks", 12, "weeks", "configure"),
        ("password_min", 12, "characters", "configure"),
        ("login_failures", 10, "attempts", "configure"),
        ("lock_minutes", 15, "minutes", "configure"),
        ("idle_minutes", 30, "minutes", "configure"),
        ("absolute_hours", 10, "hours", "configure"),
        ("seconded_months", 12, "months", "configure"),
        ("small_number_threshold", 5, "children", "configure"),
    ],
)
def test_the_figures_are_those_of_the_law_digest(key: str, value: int, unit: str, strength: str) -> None:
    found = figure(key, TODAY)
    assert (found.value, found.unit, found.strength) == (value, unit, strength)
    assert number(key, TODAY) == value


def test_the_panel_needs_a_manager_a_police_officer_and_a_victim_worker() -> None:
    assert names("panel_quorum", TODAY) == ("yot_manager", "police", "victim_worker")


def test_every_figure_says_its_number_its_rule_and_its_source() -> None:
    for entry in all_figures():
        assert entry.rule
        assert entry.source
        assert entry.says.endswith(".")
        if isinstance(entry.value, int) and entry.unit != "years":
            assert str(entry.value) in entry.says, entry.key


def test_a_new_figure_holds_from_its_own_day_on(tmp_path: Path) -> None:
    newer = ENTRY.replace("= 10", "= 15").replace("2014-10-01", "2027-04-01")
    entries = read_folder(written(tmp_path, newer + ENTRY))["assessment_due"]
    assert pick(entries, date(2014, 10, 1)).value == 10
    assert pick(entries, date(2027, 3, 31)).value == 10
    assert pick(entries, date(2027, 4, 1)).value == 15


def test_one_plain_table_is_enough_for_a_figure_without_history(tmp_path: Path) -> None:
    book = read_folder(written(tmp_path, ENTRY.replace("[[assessment_due]]", "[assessment_due]")))
    assert book["assessment_due"] == (
        Figure(
            key="assessment_due",
            value=10,
            unit="working days",
            says="Assessment finished within 10 working days of referral.",
            rule="ASM-1",
            source="YJB case management guidance 2014",
            strength="soft",
            since=date(2014, 10, 1),
            starts="referral",
        ),
    )


def test_a_day_before_the_first_entry_has_no_figure() -> None:
    assert number("assessment_due", date(2014, 10, 1)) == 10
    with pytest.raises(PolicyError, match="no entry for 2014-09-30: its first begins on 2014-10-01"):
        figure("assessment_due", date(2014, 9, 30))


def test_a_mistyped_key_is_answered_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"assesment_due.*assessment_due, assetplus_gravity"):
        figure("assesment_due", TODAY)


def test_a_list_is_not_a_number_and_a_number_not_a_list() -> None:
    with pytest.raises(PolicyError, match="panel_quorum is not a number"):
        number("panel_quorum", TODAY)
    with pytest.raises(PolicyError, match="due_soon is not a list"):
        names("due_soon", TODAY)


@pytest.mark.parametrize("field", ["value", "unit", "says", "rule", "source", "strength", "since"])
def test_a_figure_without_a_needed_field_stops_the_start(tmp_path: Path, field: str) -> None:
    kept = "\n".join(line for line in ENTRY.splitlines() if not line.startswith(f"{field} "))
    with pytest.raises(PolicyError, match=rf"^clocks\.toml: assessment_due: {field}"):
        read_folder(written(tmp_path, kept))


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("value = 10", "value = true", "value"),
        ("value = 10", "value = -1", "value"),
        ("value = 10", "value = 0", "value"),
        ("value = 10", "value = 1.5", "value"),
        ("value = 10", "value = []", "value"),
        ("value = 10", 'value = ["police", 3]', "value"),
        ('"working days"', '"workng days"', "unit 'workng days'"),
        ('"soft"', '"firm"', "strength 'firm'"),
        ('"ASM-1"', '" "', "rule is missing"),
        ("2014-10-01", "2014-10-01T00:00:00", "since"),
        ("2014-10-01", '"2014-10-01"', "since"),
        ('starts = "referral"', "starts = 1", "starts"),
        ("starts =", "strats =", "unknown field strats"),
    ],
)
def test_a_figure_with_a_wrong_field_stops_the_start(
    tmp_path: Path, right: str, wrong: str, what: str
) -> None:
    with pytest.raises(PolicyError, match=rf"^clocks\.toml: assessment_due: {what}"):
        read_folder(written(tmp_path, ENTRY.replace(right, wrong)))


def test_two_entries_of_one_day_contradict_each_other(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"clocks\.toml: assessment_due: each entry needs its own `since`"):
        read_folder(written(tmp_path, ENTRY + ENTRY))


def test_a_key_lives_in_one_file_only(tmp_path: Path) -> None:
    written(tmp_path, ENTRY, "panel.toml")
    with pytest.raises(PolicyError, match=r"panel\.toml: assessment_due: is already in another file"):
        read_folder(written(tmp_path, ENTRY))


@pytest.mark.parametrize("text", ["[assessment_due", "assessment_due = 10"])
def test_a_file_that_is_no_table_of_figures_stops_the_start(tmp_path: Path, text: str) -> None:
    with pytest.raises(PolicyError, match=r"^clocks\.toml: "):
        read_folder(written(tmp_path, text))


def test_an_empty_folder_is_not_a_policy(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no policy figures"):
        read_folder(tmp_path)
