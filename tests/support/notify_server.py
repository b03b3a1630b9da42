"""A server on this machine that speaks the API of GOV.UK Notify, its errors included; by the stdlib."""

import base64
import hashlib
import hmac
import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SERVICE, SECRET = "0f7d9c2e-9f0b-4c1e-8f6e-2f1f9b4f2a11", "5a1c0f7e-1b2d-4e3f-8a9b-0c1d2e3f4a5b"
API_KEY, TEMPLATE = f"tests-{SERVICE}-{SECRET}", "7c8d9e0f-1a2b-4c3d-9e4f-5a6b7c8d9e0f"
NAMES = {
    400: "BadRequestError",
    403: "AuthError",
    429: "RateLimitError",
    500: "Exception",
    503: "Exception",
}


class Notify:
    """What was taken, and what the next requests are answered with."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.answers: list[int] = []
        # Taken, but the answer never leaves: the connection ends.
        self.drops = 0
        self.url = ""
        self.lock = threading.Lock()

    def settle(self, reference: str, status: str) -> None:
        """Let one mail have this status from now on."""
        for mail in self.taken:
            if mail["reference"] == reference:
                mail["status"] = status

    def sent_to(self, address: str) -> list[dict[str, Any]]:
        """What was taken for one address."""
        return [mail for mail in self.taken if mail["email_address"] == address]


@contextmanager
def open_notify() -> Iterator[Notify]:
    """The server, for the length of a test."""
    notify = Notify()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(notify))
    notify.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()


def _signed_by_us(header: str) -> bool:
    """Whether the token is one of our service, signed with our key (a JSON Web Token, HS256)."""
    try:
        head, body, signature = header.removeprefix("Bearer ").split(".")
        said = json.loads(base64.urlsafe_b64decode(body + "=="))
    except ValueError:
        return False
    made = hmac.new(SECRET.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    wanted = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    return said.get("iss") == SERVICE and hmac.compare_digest(wanted, signature)


def _handler(notify: Notify) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            pass

        def _answer(self, code: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _error(self, code: int, message: str) -> None:
            self._answer(code, {"status_code": code, "errors": [{"error": NAMES[code], "message": message}]})

        def _let_in(self) -> bool:
            if _signed_by_us(self.headers.get("Authorization", "")):
                return True
            self._error(403, "Invalid token: API key not found")
            return False

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not self._let_in():
                return
            with notify.lock:
                if notify.answers:
                    self._error(notify.answers.pop(0), f"Said to {body['email_address']}")
                elif body["template_id"] != TEMPLATE:
                    self._error(400, "Template not found")
                else:
                    self._take(body)

        def _take(self, body: dict[str, Any]) -> None:
            mail = {"id": str(uuid.uuid4()), "status": "created", **body}
            notify.taken.append(mail)
            if notify.drops:
                notify.drops -= 1
                self.close_connection = True
                self.connection.close()
                return
            self._answer(201, {"id": mail["id"], "reference": mail.get("reference"), "content": {}})

        def do_GET(self) -> None:
            if not self._let_in():
                return
            parts = urlsplit(self.path)
            if parts.path == "/v2/notifications":
                reference = parse_qs(parts.query).get("reference", [""])[0]
                found = [mail for mail in notify.taken if mail.get("reference") == reference]
                self._answer(200, {"notifications": found, "links": {}})
                return
            number = parts.path.rsplit("/", 1)[-1]
            found = [mail for mail in notify.taken if mail["id"] == number]
            if found:
                self._answer(200, found[0])
            else:
                self._answer(404, {"status_code": 404, "errors": [{"message": "No result found"}]})

    return Handler
