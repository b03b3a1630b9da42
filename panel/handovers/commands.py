"""What may be asked about who has a case."""

from panel.commands import Command, Text, asked, chosen


class HandOver(Command):
    """Who takes the case over, and why."""

    case_manager_id: int = chosen("New case manager", "Choose the case manager who takes the case over")
    reason: Text = asked("Why?", "Say why the case is handed over", longest=300)
