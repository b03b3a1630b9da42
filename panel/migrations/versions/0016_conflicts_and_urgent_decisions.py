"""Conflicts and urgent decisions."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, install_after, remove_after

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEPT = ("conflict", "conflict_lifting", "stand_in", "urgent", "ratification")
# A position belongs to the record once the case is decided or deferred.
FINISHED = "EXISTS (SELECT 1 FROM agenda_item WHERE id = OLD.item_id AND finished_at IS NOT NULL)"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_conflict_by_id_user_account")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_conflict_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_conflict_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conflict_user_id"), ["user_id"], unique=False)

    op.create_table(
        "stand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_stand_in_by_id_user_account")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_stand_in_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_stand_in_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_stand_in_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    with op.batch_alter_table("stand_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stand_in_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stand_in_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "urgent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_urgent_by_id_user_account")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_urgent_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_urgent_meeting_id")),
    )
    op.create_table(
        "conflict_lifting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conflict_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("led", sa.Boolean(), nullable=False),
        sa.Column("confirms_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_conflict_lifting_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["confirms_id"],
            ["conflict_lifting.id"],
            name=op.f("fk_conflict_lifting_confirms_id_conflict_lifting"),
        ),
        sa.ForeignKeyConstraint(
            ["conflict_id"], ["conflict.id"], name=op.f("fk_conflict_lifting_conflict_id_conflict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_lifting")),
        sa.UniqueConstraint("confirms_id", name=op.f("uq_conflict_lifting_confirms_id")),
    )
    with op.batch_alter_table("conflict_lifting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_lifting_conflict_id"), ["conflict_id"], unique=False)

    op.create_table(
        "ratification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_ratification_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_ratification_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_ratification_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratification")),
        sa.UniqueConstraint("item_id", name=op.f("uq_ratification_item_id")),
    )
    with op.batch_alter_table("ratification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratification_meeting_id"), ["meeting_id"], unique=False)

    for table in KEPT:
        install(op, table)
    install_after(op, "position", FINISHED)


def downgrade() -> None:
    """Back."""
    remove_after(op, "position")
    with op.batch_alter_table("ratification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ratification_meeting_id"))

    op.drop_table("ratification")
    with op.batch_alter_table("conflict_lifting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_lifting_conflict_id"))

    op.drop_table("conflict_lifting")
    op.drop_table("urgent")
    with op.batch_alter_table("stand_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stand_in_referral_id"))
        batch_op.drop_index(batch_op.f("ix_stand_in_meeting_id"))

    op.drop_table("stand_in")
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_user_id"))
        batch_op.drop_index(batch_op.f("ix_conflict_referral_id"))

    op.drop_table("conflict")
