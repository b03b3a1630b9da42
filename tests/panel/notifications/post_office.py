"""A real SMTP server on this machine that answers as the test tells it to and keeps what it takes."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class PostOffice:
    """Takes every mail, unless an address is told otherwise."""

    def __init__(self) -> None:
        self.port = _free_port()
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.answers: dict[str, list[str]] = {}
        self.holding: set[str] = set()
        self.attempts: dict[str, int] = {}

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What was taken for one address."""
        return [mail for to, mail in self.taken if address in to]

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer for a recipient with what the test asked for, once each, then with 250."""
        self.attempts[address] = self.attempts.get(address, 0) + 1
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the mail; for a held address the answer never comes while it is held."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.taken.append((list(envelope.rcpt_tos), mail))
        while self.holding & set(envelope.rcpt_tos):
            await asyncio.sleep(0.05)
        return "250 OK"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_office() -> Iterator[PostOffice]:
    """A post office that is open for the length of a test."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        office.holding.clear()
        controller.stop()
