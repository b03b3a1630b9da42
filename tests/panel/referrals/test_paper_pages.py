"""The police papers of a referral: added, named when they are missing, and taken off when they are wrong."""

from dataclasses import replace
from io import BytesIO

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.documents.models import Document
from panel.documents.verify import verify
from panel.history.models import Event
from panel.web import PanelApp
from tests.panel.conftest import Visit, make, rows
from tests.panel.documents.scanners import EICAR, scanner
from tests.panel.documents.word_files import word
from tests.support.papers import blank_pdf, with_interview
from tests.support.world import NOW, World, draft, submitted
from workflows.papers import Paper


def file(data: bytes | None = None, name: str = "Wilhelmina Ashgrove.pdf") -> tuple[BytesIO, str]:
    """A file as a form sends it."""
    return BytesIO(blank_pdf() if data is None else data), name


def documents(engine: Engine) -> list[Document]:
    """Every paper, those taken off too."""
    return rows(engine, select(Document).order_by(Document.number))  # type: ignore[return-value, arg-type]


def test_the_page_says_which_usual_papers_are_there_and_which_are_not(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world, interview=False)
    officer, path = small_visit("officer"), f"/cases/{reference}/papers"
    assert (
        "Interview record Not there Case summary (MG5) Not there PNC record Not there"
        in officer.open(path).text
    )
    officer.send(path, {"kind": "case_summary", "paper": file()})
    assert "Interview record Not there Case summary (MG5) There" in officer.open(path).text
    check = officer.open(f"/cases/{reference}/check").text
    assert "Usual papers not there Interview recordPNC record" in check
    assert "The interview record is missing" in check


def test_readers_of_the_case_see_what_is_missing_on_the_documents_tab(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    page = small_visit("manager").open(f"/cases/{reference}/documents")
    assert "Interview record There Case summary (MG5) Not there" in page.text
    assert "Police paper: Interview record" in page.text
    assert "1 paper" in page.text


def test_a_referral_without_interview_record_is_sent_with_a_reason_only(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world, interview=False)
    officer, path = small_visit("officer"), f"/cases/{reference}/check"
    page = officer.send(path, button="Send the referral to the YOT", status=409)
    assert "The interview record is missing" in page.text
    officer.send(
        path, {"override-interview_record": "It is being typed."}, button="Send the referral to the YOT"
    )
    (event,) = rows(sqlite_engine, select(Event).where(Event.verb == "case.submit"))
    assert event.overrides == {"interview_record": "It is being typed."}  # type: ignore[attr-defined]


def test_a_referral_with_interview_record_asks_for_no_reason(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    page = small_visit("officer").open(f"/cases/{reference}/check")
    assert "interview record is missing" not in page.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"paper": file()}, "Choose what this paper is"),
        ({"kind": "other", "paper": file()}, "Title must say what this paper is"),
        ({"kind": "statement", "title": "x" * 121, "paper": file()}, "Title must be 120 characters or fewer"),
        ({"kind": "statement"}, "Choose a file"),
        ({"kind": "statement", "paper": file(b"PK\x03\x04 no")}, "This file says it is a Word document"),
    ],
)
def test_each_mistake_is_named_in_plain_words(
    sqlite_engine: Engine, small_world: World, small_visit: Visit, values: dict[str, object], sentence: str
) -> None:
    reference = make(sqlite_engine, draft, small_world, interview=False)
    page = small_visit("officer").send(f"/cases/{reference}/papers", values, status=422)
    assert [sentence] == [error[: len(sentence)] for error in page.errors]
    assert documents(sqlite_engine) == []


def test_a_word_document_is_kept_under_a_name_of_ours_and_given_back(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world, interview=False)
    officer = small_visit("officer")
    officer.send(
        f"/cases/{reference}/papers", {"kind": "other", "title": "Plan of the park", "paper": file(word())}
    )
    (kept,) = documents(sqlite_engine)
    assert (kept.paper, kept.title) == (Paper.OTHER, "Plan of the park")
    response = officer.open(f"/cases/{reference}/documents/{kept.number}").response
    assert response.headers["Content-Disposition"] == f'attachment; filename="{kept.filename}"'
    assert kept.filename.endswith("police-paper.docx")
    assert b"BRADFORD" not in response.data


def test_a_wrong_paper_is_taken_off_with_a_reason_and_the_history_tells(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    officer, path = small_visit("officer"), f"/cases/{reference}/papers/1/remove"
    assert officer.open(f"/cases/{reference}/papers").links["Remove Interview record"] == path
    assert officer.send(path, {"reason": ""}, status=422).errors == ["Give a reason"]
    officer.send(path, {"reason": "It belongs to another case."})
    page = officer.open(f"/cases/{reference}/papers")
    assert "Interview record Not there" in page.text
    assert "No paper has been added yet" in page.text
    officer.open(f"/cases/{reference}/documents/1", status=404)
    officer.open(path, status=404)
    (row,) = documents(sqlite_engine)
    assert (row.removed_by_id, row.removed_why) == (
        small_world.users["officer"],
        "It belongs to another case.",
    )
    said = officer.open(f"/cases/{reference}/history").text
    assert "Removed the paper: Interview record. Reason: It belongs to another case." in said
    assert verify(sqlite_engine) == []


def test_the_right_paper_takes_a_number_of_its_own(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world)
    officer = small_visit("officer")
    officer.send(f"/cases/{reference}/papers/1/remove", {"reason": "Wrong child"})
    officer.send(f"/cases/{reference}/papers", {"kind": "interview_record", "paper": file()})
    assert [row.number for row in documents(sqlite_engine)] == [1, 2]
    assert "Interview record There" in officer.open(f"/cases/{reference}/papers").text


def test_once_sent_a_paper_stays(sqlite_engine: Engine, small_world: World, small_visit: Visit) -> None:
    reference = make(sqlite_engine, submitted, small_world)
    officer = small_visit("officer")
    assert not any(words.startswith("Remove") for words in officer.open(f"/cases/{reference}/papers").links)
    page = officer.send(f"/cases/{reference}/papers/1/remove", {"reason": "Wrong"}, status=409)
    assert "its papers stay" in page.text
    small_visit("manager").send(f"/cases/{reference}/send-back", {"codes": "other", "reason": "Wrong paper."})
    officer.send(f"/cases/{reference}/papers/1/remove", {"reason": "Wrong"})


def test_only_who_added_a_paper_takes_it_off(
    sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world, interview=False)
    with transaction(sqlite_engine) as db:
        referral = db.exec(select_case(reference)).one()
        with_interview(db, referral, by=small_world.actor("seconded"), at=NOW)
    officer = small_visit("officer")
    assert not any(words.startswith("Remove") for words in officer.open(f"/cases/{reference}/papers").links)
    officer.open(f"/cases/{reference}/papers/1/remove", status=404)
    small_visit("other_officer").open(f"/cases/{reference}/papers/1/remove", status=404)


def select_case(reference: str) -> object:
    """The query of one case."""
    from panel.referrals.models import Referral

    return select(Referral).where(Referral.reference == reference)


def test_every_upload_goes_past_the_virus_scan(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    reference = make(sqlite_engine, draft, small_world, interview=False)
    officer, path = small_visit("officer"), f"/cases/{reference}/papers"
    with scanner() as server:
        sqlite_app.settings = replace(sqlite_app.settings, virus_scanner=server.address)
        assert "virus scan of uploads: ready" in officer.open("/readyz").response.text
        page = officer.send(path, {"kind": "statement", "paper": file(blank_pdf() + EICAR)}, status=422)
        assert page.errors == [
            "A virus was found in this file, so nothing was kept. Tell your IT service desk."
        ]
        officer.send(path, {"kind": "statement", "paper": file()})
    page = officer.send(path, {"kind": "statement", "paper": file()}, status=422)
    assert page.errors == ["The file could not be checked for viruses, so nothing was kept. Try again later."]
    assert "does not answer, so no file is taken" in officer.open("/readyz").response.text
    assert len(documents(sqlite_engine)) == 1


def test_without_a_scanner_files_are_taken_and_the_health_page_says_so(
    sqlite_app: PanelApp, small_visit: Visit
) -> None:
    said = small_visit("officer").open("/readyz").response.text
    assert said.startswith("ready\n")
    assert "virus scan of uploads: not set up" in said


def test_the_number_of_questions_does_not_grow_with_the_papers(
    sqlite_app: PanelApp, sqlite_engine: Engine, small_world: World, small_visit: Visit
) -> None:
    from tests.panel.ground.test_pages_stay_quick import counted

    reference = make(sqlite_engine, draft, small_world)
    officer, path = small_visit("officer"), f"/cases/{reference}/papers"
    officer.open(path)
    with counted(sqlite_engine) as few:
        officer.open(path)
    with transaction(sqlite_engine) as db:
        referral = db.exec(select_case(reference)).one()
        for _ in range(9):
            with_interview(db, referral, by=small_world.actor("officer"), at=NOW)
    with counted(sqlite_engine) as many:
        officer.open(path)
    assert len(many) == len(few)


def test_an_expected_paper_is_one_that_exists() -> None:
    from datetime import date

    from panel.documents.expected import expected, missing

    assert {line.words for line in expected([], date(2026, 11, 22))} == {
        "Interview record",
        "Case summary (MG5)",
        "PNC record",
    }
    assert missing([Paper.INTERVIEW, None], date(2026, 11, 22)) == {Paper.SUMMARY, Paper.PNC}
    assert missing(list(Paper), date(2026, 11, 22)) == frozenset()
