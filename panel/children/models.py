"""Children and those who care for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.matching import Person, Verdict
from workflows.vocabulary import Gender, Relationship


class Child(Row, table=True):
    """A child as the police know them. One that was merged into another stays, and points to it."""

    __tablename__ = "child"
    given_name: str = line(100)
    surname: str = line(100, index=True)
    date_of_birth: date = Field(index=True)
    gender: Gender = word(Gender, default=Gender.NOT_STATED)
    ethnicity: str = line(4)
    address: str = line(300)
    postcode: str = line(10)
    school: str = line(160)
    looked_after: bool = False
    needs: str = prose("language, interpreter, speech and language, other needs")
    other_names: str = line(200)
    pnc_id: str = line(14)
    cro_number: str = line(14)
    upn: str = line(13)
    nhs_number: str = line(12)
    merged_into_id: int | None = link("child.id", null=True)

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given_name} {self.surname}"

    @property
    def person(self) -> Person:
        """The child as records are compared."""
        return Person(**{name: getattr(self, name) for name in Person.__dataclass_fields__})


class Carer(Row, table=True):
    """A parent or carer of a child."""

    __tablename__ = "carer"
    child_id: int = link("child.id", unique=True)
    name: str = line(160)
    relationship: Relationship = word(Relationship)
    phone: str = line(40)
    email: str = line(200)
    address: str = line(300)
    lives_with_child: bool = True


class ChildKey(Row, table=True):
    """One key under which a child is found when somebody types a child (`workflows.matching.keys_of`)."""

    __tablename__ = "child_key"
    __table_args__ = (Index("ix_child_key_by_key", "key", "child_id"),)
    key: str = line(100)
    child_id: int = link("child.id")


class ChildPair(Row, table=True):
    """Two records that look like one child, or that a person has told apart; the lower number is first."""

    __tablename__ = "child_pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)
    first_id: int = link("child.id", index=False)
    second_id: int = link("child.id")
    verdict: Verdict = word(Verdict, default=Verdict.LIKELY, index=True)
    by_id: int | None = link("user_account.id", null=True, index=False)
    at: datetime = moment()


class ChildSearch(Row, table=True):
    """A child that somebody typed, the children that were shown beside it, and the answer."""

    __tablename__ = "child_search"
    __table_args__ = (Index("ix_child_search_by_person", "by_id", "at"),)
    token: str = line(40, unique=True)
    by_id: int = link("user_account.id", index=False)
    area_id: int = link("area.id", index=False)
    at: datetime = moment(index=True)
    typed: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    shown: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    answer: str = line(20)
    answered_at: datetime | None = moment(null=True)
    child_id: int | None = link("child.id", null=True, index=False)
