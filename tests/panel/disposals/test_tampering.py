"""Signed papers that somebody changed behind our back: each is named with its case, and none is shown."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from config.files import FileSettings
from panel.db import transaction
from panel.disposals.models import Disposal
from panel.disposals.verify import verify as verify_disposals
from panel.documents.keeping import keep_with
from panel.documents.models import Document, Kind, SignedCopy
from panel.documents.queries import Altered, content, papers
from panel.documents.seal import unbroken
from panel.documents.signed import keep_signed, looked_at, opened, versions_of
from panel.documents.uploads import CleanFile
from panel.documents.verify import verify as verify_files
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.history.verify import verify as verify_history
from panel.referrals.models import Referral
from panel.web import PanelApp
from tests.support.assessed import enter
from tests.support.given import GIVEN_AT, signed
from tests.support.world import World, build
from workflows.flow import Refused


@dataclass
class Sealed:
    """A signed case on an engine that seals."""

    engine: Engine
    world: World
    referral: Referral

    def do(self, sql: str, **values: object) -> None:
        """Change rows as somebody does who owns the file of the database."""
        with transaction(self.engine) as db:
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in db.connection().execute(text(names)).scalars().all():
                db.connection().execute(text(f"DROP TRIGGER {name}"))
            db.connection().execute(text(sql), values)

    def copy(self) -> Document:
        with transaction(self.engine) as db:
            return papers(db, self.referral.id, kinds=(Kind.SIGNED_COPY,))[0]

    def problems(self) -> list[str]:
        return verify_files(self.engine) + verify_disposals(self.engine) + verify_history(self.engine)


@pytest.fixture
def case(sqlite_engine: Engine, tmp_path: Path) -> Sealed:
    return sealed(sqlite_engine, tmp_path)


def sealed(engine: Engine, folder: Path) -> Sealed:
    keep_with(engine, FileSettings(demo_dir=folder))
    with transaction(engine) as db:
        world = build(db)
        return Sealed(engine, world, signed(db, world))


def bytes_of(case: Sealed) -> bytes:
    copy = case.copy()
    with transaction(case.engine) as db:
        return content(db, copy)


def test_nothing_is_found_where_nothing_was_touched(case: Sealed) -> None:
    assert case.problems() == []
    copy = case.copy()
    with transaction(case.engine) as db:
        found = looked_at(db, copy)
        assert found is not None
        assert found.says == (
            "Sealed on 17 November 2026 at 12:00 by Demonstration seal"
            " (a certificate made by this demonstration itself), unchanged."
        )
        assert unbroken(opened(db, copy), found.copy.fingerprint)


def swapped_bytes(case: Sealed) -> None:
    case.do("UPDATE stored_file SET content = :c WHERE digest = :d", c=b"%PDF-1.7 x", d=case.copy().digest)


def added_to(data: bytes) -> bytes:
    """The same file with a change added behind its seal, as editors of PDFs do."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root["/Note"] = writer.root.raw_get("/Pages")
    writer.update_root()
    more = io.BytesIO()
    writer.write(more)
    return more.getvalue()


def incremental_update(case: Sealed) -> None:
    more = added_to(bytes_of(case))
    case.do("UPDATE stored_file SET content = :c WHERE digest = :d", c=more, d=case.copy().digest)


def incremental_update_with_new_digests(case: Sealed) -> None:
    """Every row follows the new file; the seal and the history do not."""
    import hashlib

    more, old = added_to(bytes_of(case)), case.copy().digest
    new = hashlib.sha256(more).hexdigest()
    case.do("UPDATE stored_file SET content = :c, digest = :n WHERE digest = :d", c=more, n=new, d=old)
    case.do("UPDATE document SET digest = :n WHERE digest = :d", n=new, d=old)
    case.do("UPDATE signed_copy SET digest = :n WHERE digest = :d", n=new, d=old)


def document_row_to_another_file(case: Sealed) -> None:
    case.do(
        "UPDATE document SET digest = (SELECT digest FROM document WHERE kind = 'disposal_document')"
        " WHERE id = :i",
        i=case.copy().id,
    )


def both_rows_to_another_file(case: Sealed) -> None:
    shown = "(SELECT digest FROM document WHERE kind = 'disposal_document')"
    number = case.copy().id
    case.do(f"UPDATE document SET digest = {shown} WHERE id = :i", i=number)
    case.do(f"UPDATE signed_copy SET digest = {shown}, fingerprint = '' WHERE document_id = :i", i=number)


def disposal_to_another_document(case: Sealed) -> None:
    case.do(
        "UPDATE disposal SET signed_document_id = (SELECT id FROM document WHERE kind = 'child_copy')",
    )


def disposal_to_another_shown_document(case: Sealed) -> None:
    case.do(
        "UPDATE disposal SET document_id = (SELECT id FROM document WHERE kind = 'parent_page'),"
        " document_digest = (SELECT digest FROM document WHERE kind = 'parent_page')"
    )


def missing_file(case: Sealed) -> None:
    case.do("DELETE FROM stored_file WHERE digest = :d", d=case.copy().digest)


def missing_record(case: Sealed) -> None:
    case.do("DELETE FROM signed_copy WHERE document_id = :i", i=case.copy().id)


TAMPERS: dict[Callable[[Sealed], None], str] = {
    swapped_bytes: "was altered",
    incremental_update: "was altered",
    incremental_update_with_new_digests: "does not carry the seal that it was kept with",
    document_row_to_another_file: "leads to another file than the one that was kept",
    both_rows_to_another_file: "is not what the history says was kept",
    disposal_to_another_document: "leads to a signed copy that is not its own",
    disposal_to_another_shown_document: "leads to another document than the one that was made and shown",
    missing_file: "is gone",
    missing_record: "is gone",
}


@pytest.mark.parametrize("tamper", TAMPERS, ids=lambda tamper: tamper.__name__)
def test_verify_names_the_case_of_every_change(case: Sealed, tamper: Callable[[Sealed], None]) -> None:
    tamper(case)
    found = case.problems()
    assert [problem for problem in found if TAMPERS[tamper] in problem]
    assert all(problem.startswith(f"case:{case.referral.id}:") for problem in found)


@pytest.mark.parametrize(
    "tamper", [swapped_bytes, incremental_update, document_row_to_another_file, missing_file]
)
def test_an_altered_copy_is_never_shown_and_who_asked_is_written_down(
    sqlite_app: PanelApp, tmp_path: Path, tamper: Callable[[Sealed], None]
) -> None:
    case = sealed(sqlite_app.engine, tmp_path)
    copy = case.copy()
    tamper(case)
    manager = enter(sqlite_app, "manager")
    page = manager.open(f"/cases/{case.referral.reference}/documents/{copy.number}", status=409)
    assert page.heading == "This paper is not what was kept"
    with transaction(sqlite_app.engine) as db:
        event = db.exec(select(Event).where(Event.verb == "document.found_altered")).one()
        assert event.by_id == case.world.users["manager"]
        assert event.facts == {"title": copy.title}
        disclosed = db.exec(select(AccessEntry).where(AccessEntry.operation == Operation.DISCLOSURE)).all()
        assert disclosed == []
    page = manager.open(f"/cases/{case.referral.reference}/disposal")
    assert "Altered since it was kept on 17 November 2026" in page.text
    assert f"case:{case.referral.id}" in " ".join(case.problems())


def test_the_page_says_who_sealed_it_and_that_it_is_unchanged(sqlite_app: PanelApp, tmp_path: Path) -> None:
    case = sealed(sqlite_app.engine, tmp_path)
    page = enter(sqlite_app, "case_manager").open(f"/cases/{case.referral.reference}/disposal")
    assert page.text.count("by Demonstration seal (a certificate made by this demonstration itself), un") == 2


def test_a_case_without_a_certificate_says_that_its_copy_is_not_sealed(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        referral = signed(db, build(db))
    page = enter(sqlite_app, "case_manager").open(f"/cases/{referral.reference}/disposal")
    assert "Not sealed: this installation has no certificate for it." in page.text


def test_a_further_copy_is_another_version_and_the_first_is_kept(engine: Engine, tmp_path: Path) -> None:
    case = sealed(engine, tmp_path)
    first = case.copy()
    with transaction(engine) as db:
        disposal = db.exec(select(Disposal)).one()
        again = keep_signed(
            db,
            referral_id=case.referral.id,
            subject=f"disposal:{disposal.id}",
            title="Youth conditional caution",
            file=CleanFile("application/pdf", "pdf", content(db, first)),
            shown_digest=disposal.document_digest,
            by=case.world.actor("officer"),
            at=GIVEN_AT,
            story="Found in the cabinet at Keel Street.",
        )
        assert again.title == "Youth conditional caution, signed copy 2"
        one, two = versions_of(db, f"disposal:{disposal.id}")
        assert (one.version, two.version) == (1, 2)
        assert opened(db, first) != opened(db, again)
        disposal.signed_document_id = again.id
        db.add(disposal)
    assert verify_files(engine) + verify_disposals(engine) == []


def test_what_is_on_record_of_a_signed_copy_is_never_changed(engine: Engine, tmp_path: Path) -> None:
    sealed(engine, tmp_path)
    for table in ("signed_copy", "signature", "family_paper"):
        with pytest.raises(Exception, match="never changed"), Session(engine) as db:
            db.connection().execute(text(f"DELETE FROM {table}"))


def test_an_altered_copy_stops_the_giving(case: Sealed) -> None:
    from panel.disposals import actions

    swapped_bytes(case)
    copy = case.copy()
    with transaction(case.engine) as db:
        referral = db.exec(select(Referral)).one()
        with pytest.raises(Refused) as refused:
            actions.give(db, referral, by=case.world.actor("officer"), at=GIVEN_AT)
        assert {refusal.name for refusal in refused.value.refusals} == {"signed_copy"}
        with pytest.raises(Altered):
            opened(db, copy)
        assert db.exec(select(SignedCopy)).all() != []
