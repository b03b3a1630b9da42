"""What may be said about an incident with several children."""

from pydantic import Field

from panel.commands import Command, Text, asked


class Reference(Command):
    """A case to link."""

    reference: Text = asked("Reference of the other child's case", "Enter the reference", longest=12)


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Give a reason", longest=1000)


class Copying(Command):
    """What is copied into another child's draft; never what that child did, said or deserves."""

    circumstances: bool = Field(default=False, title="Copy what happened, to be changed for this child")
