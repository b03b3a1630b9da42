"""What an account may be told."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from panel.commands import Command, Text, asked, chosen, optional
from workflows.roles import Role


class Comes(StrEnum):
    """When a mail about a task comes."""

    AT_ONCE = "each_mail_at_once"
    DAILY = "one_mail_a_day"


def mail_address(value: str) -> str:
    """The address in small letters. ValueError when it cannot be one."""
    if value.count("@") != 1 or value.startswith("@") or value.endswith("@") or " " in value:
        raise ValueError("must be an email address, like name@example.org")
    return value.lower()


class SignInDetails(Command):
    """Who signs in."""

    email: Text = asked("Email address", "Enter your email address", longest=200)
    password: Text = asked("Password", "Enter your password", longest=200)


class AccountDetails(Command):
    """A person and one role in one area."""

    email: Annotated[Text, AfterValidator(mail_address)] = asked(
        "Email address", "Enter the email address", longest=200
    )
    name: Text = asked("Name", "Enter the person's name", longest=120)
    collar_number: Text = optional("Collar number, for police", longest=20)
    area_id: int = chosen("Area", "Choose the area")
    role: Role = chosen("Role", "Choose the role")
    ends_on: date | None = Field(default=None, title="Last day of this role, if it ends")


def mail_address_or_none(value: str) -> str:
    """The address in small letters, or nothing. ValueError when it cannot be one."""
    return mail_address(value) if value else ""


class AreaDetails(Command):
    """Whom an area tells outside of the service, and who hears last of what nobody answers."""

    duty_mailbox: Annotated[Text, AfterValidator(mail_address)] = asked(
        "Duty mailbox of the youth offending team", "Enter the duty mailbox", longest=200
    )
    social_care_mailbox: Annotated[Text, AfterValidator(mail_address_or_none)] = optional(
        "Duty address of children's social care", longest=200
    )
    phone: Text = optional("Phone number that families and those told outside call", longest=40)
    head_id: int | None = Field(default=None, title="Head of service")


class MailWishDetails(Command):
    """How one person wants their mails."""

    how: Comes = chosen("When do you want mails about your tasks?", "Choose when you want mails")


class PasswordChange(Command):
    """A new password."""

    current: Text = asked("Your password now", "Enter your password", longest=200)
    new: Text = asked("New password", "Enter a new password", longest=128)
