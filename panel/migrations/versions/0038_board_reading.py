"""What the board reads of a quarter is pinned, and the pack looks back over earlier quarters."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "board_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_board_reading_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_reading")),
        sa.UniqueConstraint("area_id", "quarter", "what", name=op.f("uq_board_reading_area_id_quarter_what")),
    )
    install(op, "board_reading")
    with op.batch_alter_table("board_pack", schema=None) as batch_op:
        batch_op.add_column(sa.Column("past", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("board_pack", schema=None) as batch_op:
        batch_op.alter_column("past", existing_type=sa.JSON(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("board_pack", schema=None) as batch_op:
        batch_op.drop_column("past")
    remove(op, "board_reading")
    op.drop_table("board_reading")
