"""Contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("step_place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("where_at", sa.String(length=200), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("others", sa.String(length=200), nullable=False),
        sa.Column(
            "fits",
            sa.Text(),
            nullable=False,
            comment="how school, work and faith were asked about, and how the time fits them",
        ),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="why it was missed, excused or cancelled, as the family or the worker says",
        ),
        sa.Column("done", sa.Text(), nullable=False, comment="what was done"),
        sa.Column("counted_minutes", sa.Integer(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["user_account.id"], name=op.f("fk_contact_noted_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["user_account.id"], name=op.f("fk_contact_offered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_contact_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_contact_worker_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_worker_id"), ["worker_id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_worker_id"))
        batch_op.drop_index(batch_op.f("ix_contact_starts_at"))
        batch_op.drop_index(batch_op.f("ix_contact_referral_id"))

    op.drop_table("contact")
