"""Each form is carried out once: a double click or a retry finds the first result."""

import hashlib
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select
from werkzeug.datastructures import FileStorage, MultiDict

from panel.columns import line, moment
from panel.tables import Row

IGNORED = frozenset({"csrf_token", "act_key"})


class ActKey(Row, table=True):
    """The key of a form that was carried out, and where its answer led."""

    __tablename__ = "act_key"
    key: str = line(64, unique=True)
    user_id: int
    endpoint: str = line(80)
    digest: str = line(64)
    location: str = line(400)
    at: datetime = moment(index=True)


class UsedForSomethingElse(Exception):
    """The key came back with other contents: a page was changed and sent again."""


def digest_of(form: MultiDict[str, str], files: MultiDict[str, FileStorage]) -> str:
    """A digest of everything that a form holds, its files included; the files are read and rewound."""
    sha = hashlib.sha256()
    for name, value in sorted(form.items(multi=True)):
        if name not in IGNORED:
            sha.update(f"{name}\x00{value}\x01".encode())
    for name, file in sorted(files.items(multi=True), key=lambda pair: pair[0]):
        sha.update(f"{name}\x02".encode())
        sha.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
        file.stream.seek(0)
    return sha.hexdigest()


def claim(db: Session, key: str, user_id: int, endpoint: str, digest: str, at: datetime) -> str | None:
    """Take the key for this transaction; the first result's location when it was carried out before.

    Raises `UsedForSomethingElse` when the key belongs to another form, person or content. Two
    requests with one key at the same time: the second waits here for the first to commit.
    """
    try:
        with db.begin_nested():
            db.add(ActKey(key=key, user_id=user_id, endpoint=endpoint, digest=digest, at=at))
    except IntegrityError:
        found = db.exec(select(ActKey).where(ActKey.key == key)).one()
        if (found.user_id, found.endpoint, found.digest) != (user_id, endpoint, digest):
            raise UsedForSomethingElse(key) from None
        return found.location
    return None


def look(db: Session, key: str, user_id: int, endpoint: str, digest: str) -> str:
    """Where the first result is, if the form was carried out already. Raises `UsedForSomethingElse`."""
    found = db.exec(select(ActKey).where(ActKey.key == key)).first()
    if found is not None and (found.user_id, found.endpoint, found.digest) != (user_id, endpoint, digest):
        raise UsedForSomethingElse(key)
    return "" if found is None else found.location


def keep_result(db: Session, key: str, location: str) -> None:
    """Remember where the answer led, in the same transaction."""
    db.exec(select(ActKey).where(ActKey.key == key)).one().location = location


def name_of(text: str) -> str:
    """A name of fixed length for any text."""
    return hashlib.sha256(text.encode()).hexdigest()
