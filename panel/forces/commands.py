"""What an administrator may say of a force and of its systems."""

from pydantic import Field

from panel.commands import Command, Text, asked, optional


class ForceDetails(Command):
    """A force and the areas for which it speaks."""

    name: Text = asked("Name of the force", "Enter the name of the force", longest=100)
    code: Text = optional("Digits that its crime references begin with", longest=4)
    areas: tuple[int, ...] = Field(default=(), title="Areas for which it speaks")


class SystemDetails(Command):
    """A system of a force that may tell us of disposals."""

    name: Text = asked("Name of the system", "Enter the name of the system", longest=100)
