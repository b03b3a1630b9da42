"""Whether the process answers, and whether it can work."""

from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from panel.web import PanelApp


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
        return Response("ready\n", mimetype="text/plain")
