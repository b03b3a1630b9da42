"""What happened is never changed."""

from alembic import op

from panel.migrations.append_only import install, remove, remove_function

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Spelt out: what this revision did must not change when the list in `append_only` grows.
TABLES = ("event", "access_entry", "stored_file", "decision")


def upgrade() -> None:
    """Forward."""
    for table in TABLES:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in TABLES:
        remove(op, table)
    remove_function(op)
