"""Packs of the board: the draft of a quarter, what was published of it, and what the board asked for."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, UniqueConstraint

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.board_pack import Answer


def _json(kind: type[Any]) -> Any:
    return Field(default_factory=kind, sa_column=Column(JSON, nullable=False))


class BoardPack(Versioned, table=True):
    """The pack of one quarter as managers work on it: the numbers as they were made, and the words."""

    __tablename__ = "board_pack"
    __table_args__ = (UniqueConstraint("area_id", "quarter"),)
    reference: str = line(12, unique=True)
    area_id: int = link("area.id", index=False)
    quarter: str = line(6)
    figures: list[Any] = _json(list)
    past: dict[str, Any] = _json(dict)
    words: dict[str, Any] = _json(dict)
    drafted: dict[str, Any] = _json(dict)
    made_on: date
    made_by_id: int = link("user_account.id", index=False)
    changed_at: datetime = moment()


class BoardPackVersion(Row, table=True):
    """One publication, never changed: what the board reads, and the numbers behind it for managers."""

    __tablename__ = "board_pack_version"
    __table_args__ = (UniqueConstraint("pack_id", "number"),)
    pack_id: int = link("board_pack.id", index=False)
    number: int
    content: dict[str, Any] = _json(dict)
    behind: list[Any] = _json(list)
    digest: str = line(64)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()


class BoardAction(Versioned, table=True):
    """Something that the board decided or asked for when it had read a pack, and what was done."""

    __tablename__ = "board_action"
    pack_id: int = link("board_pack.id")
    number: int
    answer: Answer = word(Answer, default=Answer.OPEN)
    asked: str = prose("what the board decided or asked for, in words that the board reads")
    owner: str = line(160)
    due_on: date
    said: str = prose("what was done, or why it was dropped")
    closed_on: date | None = Field(default=None)
    changed_at: datetime = moment()
