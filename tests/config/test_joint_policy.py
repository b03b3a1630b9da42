"""The joint policy and the force's own: versions by day and area, and a reader that refuses a bad file."""

from datetime import date
from pathlib import Path

import pytest

from config import joint_policy
from config.joint_policy import FILE, OUTCOMES, Route, Side, below_the_law, policy, rule_for, versions
from config.joint_policy_file import read
from config.policy import PolicyError
from workflows.codes import Category
from workflows.police import POLICE_OUTCOMES

FIRST = date(2013, 4, 8)
AREA_OWN = """
[[policy]]
side = "joint"
area = "NK"
name = "Protocol of North Kelder"
since = 2026-04-01
source = "Minutes of March 2026"
"""


def rules(*, days: int = 1) -> str:
    """A rule for each outcome."""
    return "".join(
        f'[policy.rules.{outcome}]\nroute = "consult"\ndays = {days}\nrule = "CR-7"\nstrength = "agreed"\n'
        f'source = "Minutes"\nsays = "The YOT is asked."\n'
        for outcome in OUTCOMES
    )


def refused(tmp_path: Path, text: str) -> str:
    """What the reader says of a file."""
    file = tmp_path / "policies.toml"
    file.write_text(text)
    with pytest.raises(PolicyError) as error:
        read(file)
    return str(error.value)


@pytest.mark.parametrize("side", Side)
def test_each_side_says_something_of_every_outcome_that_the_police_give(side: Side) -> None:
    assert set(OUTCOMES) == {outcome.value for outcome in POLICE_OUTCOMES}
    for version in versions(side):
        assert set(version.rules) == set(OUTCOMES)
        assert all(r.days >= 0 and r.rule and r.source and r.says for r in version.rules.values())
        assert set(version.panel.categories) <= set(Category)


def test_a_version_holds_from_its_first_day() -> None:
    first = versions(Side.JOINT)[0]
    assert policy(Side.JOINT, first.since) is first
    with pytest.raises(LookupError, match="no joint policy is in force on 2013-04-07"):
        policy(Side.JOINT, date(2013, 4, 7))


def test_a_conditional_caution_is_never_given_without_the_yot() -> None:
    assert rule_for(Side.JOINT, "youth_conditional_caution", date(2026, 11, 1)).route is not Route.ALONE
    with pytest.raises(LookupError, match="the joint policy says nothing of refer_for_charge"):
        rule_for(Side.JOINT, "refer_for_charge", date(2026, 11, 1))


def test_the_rule_for_children_dealt_with_before_holds_for_them_only() -> None:
    """CR-3: a community resolution alone the first time, and after asking from the second on."""
    resolution = rule_for(Side.JOINT, "community_resolution", date(2026, 11, 1))
    assert (resolution.holds_for(False), resolution.holds_for(True)) == (Route.ALONE, Route.CONSULT)
    caution = rule_for(Side.JOINT, "youth_caution", date(2026, 11, 1))
    assert (caution.holds_for(False), caution.holds_for(True)) == (Route.CONSULT, Route.CONSULT)


def test_an_area_with_a_version_of_its_own_uses_it_from_its_first_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "policies.toml"
    file.write_text(FILE.read_text() + AREA_OWN + rules(days=3))
    monkeypatch.setattr(joint_policy, "_all", lambda: read(file))
    cr = "community_resolution"
    assert rule_for(Side.JOINT, cr, date(2026, 3, 31), "NK").days == 1
    assert rule_for(Side.JOINT, cr, date(2026, 4, 1), "NK").days == 3
    assert rule_for(Side.JOINT, cr, date(2026, 4, 1), "SK").days == 1
    assert rule_for(Side.FORCE, cr, date(2026, 4, 1), "NK").days == 5
    assert [v.area for v in versions(Side.JOINT, "NK")] == ["", "NK"]
    assert [v.area for v in versions(Side.JOINT)] == [""]


def test_a_newer_general_version_does_not_take_the_place_of_an_areas_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    general = AREA_OWN.replace('area = "NK"\n', "").replace("2026-04-01", "2026-06-01")
    file = tmp_path / "policies.toml"
    file.write_text(FILE.read_text() + AREA_OWN + rules(days=3) + general + rules(days=7))
    monkeypatch.setattr(joint_policy, "_all", lambda: read(file))
    assert rule_for(Side.JOINT, "outcome_22", date(2026, 6, 1), "NK").days == 3
    assert rule_for(Side.JOINT, "outcome_22", date(2026, 6, 1)).days == 7


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("[policy.rules.outcome_23]", "[policy.rules.outcome_24]", "says nothing of outcome_23"),
        ('route = "alone"', 'route = "by_post"', "community_resolution: route is 'by_post' and not one of"),
        ("days = 1\n", "days = -1\n", "days is -1 and not a whole number"),
        ("days = 1\n", "days = true\n", "days is True and not a whole number"),
        ("days = 1\n", "", "community_resolution: days are missing"),
        ("days = 1\n", "days = 1\ntold = false\n", "has days although the YOT is not told"),
        ("since = 2013-04-08", "since = 2013-04-08T00:00:00", "since is missing or not a date"),
        ('side = "joint"', 'side = "court"', "side is 'court' and not one of joint, force"),
        ('strength = "agreed"', 'strength = "law"', "strength is 'law' and not one of"),
        ('again = "consult"\n', "", "community_resolution: again is missing"),
        ('rule = "CR-7"\n', "", "community_resolution: rule is missing"),
        ("gravity_from = 4", 'gravity_from = "four"', "panel: gravity_from is 'four'"),
        ('categories = ["domestic_abuse", "sexual"]', "categories = 4", "panel: categories is not a list"),
        ("days = 1\n", "days = 1\nnotes = 1\n", "community_resolution: unknown field notes"),
        ('side = "joint"\n', 'side = "joint"\narea = "NK"\n', "has no joint policy for every area"),
        ("[[policy]]", "[[policy", "cannot be read as TOML"),
        ('side = "joint"\n', 'side = "joint"\narea = 4\n', "area is not text"),
        ("days = 1\n", 'told = "no"\n', "community_resolution: told is not true or false"),
        ('rule = "CR-7"\n', 'rule = " "\n', "community_resolution: rule is missing"),
        ('route = "alone"', 'route = ["alone"]', "community_resolution: route is ['alone'] and not one of"),
        ('"domestic_abuse", "sexual"', '"sexual", 4', "panel: categories is not a list of names"),
        ('"domestic_abuse", "sexual"', '"sexual", ""', "panel: categories is not a list of names"),
    ],
)
def test_a_bad_file_is_refused_with_file_entry_and_reason(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    text = FILE.read_text()
    assert before in text
    told = refused(tmp_path, text.replace(before, after, 1))
    assert told.startswith("policies.toml: ")
    assert says in told
    if "every area" not in says and "TOML" not in says:
        assert "Joint protocol, first version: " in told


def test_an_empty_file_and_an_outcome_that_the_police_do_not_give_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "") == "policies.toml: holds no [[policy]]"
    extra = (
        rules().split("[policy.rules.youth_caution]")[0].replace("community_resolution", "refer_for_charge")
    )
    told = refused(tmp_path, FILE.read_text() + AREA_OWN + rules() + extra)
    assert (
        told
        == "policies.toml: Protocol of North Kelder: refer_for_charge is not an outcome that the police give"
    )


NAMED = 'side = "joint"\nname = "P"\nsince = 2026-04-01\nsource = "M"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("policy = 4", "holds no [[policy]]"),
        ("policy = []", "holds no [[policy]]"),
        ("policy = [4]", "policy 1: is not a table"),
        ("[[policy]]\nsince = 4", "policy 1: since is missing or not a date"),
        (f"[[policy]]\n{NAMED}", "P: rules are missing"),
        (f"[[policy]]\n{NAMED}rules = 4", "P: rules are missing"),
        (f"[[policy]]\n{NAMED}panel = 4\n{rules()}", "P: panel: is not a table"),
        (
            f"[[policy]]\n{NAMED}[policy.rules]\n" + "".join(f"{one} = 4\n" for one in OUTCOMES),
            "P: community_resolution: is not a table",
        ),
    ],
)
def test_what_is_no_table_is_refused_and_named(tmp_path: Path, text: str, says: str) -> None:
    assert refused(tmp_path, text) == f"policies.toml: {says}"


def test_what_a_version_leaves_out_is_nothing_and_the_same_day_is_a_limit(tmp_path: Path) -> None:
    (tmp_path / "policies.toml").write_text(
        planted("force", "community_resolution", "days = 5", "told = false").replace(
            "gravity_from = 4", "gravity_from = 0"
        )
        + AREA_OWN
        + '[policy.panel]\nrule = "PAN-3"\nstrength = "agreed"\nsource = "M"\nsays = "All."\n'
        + rules(days=0)
    )
    first, *_, own = sorted(read(tmp_path / "policies.toml"), key=lambda version: version.since)
    (force,) = [version for version in read(tmp_path / "policies.toml") if version.side is Side.FORCE]
    untold, same_day = force.rules["community_resolution"], own.rules["community_resolution"]
    assert (untold.told, untold.days, untold.again_months) == (False, 0, 0)
    assert (same_day.told, same_day.days, same_day.again) == (True, 0, None)
    assert first.panel.gravity_from == own.panel.gravity_from == force.panel.gravity_from == 0
    repeated = replace_once(FILE.read_text(), "again_months = 12\n", "")
    (tmp_path / "policies.toml").write_text(repeated)
    assert read(tmp_path / "policies.toml")[0].rules["community_resolution"].again_months == 0


def replace_once(text: str, before: str, after: str) -> str:
    """The text with the one place changed."""
    assert text.count(before) == 1
    return text.replace(before, after)


def test_two_versions_of_one_side_and_area_never_begin_on_one_day(tmp_path: Path) -> None:
    again = AREA_OWN.replace("Protocol of North", "Second protocol of North")
    told = refused(tmp_path, FILE.read_text() + AREA_OWN + rules() + again + rules())
    assert "Second protocol of North Kelder: since: 'Protocol of North Kelder'" in told
    (tmp_path / "policies.toml").write_text(
        FILE.read_text() + AREA_OWN + rules() + again.replace("2026-04-01", "2026-04-02") + rules()
    )
    assert len(read(tmp_path / "policies.toml")) == 4


FLOOR = [
    ("youth_caution", "days = 1", "told = false", "YC-5"),
    ("youth_conditional_caution", 'route = "consult"', 'route = "alone"', "YCC-2"),
    ("youth_conditional_caution", "days = 1", 'again = "alone"\nagain_rule = "X"\ndays = 1', "YCC-2"),
    ("youth_conditional_caution", "days = 1", "told = false", "YCC-3"),
]


def planted(side: str, outcome: str, before: str, after: str) -> str:
    """The house's file with one line of one rule of one side changed."""
    joint, force = FILE.read_text().split('side = "force"')
    parts = {"joint": joint, "force": force}
    start, rest = parts[side].split(f"[policy.rules.{outcome}]\n")
    assert before in rest
    parts[side] = f"{start}[policy.rules.{outcome}]\n{rest.replace(before, after, 1)}"
    return f'{parts["joint"]}side = "force"{parts["force"]}'


@pytest.mark.parametrize(("outcome", "before", "after", "rule"), FLOOR)
def test_what_two_agree_against_the_law_stops_the_start_and_what_one_force_says_is_a_fact(
    tmp_path: Path, outcome: str, before: str, after: str, rule: str
) -> None:
    told = refused(tmp_path, planted("joint", outcome, before, after))
    assert f"Joint protocol, first version: {outcome}: against the law ({rule}): " in told
    (tmp_path / "policies.toml").write_text(planted("force", outcome, before, after))
    (of_force,) = [v for v in read(tmp_path / "policies.toml") if v.side is Side.FORCE]
    assert [(b.outcome, b.rule) for b in below_the_law(of_force)] == [(outcome, rule)]


def test_the_house_file_keeps_the_law_on_both_sides() -> None:
    assert [below_the_law(version) for side in Side for version in versions(side)] == [(), ()]
