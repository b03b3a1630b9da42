"""A little clamd for the tests: it speaks INSTREAM, knows one virus, and can misbehave."""

import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# In two halves, so that no scanner takes this file for the test virus itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Answer = Callable[[socket.socket, bytes], None]


def honest(line: socket.socket, data: bytes) -> None:
    """Says what a real server says."""
    line.sendall(b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


def saying(words: bytes) -> Answer:
    """A server that always says the same, whole and at once."""
    return lambda line, _data: line.sendall(words)


class _Handler(socketserver.BaseRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        line: socket.socket = self.request
        line.settimeout(5)
        try:
            command = _until_nul(line)
            if command == b"zPING":
                line.sendall(b"PONG\0")
            elif command == b"zINSTREAM":
                if self.server.early is not None:
                    self.server.early(line, b"")
                    return
                data = _chunks(line)
                self.server.seen.append(data)
                self.server.answer(line, data)
        except OSError:
            pass


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answer: Answer, early: Answer | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.early, self.seen = answer, early, list[bytes]()
        self.address = f"127.0.0.1:{self.server_address[1]}"


def _until_nul(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0"):
        part = line.recv(1)
        if not part:
            return b""
        said += part
    return said[:-1]


def _exactly(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = line.recv(count - len(data))
        if not part:
            raise ConnectionError
        data += part
    return data


def _chunks(line: socket.socket) -> bytes:
    data = b""
    while length := struct.unpack(">I", _exactly(line, 4))[0]:
        data += _exactly(line, length)
    return data


@contextmanager
def scanner(answer: Answer = honest, early: Answer | None = None) -> Iterator[_Server]:
    """A server for the length of a test; `early` answers before it has read anything."""
    server = _Server(answer, early)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
