"""The seal on signed copies: a PAdES signature of the service, without a picture, checked on every opening.

A seal shows that the bytes are those that were kept here. Who signed is said by the paper, not by the seal.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from config.errors import SettingsError
from config.once import write_once
from panel.documents.refused import UploadRefused

if TYPE_CHECKING:
    from config.files import FileSettings

FIELD = "Seal"
DEMO_FILE, DEMO_NAME, DEMO_PASSWORD = "seal.p12", "Demonstration seal", b"demonstration"
DEMO_DAYS = 3650
log = structlog.get_logger()
# It writes a page for each certificate whose issuer it does not know: ours is known by its fingerprint.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
CANNOT = "This PDF cannot be sealed. Print it to a new PDF and upload that."


@dataclass(frozen=True)
class SealedBytes:
    """A sealed file, with whose seal it is and the fingerprint of the certificate."""

    data: bytes
    holder: str
    fingerprint: str


class Sealer:
    """Seals PDFs with the certificate of a PKCS#12 file, which is read on first use."""

    def __init__(self, certificate: Path, password: bytes, *, self_made: bool = False) -> None:
        self._certificate, self._password = certificate, password
        self.self_made = self_made

    @cached_property
    def _signer(self) -> Any:
        from pyhanko.sign import signers

        if self.self_made:
            _make_once(self._certificate)
        try:
            data = self._certificate.read_bytes()
            signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=self._password)
        except OSError as error:
            raise SettingsError(f"SEAL_CERTIFICATE: {self._certificate} cannot be read") from error
        except ValueError as error:
            raise SettingsError(
                "SEAL_PASSWORD: it does not open SEAL_CERTIFICATE; set the password of that PKCS#12 file"
            ) from error
        return signer

    def check(self) -> None:
        """Raise `SettingsError` when the certificate cannot be used, before anybody signs."""
        _ = self._signer

    def sealed(self, data: bytes) -> SealedBytes:
        """The PDF with a seal at its end; what was there stays byte for byte. Raises `UploadRefused`."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import PdfSignatureMetadata, fields, signers

        signer = self._signer
        holder = _holder(signer.signing_cert)
        try:
            writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
            # What comes back to us sealed is sealed once more, in a field of another name.
            name = f"{FIELD}-{len(writer.prev.embedded_signatures) + 1}"
            about = PdfSignatureMetadata(
                field_name=name,
                md_algorithm="sha256",
                subfilter=fields.SigSeedSubFilter.PADES,
                name=holder,
                reason="Kept as it was signed",
            )
            # PDF/A asks that the field would be printed if it had a size; its name is read aloud.
            unseen = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False)
            spec = fields.SigFieldSpec(
                name, readable_field_name="Seal of this service", invis_sig_settings=unseen
            )
            sealing = signers.PdfSigner(about, signer=signer, new_field_spec=spec)
            made = _in_a_thread(partial(sealing.sign_pdf, writer))
        except Exception as trouble:  # whatever the writer trips over, the file cannot be added to
            log.warning("pdf not sealed", kind=type(trouble).__name__, size=len(data))
            raise UploadRefused(CANNOT) from None
        return SealedBytes(made.getvalue(), holder, fingerprint_of(signer.signing_cert.dump()))


def sealer_from(settings: FileSettings) -> Sealer | None:
    """The sealer of an installation: its certificate, a self-made one in a demonstration, or none."""
    if settings.certificate:
        return Sealer(Path(settings.certificate), settings.password.encode())
    if settings.demo_dir is not None:
        return Sealer(settings.demo_dir / DEMO_FILE, DEMO_PASSWORD, self_made=True)
    return None


def unbroken(data: bytes, fingerprint: str) -> bool:
    """Whether the PDF carries the seal of this certificate, over the whole file and unbroken."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    try:
        seals = [
            seal
            for seal in PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
            if fingerprint_of(seal.signer_cert.dump()) == fingerprint
        ]
        if not seals:
            return False
        # Whose certificate it is was written down when it sealed: it is trusted as it stands, also run out.
        known = ValidationContext(trust_roots=[seals[-1].signer_cert], allow_fetching=False)
        status = _in_a_thread(partial(validate_pdf_signature, seals[-1], known))
    except Exception:  # a file that cannot be read is not the one that was sealed
        return False
    return status.intact and status.valid and status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def _in_a_thread(work: Callable[[], Any]) -> Any:
    """What the work gives; the library starts an event loop, and the caller's thread may have one already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def fingerprint_of(certificate: bytes) -> str:
    """SHA-256 of a certificate."""
    return hashlib.sha256(certificate).hexdigest()


def _holder(certificate: Any) -> str:
    return str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly)[:160]


def _make_once(path: Path) -> None:
    """A certificate for a demonstration, kept beside its database; it proves sameness and no identity."""
    if path.exists():
        return
    write_once(path, self_made())


def self_made(name: str = DEMO_NAME, password: bytes = DEMO_PASSWORD) -> bytes:
    """A PKCS#12 file with a new key and a certificate that it signed itself."""
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    from panel import clock

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=DEMO_DAYS))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    lock = serialization.BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, lock)
