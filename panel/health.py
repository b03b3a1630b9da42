"""Whether the process answers, and whether it can work."""

from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from panel.documents.viruses import Scanner
from panel.web import PanelApp

A_MOMENT = 1.0  # seconds


def install(app: PanelApp) -> None:
    """Add /healthz, which touches nothing, and /readyz, which asks the database."""

    @app.get("/healthz", endpoint="healthz")
    def _healthz() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @app.get("/readyz", endpoint="readyz")
    def _readyz() -> Response:
        try:
            with app.engine.connect() as connection:
                connection.execute(text("SELECT version_num FROM alembic_version")).one()
        except SQLAlchemyError:
            return Response(
                "the database does not answer, or it was never migrated\n", 503, mimetype="text/plain"
            )
        return Response(f"ready\nvirus scan of uploads: {_scan_words(app)}\n", mimetype="text/plain")


def _scan_words(app: PanelApp) -> str:
    """How the virus scan stands; the rest of the service works without it."""
    address = app.settings.virus_scanner
    if not address:
        return "not set up, so files are kept unscanned (VIRUS_SCANNER)"
    return "ready" if Scanner(address, A_MOMENT).answers() else "does not answer, so no file is taken"
