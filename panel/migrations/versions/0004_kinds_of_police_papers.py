"""Kinds of police papers and papers taken off."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paper", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("removed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "removed_why",
                sa.Text(),
                nullable=False,
                comment="why a wrong paper was taken off again",
                server_default="",
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_document_removed_by_id_user_account"), "user_account", ["removed_by_id"], ["id"]
        )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.alter_column("removed_why", server_default=None)
    op.execute("UPDATE document SET paper = 'other' WHERE kind = 'police_paper'")


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_document_removed_by_id_user_account"), type_="foreignkey")
        batch_op.drop_column("removed_why")
        batch_op.drop_column("removed_at")
        batch_op.drop_column("removed_by_id")
        batch_op.drop_column("paper")
