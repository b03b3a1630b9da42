"""Column kinds that behave the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

E = TypeVar("E", bound=StrEnum)


class Moment(TypeDecorator[datetime]):
    """An instant: stored as UTC, given back aware. A naive time is an error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again, whatever the database gave back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[E], Generic[E]):
    """A member of an enumeration, stored as its value, checked in Python: a new word needs no migration."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """The value; ValueError for a word that is not in the list."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """The member again."""
        return None if value is None else self.words(value)


def moment(*, null: bool = False, index: bool = False) -> Any:
    """A field that holds an instant."""
    return Field(default=None, sa_column=Column(Moment(), nullable=null, index=index))


def word(
    words: type[StrEnum], *, null: bool = False, index: bool = False, default: StrEnum | None = None
) -> Any:
    """A field that holds one word of an enumeration."""
    return Field(default=default, sa_column=Column(Word(words), nullable=null, index=index))


def prose(comment: str = "") -> Any:
    """A field for text of any length, empty until somebody writes."""
    return Field(default="", sa_column=Column(Text, nullable=False, comment=comment or None))


def line(length: int, *, unique: bool = False, index: bool = False, default: str = "") -> Any:
    """A field for one short line."""
    return Field(
        default=default, sa_column=Column(String(length), nullable=False, unique=unique, index=index)
    )


def link(target: str, *, null: bool = False, index: bool = True, unique: bool = False) -> Any:
    """A foreign key, indexed."""
    column = Column(Integer, ForeignKey(target), nullable=null, index=index and not unique, unique=unique)
    return Field(default=None, sa_column=column)
