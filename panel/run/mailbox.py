"""The mailbox of a demonstration: takes every mail and shows it on a page of this machine."""

import signal
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from panel import clock

if TYPE_CHECKING:
    from jinja2 import Environment

HOST = "127.0.0.1"
KEPT = 500
LARGEST = 1_000_000

PAGES = {
    "frame": """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %}</title></head>
<body><main>{% block main %}{% endblock %}</main></body>
</html>
""",
    "list": """{% extends "frame" %}
{% block title %}Mailbox of the demonstration{% endblock %}
{% block main %}<h1>Mailbox of the demonstration</h1>
<p>Mail that the service sent to anybody. It stays on this machine,
and is forgotten when the service stops.</p>
{% if letters %}<table>
<caption>{{ letters|length }} {{ "mail" if letters|length == 1 else "mails" }}, newest first</caption>
<thead><tr><th scope="col">When</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead>
<tbody>{% for letter in letters %}
<tr><td><time datetime="{{ letter.at.isoformat() }}">{{ letter.when }}</time></td>
<td>{{ letter.to }}</td><td><a href="/mails/{{ letter.number }}">{{ letter.subject }}</a></td></tr>
{%- endfor %}
</tbody>
</table>{% else %}<p>No mail yet.</p>{% endif %}{% endblock %}
""",
    "letter": """{% extends "frame" %}
{% block title %}{{ letter.subject }} - Mailbox of the demonstration{% endblock %}
{% block main %}<p><a href="/">All mails</a></p>
<h1>{{ letter.subject }}</h1>
<dl><dt>When</dt><dd>{{ letter.when }}</dd><dt>From</dt><dd>{{ letter.sender }}</dd>
<dt>To</dt><dd>{{ letter.to }}</dd></dl>
{% for line in letter.text.splitlines() if line.strip() %}<p>{{ line|urlize }}</p>
{% endfor %}{% endblock %}
""",
    "missing": """{% extends "frame" %}
{% block title %}There is no such mail - Mailbox of the demonstration{% endblock %}
{% block main %}<h1>There is no such mail</h1>
<p><a href="/">All mails</a></p>{% endblock %}
""",
}


@dataclass(frozen=True)
class Letter:
    """One mail that was taken."""

    number: int
    at: datetime
    sender: str
    to: str
    subject: str
    text: str

    @property
    def when(self) -> str:
        """The moment of arrival, in London."""
        return f"{self.at.astimezone(ZoneInfo('Europe/London')):%-d %B %Y, %H:%M:%S}"


class Box:
    """The newest mails, in memory; the mail server puts them in and the page reads them."""

    def __init__(self) -> None:
        self._letters: deque[Letter] = deque(maxlen=KEPT)
        self._count = 0

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        """Keep one mail; the answer to the sender."""
        from email import message_from_bytes, policy

        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain", "html"))
        self._count += 1
        self._letters.append(
            Letter(
                number=self._count,
                at=clock.now(),
                sender=str(envelope.mail_from),
                to=", ".join(envelope.rcpt_tos),
                subject=str(mail["Subject"] or "(no subject)"),
                text=str(body.get_content()) if body is not None else "",
            )
        )
        return "250 OK"

    def page(self, path: str) -> tuple[HTTPStatus, str]:
        """The page at a path."""
        letters = list(reversed(self._letters))
        if path == "/":
            return HTTPStatus.OK, _pages().get_template("list").render(letters=letters)
        for letter in letters:
            if path == f"/mails/{letter.number}":
                return HTTPStatus.OK, _pages().get_template("letter").render(letter=letter)
        return HTTPStatus.NOT_FOUND, _pages().get_template("missing").render()


@cache
def _pages() -> "Environment":
    from jinja2 import DictLoader, Environment, StrictUndefined

    return Environment(loader=DictLoader(PAGES), undefined=StrictUndefined, autoescape=True)


def run_mailbox(smtp_port: int, http_port: int) -> None:
    """Take mail on one port and show it on another, on this machine only, until SIGTERM or SIGINT.

    OSError when a port is taken.
    """
    from aiosmtpd.controller import Controller

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    box = Box()
    with ThreadingHTTPServer((HOST, http_port), _reader(box, http_port)) as web:
        post = Controller(box, hostname=HOST, port=smtp_port, data_size_limit=LARGEST)
        post.start()
        threading.Thread(target=web.serve_forever, daemon=True).start()
        print(f"mailbox: http://{HOST}:{http_port}/", flush=True)
        stop.wait()
        web.shutdown()
        post.stop()


def _reader(box: Box, port: int) -> Callable[..., BaseHTTPRequestHandler]:
    """Answers browsers; asked by another name than our own, as a page elsewhere may try, it says nothing."""
    names = {f"{HOST}:{port}", f"localhost:{port}"}

    class Reader(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ours = self.headers.get("Host") in names
            status, page = box.page(self.path) if ours else (HTTPStatus.MISDIRECTED_REQUEST, "")
            content = page.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing: who reads what is nobody's business."""

    return Reader
