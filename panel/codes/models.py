"""Code lists: versions with the day from which each is in force, and their rows. Neither is ever changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary
from sqlmodel import Field, Index, UniqueConstraint

from panel.columns import line, link, moment, word
from panel.tables import Row
from workflows.codes import CodeList


class CodeVersion(Row, table=True):
    """One file that was loaded; `loaded_by` says who, also when it was an operator without an account."""

    __tablename__ = "code_version"
    __table_args__ = (
        UniqueConstraint("kind", "name"),
        Index("ix_code_version_in_force", "kind", "in_force_from", "id"),
    )
    kind: CodeList = word(CodeList)
    name: str = line(80)
    in_force_from: date
    loaded_at: datetime = moment()
    loaded_by: str = line(200)
    loaded_by_id: int | None = link("user_account.id", null=True, index=False)
    digest: str = line(64)
    size: int = Field(default=0, description="how many rows it has")


class CodeRow(Row, table=True):
    """One code of a version. `part` groups the rows of a gravity matrix and is empty elsewhere."""

    __tablename__ = "code_row"
    __table_args__ = (UniqueConstraint("version_id", "part", "code"),)
    version_id: int = link("code_version.id", index=False)
    part: str = line(20)
    code: str = line(20)
    title: str = line(200)
    place: int = Field(default=0, description="order in the file, from 1")
    search: str = line(260)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class CodeUpload(Row, table=True):
    """A file that an administrator has sent and not confirmed yet; gone when it is loaded or replaced."""

    __tablename__ = "code_upload"
    kind: CodeList = word(CodeList)
    name: str = line(80)
    in_force_from: date
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sent_by_id: int = link("user_account.id")
    sent_at: datetime = moment()
