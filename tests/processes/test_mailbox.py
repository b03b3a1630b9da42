"""The mailbox of a demonstration, as a process of its own."""

import smtplib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

pytestmark = pytest.mark.processes


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[int, int]]:
    """The two ports of a mailbox; it has to end by itself when it is told to."""
    smtp, http = free_port(), free_port()
    start = f"from panel.run.mailbox import run_mailbox; run_mailbox({smtp}, {http})"
    with subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().decode() == f"mailbox: http://127.0.0.1:{http}/\n"
        yield smtp, http
        process.terminate()
        began = time.monotonic()
        try:
            assert process.wait(5) == 0
        finally:
            process.kill()
        assert time.monotonic() - began < 5


def send(port: int, subject: str, text: str, *to: str) -> None:
    """One mail to the mailbox."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "panel@example.org", ", ".join(to)
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
        smtp.send_message(mail)


def read(port: int, path: str, host: str = "") -> tuple[int, str]:
    """The status and the text of a page."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_mails_are_listed_newest_first_and_open_with_a_link_to_follow(mailbox: tuple[int, int]) -> None:
    smtp, http = mailbox
    assert "No mail yet." in read(http, "/")[1]
    send(smtp, "First", "Open it: https://panel.example.org/cases/NM-2026-0001\n", "a@example.org")
    send(smtp, "Second", "…", "b@example.org", "c@example.org")
    page = read(http, "/")[1]
    assert page.index("Second") < page.index("First")
    assert "b@example.org, c@example.org" in page
    assert "2 mails, newest first" in page
    letter = read(http, "/mails/1")[1]
    assert '<a href="https://panel.example.org/cases/NM-2026-0001"' in letter
    assert read(http, "/mails/999")[0] == 404


def test_what_a_mail_says_stays_text(mailbox: tuple[int, int]) -> None:
    smtp, http = mailbox
    send(
        smtp,
        "<script>alert(1)</script>",
        '<img src=x onerror=alert(1)> https://x/"onclick=alert(1)',
        "d@example.org",
    )
    page = read(http, "/")[1]
    assert "<script" not in page
    number = page.split("/mails/")[1].split('"')[0]
    letter = read(http, f"/mails/{number}")[1]
    assert "<img" not in letter
    assert "<script" not in letter
    assert '"onclick' not in letter


def test_a_page_from_elsewhere_cannot_read_the_mails_by_another_name(mailbox: tuple[int, int]) -> None:
    assert read(mailbox[1], "/", host="evil.example")[0] == 421


def test_only_this_machine_can_reach_it(mailbox: tuple[int, int]) -> None:
    for port in mailbox:
        with socket.socket() as other:
            # Another loopback address stands for any other interface of this machine.
            assert other.connect_ex(("127.0.0.2", port)) != 0
