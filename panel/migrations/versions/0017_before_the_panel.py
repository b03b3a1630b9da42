"""What is on record before the panel and deferrals."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("evidence_view", "case_check", "deferral")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "case_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_case_check_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_case_check_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_check")),
    )
    with op.batch_alter_table("case_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_check_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "evidence_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("offence_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=40), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_evidence_view_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_evidence_view_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_view")),
    )
    with op.batch_alter_table("evidence_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_view_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "deferral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("relisted_for", sa.Date(), nullable=True),
        sa.Column(
            "waits_for",
            sa.Text(),
            nullable=False,
            comment="what stood against putting it on the next meeting, in words",
        ),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_deferral_by_id_user_account")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_deferral_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_deferral_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deferral")),
        sa.UniqueConstraint("item_id", name=op.f("uq_deferral_item_id")),
    )
    with op.batch_alter_table("deferral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deferral_referral_id"), ["referral_id"], unique=False)

    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)

    with op.batch_alter_table("deferral", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deferral_referral_id"))

    op.drop_table("deferral")
    with op.batch_alter_table("evidence_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_view_referral_id"))

    op.drop_table("evidence_view")
    with op.batch_alter_table("case_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_check_referral_id"))

    op.drop_table("case_check")
