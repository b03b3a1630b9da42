"""What may be said about how a case came to us."""

from datetime import date

from pydantic import Field

from panel.commands import Command, Text, chosen, optional
from panel.referrals.commands import PastDay
from workflows.source import Source


class SourceDetails(Command):
    """How the case came to us."""

    source: Source = chosen("How did this case come to us?", "Choose how this case came to us")
    who: Text = optional("Who", longest=200)
    charge: Text = optional("The charge", longest=300)
    source_on: PastDay | None = Field(default=None, title="The day")
    source_due_on: date | None = Field(default=None, title="The day of the answer")
    stands: Text = optional("Where the case stands", longest=2000)
    why: Text = optional("Why does the case come to us?", longest=2000)

    def missing(self) -> dict[str, str]:
        """A sentence for each answer that this source needs and does not have."""
        return {name: ask for name, ask in NEEDED[self.source].items() if not getattr(self, name)}


# What each source cannot do without (RET-1, PAN-3); the police referral needs nothing beyond its own pages.
NEEDED: dict[Source, dict[str, str]] = {
    Source.POLICE: {},
    Source.COURT: {
        "who": "Enter the court",
        "charge": "Enter the charge",
        "source_on": "Enter the day of the hearing",
        "why": "Say why the court sent the case back",
    },
    Source.PRE_CHARGE: {
        "who": "Say who asks",
        "source_on": "Enter the day on which they asked",
        "why": "Say what they want to know",
    },
    Source.LIAISON: {
        "who": "Say which worker saw the child",
        "source_on": "Enter the day on which the child was seen",
        "why": "Say why the case comes to us",
    },
    Source.TRANSFER: {
        "who": "Enter the team from which the case comes",
        "source_on": "Enter the day on which they asked",
        "stands": "Say where the case stands",
        "why": "Say why the case is transferred",
    },
    Source.LIST: {},
}
