"""The pack that the board reads of a quarter: what it may rest on, and when it may be published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Guard, Refusal
from workflows.vocabulary import register

MOST_DECISIONS = 3
SENTENCES = 5
REVIEWED = "HM Inspectorate of Probation, out-of-court disposal standards 2021, 3.4: provision is reviewed"
LEAST = "Data Protection Act 2018 s.37: no more personal data than is needed"


class Shape(StrEnum):
    """What the lines of a figure are to each other."""

    SHARES = "shares"  # each line is a share by itself
    PARTS = "parts"  # the lines add up to a total, each with its share
    MIX = "mix"  # the lines add up to a total, and there is nothing more to them
    RATES = "rates"  # each line compares a group with another


class Answer(StrEnum):
    """What became of something that the board asked for."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


register(((Answer.OPEN, "Not done yet"), (Answer.DONE, "Done"), (Answer.DROPPED, "Dropped")))


@dataclass(frozen=True, kw_only=True)
class PackFacts:
    """What the rules of publishing look at; `tells` is what the texts give away."""

    today: date
    last: date
    sentences: int
    decisions: int
    tells: tuple[str, ...] = ()
    same: bool = False


P = Guard[PackFacts]
QUARTER_OVER = P(
    "pack_quarter_over",
    lambda f: f.today > f.last,
    "The quarter is not over yet: a pack tells of whole quarters only.",
    "PAN-7",
    REVIEWED,
)
WRITTEN = P(
    "pack_written",
    lambda f: 1 <= f.sentences <= SENTENCES,
    "The first page says nothing yet: write up to five sentences of what changed.",
    "PAN-7",
    REVIEWED,
)
FEW_DECISIONS = P(
    "pack_decisions",
    lambda f: f.decisions <= MOST_DECISIONS,
    "A board is asked for no more than three decisions at once.",
    "PAN-7",
    REVIEWED,
)
TELLS_NOBODY = P(
    "pack_tells_nobody",
    lambda f: not f.tells,
    "A text still names somebody or something by which a child can be recognised.",
    "DP-13",
    LEAST,
)
SOMETHING_NEW = P(
    "pack_new",
    lambda f: not f.same,
    "Nothing has changed since the last version.",
    "PAN-7",
    REVIEWED,
)
TO_PUBLISH = (QUARTER_OVER, WRITTEN, FEW_DECISIONS, TELLS_NOBODY, SOMETHING_NEW)


def refusals(facts: PackFacts, guards: Sequence[P] = TO_PUBLISH) -> tuple[Refusal, ...]:
    """Every rule of publishing that is not met."""
    unmet = [guard for guard in guards if not guard.test(facts)]
    return tuple(Refusal(g.name, g.says, g.rule, g.source, g.hard, g.where) for g in unmet)


def kept_words(written: str, drafted: str, anew: str) -> str:
    """A text after the numbers were made anew: what a person wrote stays."""
    return anew if written == drafted else written
