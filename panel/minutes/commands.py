"""What the chair may write into the minutes."""

from panel.commands import Command, Text, asked, optional


class Written(Command):
    """What the service does not know by itself."""

    other_matters: Text = optional("Other matters", longest=4000)
    public_note: Text = optional("Words for the copy without names", longest=2000)


class Changed(Written):
    """The same, of minutes that are confirmed already."""

    reason: Text = asked("Why the minutes are changed", "Say why the minutes are changed", longest=300)
