"""Versions of assessments, countersigning and significant events."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("assessment_version", "criterion_judged")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "significant_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="what happened"),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("follows", sa.String(length=40), nullable=True),
        sa.Column("follows_why", sa.Text(), nullable=False),
        sa.Column("follows_by_id", sa.Integer(), nullable=True),
        sa.Column("follows_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["follows_by_id"],
            ["user_account.id"],
            name=op.f("fk_significant_event_follows_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["user_account.id"],
            name=op.f("fk_significant_event_recorded_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_significant_event_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_significant_event")),
    )
    with op.batch_alter_table("significant_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_significant_event_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "assessment_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_version_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_assessment_version_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_version")),
        sa.UniqueConstraint(
            "assessment_id", "number", name=op.f("uq_assessment_version_assessment_id_number")
        ),
    )
    op.create_table(
        "safeguarding_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="why it is not needed, or who is involved already"
        ),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("made_to", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False, comment="what children's social care answered"),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["user_account.id"],
            name=op.f("fk_safeguarding_answer_answered_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["significant_event.id"],
            name=op.f("fk_safeguarding_answer_event_id_significant_event"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_safeguarding_answer_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_answer")),
        sa.UniqueConstraint(
            "referral_id", "event_id", name=op.f("uq_safeguarding_answer_referral_id_event_id")
        ),
    )
    with op.batch_alter_table("safeguarding_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safeguarding_answer_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safeguarding_answer_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "countersignature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_countersignature_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["assessment_version.id"],
            name=op.f("fk_countersignature_version_id_assessment_version"),
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user_account.id"], name=op.f("fk_countersignature_voided_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersignature")),
    )
    with op.batch_alter_table("countersignature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_countersignature_version_id"), ["version_id"], unique=False)

    op.create_table(
        "judgement_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_judgement_draft_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["assessment_version.id"],
            name=op.f("fk_judgement_draft_version_id_assessment_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement_draft")),
        sa.UniqueConstraint("version_id", "by_id", name=op.f("uq_judgement_draft_version_id_by_id")),
    )
    with op.batch_alter_table("judgement_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgement_draft_by_id"), ["by_id"], unique=False)

    op.create_table(
        "second_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("countersignature_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("would_sign", sa.Boolean(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["countersignature_id"],
            ["countersignature.id"],
            name=op.f("fk_second_read_countersignature_id_countersignature"),
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["user_account.id"], name=op.f("fk_second_read_reader_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_read")),
        sa.UniqueConstraint("countersignature_id", name=op.f("uq_second_read_countersignature_id")),
    )
    with op.batch_alter_table("second_read", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_read_done_at"), ["done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_second_read_reader_id"), ["reader_id"], unique=False)

    op.create_table(
        "criterion_judged",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("countersignature_id", sa.Integer(), nullable=True),
        sa.Column("second_read_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("judged", sa.String(length=40), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["countersignature_id"],
            ["countersignature.id"],
            name=op.f("fk_criterion_judged_countersignature_id_countersignature"),
        ),
        sa.ForeignKeyConstraint(
            ["second_read_id"],
            ["second_read.id"],
            name=op.f("fk_criterion_judged_second_read_id_second_read"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_judged")),
    )
    with op.batch_alter_table("criterion_judged", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_criterion_judged_countersignature_id"), ["countersignature_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_criterion_judged_second_read_id"), ["second_read_id"], unique=False
        )

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("event_open_on", sa.Date(), nullable=True))

    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_column("event_open_on")
        batch_op.drop_column("reopened_at")

    with op.batch_alter_table("criterion_judged", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_judged_second_read_id"))
        batch_op.drop_index(batch_op.f("ix_criterion_judged_countersignature_id"))

    op.drop_table("criterion_judged")
    with op.batch_alter_table("second_read", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_read_reader_id"))
        batch_op.drop_index(batch_op.f("ix_second_read_done_at"))

    op.drop_table("second_read")
    with op.batch_alter_table("judgement_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgement_draft_by_id"))

    op.drop_table("judgement_draft")
    with op.batch_alter_table("countersignature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_countersignature_version_id"))

    op.drop_table("countersignature")
    with op.batch_alter_table("safeguarding_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safeguarding_answer_referral_id"))
        batch_op.drop_index(batch_op.f("ix_safeguarding_answer_event_id"))

    op.drop_table("safeguarding_answer")
    op.drop_table("assessment_version")
    with op.batch_alter_table("significant_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_significant_event_referral_id"))

    op.drop_table("significant_event")
