"""Mail by SMTP."""

import smtplib
from contextlib import suppress
from email.message import EmailMessage
from typing import Any

from config.settings import Settings
from panel.notifications import channels
from panel.notifications.channels import Handing, Refused, TryAgain, Unclear
from panel.notifications.dispatch_models import Trouble


class _Smtp(smtplib.SMTP):
    """A connection that knows whether the text of the mail has begun to leave."""

    handed = False
    handing: Handing

    def data(self, msg: Any) -> Any:
        """Ask for the last time, then send the text."""
        self.handing()
        self.handed = True
        return super().data(msg)


def by_smtp(settings: Settings, mail: EmailMessage, address: str, handing: Handing) -> None:
    """Hand one mail to the server. Raises `Refused`, `TryAgain`, or `Unclear` once its text leaves."""
    smtp = None
    try:
        smtp = _Smtp(settings.smtp_host, settings.smtp_port, timeout=channels.TIMEOUT_SECONDS)
        smtp.handing = handing
        try:
            _greet(smtp, settings)
            smtp.send_message(mail, settings.smtp_from, [address])
        finally:
            # The mail is taken or not by now: a connection that ends badly does not change that.
            with suppress(OSError):
                smtp.quit()
    except smtplib.SMTPRecipientsRefused as error:
        _refuse(error.recipients[address][0])
    except smtplib.SMTPDataError as error:
        _refuse(error.smtp_code)
    except smtplib.SMTPResponseException as error:
        # A server that does not let us in is for its operator to mend: the mail waits.
        raise TryAgain(f"the mail server said {error.smtp_code}", Trouble.SHUT) from None
    except OSError as error:
        says = f"the mail server could not be used ({type(error).__name__})"
        if smtp is not None and smtp.handed:
            raise Unclear(says) from None
        raise TryAgain(says, Trouble.AWAY) from None


def _greet(smtp: smtplib.SMTP, settings: Settings) -> None:
    import ssl

    if settings.smtp_starttls:
        smtp.starttls(context=ssl.create_default_context())
    if settings.smtp_user:
        smtp.login(settings.smtp_user, settings.smtp_password)


def _refuse(code: int) -> None:
    if code >= 500:
        raise Refused(code) from None
    raise TryAgain(f"the mail server said {code}") from None
