"""What a merge may be told."""

from panel.commands import Command, Text, asked, chosen
from workflows.matching import Verdict


class Proposal(Command):
    """Why two records are of one child; which values stay is asked field by field."""

    reason: Text = asked("How do you know that it is one child?", "Say how you know that it is one child")


class Apart(Command):
    """Two records are of two children."""

    verdict: Verdict = chosen("Who are they?", "Say who they are")


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Give a reason", longest=1000)


class TwoCases(Command):
    """Two cases whose children should be looked at beside each other."""

    first: Text = asked("Reference of the first case", "Enter the reference of the first case", longest=12)
    second: Text = asked("Reference of the second case", "Enter the reference of the second case", longest=12)
