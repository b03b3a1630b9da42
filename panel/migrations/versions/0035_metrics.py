"""The metrics: which figures and milestones left the service, and why."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "metric_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("areas", sa.String(length=200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_metric_export_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_export")),
    )
    install(op, "metric_export")


def downgrade() -> None:
    """Back."""
    remove(op, "metric_export")
    op.drop_table("metric_export")
