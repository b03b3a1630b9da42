"""What a condition, a proposed step and a step of the plan have in common."""

from datetime import date

from sqlmodel import Field, SQLModel

from panel.columns import Word
from workflows.vocabulary import Purpose


class StepFields(SQLModel):
    """What is to be done, by whom, where, when, and how we know that it is done (CON-2)."""

    place: int = Field(default=0, description="order in the list, from 1")
    what: str = Field(default="", max_length=300)
    who: str = Field(default="", max_length=200)
    where_at: str = Field(default="", max_length=200)
    when_at: str = Field(default="", max_length=200)
    done_when: str = Field(default="", max_length=300)
    due_on: date
    purpose: Purpose = Field(default=Purpose.REHABILITATION, sa_type=Word(Purpose))
    hours: int = Field(default=0, description="hours of attendance, 0 when it is not about attending")
    at_childs_home: bool = False

    def is_complete(self) -> bool:
        """Whether what, who, where, when and done-when are all written."""
        parts = (self.what, self.who, self.where_at, self.when_at, self.done_when)
        return all(part.strip() for part in parts)
