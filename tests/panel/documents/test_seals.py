"""The seal on signed copies, its certificate, and what the settings say about it."""

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from config.files import FileSettings, file_settings
from config.settings import SettingsError
from panel.documents.keeping import check_certificate
from panel.documents.refused import UploadRefused
from panel.documents.scans import scan_pdf
from panel.documents.seal import Sealer, sealer_from, self_made, unbroken
from panel.documents.typeset import disposal_pdf
from panel.documents.uploads import CleanFile
from tests.panel.documents import good_files
from tests.panel.documents.disposal_papers import KINDS, LETTERS, drawn, paper, text_of

SIGNED = [kind for kind in KINDS if kind not in LETTERS]


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Sealer:
    file = tmp_path_factory.mktemp("seal") / "seal.p12"
    file.write_bytes(self_made("Kelder seal", b"secret"))
    return Sealer(file, b"secret")


@pytest.mark.parametrize("kind", SIGNED)
def test_a_sealed_paper_is_still_an_accessible_archive_file(
    kind: str, sealer: Sealer, tmp_path: Path
) -> None:
    data = disposal_pdf(paper(kind))
    sealed = sealer.sealed(data)
    assert sealed.data.startswith(data)  # added to, never written anew
    assert sealed.holder == "Kelder seal"
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed.data)
    assert validate(str(file)).exit_code == 0
    assert text_of(sealed.data) == text_of(data)


def test_the_seal_is_a_pades_signature_over_the_whole_file_that_nobody_sees(sealer: Sealer) -> None:
    sealed = sealer.sealed(disposal_pdf(paper("youth_caution")))
    with pikepdf.open(io.BytesIO(sealed.data)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
        assert [float(number) for number in field.Rect] == [0, 0, 0, 0]
        assert str(field.TU) == "Seal of this service"
    assert unbroken(sealed.data, sealed.fingerprint)


def test_every_change_breaks_the_seal(sealer: Sealer) -> None:
    sealed = sealer.sealed(disposal_pdf(paper("youth_caution")))
    place = len(sealed.data) // 3
    one_bit = sealed.data[:place] + bytes([sealed.data[place] ^ 1]) + sealed.data[place + 1 :]
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed.data))
    writer.set_info(None)
    writer.root["/Note"] = writer.root.raw_get("/Pages")
    writer.update_root()
    added = io.BytesIO()
    writer.write(added)
    assert added.getvalue().startswith(sealed.data)
    for altered in (one_bit, added.getvalue(), sealed.data + b"% more", sealed.data[:-9], b"", b"%PDF-1.7"):
        assert not unbroken(altered, sealed.fingerprint)
    assert unbroken(sealed.data, sealed.fingerprint)


def test_the_seal_of_somebody_else_is_not_ours(sealer: Sealer, tmp_path: Path) -> None:
    (tmp_path / "other.p12").write_bytes(self_made("Kelder seal", b"x"))
    data = disposal_pdf(paper("youth_caution"))
    ours, theirs = sealer.sealed(data), Sealer(tmp_path / "other.p12", b"x").sealed(data)
    assert ours.holder == theirs.holder
    assert not unbroken(theirs.data, ours.fingerprint)
    assert not unbroken(data, ours.fingerprint)


def test_a_scan_is_sealed_whether_it_is_a_pdf_or_a_photo(sealer: Sealer, tmp_path: Path) -> None:
    photo = scan_pdf(
        CleanFile("image/png", "png", drawn()), title="Signed copy", by="Jo Marsh", on=date(2026, 11, 17)
    )
    for number, data in enumerate((photo, good_files.pdf())):
        sealed = sealer.sealed(data)
        assert sealed.data.startswith(data)
        assert unbroken(sealed.data, sealed.fingerprint)
        (tmp_path / f"{number}.pdf").write_bytes(sealed.data)
    assert validate(str(tmp_path / "0.pdf")).exit_code == 0


def test_what_cannot_be_sealed_is_refused_in_words(sealer: Sealer) -> None:
    with pytest.raises(UploadRefused, match="Print it to a new PDF"):
        sealer.sealed(b"%PDF-1.7 and nothing else")


def test_a_demonstration_makes_its_own_certificate_once_and_says_so(tmp_path: Path) -> None:
    settings = FileSettings(demo_dir=tmp_path)
    one, two = sealer_from(settings), sealer_from(settings)
    assert one is not None
    assert two is not None
    assert not (tmp_path / "seal.p12").exists()  # nothing is made before it is needed
    data = disposal_pdf(paper("youth_caution"))
    assert one.sealed(data).fingerprint == two.sealed(data).fingerprint
    assert one.self_made
    assert (tmp_path / "seal.p12").stat().st_mode & 0o777 == 0o600


def test_outside_a_demonstration_nothing_is_sealed_without_a_certificate() -> None:
    assert sealer_from(FileSettings()) is None


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"SEAL_CERTIFICATE": "/nowhere/seal.p12"}, "SEAL_CERTIFICATE: set the path of a PKCS#12 file"),
        ({"FILE_STORE": "ftp://bucket"}, "FILE_STORE: set it to database, or to s3://bucket"),
        ({"FILE_STORE": "s3://"}, "FILE_STORE: set it to database, or to s3://bucket"),
        ({"S3_ENDPOINT_URL": "minio:9000"}, "S3_ENDPOINT_URL: start it with https://"),
        ({"AWS_ACCESS_KEY_ID": "a"}, "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY both, or neither"),
    ],
)
def test_a_wrong_setting_names_the_variable_and_the_remedy(env: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says.replace("(", r"\(")):
        file_settings(env, None)


def test_a_password_that_does_not_open_the_certificate_is_said_when_it_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "seal.p12"
    file.write_bytes(self_made("Kelder seal", b"right"))
    settings = file_settings({"SEAL_CERTIFICATE": str(file), "SEAL_PASSWORD": "wrong"}, None)
    sealer = sealer_from(settings)
    assert sealer is not None
    with pytest.raises(SettingsError, match="SEAL_PASSWORD: it does not open"):
        sealer.sealed(disposal_pdf(paper("youth_caution")))
    with pytest.raises(SettingsError, match="SEAL_PASSWORD: it does not open"):
        check_certificate(settings)  # as the service does before it starts


def test_no_secret_of_the_store_or_the_seal_is_printed() -> None:
    env = {"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "hushhush", "SEAL_PASSWORD": "hushhush"}
    assert "hush" not in repr(file_settings(env, None))


def test_a_sealed_file_can_be_read_by_others(sealer: Sealer) -> None:
    sealed = sealer.sealed(disposal_pdf(paper("youth_caution")))
    reader = PdfFileReader(io.BytesIO(sealed.data))
    assert len(reader.embedded_signatures) == 1
