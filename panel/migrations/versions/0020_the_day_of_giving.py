"""The day of giving: appointments, requirements, explanations, withdrawals, copies that were found."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("appointment_change", "child_withdrawal", "explanation", "found_copy", "requirement")
TEXTS = {"adult_phone": 40, "adult_order_reason": 300, "given_late_reason": 300}
TICKS = ("adult_interprets", "adult_advises", "adult_objected", "adult_was_told")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("case_manager_id", sa.Integer(), nullable=True),
        sa.Column("adult_name", sa.String(length=160), nullable=False),
        sa.Column("adult_phone", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("interpreter", sa.String(length=160), nullable=False),
        sa.Column("easy_read", sa.Boolean(), nullable=False),
        sa.Column(
            "needs",
            sa.Text(),
            nullable=False,
            comment="access and other needs, as far as the day is planned for them",
        ),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_manager_id"], ["user_account.id"], name=op.f("fk_appointment_case_manager_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["user_account.id"], name=op.f("fk_appointment_officer_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_appointment_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(
            "uq_appointment_planned",
            ["referral_id"],
            unique=True,
            sqlite_where=sa.text("status = 'planned'"),
            postgresql_where=sa.text("status = 'planned'"),
        )

    op.create_table(
        "appointment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False, comment="why it was moved or called off, in words"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_appointment_change_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_appointment_change_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_change")),
    )
    with op.batch_alter_table("appointment_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appointment_change_appointment_id"), ["appointment_id"], unique=False
        )

    op.create_table(
        "child_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("status_then", sa.String(length=40), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="what the child said"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_child_withdrawal_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_child_withdrawal_disposal_id_disposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_withdrawal")),
    )
    with op.batch_alter_table("child_withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_withdrawal_disposal_id"), ["disposal_id"], unique=False)

    op.create_table(
        "explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("interpreter", sa.String(length=160), nullable=False),
        sa.Column("advice", sa.String(length=40), nullable=False),
        sa.Column("there", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_explanation_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_explanation_disposal_id_disposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
    )
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_explanation_disposal_id"), ["disposal_id"], unique=False)

    op.create_table(
        "found_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.JSON(), nullable=False),
        sa.Column("found_by", sa.String(length=160), nullable=False),
        sa.Column("found_where", sa.String(length=300), nullable=False),
        sa.Column("story", sa.Text(), nullable=False, comment="why it was not there before"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_found_copy_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_found_copy_disposal_id_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_found_copy_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_copy")),
    )
    with op.batch_alter_table("found_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_found_copy_disposal_id"), ["disposal_id"], unique=False)

    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.String(length=40), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("rank", sa.String(length=60), nullable=False),
        sa.Column("collar", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=40), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False, comment="what it rests on"),
        sa.Column("cps_reference", sa.String(length=60), nullable=False),
        sa.Column(
            "exception",
            sa.Text(),
            nullable=False,
            comment="why it is given although the YOT was not consulted about it",
        ),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_requirement_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_requirement_disposal_id_disposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
    )
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requirement_disposal_id"), ["disposal_id"], unique=False)

    with op.batch_alter_table("disposal", schema=None) as batch_op:
        for name, length in TEXTS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        for name in TICKS:
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("given_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("copy_altered_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("disposal", schema=None) as batch_op:
        for name in (*TEXTS, *TICKS):
            batch_op.alter_column(name, server_default=None)
    op.add_column("referral", sa.Column("appointed_on", sa.Date(), nullable=True))
    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_column("appointed_on")

    with op.batch_alter_table("disposal", schema=None) as batch_op:
        for name in ("copy_altered_at", "given_at", *reversed(TICKS), *reversed(TEXTS)):
            batch_op.drop_column(name)

    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requirement_disposal_id"))

    op.drop_table("requirement")
    with op.batch_alter_table("found_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_found_copy_disposal_id"))

    op.drop_table("found_copy")
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_explanation_disposal_id"))

    op.drop_table("explanation")
    with op.batch_alter_table("child_withdrawal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_withdrawal_disposal_id"))

    op.drop_table("child_withdrawal")
    with op.batch_alter_table("appointment_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_change_appointment_id"))

    op.drop_table("appointment_change")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_appointment_planned",
            sqlite_where=sa.text("status = 'planned'"),
            postgresql_where=sa.text("status = 'planned'"),
        )
        batch_op.drop_index(batch_op.f("ix_appointment_referral_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_officer_id"))

    op.drop_table("appointment")
