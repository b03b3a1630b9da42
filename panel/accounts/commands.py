"""What an account may be told."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from panel.commands import Command, Text, asked, chosen, optional
from workflows.roles import Role


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


class PasswordChange(Command):
    """A new password."""

    current: Text = asked("Your password now", "Enter your password", longest=200)
    new: Text = asked("New password", "Enter a new password", longest=128)
