"""Small files that a person could have."""

from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from sqlmodel import Session

from panel.access import Actor
from panel.documents.uploads import CleanFile
from panel.referrals import filing
from panel.referrals.commands import PaperDetails
from panel.referrals.models import Referral
from workflows.papers import Paper


def small_pdf(path: Path) -> Path:
    """A PDF of one empty page."""
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


@cache
def blank_pdf() -> bytes:
    """The bytes of a PDF of one empty page."""
    import pikepdf

    file = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    return file.getvalue()


def with_interview(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    """Put the interview record on a referral, without which guidance asks for a reason."""
    clean = CleanFile("application/pdf", "pdf", blank_pdf())
    filing.add_paper(db, referral, PaperDetails(kind=Paper.INTERVIEW), clean, by=by, at=at)
