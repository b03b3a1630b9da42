"""Alembic's way in; the connection comes from `panel.migrations`."""

from alembic import context

import panel.models  # noqa: F401 - fills the metadata
from panel.migrations import options

given = context.config.attributes
context.configure(given["connection"], **options(given["connection"], batch=given.get("batch", True)))
context.run_migrations()
