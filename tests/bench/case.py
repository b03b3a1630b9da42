"""What the rows of one case have in common, and who works on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from panel.clock import now
from workflows.calendar import today_in_london
from workflows.case import OPEN, Status
from workflows.roles import Role
from workflows.vocabulary import Outcome

AREAS = 6
WORKERS, OFFICERS = 12, 20
ROLES = tuple(role for role in Role if role is not Role.CHAIR)
TODAY: date = today_in_london(now())


@dataclass(frozen=True)
class Case:
    """What the rows of one case have in common."""

    id: int
    area: int
    status: Status
    officer: int
    worker: int | None
    began: datetime
    outcome: Outcome | None

    @property
    def decided(self) -> datetime:
        """When the panel decides, or would."""
        return self.began + timedelta(days=12)

    @property
    def is_given(self) -> bool:
        """Whether the disposal was given."""
        return self.status in (Status.GIVEN, Status.NOTIFIED, Status.CLOSED)

    @property
    def reference(self) -> str:
        """The reference that pages show."""
        return f"A{self.area}-{self.id:07}"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.status in OPEN


def person(area: int, role: Role, number: int = 0) -> int:
    """The number of a person's account."""
    return area * 1000 + ROLES.index(role) * 40 + number


def email(area: int, role: Role, number: int = 0) -> str:
    """The address that a person signs in with."""
    return f"{role.value}-{number}@area{area}.example"
