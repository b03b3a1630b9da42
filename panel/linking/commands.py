"""What a person may say of a pair."""

from panel.commands import Command, Text, asked, chosen, optional
from workflows.police import Verdict


class Judge(Command):
    """Whether the two are the same."""

    verdict: Verdict = chosen("Are they the same?", "Say whether they are the same")
    reason: Text = optional("What makes you say so?", longest=300)


class TakeBack(Command):
    """Why a decision on a pair is taken back."""

    reason: Text = asked("Why do you take it back?", "Say why you take it back", longest=300)
