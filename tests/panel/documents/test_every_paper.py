"""Every paper made by a real act is read aloud by a screen reader and kept in an archive."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate
from sqlmodel import Session, select

from panel.accounts.models import Area
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
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.panel.appointments.test_appointments import wanted
from tests.support import given as cases
from tests.support import kept, planned
from tests.support.given import GIVEN_AT, ISSUER
from tests.support.world import World, build
from workflows.vocabulary import Outcome

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
