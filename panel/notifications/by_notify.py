"""Mail by GOV.UK Notify, with its official client."""

import logging
from email.message import EmailMessage
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import NewConnectionError

from config.settings import Settings
from panel.notifications import channels
from panel.notifications.channels import Handing, Refused, TryAgain, Unclear
from panel.notifications.dispatch_models import Trouble

# It would log what Notify answers, and an answer may repeat an address.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


# What Notify has given up: to send it again is a new mail.
NOT_DELIVERED = ("permanent-failure", "temporary-failure", "technical-failure")


def notify_client(settings: Settings) -> Any:
    """GOV.UK Notify's own client; one for each use, because it is not made for several threads."""
    client: Any = NotificationsAPIClient
    return client(settings.notify_key, settings.notify_url, channels.TIMEOUT_SECONDS)


def find_by_reference(client: Any, reference: str) -> dict[str, Any] | None:
    """What Notify knows of a mail under our reference; of several tries the one that it has not given up."""
    found = client.get_all_notifications(reference=reference)["notifications"]
    alive = [one for one in found if one.get("status") not in NOT_DELIVERED]
    return dict((alive or found)[0]) if found else None


def by_notify(settings: Settings, mail: EmailMessage, address: str, handing: Handing, *, again: bool) -> str:
    """Hand one mail to Notify; its number there. Raises `Refused`, `TryAgain` or `Unclear`."""
    client, reference = notify_client(settings), str(mail["Message-ID"])
    body = mail.get_body(("plain",))
    said = {"subject": str(mail["Subject"]), "body": body.get_content() if body else ""}
    handed = False
    try:
        known = find_by_reference(client, reference) if again else None
        if known is not None and known.get("status") not in NOT_DELIVERED:
            return str(known["id"])
        handing()
        handed = True
        reply = client.send_email_notification(address, settings.notify_template, said, reference)
        return str(reply["id"])
    except APIError as error:
        raise _trouble(error, handed) from None


def _trouble(error: Any, handed: bool) -> Exception:
    """What an answer of Notify means: 400 is final, 403 and 429 wait, after anything else nobody knows."""
    if error.response is None:
        says = "GOV.UK Notify could not be used"
        return Unclear(says) if handed and not _never_left(error) else TryAgain(says, Trouble.AWAY)
    code, says = int(error.status_code), f"GOV.UK Notify said {error.status_code}"
    if code in (400, 404, 422):
        return Refused(code)
    if code in (401, 403):
        return TryAgain(says, Trouble.SHUT)
    return TryAgain(says) if code == 429 or not handed else Unclear(says)


def _never_left(error: Any) -> bool:
    """Whether no connection came about at all."""
    cause = error.__cause__
    reason = getattr(cause.args[0], "reason", None) if cause is not None and cause.args else None
    return isinstance(cause, ConnectTimeout) or isinstance(reason, NewConnectionError)
