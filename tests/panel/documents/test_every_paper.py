"""Every paper made by a real act is read aloud by a screen reader and kept in an archive."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate
from sqlmodel import Session, col, select

from panel.accounts.models import Area, AreaSetting
from panel.appointments import actions as appointments
from panel.appointments.letter import letter_pdf as invitation_pdf
from panel.closing.models import ClosingSummary
from panel.closing.papers import summary_pdf
from panel.compliance import actions as compliance
from panel.compliance.letter import warning_pdf
from panel.contacts.family import calendar_pdf, my_plan_of, my_plan_pdf
from panel.db import row_at, transaction
from panel.documents.models import Document, Kind
from panel.documents.queries import content
from panel.documents.typst import TEMPLATES
from panel.gap.letter import letter_pdf as query_pdf
from panel.gap.models import ForceQuery
from panel.plans.agreeing import plan_pdf
from panel.plans.queries import plan_of
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.appointments.test_appointments import wanted
from tests.panel.documents.disposal_papers import text_of
from tests.support import given as cases
from tests.support import kept, planned
from tests.support.assessed import enter
from tests.support.given import GIVEN_AT, ISSUER
from tests.support.world import World, build
from workflows.vocabulary import Outcome

DAY = date(2026, 11, 17)
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def claims_and_fonts(data: bytes) -> tuple[tuple[str, str, str], list[str]]:
    """What a paper says it is, and the fonts that it uses without bringing them along."""
    with pikepdf.open(io.BytesIO(data)) as opened, opened.open_metadata() as described:
        said = tuple(described[f"{name}"] for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part"))
        fonts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and is_font(one)]
        assert fonts
        return said, [str(one.get("/FontName", "")) for one in fonts if not embedded(one)]  # type: ignore[return-value]


def is_font(one: pikepdf.Dictionary) -> bool:
    return one.get("/Type") in ("/Font", "/FontDescriptor")


def embedded(one: pikepdf.Dictionary) -> bool:
    """A font descriptor holds the font; a font leads to its descriptor, itself or through its descendants."""
    if one.get("/Type") == "/FontDescriptor":
        return any(name in one for name in FONT_FILES)
    inner = one.get("/DescendantFonts")
    return "/FontDescriptor" in one or "/CharProcs" in one or (inner is not None and embedded(inner[0]))


def unsigned(db: Session, world: World, outcome: Outcome) -> dict[str, bytes]:
    """The formal document with the pages of child and parent, as they lie on the case."""
    referral = cases.prepared(db, world, outcome)
    query = select(Document).where(Document.referral_id == referral.id)
    papers = [one for one in db.exec(query) if one.kind is not Kind.POLICE_PAPER]
    return {f"{outcome.value}: {one.title}": content(db, one) for one in papers}


def warning(db: Session, world: World) -> bytes:
    referral = kept.missed(db, world)
    row, worker = kept.matter(db, referral), world.actor("case_manager")
    compliance.answer(db, referral, row, kept.ANSWER, by=worker, at=kept.MISSED_AT)
    entry = compliance.warn(db, referral, row, kept.warning(), by=worker, at=kept.MISSED_AT)
    return warning_pdf(db, referral, entry, demo=True)


def invitation(db: Session, world: World) -> bytes:
    referral = cases.decided(db, world)
    row = appointments.plan(db, referral, wanted(world), by=world.actor("case_manager"), at=GIVEN_AT)
    area = row_at(db, Area, referral.area_id).name
    return invitation_pdf(db, referral, row, area, force_name=ISSUER.force_name, demo=True)


def varied(db: Session, world: World) -> bytes:
    referral = planned.under_way(db, world)
    variation = planned.prepared_variation(db, world, referral)
    assert variation.document_id is not None
    return content(db, row_at(db, Document, variation.document_id))


def summaries(db: Session, world: World) -> Iterator[tuple[str, bytes]]:
    referral = cases.closed(db, world)
    version = db.exec(select(ClosingSummary).where(ClosingSummary.referral_id == referral.id)).one()
    yield "closing summary for the file", summary_pdf(db, referral, version, "file", demo=True)
    yield "closing summary for the child", summary_pdf(db, referral, version, "child", demo=True)


def for_the_child(db: Session, world: World) -> Iterator[tuple[str, bytes]]:
    referral: Referral = planned.with_contact(db, world)
    plan = my_plan_of(db, referral, now=GIVEN_AT)
    yield "my plan", my_plan_pdf(plan, demo=True)
    yield "calendar", calendar_pdf(plan, demo=True)


def check(name: str, data: bytes, folder: Path) -> None:
    file = folder / "paper.pdf"
    file.write_bytes(data)
    report = validate(str(file))
    assert report.exit_code == 0, (name, report.findings)
    assert claims_and_fonts(data) == (("2", "A", "1"), []), name


@pytest.mark.parametrize("outcome", Outcome)
def test_what_is_shown_before_signing_is_accessible_and_complete(
    sqlite_app: PanelApp, outcome: Outcome, tmp_path: Path
) -> None:
    with transaction(sqlite_app.engine) as db:
        papers = unsigned(db, build(db), outcome)
        assert len(papers) == 3  # the formal document, the child's page, the parent's page
        for name, data in papers.items():
            check(name, data, tmp_path)


def test_what_comes_after_the_giving_is_accessible_and_complete(sqlite_app: PanelApp, tmp_path: Path) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        check("warning", warning(db, world), tmp_path)
        check("invitation", invitation(db, world), tmp_path)
        check("variation", varied(db, world), tmp_path)
        for name, data in (*summaries(db, world), *for_the_child(db, world)):
            check(name, data, tmp_path)


def query_to_the_force(rows: int) -> bytes:
    """The letter that asks a force about so many disposals, some with what hostile or long words do."""
    said = ForceQuery(reference="Q-2026-01", asked_on=DAY, answer_by=date(2026, 12, 1), by_words="Sam Okoro")
    long = "Featherstonehaugh-Cholmondeley-Wriothesley"
    disposals = [
        PoliceDisposal(
            reference=f"PD-{number:06}",
            crime_reference="13260001234" if number % 2 else "",
            outcome=list(Outcome)[number % 4],
            given_on=DAY,
            station=long,
            given_name="#import",
            surname=f"{long} \u202e",
        )
        for number in range(rows)
    ]
    area = Area(name="North Kelder", duty_mailbox="duty@example.org")
    return query_pdf(said, disposals, force=long * 3, area=area, phone="01632 960 777", demo=True)


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (60, 3)])
def test_the_letter_to_the_force_is_accessible_and_complete(rows: int, pages: int, tmp_path: Path) -> None:
    data = query_to_the_force(rows)
    check("query", data, tmp_path)
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert len(opened.pages) <= pages
    letter, table = text_of(data).split("The disposals")
    assert "send it back to duty@example.org, or call 01632 960 777" in letter
    assert "Featherstone" not in table
    assert table.count("i.F.") == rows


def test_plan_record_and_signed_copies_are_accessible_and_complete(
    sqlite_app: PanelApp, tmp_path: Path
) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        referral = cases.notified(db, world)
        plan = plan_of(db, referral.id)
        assert plan is not None
        check("plan", plan_pdf(db, referral, plan, at=GIVEN_AT, demo=True), tmp_path)
        kinds = (Kind.SIGNED_COPY, Kind.CHILD_COPY)
        copies = db.exec(select(Document).where(col(Document.kind).in_(kinds))).all()
        assert len(copies) == 2
        for copy in copies:
            check(copy.title, content(db, copy), tmp_path)
    visitor = enter(sqlite_app, "inspector")
    record = visitor.client.get(f"/cases/{referral.reference}/panel/decisions/1/record.pdf")
    check("record", record.get_data(), tmp_path)


def test_the_papers_of_a_family_say_whom_to_call_once_the_area_has_a_number(sqlite_app: PanelApp) -> None:
    number = "01632 960 777"
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        blank = unsigned(db, world, Outcome.YCC)
        assert [name for name, data in blank.items() if number in text_of(data)] == []
        db.add(AreaSetting(area_id=world.areas["north"], phone=number))
        db.flush()
        papers = {"invitation": invitation(db, world), **unsigned(db, world, Outcome.CR)}
        papers |= dict(for_the_child(db, world))
        told = {name.split(": ")[-1] for name, data in papers.items() if number in text_of(data)}
        family = {"The page for the child", "The page for the parent or carer"}
        assert told == {"invitation", "my plan", "calendar", *family}


# Where the paper of each template is held to the same standard, when it is not above.
ELSEWHERE = {
    "alignment.typ": "alignment/test_pages.py",
    "board_pack.typ": "board_pack/test_pages.py",
    "minutes.typ": "minutes/test_minutes.py",
    "pack.typ": "packs/test_pages.py",
    "scan.typ": "documents/test_seals.py",
    "scrutiny.typ": "scrutiny/test_pages.py",
    "self_inspection.typ": "ratings/test_rating_pages.py",
    "victim.typ": "victims/test_letters.py",
}
HERE = {outcome.value for outcome in Outcome} | {"child", "parent", "warning", "invitation", "closing"}
HERE |= {"my_plan", "calendar", "plan", "record", "force_query"}
SHARED = {"style.typ", "outcome.typ", "family.typ"}


def test_every_template_of_a_paper_is_held_to_the_standard_somewhere() -> None:
    there = {file.name for file in TEMPLATES.glob("*.typ")} - SHARED
    assert there == {f"{name}.typ" for name in HERE} | set(ELSEWHERE)
    for template, test in ELSEWHERE.items():
        words = (Path(__file__).parents[1] / test).read_text()
        assert "pdfua" in words, template


def test_a_font_that_stays_behind_is_noticed() -> None:
    bare = pikepdf.Pdf.new()
    bare.add_blank_page()
    bare.pages[0].obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, BaseFont=pikepdf.Name.Helvetica)
        )
    )
    font = bare.pages[0].obj.Resources.Font.F1
    assert is_font(font)
    assert not embedded(font)
