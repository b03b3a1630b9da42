"""Papers of the panel."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("pack", "pack_reading")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False, comment="why this version was made"),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_pack_made_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_pack_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_pack_referral_id_referral")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_pack_referral_id_number")),
    )
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "pack_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_reading_pack_id_pack")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_pack_reading_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_reading")),
        sa.UniqueConstraint("pack_id", "user_id", "mark", name=op.f("uq_pack_reading_pack_id_user_id_mark")),
    )
    with op.batch_alter_table("pack_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_reading_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("papers", sa.Integer(), server_default="0", nullable=False))
    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back: nobody is asked to read papers that are not there."""
    for table in NEVER_CHANGED:
        remove(op, table)
    for statement in (
        "DELETE FROM mail_copy WHERE notification_id IN "
        "(SELECT id FROM notification WHERE why = 'papers_to_read')",
        "DELETE FROM notification WHERE why = 'papers_to_read'",
    ):
        op.execute(statement)
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_column("papers")

    with op.batch_alter_table("pack_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_reading_user_id"))

    op.drop_table("pack_reading")
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_meeting_id"))

    op.drop_table("pack")
