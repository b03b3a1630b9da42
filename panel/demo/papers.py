"""The police papers of the demonstration: one page each, which says that it is invented."""

from datetime import datetime
from functools import cache
from io import BytesIO

from sqlmodel import Session

from panel.access import Actor
from panel.documents.uploads import CleanFile, checked_upload
from panel.referrals.commands import PaperDetails
from panel.referrals.filing import add_paper
from panel.referrals.models import Referral
from workflows.papers import Paper
from workflows.vocabulary import words


def add_papers(
    db: Session, referral: Referral, papers: tuple[Paper, ...], *, by: Actor, at: datetime
) -> None:
    """Put these papers on a case."""
    for kind in papers:
        add_paper(db, referral, PaperDetails(kind=kind), _page(kind), by=by, at=at)


@cache
def _page(kind: Paper) -> CleanFile:
    import pikepdf

    text = f"{words(kind)}. Demonstration: every person is invented."
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(
            f"BT /F1 14 Tf 60 760 Td ({text.translate(PLAIN)}) Tj ET".encode()
        )
        file = BytesIO()
        pdf.save(file, deterministic_id=True)
    return checked_upload(file.getvalue(), "paper.pdf")


PLAIN = str.maketrans({"(": "\\(", ")": "\\)"})
