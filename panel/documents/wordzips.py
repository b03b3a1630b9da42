"""The outside of a Word document: a ZIP that holds what it says, no more, and unpacks to a bearable size."""

import io
import re
import struct
import zipfile

from panel.documents.refused import MEGABYTE, UploadRefused, unreadable

ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY, END, END_LENGTH = ZIP_HEADS[0], ZIP_HEADS[1], 22
MAX_PARTS = 1000
MAX_PART = 40 * MEGABYTE
MAX_UNPACKED = 80 * MEGABYTE
MAX_RATIO = 250  # long tables of text pack to about a fiftieth
SMALL = MEGABYTE
ENCRYPTED = 0x1
GOOD_NAME = re.compile(r"[A-Za-z0-9_\[\]()., %&+=@~!$'-]+(/[A-Za-z0-9_\[\]()., %&+=@~!$'-]+)*/?")

UNREADABLE = unreadable("Word document")
INSTEAD = "Save it as a PDF and upload that."
LOCKED = "This Word document is locked with a password. Save it without the password and upload that."
OLD = (
    "This is an older kind of Office file. Open it, save it as a Word document (DOCX) or PDF and upload that."
)
TOO_MUCH = f"This Word document is too large when it is unpacked. {INSTEAD}"
ODD = f"This Word document is put together in a way that we cannot check. {INSTEAD}"


def old_office(data: bytes) -> str:
    """The sentence for a file of the kind that Office used before 2007, and uses still to lock a document."""
    return LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OLD


class Parts:
    """The parts of a document by name; nothing is unpacked before it is asked for."""

    def __init__(self, data: bytes) -> None:
        _check_end(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception:  # whatever the parser trips over, nobody can read the file
            raise UploadRefused(UNREADABLE) from None
        entries = self._zip.infolist()
        _check_entries(entries)
        self._entries = {entry.filename.lower(): entry for entry in entries if not entry.is_dir()}

    def names(self) -> list[str]:
        """Every part, in small letters, for names are the same in both."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """The part unpacked and its checksum compared; UploadRefused when it is missing or broken."""
        try:
            return self._zip.read(self._entries[name.lower()])
        except Exception:  # missing, cut off, packed in a way of its own, or another checksum
            raise UploadRefused(UNREADABLE) from None


def _check_end(data: bytes) -> None:
    """One archive from the first byte to the last: nothing before, behind or on another disk."""
    if not data.startswith(ENTRY) or len(data) < END_LENGTH or data.rfind(END) < 0:
        raise UploadRefused(UNREADABLE)
    if data[-END_LENGTH:-18] != END:
        raise UploadRefused(ODD)
    disk, start_disk, here, total, size, offset, comment = struct.unpack("<4H2LH", data[-18:])
    if disk or start_disk or here != total or comment or offset + size != len(data) - END_LENGTH:
        raise UploadRefused(ODD)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower().rstrip("/") for entry in entries]
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UploadRefused(TOO_MUCH)
    if len(set(names)) < len(names) or not all(map(_good_name, (e.filename for e in entries))):
        raise UploadRefused(ODD)
    for entry in entries:
        if entry.flag_bits & ENCRYPTED:
            raise UploadRefused(LOCKED)
        packed_tight = entry.file_size > SMALL and entry.file_size > MAX_RATIO * entry.compress_size
        if entry.file_size > MAX_PART or packed_tight:
            raise UploadRefused(TOO_MUCH)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UploadRefused(UNREADABLE)


def _good_name(name: str) -> bool:
    """A plain relative path: no way up, no root, no drive, no sign that hides or turns."""
    steps = name.rstrip("/").split("/")
    return bool(GOOD_NAME.fullmatch(name)) and len(name) < 200 and not {".", ".."} & set(steps)
