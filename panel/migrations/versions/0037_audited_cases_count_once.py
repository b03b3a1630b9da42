"""A case counts once in M7, however many people audited it; how large a sample is may be said as a total."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "audited_milestone",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=4), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("care", sa.String(length=20), nullable=False),
        sa.Column("turns_on", sa.Date(), nullable=True),
        sa.Column("audited_on", sa.Date(), nullable=True),
        sa.Column("disposal_right", sa.Boolean(), nullable=True),
        sa.Column("to_settle", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_audited_milestone")),
    )
    with op.batch_alter_table("audited_milestone", schema=None) as batch_op:
        batch_op.create_index("ix_audited_milestone_by_audited", ["area_id", "audited_on"], unique=False)
    with op.batch_alter_table("audit_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whole", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("share", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("audit_round", schema=None) as batch_op:
        batch_op.drop_column("share")
        batch_op.drop_column("whole")
    with op.batch_alter_table("audited_milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_audited_milestone_by_audited")
    op.drop_table("audited_milestone")
