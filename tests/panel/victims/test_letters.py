"""Letters to victims: what they say, what they can never say, and to whom they go."""

import dataclasses
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pdfua import validate
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import select

from panel.db import transaction
from panel.documents.models import Document, Kind
from panel.documents.queries import content
from panel.victims.letters import VictimPaper, letter_pdf, recipients, tells_of_child
from panel.victims.models import Victim, VictimContact, VictimLetter, VictimUpdate
from panel.web import PanelApp
from tests.panel.documents.disposal_papers import text_of
from tests.support.assessed import enter
from tests.support.decided import decided
from tests.support.visitor import Page
from tests.support.world import build
from workflows.victim import How, Recipient
from workflows.vocabulary import Outcome

PAPER = VictimPaper(
    reference="NK-3TBJXN",
    to_name="Marguerite Oldcastle",
    about_whom="you",
    no_action=False,
    goes_back=False,
    given=False,
    decided_on=date(2026, 11, 17),
    outcomes=("Criminal damage: Youth conditional caution",),
    reasons="It was admitted straight away, and the damage will be put right.",
    worker_name="Vera Lund",
    area_name="North Kelder",
    force_name="Demonstration Police",
    written_on=date(2026, 11, 18),
    demo=True,
)
PLAIN = "It was admitted straight away, and the damage will be put right."


def test_the_letter_has_no_place_where_the_childs_life_could_be_written() -> None:
    """Nothing of home, school, health or conditions can slip in: there is no field for it (VIC-9)."""
    fields = {field.name for field in dataclasses.fields(VictimPaper)}
    private = ("child", "birth", "address", "school", "health", "condition", "adult", "carer", "admission")
    assert not [name for name in fields if any(word in name for word in private)]


BACK = {"goes_back": True, "outcomes": ("Criminal damage: Refer for charge",)}


@pytest.mark.parametrize(
    "more",
    [{}, {"given": True}, {"no_action": True}, {"about_whom": "somebody"}, BACK, BACK | {"given": True}],
)
def test_every_letter_is_accessible_and_says_outcome_reasons_and_rights(
    more: dict[str, Any], tmp_path: Path
) -> None:
    data = letter_pdf(dataclasses.replace(PAPER, **more))
    (tmp_path / "letter.pdf").write_bytes(data)
    assert validate(str(tmp_path / "letter.pdf")).exit_code == 0
    said = text_of(data)
    assert all(
        words in said
        for words in (
            "Dear Marguerite Oldcastle",
            *more.get("outcomes", PAPER.outcomes),
            PLAIN,
            "Your rights",
        )
    )
    assert len(PdfReader(io.BytesIO(data)).pages) == 1
    assert PdfReader(io.BytesIO(data)).metadata.title == "Letter about a decision, reference NK-3TBJXN"  # type: ignore[union-attr]


def test_the_right_to_review_is_offered_only_where_nobody_is_prosecuted_or_cautioned() -> None:
    none, caution = (text_of(letter_pdf(dataclasses.replace(PAPER, no_action=no))) for no in (True, False))
    assert "You can ask the police to look at the decision again" in none
    assert "within three months" in none
    assert "You can ask the police to look at the decision again" not in caution
    assert "restorative justice" in caution
    assert "restorative justice" not in none


@pytest.mark.parametrize("given", [False, True])
def test_a_letter_about_a_case_that_goes_back_says_that_police_and_prosecutors_tell_of_a_charge(
    given: bool,
) -> None:
    """Not dealt with out of court, nobody works with the child yet, nothing was given (VIC-1, CHG-1)."""
    back = text_of(letter_pdf(dataclasses.replace(PAPER, given=given, **BACK)))
    for said in ("not dealt with out of court", "decide whether the child is charged", "Right 6", "call 101"):
        assert said in back
    for wrong in (
        "It is dealt with out of court",
        "child was given",
        "works with the youth justice",
        "give the decision",
    ):
        assert wrong not in back
    out = text_of(letter_pdf(dataclasses.replace(PAPER, given=given)))
    assert "It is dealt with out of court" in out
    assert "charged" not in out


@pytest.mark.parametrize("outcome", Outcome)
def test_the_page_of_the_decision_says_who_tells_of_a_charge_only_where_there_may_be_one(
    sqlite_app: PanelApp, outcome: Outcome
) -> None:
    base = begun(sqlite_app, outcome)
    worker = enter(sqlite_app, "victim_worker")
    back = outcome in (Outcome.CHARGE, Outcome.RETURNED)
    page = worker.open(base)
    assert ("the police and the Crown Prosecution Service decide and tell the victim" in page.text) is back
    assert ("VIC-1, Right 6 of the Victims' Code" in page.text) is back
    worker.send(f"{base}/letter", {"reasons": PLAIN})
    letter = text_of(worker.open(f"{base}/letter/1").response.get_data())
    assert ("not dealt with out of court" in letter) is back
    assert ("no further action is taken" in letter) is (outcome is Outcome.NFA)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Robin said sorry.", "the child's name"),
        ("The child has ADHD.", "health"),
        ("They go to another school now.", "school"),
        ("Their social worker helps.", "home and family"),
        ("They had a previous warning.", "earlier matters"),
        ("They live at KD7 1AA.", "postcode"),
        ("Write to a.b@example.org.", "email address"),
    ],
)
def test_a_text_about_the_childs_life_is_stopped_and_said_which(
    sqlite_engine: Engine, text: str, what: str
) -> None:
    with transaction(sqlite_engine) as db:
        referral = decided(db, build(db))
        assert what in tells_of_child(db, referral, text)
        assert tells_of_child(db, referral, f"{PLAIN} On 3 November 2026 the panel met.") == ()


@pytest.mark.parametrize(
    ("victim", "contact", "expected"),
    [
        ({}, {}, [Recipient.VICTIM]),
        ({}, {"speak_with": "Ann"}, [Recipient.VICTIM, Recipient.SPEAKS_FOR]),
        ({"under_18": True}, {"speak_with": "Ann"}, [Recipient.SPEAKS_FOR]),
        ({"under_18": True}, {"speak_with": "Ann", "adult_suspected": True}, [Recipient.VICTIM]),
    ],
)
def test_to_whom_a_letter_may_go_follows_from_what_is_known_and_is_never_typed(
    victim: dict[str, Any], contact: dict[str, Any], expected: list[Recipient]
) -> None:
    assert recipients(Victim(**victim), VictimContact(**contact)) == expected


def begun(app: PanelApp, outcome: Outcome = Outcome.YCC) -> str:
    with transaction(app.engine) as db:
        return f"/cases/{decided(db, build(db), outcome, victim=True).reference}/victim/1/told/decided"


def late(page: Page) -> dict[str, str]:
    """The reason, when the letter goes out after the due day by the clock of this machine."""
    return {"late_reason": "They were away."} if "late_reason" in page.form().names else {}


def test_the_victim_worker_writes_reads_and_sends_the_letter(sqlite_app: PanelApp) -> None:
    base = begun(sqlite_app)
    worker = enter(sqlite_app, "victim_worker")
    page = worker.open(f"{base}/letter")
    assert not {name for name in page.form().names if "address" in name or "name" in name}
    page = worker.send(page, {"reasons": "Robin has ADHD."}, status=422)
    assert "the child's name" in page.errors[0]
    assert "health" in page.errors[0]
    page = worker.follow(worker.send(page, {"reasons": PLAIN}))
    assert page.heading == "Read and send letter 1"
    assert "9 Weir Cottages" in page.text  # the first line, by which one sees that it is the right one
    assert "KD7 9XZ" not in page.text
    assert worker.open(f"{base}/letter/1").response.mimetype == "application/pdf"
    worker.send(page, late(page))
    with transaction(sqlite_app.engine) as db:
        letter, update = db.exec(select(VictimLetter)).one(), db.exec(select(VictimUpdate)).one()
        assert letter.sent_on == update.told_on is not None
        assert update.how is How.LETTER
        paper = db.exec(select(Document).where(Document.kind == Kind.VICTIM_LETTER)).one()
        assert PLAIN in text_of(content(db, paper))
    assert "Letter 1" in worker.open(base).text
    worker.open(f"{base}/letter", status=404)


def test_nobody_else_opens_a_letter_not_even_among_the_papers_of_the_case(sqlite_app: PanelApp) -> None:
    base = begun(sqlite_app)
    worker = enter(sqlite_app, "victim_worker")
    worker.send(f"{base}/letter", {"reasons": PLAIN})
    with transaction(sqlite_app.engine) as db:
        number = db.exec(select(Document.number).where(Document.kind == Kind.VICTIM_LETTER)).one()
    case = base.split("/victim/")[0]
    for key in ("officer", "seconded", "case_manager", "manager", "inspector", "victim_worker"):
        visitor = enter(sqlite_app, key)
        visitor.open(f"{case}/documents/{number}", status=404)
        assert "Letter" not in visitor.open(f"{case}/documents").text
        if key != "victim_worker":
            visitor.open(f"{base}/letter/1", status=403)
            visitor.open(f"{base}/letter/1/send", status=403)


def test_an_older_letter_is_kept_and_only_the_newest_is_sent(sqlite_app: PanelApp) -> None:
    base = begun(sqlite_app, Outcome.NFA)
    worker = enter(sqlite_app, "victim_worker")
    for _ in range(2):
        worker.send(f"{base}/letter", {"reasons": PLAIN})
    worker.send(worker.open(f"{base}/letter/1/send"), status=404)
    page = worker.open(f"{base}/letter/2/send")
    worker.send(page, late(page))
    with transaction(sqlite_app.engine) as db:
        sent = [(row.number, row.sent_on is not None) for row in db.exec(select(VictimLetter))]
        assert sorted(sent) == [(1, False), (2, True)]
