"""The board pack: the draft of a quarter, its publications, what the board asked for."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("board_pack_version",)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "board_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("drafted", sa.JSON(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_board_pack_area_id_area")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_board_pack_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_pack")),
        sa.UniqueConstraint("area_id", "quarter", name=op.f("uq_board_pack_area_id_quarter")),
        sa.UniqueConstraint("reference", name=op.f("uq_board_pack_reference")),
    )
    op.create_table(
        "board_pack_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("behind", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_board_pack_version_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["board_pack.id"], name=op.f("fk_board_pack_version_pack_id_board_pack")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_pack_version")),
        sa.UniqueConstraint("pack_id", "number", name=op.f("uq_board_pack_version_pack_id_number")),
    )
    op.create_table(
        "board_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column(
            "asked",
            sa.Text(),
            nullable=False,
            comment="what the board decided or asked for, in words that the board reads",
        ),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="what was done, or why it was dropped"),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["board_pack.id"], name=op.f("fk_board_action_pack_id_board_pack")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_action")),
    )
    with op.batch_alter_table("board_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_action_pack_id"), ["pack_id"], unique=False)
    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("board_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_action_pack_id"))

    op.drop_table("board_action")
    op.drop_table("board_pack_version")
    op.drop_table("board_pack")
