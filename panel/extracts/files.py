"""Files that grow on the disk and never in memory: a table for each item, then one archive of all."""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from typing import IO, Any, Protocol

from config.extract_fields import Field
from panel.cells import plain
from panel.gap.sheets import TextSheet
from workflows.extracts import Kind

Items = Mapping[str, Sequence[Field]]
BLOCK = 1 << 16


class Tables(Protocol):
    """Takes rows of items, then gives the finished files by their names."""

    def add(self, item: str, rows: Sequence[Sequence[str]]) -> None:
        """Write rows of an item."""

    def finish(self) -> dict[str, IO[bytes]]:
        """The files, each at its beginning."""


class CsvTables:
    """A CSV for each item, marked as UTF-8; no cell of it can run."""

    def __init__(self, items: Items) -> None:
        self.files = {item: _new() for item in items}
        self.texts = {
            item: io.TextIOWrapper(file, "utf-8-sig", "replace", newline="", write_through=False)
            for item, file in self.files.items()
        }
        self.writers = {item: csv.writer(text) for item, text in self.texts.items()}
        for item, fields in items.items():
            self.add(item, [[field.name for field in fields]])

    def add(self, item: str, rows: Sequence[Sequence[str]]) -> None:
        """Write rows of an item."""
        self.writers[item].writerows([plain(cell.replace("\0", "")) for cell in row] for row in rows)

    def finish(self) -> dict[str, IO[bytes]]:
        """The files, each at its beginning."""
        for text in self.texts.values():
            text.flush()
            text.detach()
        return {f"{item}.csv": _begin(file) for item, file in self.files.items()}


class JsonTables:
    """A JSON list for each item, an object for each row."""

    def __init__(self, items: Items) -> None:
        self.names = {item: [field.name for field in fields] for item, fields in items.items()}
        self.files = {item: _new() for item in items}
        self.begun: set[str] = set()
        for file in self.files.values():
            file.write(b"[\n")

    def add(self, item: str, rows: Sequence[Sequence[str]]) -> None:
        """Write rows of an item."""
        for row in rows:
            line = json.dumps(dict(zip(self.names[item], row, strict=True)), ensure_ascii=False)
            self.files[item].write((",\n" * (item in self.begun) + line).encode("utf-8", "replace"))
            self.begun.add(item)

    def finish(self) -> dict[str, IO[bytes]]:
        """The files, each at its beginning."""
        for file in self.files.values():
            file.write(b"\n]\n")
        return {f"{item}.json": _begin(file) for item, file in self.files.items()}


class XlsxTables:
    """One workbook with a sheet for each item."""

    def __init__(self, items: Items) -> None:
        from openpyxl import Workbook

        self.book: Any = Workbook(write_only=True)
        self.sheets = {item: TextSheet(self.book, item) for item in items}
        for item, fields in items.items():
            self.add(item, [[field.name for field in fields]])

    def add(self, item: str, rows: Sequence[Sequence[str]]) -> None:
        """Write rows of an item."""
        for row in rows:
            self.sheets[item].append(row)

    def finish(self) -> dict[str, IO[bytes]]:
        """The file, at its beginning."""
        file = _new()
        self.book.save(file)
        return {"extract.xlsx": _begin(file)}


KINDS: dict[Kind, Any] = {Kind.CSV: CsvTables, Kind.XLSX: XlsxTables, Kind.JSON: JsonTables}


def _new() -> IO[bytes]:
    return tempfile.TemporaryFile()


def _begin(file: IO[bytes]) -> IO[bytes]:
    file.flush()
    file.seek(0)
    return file


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of a file, which stands at its beginning again afterwards."""
    found = hashlib.sha256()
    while block := file.read(BLOCK):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


def archive(files: Mapping[str, IO[bytes]], manifest: bytes) -> IO[bytes]:
    """All files and the manifest in one archive."""
    made = _new()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("manifest.json", manifest)
        for name, file in files.items():
            with into.open(name, "w", force_zip64=True) as entry:
                while block := file.read(BLOCK):
                    entry.write(block)
            file.close()
    return _begin(made)
