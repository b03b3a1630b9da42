"""The pages of self-inspections: who reads and writes, what is typed wrongly, races, and the files."""

import re
from pathlib import Path

import pytest
from pdfua import validate
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.ratings import report
from panel.ratings.models import ReportDraft, SelfInspection
from panel.web import PanelApp
from tests.panel.conftest import Visit, make
from tests.panel.documents.disposal_papers import text_of
from tests.panel.documents.test_every_paper import claims_and_fonts
from tests.panel.ratings.inspected import begun, bradford, domain_three, published_one, written
from tests.support.visitor import Page, words
from tests.support.world import NOW, World, accepted

DAYS = {"first_on": ["1", "6", "2026"], "last_on": ["31", "8", "2026"]}


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def test_managers_and_inspectors_read_those_of_their_area_only(
    visit: Visit, engine: Engine, world: World
) -> None:
    reference = make(engine, written, world)
    pages = ["", "/report", "/report/drafts/1", "/report/0.pdf", "/report/0.xlsx"]
    for key in ("manager", "inspector"):
        assert "Out-of-court work, summer 2026" in visit(key).open("/ratings").text
        for page in pages:
            visit(key).open(f"/ratings/{reference}{page}")
    stranger = visit("far_manager")
    assert "There is no self-inspection yet" in stranger.open("/ratings").text
    for page in (*pages, "/report/edit", "/judge/1.1", "/lift/3.2", "/answers/3.1.1"):
        stranger.open(f"/ratings/{reference}{page}", status=404)
    for key in ("officer", "board", "case_manager", "scrutineer", "admin"):
        for page in ("/ratings", "/ratings/elsewhere", f"/ratings/{reference}/report"):
            visit(key).open(page, status=403)
    inspector = visit("inspector")
    for page in ("/report/edit", "/judge/1.1", "/lift/3.2", "/answers/3.1.1"):
        inspector.open(f"/ratings/{reference}{page}", status=403)
    seen = inspector.open(f"/ratings/{reference}").links
    assert not {"Judge of 1.1 Governance and leadership"} & set(seen)


def test_a_manager_starts_enters_judges_lifts_writes_and_publishes(visit: Visit, world: World) -> None:
    manager = visit("manager")
    wrong = manager.send("/ratings/new", {"title": "", **DAYS}, status=422)
    assert wrong.errors == ["Enter what it is called"]
    turned = {"first_on": DAYS["last_on"], "last_on": DAYS["first_on"]}
    assert manager.send("/ratings/new", {"title": "Summer", **turned}, status=422).errors == [
        "The first day comes before the last"
    ]
    view = manager.follow(manager.send("/ratings/new", {"title": "Summer", **DAYS}))
    assert "Nothing is rated yet, so there is no total." in view.text
    view = manager.follow(enter(manager, view, "3.2.1", "17", "11"))
    assert "17 of 28" in view.text
    assert "2 of 3 points" not in view.text
    judge = view.links["Judge of 1.1 Governance and leadership"]
    assert manager.send(judge, {"rating": "2"}, status=422).errors == ["Give the reason"]
    nothing = manager.send(judge, {"reason": "The board met monthly."}, status=422)
    assert nothing.errors == ["Choose the rating, or that it is not rated"]
    none = manager.follow(manager.send(judge, {"rating": "not_rated", "reason": "Not looked at yet."}))
    assert "1.1 Governance and leadership: Not rated" in none.text
    view = manager.follow(manager.send(judge, {"rating": "2", "reason": "The board met monthly."}))
    assert "By judgement of Ruth Okoro (YOT manager) on 17 November 2026: The board met monthly." in view.text
    lift = view.links["Lift the rating of 3.2 Out-of-court disposals: planning"]
    for path in (lift, judge):
        short = manager.send(
            path, {"rating": "2", "reason": "x"} if path is judge else {"reason": "x"}, status=422
        )
        assert short.errors == ["Say it in two words or more, so that who reads it later understands it"]
    view = manager.follow(manager.send(lift, {"reason": "Two plans came a day late."}))
    assert "Lifted from Requires improvement to Good by Ruth Okoro" in view.text
    assert "4 of 6 points" in view.text
    assert "Without the ratings that people lifted it would be 3 of 6: Requires improvement." in view.text
    report_page = manager.open(view.links["The report"])
    assert "Nobody has looked at the draft yet" in report_page.text
    edit = manager.open(report_page.links["Edit the words"])
    assert "4 of 6 points" in edit.form().filled["summary"][0]
    page = manager.follow(manager.send(edit, {"examples": "A plan in a child's own words."}))
    done = manager.follow(manager.send(page, button="Publish the report"))
    assert "Published by Ruth Okoro (YOT manager) on" in done.text
    assert re.search(r"SHA-256 [0-9a-f]{64}", done.text)
    assert "A plan in a child's own words." in done.text


def enter(visitor: object, view: Page, question: str, yes: str, no: str) -> Page:
    values = {"yes": yes, "no": no, "not_applicable": "0", "source": "Our audit"}
    return visitor.send(view.links[f"Enter the answers to {question}"], values)  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"yes": "", "no": "1"}, "Enter a number for: yes"),
        ({"yes": "-1", "no": "1"}, "Yes must be 0 or more"),
        ({"yes": "1", "no": "10000"}, "No must be 9999 or less"),
        ({"yes": "1.5", "no": "1"}, "Yes must be a whole number"),
        ({"yes": "1", "no": "1", "source": ""}, "Say where these answers come from"),
    ],
)
def test_counts_that_cannot_be_are_refused(
    small_visit: Visit,
    sqlite_engine: Engine,
    small_world: World,
    values: dict[str, str],
    error: str,
) -> None:
    reference = make(sqlite_engine, begun, small_world)
    manager = small_visit("manager")
    given = {"source": "Our audit", **values}
    assert manager.send(f"/ratings/{reference}/answers/3.1.1", given, status=422).errors == [error]
    assert "Our audit" in manager.send(f"/ratings/{reference}/answers/3.1.1", given, status=422).html or (
        given["source"] == ""
    )


def test_pages_of_what_is_not_there_are_missing(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, domain_three, small_world)
    manager = small_visit("manager")
    for page in (
        *("/answers/2.1.1", "/answers/9.9.9", "/judge/3.1", "/judge/9", "/lift/9", "/lift/3.2/back"),
        *("/report/drafts/1", "/report/versions/1", "/report/1.pdf", "/report/1.xlsx"),
    ):
        manager.open(f"/ratings/{reference}{page}", status=404)
    manager.open("/ratings/SI-ZZZZZZ", status=404)


def test_who_loses_a_race_keeps_the_words_and_a_double_click_saves_once(
    visit: Visit, engine: Engine, world: World
) -> None:
    reference = make(engine, written, world)
    manager, colleague = visit("manager"), visit("chair")
    mine = manager.open(f"/ratings/{reference}/report/edit")
    hers = colleague.open(f"/ratings/{reference}/report/edit")
    manager.send(mine, {"summary": "First"})
    manager.send(mine, {"summary": "First"})
    lost = colleague.send(hers, {"summary": "Second"}, status=409)
    assert "First" in lost.text
    assert "Second" in lost.text
    with Session(engine) as db:
        assert db.exec(select(func.count()).select_from(ReportDraft)).one() == 2
    old = manager.open(f"/ratings/{reference}/report")
    colleague.send(f"/ratings/{reference}/report/edit", {"summary": "Third"})
    manager.send(old, button="Publish the report", status=409)


def test_a_lift_that_the_rules_refuse_is_explained_and_sent_all_the_same_is_a_409(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, domain_three, small_world)
    manager = small_visit("manager")
    page = manager.open(f"/ratings/{reference}/lift/3.4")
    assert "not at the edge of the band above" in page.text
    assert not [form for form in page.forms() if form.method == "post"]
    allowed = manager.open(f"/ratings/{reference}/lift/3.2").form()
    typed = {**allowed.filled, "reason": "We like it"}
    refused = manager.client.post(f"/ratings/{reference}/lift/3.4", data=typed)
    assert refused.status_code == 409
    assert "not at the edge of the band above" in refused.text
    assert "We like it" in refused.text


def test_a_name_of_a_child_does_not_get_into_a_draft(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    make(sqlite_engine, accepted, small_world)
    reference = make(sqlite_engine, domain_three, small_world)
    wrong = small_visit("manager").send(
        f"/ratings/{reference}/report/edit", {"examples": "Robin Fielding did well."}, status=422
    )
    assert wrong.errors == ["A report names nobody. Take out: the name Robin Fielding"]


def test_what_was_published_elsewhere_has_marks_and_is_never_typical(
    small_visit: Visit, small_world: World
) -> None:
    said = small_visit("inspector").open("/ratings/elsewhere").text
    assert "none of these figures is typical" in said
    assert "39 were not notified" in said
    assert "168 and 23 %" in said
    assert "S, P" in said


def test_the_page_says_each_figure_with_its_count_interval_and_notes(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    said = small_visit("manager").open(f"/ratings/{make(sqlite_engine, domain_three, small_world)}").text
    for said_there in (
        "6 of 12 points: Requires improvement.",
        "Held at Requires improvement by 3.2.1 (61 %): the lowest counts, never an average.",
        "11 of 17",
        "Rests on rounding",
        "One case answered otherwise would make it",
        "Not counted, because it applied in too few cases: 3.3.3.",
        "Too few for a band",
        "our assumption",
        "no rate there is typical",
    ):
        assert said_there in said, said_there


def test_the_number_of_questions_does_not_grow_with_what_is_written(
    sqlite_app: PanelApp, small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    manager = small_visit("manager")

    def count(reference: str, page: str) -> int:
        manager.open(f"/ratings/{reference}{page}")
        asked.clear()
        manager.open(f"/ratings/{reference}{page}")
        return len(asked)

    event.listen(sqlite_engine, "before_cursor_execute", lambda *found: asked.append(str(found[2])))
    empty, full = make(sqlite_engine, begun, small_world), make(sqlite_engine, bradford, small_world)
    for page in ("", "/report"):
        assert count(empty, page) == count(full, page)


def test_the_paper_is_accessible_and_pinned(
    sqlite_engine: Engine, small_world: World, tmp_path: Path
) -> None:
    with transaction(sqlite_engine) as db:
        version = published_one(db, small_world)
        live = report.report_of(db, db.get_one(SelfInspection, version.inspection_id), at=NOW)
    for name, found in (("published", report.of_version(version)), ("draft", live)):
        data = report.report_pdf(found, day=NOW.date(), demo=True)
        assert data == report.report_pdf(found, day=NOW.date(), demo=True)
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(data)
        checked = validate(str(file))
        assert checked.exit_code == 0, (name, checked.findings)
        assert claims_and_fonts(data) == (("2", "A", "1"), []), name
        said = text_of(data)
        assert "11 of 17" in said
        assert "Plans are thin." in said
        assert (version.digest in "".join(said.split())) is (name == "published")


def test_letters_that_no_font_of_ours_draws_are_said_and_break_no_page(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    reference = make(sqlite_engine, domain_three, small_world)
    manager = small_visit("manager")
    manager.send(f"/ratings/{reference}/report/edit", {"summary": "\u9752\u5c11\u5e74"})
    told = manager.follow(manager.open(f"/ratings/{reference}/report/0.pdf", status=303))
    assert "which the font cannot draw" in words(told.tree)
    manager.open(f"/ratings/{reference}/report/0.xlsx")


def test_a_download_is_logged_and_named_without_a_word_that_was_typed(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        reference = db.get_one(SelfInspection, published_one(db, small_world).inspection_id).reference
    answer = small_visit("inspector").open(f"/ratings/{reference}/report/1.xlsx").response
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="self-inspection-{reference}-1.xlsx"'
    )
    with Session(sqlite_engine) as db:
        query = select(AccessEntry).where(AccessEntry.operation == Operation.DISCLOSURE)
        assert [(one.page, one.recipients) for one in db.exec(query)] == [("ratings.workbook", "Ina Vale")]
