"""What a condition, a proposed step and a step of the plan have in common."""

from datetime import date

from sqlmodel import Field, SQLModel

from config.policy import names, number
from panel.columns import Word
from workflows.conditions import MONEY, NEEDS, StepKind, is_vague
from workflows.vocabulary import Purpose


class StepFields(SQLModel):
    """What is to be done, by whom, where, when, and how we know that it is done (CON-2)."""

    place: int = Field(default=0, description="order in the list, from 1")
    entry: str = Field(
        default="", max_length=40, description="its key in the library, empty for free wording"
    )
    kind: StepKind = Field(default=StepKind.ACTIVITY, sa_type=Word(StepKind))
    what: str = Field(default="", max_length=300)
    who: str = Field(default="", max_length=200)
    where_at: str = Field(default="", max_length=200)
    when_at: str = Field(default="", max_length=200)
    how_often: str = Field(default="", max_length=200)
    sessions: int = Field(default=0, description="how many sessions, 0 when they are not counted")
    done_when: str = Field(default="", max_length=300)
    proof: str = Field(default="", max_length=300, description="what is kept to show that it is done")
    due_on: date
    purpose: Purpose = Field(default=Purpose.REHABILITATION, sa_type=Word(Purpose))
    attends: bool = Field(default=False, description="whether the child has to come somewhere (CON-3)")
    hours: int = Field(default=0, description="hours of attendance, 0 when it is not about attending")
    at_childs_home: bool = False
    amount_pence: int = Field(default=0, description="a penalty or compensation, in pence")
    payee: str = Field(default="", max_length=200)
    pay_how: str = Field(default="", max_length=200)
    checked_by: str = Field(default="", max_length=200, description="the neighbourhood policing team (CON-6)")
    placement_id: int | None = Field(default=None, foreign_key="placement.id")

    def is_complete(self) -> bool:
        """Whether everything is written that its kind needs."""
        written = all(getattr(self, name).strip() for name in NEEDS[self.kind])
        return written and (self.kind not in MONEY or self.amount_pence > 0)

    def texts(self) -> tuple[str, ...]:
        """Every text that the child or the family will read."""
        return (
            *(self.what, self.who, self.where_at, self.when_at, self.how_often),
            *(self.done_when, self.proof, self.payee, self.pay_how, self.checked_by),
        )


def only_names_a_topic(what: str, on: date) -> bool:
    """Whether a wording says no more than a topic, by the lists of a day (CON-2)."""
    return is_vague(
        what,
        topics=names("vague_topics", on),
        fillers=names("vague_fillers", on),
        least=number("vague_words_left", on),
    )


def pounds(pence: int) -> str:
    """An amount as people write it: 20 pounds without pence, 12.50 with them."""
    whole, rest = divmod(pence, 100)
    return f"£{whole}.{rest:02}" if rest else f"£{whole}"
