"""Children and those who care for them."""

from datetime import date

from sqlmodel import Field

from panel.columns import line, link, prose, word
from panel.tables import Row
from workflows.vocabulary import Gender, Relationship


class Child(Row, table=True):
    """A child as the police know them."""

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

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given_name} {self.surname}"


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
