"""What may be asked of the papers of a case."""

from panel.commands import Command, Text, asked


class Striking(Command):
    """Why a part is struck out, or put back."""

    reason: Text = asked("Reason", "Say why, for everybody who reads the papers", longest=500)
