"""Self-inspections: answers, judgements, lifted ratings, drafts and versions of reports."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("rating_answer", "rating_judged", "rating_lift", "self_report_draft", "self_report_version")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "self_inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("with_court", sa.Boolean(), nullable=False),
        sa.Column("audit_round_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_self_inspection_area_id_area")),
        sa.ForeignKeyConstraint(
            ["audit_round_id"], ["audit_round.id"], name=op.f("fk_self_inspection_audit_round_id_audit_round")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_self_inspection_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_inspection")),
        sa.UniqueConstraint("reference", name=op.f("uq_self_inspection_reference")),
    )
    with op.batch_alter_table("self_inspection", schema=None) as batch_op:
        batch_op.create_index("ix_self_inspection_by_area", ["area_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_self_inspection_audit_round_id"), ["audit_round_id"], unique=False
        )

    op.create_table(
        "rating_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=12), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("not_applicable", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="where the answers come from"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_rating_answer_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["self_inspection.id"],
            name=op.f("fk_rating_answer_inspection_id_self_inspection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_answer")),
    )
    with op.batch_alter_table("rating_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_answer_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "rating_judged",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=8), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_rating_judged_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["self_inspection.id"],
            name=op.f("fk_rating_judged_inspection_id_self_inspection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_judged")),
    )
    with op.batch_alter_table("rating_judged", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_judged_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "rating_lift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=8), nullable=False),
        sa.Column("old", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=True),
        sa.Column("rests_on", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_rating_lift_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["self_inspection.id"],
            name=op.f("fk_rating_lift_inspection_id_self_inspection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_lift")),
    )
    with op.batch_alter_table("rating_lift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_lift_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "self_report_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("rests_on", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_self_report_draft_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["self_inspection.id"],
            name=op.f("fk_self_report_draft_inspection_id_self_inspection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_report_draft")),
        sa.UniqueConstraint(
            "inspection_id", "number", name=op.f("uq_self_report_draft_inspection_id_number")
        ),
    )
    op.create_table(
        "self_report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_self_report_version_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["self_inspection.id"],
            name=op.f("fk_self_report_version_inspection_id_self_inspection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_report_version")),
        sa.UniqueConstraint(
            "inspection_id", "number", name=op.f("uq_self_report_version_inspection_id_number")
        ),
    )

    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    op.drop_table("self_report_version")
    op.drop_table("self_report_draft")
    with op.batch_alter_table("rating_lift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_lift_inspection_id"))

    op.drop_table("rating_lift")
    with op.batch_alter_table("rating_judged", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_judged_inspection_id"))

    op.drop_table("rating_judged")
    with op.batch_alter_table("rating_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_answer_inspection_id"))

    op.drop_table("rating_answer")
    with op.batch_alter_table("self_inspection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_self_inspection_audit_round_id"))
        batch_op.drop_index("ix_self_inspection_by_area")

    op.drop_table("self_inspection")
