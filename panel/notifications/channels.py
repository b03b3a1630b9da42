"""The ways by which a mail leaves: SMTP, or GOV.UK Notify by its own client."""

from collections.abc import Callable
from email.message import EmailMessage

from config.settings import Settings
from panel.notifications.dispatch_models import Channel, Trouble

TIMEOUT_SECONDS = 20
# Called at the last moment at which nothing has gone out; raises when this worker may not go on.
Handing = Callable[[], None]


class TryAgain(Exception):
    """The mail could not be taken now; says why without anybody's address."""

    def __init__(self, says: str, trouble: Trouble = Trouble.BUSY) -> None:
        super().__init__(says)
        self.trouble = trouble


class Unclear(Exception):
    """Nobody can know whether the mail was taken: the answer to it never came."""


class Refused(Exception):
    """One mail was refused for good."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


def channel_of(settings: Settings) -> Channel:
    """The way that this installation uses."""
    return Channel(settings.mail_channel)


def send(settings: Settings, mail: EmailMessage, address: str, handing: Handing, *, again: bool) -> str:
    """Hand one mail over; the number under which the provider knows it, if it gives one.

    Raises `Refused`, `TryAgain` or `Unclear`. `again` says that an earlier try may have arrived.
    """
    # Imported when the first mail goes out: a web process needs neither.
    if channel_of(settings) is Channel.NOTIFY:
        from panel.notifications.by_notify import by_notify

        return by_notify(settings, mail, address, handing, again=again)
    from panel.notifications.by_smtp import by_smtp

    by_smtp(settings, mail, address, handing)
    return ""
