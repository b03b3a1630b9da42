"""What an installation keeps its papers with: the store of their bytes and the seal of signed copies.

Both hang on the engine, like the database that they belong to, so that whoever has a session keeps papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from panel.documents.seal import Sealer, sealer_from
from panel.documents.stores import Bucket, Store

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from config.files import FileSettings

KEEPING = "panel_keeping"


@dataclass(frozen=True)
class Keeping:
    """A store, or None for the database; a sealer, or None when signed copies stay unsealed."""

    store: Store | None = None
    sealer: Sealer | None = None


def keep_with(engine: Engine, settings: FileSettings) -> None:
    """Let every session of this engine keep its papers as the settings say."""
    store = Bucket(settings) if settings.bucket else None
    engine.update_execution_options(**{KEEPING: Keeping(store, sealer_from(settings))})


def check_certificate(settings: FileSettings) -> None:
    """Raise `SettingsError` when the certificate that is set cannot be used; asked before the start."""
    sealer = sealer_from(settings) if settings.certificate else None
    if sealer is not None:
        sealer.check()


def keeping_of(db: Session) -> Keeping:
    """The store and the seal behind a session."""
    found = db.get_bind().get_execution_options().get(KEEPING)
    return found if isinstance(found, Keeping) else Keeping()
