"""Index the open notifications alone."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notification_of_page"))
        batch_op.create_index("ix_notification_of_page", ["path"], unique=False)
        batch_op.drop_index(batch_op.f("ix_notification_of_person"))
        batch_op.create_index(
            "ix_notification_of_person",
            ["user_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_notification_of_role"))
        batch_op.create_index(
            "ix_notification_of_role",
            ["area_id", "role", "due_on"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notification_of_role",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_notification_of_role"), ["area_id", "role", "done_at", "due_on"], unique=False
        )
        batch_op.drop_index(
            "ix_notification_of_person",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_notification_of_person"), ["user_id", "done_at", "due_on"], unique=False
        )
        batch_op.drop_index("ix_notification_of_page")
        batch_op.create_index(batch_op.f("ix_notification_of_page"), ["path", "done_at"], unique=False)
