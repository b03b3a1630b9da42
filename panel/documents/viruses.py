"""Asking a clamd server whether a file is a known virus; what cannot be asked is refused (fails closed)."""

import hashlib
import socket
import struct
import time
from urllib.parse import urlsplit

import structlog

from panel.documents.refused import UploadRefused

PATIENCE = 8.0  # seconds for one file, from the first byte sent to the last of the answer
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
CLEAN = b"stream: OK"
INFECTED = "A virus was found in this file, so nothing was kept. Tell your IT service desk."
UNCHECKED = "The file could not be checked for viruses, so nothing was kept. Try again later."

log = structlog.get_logger()


class Scanner:
    """A clamd server at `host:port`, `clamd://host:port` or `clamd:///path/of/its/socket`."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self.address, self.patience = address, patience

    def check(self, data: bytes) -> None:
        """Raise `UploadRefused` unless the server says that these bytes are clean; log why, with no name."""
        try:
            answer = self._ask(b"zINSTREAM\0", data)
        except OSError as trouble:
            self._complain(data, type(trouble).__name__)
            raise UploadRefused(UNCHECKED) from None
        if answer == CLEAN:
            return
        found = answer.removeprefix(b"stream: ").removesuffix(b" FOUND")
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND") and found:
            log.warning("virus found", virus=_harmless(found), **_which(data))
            raise UploadRefused(INFECTED)
        self._complain(data, f"answered: {_harmless(answer)}")
        raise UploadRefused(UNCHECKED)

    def answers(self) -> bool:
        """Whether the server is there."""
        try:
            return self._ask(b"zPING\0") == b"PONG"
        except OSError:
            return False

    def _complain(self, data: bytes, why: str) -> None:
        log.error("virus scan failed", why=why, scanner=self.address, **_which(data))

    def _ask(self, command: bytes, data: bytes | None = None) -> bytes:
        """The whole answer, which ends in a NUL. Raises `OSError` when it does not come in time."""
        ends = time.monotonic() + self.patience
        with self._connected() as line:
            line.sendall(command)
            for start in range(0, len(data or b""), CHUNK):
                part = (data or b"")[start : start + CHUNK]
                line.settimeout(_left(ends))
                line.sendall(struct.pack(">I", len(part)) + part)
            if data is not None:
                line.sendall(struct.pack(">I", 0))
            return _answer(line, ends)

    def _connected(self) -> socket.socket:
        parts = urlsplit(self.address if "://" in self.address else f"clamd://{self.address}")
        if parts.hostname:
            return socket.create_connection((parts.hostname, parts.port or 3310), timeout=self.patience)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(self.patience)
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line


def _answer(line: socket.socket, ends: float) -> bytes:
    """What the server says up to its NUL; `ConnectionError` when it hangs up before, or does not stop."""
    said = b""
    while not said.endswith(b"\0"):
        line.settimeout(_left(ends))
        part = line.recv(LONGEST_ANSWER)
        if not part or len(said) > LONGEST_ANSWER:
            raise ConnectionError("the answer is cut short, or has no end")
        said += part
    return said[:-1]


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _harmless(said: bytes) -> str:
    """What a server said, fit for a log."""
    return "".join(sign if sign.isprintable() else "?" for sign in said[:80].decode("ascii", "replace"))


def _which(data: bytes) -> dict[str, object]:
    """Which file it was, without its name."""
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
