"""How one metric counts: conditions over the row of a subject, the same for keeping, rebuilding and lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, literal

from panel.figures.models import Subject

# Columns and what is made of them; mypy knows them under too many names.
Condition = Any
Number = Any
ONE: Number = literal(1)
NOTHING: Number = literal(0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """One metric in SQL. `day` puts a subject into a quarter; empty, or outside `of`, it does not appear.

    A subject of which a reason of `excluded` holds is left out as a whole, with the first one that does; of
    the others `counted` parts count, `met` of them are in the numerator, and `apart` are left out because of
    `apart_because`. With `fewer` the numerator is what should not be.
    """

    id: str
    model: type[Subject]
    day: Any
    of: Condition | None = None
    counted: Number = ONE
    met: Number
    excluded: Sequence[tuple[str, Condition]] = ()
    apart: Number | None = None
    apart_because: str = ""
    fewer: bool = False
    version: int = 1

    @property
    def within(self) -> Condition:
        """Whether a subject appears in this metric at all."""
        inside = self.day.is_not(None)
        return inside if self.of is None else and_(inside, self.of)

    @property
    def reason(self) -> Number:
        """Why a subject, or a part of it, is left out: a reason code, empty for none."""
        whens: list[Any] = [(condition, code) for code, condition in self.excluded]
        if self.apart is not None:
            whens.append((self.apart > 0, self.apart_because))
        return case(*whens, else_="") if whens else literal("")

    @property
    def counted_part(self) -> Number:
        """How many parts of a subject count."""
        return self._unless_left_out(self.counted)

    @property
    def met_part(self) -> Number:
        """How many parts of a subject are in the numerator."""
        return self._unless_left_out(self.met)

    @property
    def excluded_part(self) -> Number:
        """How many parts of a subject are left out."""
        rest = NOTHING if self.apart is None else self.apart
        left_out: list[Any] = [(condition, 1) for _, condition in self.excluded]
        return case((~self.within, 0), *left_out, else_=rest)

    def _unless_left_out(self, parts: Number) -> Number:
        left_out: list[Any] = [(condition, 0) for _, condition in self.excluded]
        return case((~self.within, 0), *left_out, else_=parts)

    @property
    def several(self) -> bool:
        """Whether a subject may count several times."""
        return self.counted is not ONE

    @property
    def failing(self) -> Condition:
        """Subjects with a part that is not as it should be."""
        return self.met_part > 0 if self.fewer else self.met_part < self.counted_part

    @property
    def passing(self) -> Condition:
        """Subjects with a part that is as it should be."""
        return self.met_part < self.counted_part if self.fewer else self.met_part > 0

    @property
    def left_out(self) -> Condition:
        """Subjects with a part that is left out."""
        return self.excluded_part > 0


def yes(condition: Any) -> Number:
    """1 where a condition holds, else 0."""
    return case((condition, 1), else_=0)


def both(*conditions: Any) -> Condition:
    """Whether all of these hold."""
    return and_(*conditions)
