"""The page on which an extract is asked for."""

from panel.extracts import commands as c
from panel.forms import PanelForm, day, one_of, short
from workflows.data_quality import Basis
from workflows.extracts import Kind

BASES = (Basis.GIVEN, Basis.DECIDED, Basis.RECEIVED)


class TakeForm(PanelForm):
    """Which cases, in which file, why and for whom."""

    basis = one_of(c.Take, "basis", BASES, "By the day on which that happened")
    first = day(c.Take, "first")
    last = day(c.Take, "last")
    kind = one_of(c.Take, "kind", Kind)
    recipient = short(c.Take, "recipient", "For example: the data team of the council")
    reason = short(c.Take, "reason", "For example: the return of the quarter")
