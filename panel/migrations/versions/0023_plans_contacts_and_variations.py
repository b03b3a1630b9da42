"""Versions of plans, times that fit, and variations of conditions."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, install_after, remove, remove_after

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("plan_version", "plan_agreement", "plan_exit_note", "variation_signature")
OVER = "OLD.status IN ('in_force', 'withdrawn')"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("at_school", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="what helps the family to come, in their words"),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_availability_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_availability_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_availability_referral_id")),
    )
    op.create_table(
        "busy_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_busy_time_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_time")),
    )
    with op.batch_alter_table("busy_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_busy_time_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "variation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="why the conditions are varied, for the file"),
        sa.Column(
            "child_reasons",
            sa.Text(),
            nullable=False,
            comment="why, in words for the child, as the document has them",
        ),
        sa.Column("authority", sa.String(length=40), nullable=True),
        sa.Column("authority_name", sa.String(length=160), nullable=False),
        sa.Column("authority_rank", sa.String(length=80), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("adult", sa.String(length=40), nullable=True),
        sa.Column("adult_name", sa.String(length=160), nullable=False),
        sa.Column("adult_relationship", sa.String(length=40), nullable=True),
        sa.Column("adult_aged_18", sa.Boolean(), nullable=False),
        sa.Column("adult_is_police", sa.Boolean(), nullable=False),
        sa.Column("adult_involved", sa.Boolean(), nullable=False),
        sa.Column("adult_phone", sa.String(length=40), nullable=False),
        sa.Column("adult_order_reason", sa.String(length=300), nullable=False),
        sa.Column("adult_interprets", sa.Boolean(), nullable=False),
        sa.Column("adult_advises", sa.Boolean(), nullable=False),
        sa.Column("adult_objected", sa.Boolean(), nullable=False),
        sa.Column("adult_was_told", sa.Boolean(), nullable=False),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("explained_by_id", sa.Integer(), nullable=True),
        sa.Column("explained_digest", sa.String(length=64), nullable=False),
        sa.Column("explained_place", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("advice", sa.String(length=40), nullable=False),
        sa.Column("childs_words", sa.Text(), nullable=False, comment="how the child explained it back"),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("case_manager_present", sa.Boolean(), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_document_id", sa.Integer(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_why", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["user_account.id"], name=op.f("fk_variation_begun_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_variation_disposal_id_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_variation_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["explained_by_id"], ["user_account.id"], name=op.f("fk_variation_explained_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_variation_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["signed_document_id"], ["document.id"], name=op.f("fk_variation_signed_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variation")),
        sa.UniqueConstraint("disposal_id", "number", name=op.f("uq_variation_disposal_id_number")),
    )
    with op.batch_alter_table("variation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_variation_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "plan_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("child_name", sa.String(length=160), nullable=False),
        sa.Column("adult_name", sa.String(length=160), nullable=False),
        sa.Column("child_signed", sa.Boolean(), nullable=False),
        sa.Column("adult_signed", sa.Boolean(), nullable=False),
        sa.Column("not_signed", sa.String(length=500), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_plan_agreement_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_plan_agreement_document_id_document")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_agreement_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_agreement")),
    )
    with op.batch_alter_table("plan_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_agreement_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_plan_draft_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_draft_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_draft")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_plan_draft_plan_id")),
    )
    op.create_table(
        "plan_exit_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("exit_key", sa.Integer(), nullable=False),
        sa.Column("happened", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_plan_exit_note_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_exit_note_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_exit_note")),
    )
    with op.batch_alter_table("plan_exit_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_exit_note_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_plan_version_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    op.create_table(
        "variation_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("variation_id", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("image_document_id", sa.Integer(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["witness_id"],
            ["user_account.id"],
            name=op.f("fk_variation_signature_witness_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["image_document_id"],
            ["document.id"],
            name=op.f("fk_variation_signature_image_document_id_document"),
        ),
        sa.ForeignKeyConstraint(
            ["variation_id"], ["variation.id"], name=op.f("fk_variation_signature_variation_id_variation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variation_signature")),
        sa.UniqueConstraint(
            "variation_id", "signer", name=op.f("uq_variation_signature_variation_id_signer")
        ),
    )
    op.create_table(
        "varied_condition",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("where_at", sa.String(length=200), nullable=False),
        sa.Column("when_at", sa.String(length=200), nullable=False),
        sa.Column("how_often", sa.String(length=200), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("done_when", sa.String(length=300), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("attends", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("at_childs_home", sa.Boolean(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("payee", sa.String(length=200), nullable=False),
        sa.Column("pay_how", sa.String(length=200), nullable=False),
        sa.Column("checked_by", sa.String(length=200), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("variation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_varied_condition_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["variation_id"], ["variation.id"], name=op.f("fk_varied_condition_variation_id_variation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_varied_condition")),
    )
    with op.batch_alter_table("varied_condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_varied_condition_variation_id"), ["variation_id"], unique=False)

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason_code", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("plan_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("owner", sa.String(length=160), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("serves", sa.String(length=40), server_default="desistance", nullable=False)
        )
        batch_op.add_column(sa.Column("binding", sa.Boolean(), server_default="0", nullable=False))
    # An empty text is no default that SQLite gives back as it was written: only old rows need it.
    for table, column, length in (("contact", "reason_code", 40), ("plan_step", "owner", 160)):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, existing_type=sa.String(length=length), server_default=None)
    op.execute("UPDATE plan_step SET position = place")
    op.execute(
        "UPDATE plan_step SET binding = '1' WHERE plan_id IN (SELECT plan.id FROM plan JOIN disposal "
        "ON disposal.id = plan.disposal_id WHERE disposal.outcome = 'youth_conditional_caution')"
    )
    for table in NEVER_CHANGED:
        install(op, table)
    install_after(op, "variation", OVER)


def downgrade() -> None:
    """Back."""
    remove_after(op, "variation")
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("plan_step", schema=None) as batch_op:
        batch_op.drop_column("binding")
        batch_op.drop_column("serves")
        batch_op.drop_column("owner")
        batch_op.drop_column("starts_on")
        batch_op.drop_column("position")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_column("sequence")
        batch_op.drop_column("reason_code")

    with op.batch_alter_table("varied_condition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_varied_condition_variation_id"))

    op.drop_table("varied_condition")
    op.drop_table("variation_signature")
    op.drop_table("plan_version")
    with op.batch_alter_table("plan_exit_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_exit_note_plan_id"))

    op.drop_table("plan_exit_note")
    op.drop_table("plan_draft")
    with op.batch_alter_table("plan_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_agreement_plan_id"))

    op.drop_table("plan_agreement")
    with op.batch_alter_table("variation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_variation_referral_id"))

    op.drop_table("variation")
    with op.batch_alter_table("busy_time", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_busy_time_referral_id"))

    op.drop_table("busy_time")
    op.drop_table("availability")
