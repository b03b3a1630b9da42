"""The pages of the two policies: side by side, in figures that open, for the board without figures."""

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import select

from config import joint_policy
from config.joint_policy import FILE
from config.joint_policy_file import read
from panel.db import transaction
from panel.history.models import AccessEntry
from panel.web import PanelApp
from tests.panel.alignment.world import QUARTER, one, quarter
from tests.panel.conftest import Visit, rows
from tests.support.police import force
from tests.support.world import World

PATH = f"/joint-policy?quarter={QUARTER}"


@pytest.fixture
def filled(engine: Engine, world: World) -> None:
    """The disposals of the quarter."""
    with transaction(engine) as db:
        quarter(db, world)


@pytest.mark.usefixtures("filled")
def test_a_manager_reads_both_policies_the_conflicts_and_what_fell_between(visit: Visit) -> None:
    page = visit("manager").open(PATH)
    assert page.heading == "The joint policy and the force's own"
    assert "say different things in 8 places" in page.text
    assert "2 of 9 (22 %) fell between" in page.text
    assert "The YOT is told within 5 working days." in page.text
    assert "3 of 5 (60 %)" in page.text
    assert "Of 1 of them nobody told whether the YOT was asked." in page.text
    assert "1 of 5 (20 %)" in page.text
    assert page.text.count("1 of 2 (50 %)") == 2
    assert "The force's own policy allows it" in page.text


@pytest.mark.usefixtures("filled")
def test_each_number_opens_its_cases(visit: Visit, engine: Engine) -> None:
    manager = visit("manager")
    links = manager.open(PATH).links
    between = manager.open(links["2 of 9 (22 %)"])
    assert "2 in this quarter." in between.text
    assert between.text.count("Kayden Marlow") == 2
    without = manager.open(links["3 of 5 (60 %)"])
    assert without.text.count("Kayden Marlow") == 3
    reason = manager.open(links["1 of 2 (50 %)"])
    assert "Exceptions to the joint policy" in reason.heading
    assert reason.text.count("Kayden Marlow") == 1
    logged = rows(engine, select(AccessEntry).where(AccessEntry.page == "alignment.cases"))
    assert len(logged) == 6


def test_a_long_list_is_read_on_from_where_it_ended(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        of = force(db, world)
        for number in range(30):
            one(db, world, of, number)
    manager = visit("manager")
    first = manager.open(f"/joint-policy/cases?quarter={QUARTER}&what=all")
    second = manager.open(first.links["Next page"])
    assert (first.text.count("Kayden"), second.text.count("Kayden")) == (25, 5)
    assert "Next page" not in second.links
    assert (
        not set(first.text.split()) & set(second.text.split()) & {w for w in first.text.split() if "PD-" in w}
    )


@pytest.mark.usefixtures("filled")
def test_the_board_reads_the_policies_and_no_figure_that_moves_with_one_child(visit: Visit) -> None:
    board = visit("board")
    page = board.open(PATH)
    assert "Where they say different things" in page.text
    assert "are in its packs" in page.text
    assert not re.search(r"\d of \d|fewer than|Kayden|What was kept|Exceptions to", page.text)
    assert not [href for href in page.links.values() if "/cases" in href or ".pdf" in href]
    assert "app-chart" not in page.html
    for path in ("/joint-policy/cases", "/joint-policy.pdf", "/joint-policy/trend.svg"):
        board.open(path, status=403)


@pytest.mark.usefixtures("filled")
def test_who_reads_it(visit: Visit) -> None:
    for key in ("manager", "seconded", "inspector"):
        assert "2 of 9" in visit(key).open(PATH).text
    for key in ("officer", "case_manager", "victim_worker", "liaison", "scrutineer", "admin"):
        visit(key).open(PATH, status=403)
    far = visit("far_manager").open(PATH)
    assert "1 of 1 (100 %)" in far.text
    visit("far_manager").open(f"{PATH}&area=NK", status=404)


@pytest.mark.parametrize(
    "query",
    ["quarter=2026-5", "quarter=2027-1", "quarter=2015-1", "quarter=x", "area=ZZ", "quarter=٢٠٢٦-3"],
)
def test_a_quarter_or_area_that_is_not_there_is_missing(visit: Visit, query: str) -> None:
    for path in ("/joint-policy", "/joint-policy/trend.svg", "/joint-policy/cases", "/joint-policy.pdf"):
        assert visit("manager").client.get(f"{path}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["what=nothing", "outcome=refer_for_charge", "outcome=x"])
def test_a_figure_that_is_not_there_is_missing(visit: Visit, query: str) -> None:
    visit("manager").open(f"/joint-policy/cases?{query}", status=404)


def test_a_place_in_a_list_that_is_no_number_begins_the_list(visit: Visit) -> None:
    page = visit("manager").open("/joint-policy/cases?after=%C2%B2")
    assert "There is none in this quarter." in page.text


@pytest.mark.usefixtures("filled")
def test_the_picture_has_its_figures_written_on_it(visit: Visit) -> None:
    answer = visit("manager").client.get(f"/joint-policy/trend.svg?quarter={QUARTER}")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "2 of 9" in answer.get_data(as_text=True)


@pytest.mark.usefixtures("filled")
def test_a_screen_reader_can_read_the_sheet_which_is_one_page_and_names_nobody(
    visit: Visit, tmp_path: Path
) -> None:
    from pdfua import validate

    answer = visit("manager").client.get(f"/joint-policy.pdf?quarter={QUARTER}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    file = tmp_path / "sheet.pdf"
    file.write_bytes(answer.data)
    report = validate(str(file))
    assert report.exit_code == 0, report.findings
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 1
    said = " ".join(reader.pages[0].extract_text().split())
    assert "Two questions to settle" in said
    assert "2 of 9" in said
    assert "Which of the two is to hold for both" in said
    assert "Kayden" not in said
    assert "PD-" not in said


def test_versions_say_what_they_changed(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FILE.read_text()
    newer = (
        text.split("[[policy]]")[2]
        .replace("first version", "second version")
        .replace("2013-04-08", "2026-02-01")
    )
    file = tmp_path / "policies.toml"
    file.write_text(f"{text}\n[[policy]]{newer.replace('days = 5', 'days = 2', 1)}")
    monkeypatch.setattr(joint_policy, "_all", lambda: read(file))
    page = visit("manager").open("/joint-policy/changes")
    assert "Policy of the force, second version, from 1 February 2026" in page.text
    assert "The YOT is told within 5 working days." in page.text
    assert "The YOT is told within 2 working days." in page.text
    assert page.text.count("It is the first version.") == 2


def test_a_force_that_goes_below_the_law_is_shown_against_it(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joint, of_force = FILE.read_text().split('side = "force"')
    head, rest = of_force.split("[policy.rules.youth_conditional_caution]")
    rest = rest.replace('route = "consult"', 'route = "alone"', 1)
    file = tmp_path / "policies.toml"
    file.write_text(f'{joint}side = "force"{head}[policy.rules.youth_conditional_caution]{rest}')
    monkeypatch.setattr(joint_policy, "_all", lambda: read(file))
    page = visit("manager").open("/joint-policy")
    assert (
        "Against the law A youth conditional caution has to follow consultation with the YOT. (YCC-2)"
        in page.text
    )


def test_a_wrong_policy_file_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from config.policy import PolicyError
    from panel.assembly import assemble

    file = tmp_path / "policies.toml"
    file.write_text(FILE.read_text().replace("days = 1", "days = -1", 1))
    monkeypatch.setattr(joint_policy, "_all", lambda: read(file))
    with pytest.raises(PolicyError, match="days is -1"):
        assemble(None)  # type: ignore[arg-type]


def test_the_page_asks_a_constant_number_of_questions(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World
) -> None:
    from sqlalchemy import event

    from tests.panel.conftest import signed_in

    asked: list[str] = []
    event.listen(sqlite_app.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    manager, counts = signed_in(sqlite_app, "manager"), []
    with transaction(sqlite_engine) as db:
        of = force(db, small_world)
    for number in (1, 40):
        with transaction(sqlite_engine) as db:
            for place in range(number):
                one(db, small_world, of, number * 100 + place)
        asked.clear()
        manager.open(PATH)
        counts.append(len(asked))
    assert counts[0] == counts[1]
