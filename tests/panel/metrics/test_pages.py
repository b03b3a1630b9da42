"""The pages of the metrics: who reads what, and that each number opens what it counts."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.metrics import definitions
from panel.db import transaction
from panel.history.models import AccessEntry
from panel.metrics.pending import elsewhere
from tests.panel.conftest import Visit
from tests.support.measured import DAY, SUMMER, case, held, kept, told
from tests.support.world import NOW, TODAY, World
from workflows.gap import Place
from workflows.metrics import Measured

QUARTER = f"quarter={SUMMER.key}"
LATE = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


@pytest.fixture
def summer(engine: Engine, world: World) -> None:
    """Thirty cases of a summer, of which six were assessed late; a spring before it that was better."""
    with transaction(engine) as db:
        summers = [case(world, n, assessed_on=LATE if n < 6 else DAY) for n in range(30)]
        far = [case(world, 900, area="south", assessed_on=LATE)]
        spring = [case(world, 100 + n, day=DAY - timedelta(days=90)) for n in range(20)]
        meetings = [held(world, 200), held(world, 201, police=False, victim_worker=False)]
        police = [told(world, 300 + n, Place.UNTOLD) for n in range(3)]
        police += [told(world, 400 + n, Place.IN_TIME) for n in range(9)]
        police += [told(world, 500, Place.RUNNING)]
        kept(db, [*summers, *far, *spring, *meetings, *police], on=TODAY)


@pytest.mark.usefixtures("summer")
def test_each_metric_is_a_sentence_with_its_bar_its_target_and_its_change(visit: Visit) -> None:
    page = visit("manager").open(f"/metrics?{QUARTER}")
    assert page.heading == "What an inspector would find"
    assert "24 of 30 assessments due came by the day on which they were due (80 %)." in page.text
    assert "Chance alone would give between 62 % and 91 %." in page.text
    assert "Target: at least 90 %. 3 more would have had to go well." in page.text
    assert "Worse: down 20 points from 100 % in April to June 2026." in page.text
    assert "3 of 12 community resolutions on the force's list never reached us" in page.text
    assert "Counted up to 17 November 2026" in page.text
    assert "held down by “Assessment on time” (M13)" in page.text
    assert page.html.count('role="img"') > 20


@pytest.mark.usefixtures("summer")
def test_a_metric_without_data_says_so_and_is_never_a_per_cent(visit: Visit) -> None:
    page = visit("manager").open(f"/metrics/M7?{QUARTER}")
    assert "No data: nothing was counted in this quarter." in page.text
    assert "0 %" not in page.text.split("12 quarters")[0]
    empty = visit("manager").open("/metrics/M13?quarter=2020-1")
    assert "No data" in empty.text
    assert "nothing to break down" in empty.text


@pytest.mark.usefixtures("summer")
def test_every_number_opens_the_cases_that_it_counts_with_the_reason(visit: Visit) -> None:
    manager = visit("manager")
    page = manager.open(f"/metrics/M13?{QUARTER}")
    links = {text.split(" – ")[0]: href for text, href in page.links.items()}
    failing = manager.open(links["See the 6 to look at"])
    assert failing.heading == "To look at: 6"
    assert failing.text.count("It was submitted after the day on which it was due.") == 6
    assert failing.links["Go to the work, NK-T00000"] == "/cases/NK-T00000/assessment"
    passing = manager.open(links["See the 24 in order"])
    assert passing.heading == "In order: 24"
    left = manager.open(f"/metrics/M1/excluded?{QUARTER}")
    assert "There is still time for the police to tell us." in left.text
    assert left.links["Open the record, PD-T00500"] == "/police-disposals/PD-T00500"
    seats = manager.open(f"/metrics/M5/failing?{QUARTER}")
    assert "The seat of the police was empty. The seat of the victim worker was empty." in seats.text
    nothing = manager.open(f"/metrics/M2/failing?{QUARTER}")
    assert nothing.heading == "To look at: 0"
    assert "Nothing stands here" in nothing.text


def test_a_case_with_parts_on_both_sides_stands_in_both_lists_and_each_makes_its_number(
    engine: Engine, world: World, visit: Visit
) -> None:
    due = {"conditions_due_on": DAY}
    with transaction(engine) as db:
        mixed = case(world, 1, victims=3, victims_heard=1, victims_unreachable=1, gender="female")
        late = case(world, 2, conditions=5, conditions_in_time=3, conditions_running=1, **due)
        kept(db, [mixed, late, case(world, 3, conditions=1, conditions_in_time=1, **due)], on=TODAY)
    manager = visit("manager")

    def rows(path: str) -> tuple[str, list[str]]:
        page = manager.open(f"/metrics/{path}")
        table = page.html.split("<tbody")[1].split("</tbody>")[0] if "<tbody" in page.html else ""
        said = re.findall(r"One|\d+ of its \d+ [a-z]+|\d+ left out(?:, \d+ counted)?", table)
        assert ("Nothing stands here" in page.text) is not bool(said)
        assert "they are the number above" in page.text
        return page.heading, said

    for cut in ("", "&gender=female"):
        assert rows(f"M16/passing?{QUARTER}{cut}") == ("In order: 1", ["1 of its 2 victims"])
        assert rows(f"M16/failing?{QUARTER}{cut}") == ("To look at: 1", ["1 of its 2 victims"])
        assert rows(f"M16/excluded?{QUARTER}{cut}") == ("Left out: 1", ["1 left out, 2 counted"])
    assert rows(f"M26/passing?{QUARTER}") == ("In order: 4", ["One", "3 of its 4 conditions"])
    assert rows(f"M26/failing?{QUARTER}") == ("To look at: 1", ["1 of its 4 conditions"])
    assert "number above" not in manager.open(f"/metrics/M13/passing?{QUARTER}").text


def test_a_long_list_is_read_on_by_key_and_leaves_nobody_out(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        kept(db, [case(world, n, copy_on_file=False) for n in range(60)], on=TODAY)
    manager, seen = visit("manager"), []
    page = manager.open(f"/metrics/M11/failing?{QUARTER}")
    while True:
        seen += [text for text in page.links if text.startswith("NK-T")]
        href = page.links.get("Next page")
        if not href:
            break
        page = manager.open(href)
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.usefixtures("summer")
def test_a_filter_and_a_line_of_a_breakdown_cut_the_figure(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        more = {"gender": "female", "outcome": "community_resolution", "assessed_on": LATE}
        kept(db, [case(world, 600 + n, **more) for n in range(2)], on=TODAY)
    manager = visit("manager")
    page = manager.open(f"/metrics/M13?{QUARTER}")
    assert "24 of 32 assessments" in page.text
    girls = manager.open(page.links["Female"])
    assert "0 of 2 assessments" in girls.text
    assert "Only Gender: Female. Show all" in girls.text
    assert manager.open(girls.links["Show all"]).text == page.text
    opened = manager.open(f"/metrics/M13/failing?{QUARTER}&gender=female&outcome=community_resolution")
    assert opened.heading == "To look at: 2"
    cautions = manager.open(f"/metrics?{QUARTER}&outcome=youth_caution&area=")
    assert "24 of 30 assessments" in cautions.text


def test_the_lines_of_a_breakdown_stand_in_the_order_of_their_list(
    visit: Visit, engine: Engine, world: World
) -> None:
    ages, groups = (15, 9, 10, None), ("", "W1", "A1", "M1")
    with transaction(engine) as db:
        pairs = zip(ages, groups, strict=True)
        kept(db, [case(world, n, age=a, ethnicity=e) for n, (a, e) in enumerate(pairs)], on=TODAY)
    text = visit("manager").open(f"/metrics/M13?{QUARTER}").text
    age, group = text.split("Care status")[0].split("Age")[-1], text.split("Ethnic group")[2]
    for table, said in (
        (age, ("9 years", "10 years", "15 years", "Not recorded")),
        (group, ("English", "White and Black Caribbean", "Indian", "Not recorded")),
    ):
        places = [table.index(one) for one in said]
        assert places == sorted(places)


@pytest.mark.usefixtures("summer")
def test_managers_and_inspectors_read_their_own_area_and_others_nothing(visit: Visit) -> None:
    assert "24 of 30 assessments" in visit("inspector").open(f"/metrics?{QUARTER}").text
    assert "0 of 1 assessments" in visit("far_manager").open(f"/metrics?{QUARTER}").text
    other = visit("far_manager").open(f"/metrics/M13/failing?{QUARTER}")
    assert other.heading == "To look at: 1"
    for key in ("officer", "seconded", "case_manager", "victim_worker", "liaison", "scrutineer", "admin"):
        visit(key).open("/metrics", status=403)
        visit(key).open("/metrics/M13/failing", status=403)
    assert "Export the metrics" not in visit("inspector").open("/metrics").links
    visit("inspector").open("/metrics/export", status=403)


def test_what_is_typed_into_the_address_is_looked_at(visit: Visit, world: World) -> None:
    manager = visit("manager")
    north, south = world.areas["north"], world.areas["south"]
    for path in (
        f"/metrics?area={south}",
        "/metrics?area=x",
        "/metrics?quarter=2026-5",
        "/metrics?quarter=2027-1",
        "/metrics?quarter=2013-1",
        "/metrics/M31",
        "/metrics/M13/everything",
        f"/metrics?gender={'x' * 41}",
        "/metrics?gender=boy",
        "/metrics?age=999",
        "/metrics?age=-1",
        "/metrics?care=yes",
        "/metrics/M13?outcome=prison",
    ):
        manager.open(path, status=404)
    manager.open(f"/metrics?area={north}")
    manager.open("/metrics?quarter=2026-4")
    manager.open("/metrics/M13/failing?after=nonsense")
    manager.open("/metrics/next?after=1_2_3")


@pytest.mark.usefixtures("summer")
def test_looking_is_logged_also_for_each_case_of_a_list(visit: Visit, engine: Engine) -> None:
    manager = visit("manager")
    manager.open(f"/metrics?{QUARTER}")
    manager.open(f"/metrics/M5/failing?{QUARTER}")
    with Session(engine) as db:
        seen = set(db.exec(select(AccessEntry.subject, AccessEntry.page)).all())
    assert any(page == "metrics.index" and subject.endswith(SUMMER.key) for subject, page in seen)
    assert ("meeting:70201", "metrics.listing") in seen


def test_how_everything_is_counted_is_said_for_all_thirty(visit: Visit) -> None:
    page = visit("board").open("/metrics/definitions")
    assert page.text.count("Numerator") == page.text.count("Denominator") == 30
    assert "Wilson’s at 95 %" in page.text
    assert "a local setting" in page.text


def test_the_open_cases_that_weigh_most_stand_first(engine: Engine, world: World, visit: Visit) -> None:
    day = TODAY - timedelta(days=3)
    with transaction(engine) as db:
        done = [case(world, n, day=day) for n in range(9)]
        waits = {"assessed_on": None, "assessment_running": True, "decided_on": None, "given_on": None}
        first = case(world, 50, day=day, copy_on_file=False, plan_signed=False)
        second = case(world, 51, day=day, submitted_on=None, **waits)
        closed = case(world, 52, day=day, copy_on_file=False, status="closed")
        kept(db, [*done, first, second, closed], on=TODAY)
    page = visit("manager").open("/metrics/next")
    assert "2 open cases" in page.text
    rows = [text for text in page.links if text.startswith("NK-T")]
    assert rows == ["NK-T00050", "NK-T00051"]
    assert "Signed copy on file (M11): can still be put right, seconded police officer" in page.text
    assert "Assessment on time (M13): not due yet, case manager" in page.text
    nothing = visit("far_manager").open("/metrics/next")
    assert "No open case can change a figure" in nothing.text
    assert "Police disposals, meetings and audits: 0 figures" in nothing.text
    assert "nothing was counted yet, or all of it is in order" in nothing.text


def test_figures_of_something_else_than_cases_stand_by_what_they_could_move() -> None:
    metrics = {one.id: one for one in definitions(TODAY)}

    def of(name: str, met: int, counted: int) -> Measured:
        return Measured(metrics[name], met, counted)

    # M13 is of cases; M5 is in order; of M1 fewer is better, so what meets it is to look at.
    found = {
        "M13": of("M13", 1, 2),
        "M5": of("M5", 4, 4),
        "M1": of("M1", 1, 4),
        "M2": of("M2", 9, 10),
        "M18": of("M18", 1, 2),
        "M19": of("M19", 8, 20),
    }
    # What stands first is what all together move, and that is said beside what one of them does.
    listed = elsewhere(list(metrics.values()), found)
    assert [(one.metric.id, one.bad, one.counted, one.together, one.points) for one in listed] == [
        ("M19", 12, 20, 60, 5),
        ("M18", 1, 2, 50, 50),
        ("M1", 1, 4, 25, 25),
        ("M2", 1, 10, 10, 10),
    ]
    assert elsewhere(list(metrics.values()), {}) == []
