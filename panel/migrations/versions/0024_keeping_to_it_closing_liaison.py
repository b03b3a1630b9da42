"""Keeping to it, closing, liaison."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NEVER_CHANGED = (
    *("compliance_entry", "curfew_check", "caution_ceased"),
    *("completion", "code_release", "closing_summary", "feedback", "victim_feedback", "liaison_entry"),
)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "caution_ceased",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("ceased_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_caution_ceased_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_caution_ceased_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caution_ceased")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_caution_ceased_referral_id")),
    )
    op.create_table(
        "closing_summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_closing_summary_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_closing_summary_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_summary")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_closing_summary_referral_id_number")),
    )
    op.create_table(
        "code_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="why nothing further is in the public interest"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_code_release_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_code_release_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_release")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_code_release_referral_id")),
    )
    op.create_table(
        "completion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("in_full", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="how it went, for the police and the file"),
        sa.Column("police_due_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_completion_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_completion_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_completion_referral_id")),
    )
    op.create_table(
        "compliance_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_compliance_matter_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliance_matter")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_compliance_matter_referral_id_number")),
    )
    with op.batch_alter_table("compliance_matter", schema=None) as batch_op:
        batch_op.create_index("ix_compliance_matter_by_status", ["status", "due_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_compliance_matter_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(
            "uq_matter_open",
            ["referral_id"],
            unique=True,
            sqlite_where=sa.text("over_at IS NULL"),
            postgresql_where=sa.text("over_at IS NULL"),
        )

    op.create_table(
        "curfew_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("step_place", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team", sa.String(length=160), nullable=False),
        sa.Column("officer", sa.String(length=160), nullable=False),
        sa.Column("collar", sa.String(length=20), nullable=False),
        sa.Column("found", sa.String(length=40), nullable=False),
        sa.Column("followed", sa.Text(), nullable=False, comment="what followed from it"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_curfew_check_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_curfew_check_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curfew_check")),
    )
    with op.batch_alter_table("curfew_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_curfew_check_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="in their own words"),
        sa.Column("means", sa.String(length=40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_feedback_by_id_user_account")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_feedback_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "liaison_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("passed_to", sa.String(length=200), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_liaison_work_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_work")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_liaison_work_referral_id")),
    )
    with op.batch_alter_table("liaison_work", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_work_status"), ["status"], unique=False)

    op.create_table(
        "compliance_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column(
            "said",
            sa.Text(),
            nullable=False,
            comment="what was said or done, in full; of a warning its wording",
        ),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("excused", sa.Boolean(), nullable=True),
        sa.Column("choice", sa.String(length=40), nullable=True),
        sa.Column("overridden", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_compliance_entry_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_compliance_entry_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["compliance_matter.id"],
            name=op.f("fk_compliance_entry_matter_id_compliance_matter"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliance_entry")),
    )
    with op.batch_alter_table("compliance_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_compliance_entry_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "liaison_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_liaison_entry_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["liaison_work.id"], name=op.f("fk_liaison_entry_work_id_liaison_work")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_entry")),
    )
    with op.batch_alter_table("liaison_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_entry_work_id"), ["work_id"], unique=False)

    op.create_table(
        "victim_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="in their own words"),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_victim_feedback_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_victim_feedback_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_feedback")),
    )
    with op.batch_alter_table("victim_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_feedback_victim_id"), ["victim_id"], unique=False)

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keeping_since", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("keeping_with_police", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_column("keeping_with_police")
        batch_op.drop_column("keeping_since")

    with op.batch_alter_table("victim_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_victim_feedback_victim_id"))

    op.drop_table("victim_feedback")
    with op.batch_alter_table("liaison_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_entry_work_id"))

    op.drop_table("liaison_entry")
    with op.batch_alter_table("compliance_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_compliance_entry_matter_id"))

    op.drop_table("compliance_entry")
    with op.batch_alter_table("liaison_work", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_work_status"))

    op.drop_table("liaison_work")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_referral_id"))

    op.drop_table("feedback")
    with op.batch_alter_table("curfew_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_curfew_check_referral_id"))

    op.drop_table("curfew_check")
    with op.batch_alter_table("compliance_matter", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_matter_open",
            sqlite_where=sa.text("over_at IS NULL"),
            postgresql_where=sa.text("over_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_compliance_matter_referral_id"))
        batch_op.drop_index("ix_compliance_matter_by_status")

    op.drop_table("compliance_matter")
    op.drop_table("completion")
    op.drop_table("code_release")
    op.drop_table("closing_summary")
    op.drop_table("caution_ceased")
