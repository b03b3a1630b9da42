"""Police forces, the areas that they cover, and the systems of theirs that may speak to us."""

from datetime import datetime

from panel.columns import line, link, moment
from panel.tables import Row, Versioned


class Force(Versioned, table=True):
    """One police force; `code` is the two digits that its crime references start with, where it has them."""

    __tablename__ = "force"
    name: str = line(100, unique=True)
    code: str = line(4)


class ForceArea(Row, table=True):
    """The one force of an area."""

    __tablename__ = "force_area"
    force_id: int = link("force.id")
    area_id: int = link("area.id", unique=True)


class ForceSystem(Versioned, table=True):
    """A system of a force that may tell us of disposals; of its token only the digest is kept."""

    __tablename__ = "force_system"
    force_id: int = link("force.id")
    name: str = line(100)
    token_digest: str = line(64, unique=True)
    made_by_id: int = link("user_account.id", index=False)
    made_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    used_at: datetime | None = moment(null=True)
