"""What every round that is drawn by lot has: the round, who judges in it, and the cases of its sample.

A table says its own columns, because a column belongs to one table; this is what the reads rely on.
"""

from panel.tables import Row, Versioned


class DrawnRound(Versioned):
    """A sample of a period, with what is needed to draw it again."""

    reference: str
    area_id: int


class RoundMember(Row):
    """Somebody who judges in a round, invited by name."""

    round_id: int
    user_id: int


class DrawnCase(Versioned):
    """One case of a sample; people call it by its number in the round."""

    round_id: int
    place: int
