"""Data quality: problems and what people said of them; extracts."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("data_review", "extract")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "data_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("check_key", sa.String(length=40), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_data_review_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["data_review.id"], name=op.f("fk_data_review_undoes_id_data_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_review")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_data_review_undoes_id")),
    )
    with op.batch_alter_table("data_review", schema=None) as batch_op:
        batch_op.create_index("ix_data_review_of", ["subject", "subject_id", "check_key"], unique=False)

    op.create_table(
        "extract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_extract_area_id_area")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_extract_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract")),
        sa.UniqueConstraint("reference", name=op.f("uq_extract_reference")),
    )
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.create_index("ix_extract_by_area", ["area_id", "id"], unique=False)

    op.create_table(
        "data_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("check_key", sa.String(length=40), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("reviewed_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_data_problem_area_id_area")),
        sa.ForeignKeyConstraint(
            ["reviewed_id"], ["data_review.id"], name=op.f("fk_data_problem_reviewed_id_data_review")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_data_problem_worker_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_problem")),
        sa.UniqueConstraint(
            "subject", "subject_id", "check_key", name=op.f("uq_data_problem_subject_subject_id_check_key")
        ),
    )
    with op.batch_alter_table("data_problem", schema=None) as batch_op:
        batch_op.create_index(
            "ix_data_problem_decided",
            ["area_id", "decided_on", "check_key", "reviewed_id", "subject_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_data_problem_given",
            ["area_id", "given_on", "check_key", "reviewed_id", "subject_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_data_problem_listed",
            ["area_id", "check_key", "received_on", "subject_id", "reviewed_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_data_problem_of_worker", ["worker_id", "check_key", "received_on", "subject_id"], unique=False
        )
        batch_op.create_index(
            "ix_data_problem_received",
            ["area_id", "received_on", "check_key", "reviewed_id", "subject_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_data_problem_right",
            ["area_id", "received_on"],
            unique=False,
            sqlite_where=sa.text("reviewed_id IS NOT NULL"),
            postgresql_where=sa.text("reviewed_id IS NOT NULL"),
        )

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("ix_referral_by_deciding", ["area_id", "decided_at", "status"], unique=False)
        batch_op.create_index("ix_referral_by_receiving", ["area_id", "submitted_at", "status"], unique=False)
        batch_op.drop_index("ix_referral_by_status")
        batch_op.create_index(
            "ix_referral_by_status",
            ["area_id", "status", "due_on", "id", "case_manager_id", "given_on"],
            unique=False,
        )
    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_by_status")
        batch_op.create_index("ix_referral_by_status", ["area_id", "status", "due_on", "id"], unique=False)
        batch_op.drop_index("ix_referral_by_receiving")
        batch_op.drop_index("ix_referral_by_deciding")

    with op.batch_alter_table("data_problem", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_data_problem_right",
            sqlite_where=sa.text("reviewed_id IS NOT NULL"),
            postgresql_where=sa.text("reviewed_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_data_problem_received")
        batch_op.drop_index("ix_data_problem_of_worker")
        batch_op.drop_index("ix_data_problem_listed")
        batch_op.drop_index("ix_data_problem_given")
        batch_op.drop_index("ix_data_problem_decided")

    op.drop_table("data_problem")
    with op.batch_alter_table("extract", schema=None) as batch_op:
        batch_op.drop_index("ix_extract_by_area")

    op.drop_table("extract")
    with op.batch_alter_table("data_review", schema=None) as batch_op:
        batch_op.drop_index("ix_data_review_of")

    op.drop_table("data_review")
