"""What every table has in common."""

from typing import Any

from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata


class Row(SQLModel):
    """A row with a number of its own."""

    id: int = Field(default=None, primary_key=True)


class Versioned(Row):
    """A row that remembers how often it was changed, so that the loser of a race is told."""

    version: int = Field(default=None, sa_column_kwargs={"comment": "raised by each change"}, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        """SQLAlchemy checks and raises the version with each UPDATE."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]
