"""The virus scan: clean files pass, infected ones do not, and what could not be asked is refused."""

import hashlib
import os
import socket
import threading
import time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from panel.documents.refused import UploadRefused
from panel.documents.uploads import checked_upload
from panel.documents.viruses import Scanner
from tests.panel.documents.hostile_files import jpeg, pdf
from tests.panel.documents.scanners import EICAR, Answer, honest, saying, scanner

UNCHECKED = "could not be checked for viruses, so nothing was kept"


def drip(line: socket.socket, _data: bytes) -> None:
    """One sign of an answer every tenth of a second, for ever."""
    while True:
        line.sendall(b"s")
        time.sleep(0.1)


def hang(_line: socket.socket, _data: bytes) -> None:
    """No answer."""
    time.sleep(2)


def hang_up(line: socket.socket, _data: bytes) -> None:
    """The end of the line."""
    line.close()


def half(line: socket.socket, _data: bytes) -> None:
    """An answer that stops short of its end."""
    line.sendall(b"stream: OK")
    line.close()


def test_a_clean_file_passes_and_the_scan_sees_its_very_bytes() -> None:
    photo = jpeg()
    with scanner() as server:
        clean = checked_upload(photo, "a.jpg", scanner=Scanner(server.address))
        assert server.seen == [photo]
        assert clean.data != photo


def test_a_file_larger_than_one_chunk_arrives_whole() -> None:
    data = os.urandom(300_001)
    with scanner() as server:
        Scanner(server.address).check(data)
        assert server.seen == [data]


def test_an_infected_file_is_refused_and_logged_without_its_name() -> None:
    data = pdf() + EICAR
    with scanner() as server, capture_logs() as logs, pytest.raises(UploadRefused) as refusal:
        checked_upload(data, "Wilhelmina Ashgrove.pdf", scanner=Scanner(server.address))
    assert refusal.value.sentence.startswith("A virus was found in this file, so nothing was kept.")
    (line,) = logs
    assert line == {
        "event": "virus found",
        "log_level": "warning",
        "virus": "Eicar-Signature",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def test_a_virus_is_found_before_any_parser_opens_the_file() -> None:
    with scanner() as server, pytest.raises(UploadRefused, match="A virus was found"):
        checked_upload(EICAR, "a.txt", scanner=Scanner(server.address))


@pytest.mark.parametrize(
    "answer",
    [
        hang,
        hang_up,
        half,
        drip,
        saying(b""),
        saying(b"\0"),
        saying(b"OK\0"),
        saying(b"stream: OK \0"),
        saying(b"stream: OKAY\0"),
        saying(b"stream: NOT OK\0"),
        saying(b"stream:  FOUND\0"),
        saying(b"stream: Eicar-Signature FOUND but never mind\0"),
        saying(b"INSTREAM size limit exceeded. ERROR\0"),
        saying(b"stream: Can't allocate memory ERROR\0"),
        saying(b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0"),
        saying(b"\xff\xfe\x00\n\x1b[31m\0"),
        saying(b"x" * 100_000),
    ],
)
def test_an_odd_answer_or_none_is_no_leave_to_keep_the_file(answer: Answer) -> None:
    with scanner(answer) as server, capture_logs() as logs:
        began = time.monotonic()
        with pytest.raises(UploadRefused, match=UNCHECKED):
            checked_upload(pdf(), "secret name.pdf", scanner=Scanner(server.address, patience=0.4))
        assert time.monotonic() - began < 2
    (line,) = logs
    assert (line["event"], line["log_level"]) == ("virus scan failed", "error")
    assert set(line) == {"event", "log_level", "why", "scanner", "size", "sha256"}
    assert "secret" not in str(line)
    assert "\x1b" not in str(line["why"])


@pytest.mark.parametrize("early", [hang, hang_up, saying(b"INSTREAM size limit exceeded. ERROR\0")])
def test_a_server_that_does_not_listen_is_no_leave_to_keep_the_file(early: Answer) -> None:
    data = pdf() + bytes(8_000_000)
    with scanner(early=early) as server, pytest.raises(UploadRefused, match=UNCHECKED):
        Scanner(server.address, patience=0.4).check(data)


def test_a_server_that_is_not_there_is_no_leave_to_keep_the_file() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    for nobody in (address, f"clamd://{address}", "clamd:///no/such/socket", "no-such-host.invalid:3310"):
        with pytest.raises(UploadRefused, match=UNCHECKED):
            Scanner(nobody, patience=1).check(b"x")
        assert not Scanner(nobody, patience=1).answers()


@pytest.mark.parametrize("form", ["{}", "clamd://{}"])
def test_a_server_is_found_by_its_address(form: str) -> None:
    with scanner() as server:
        found = Scanner(form.format(server.address))
        found.check(b"x")
        assert found.answers()


def test_a_server_is_found_by_its_socket(tmp_path: Path) -> None:
    path = tmp_path / "clamd.ctl"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                sent = b""
                while not sent.endswith(bytes(4)):  # the empty piece that ends what is to be checked
                    sent += line.recv(65536)
                honest(line, b"")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        Scanner(f"clamd://{path}").check(b"x")
        thread.join(5)
