"""Case audits."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, install_after, remove, remove_after

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("audit_population_row", "case_audit_answer", "audit_moderation")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "audit_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("margin", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("list_digest", sa.String(length=64), nullable=False),
        sa.Column("largest_gap", sa.String(length=20), nullable=False),
        sa.Column(
            "learned",
            sa.Text(),
            nullable=False,
            comment="what is learned from the round, or why it was dropped",
        ),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_audit_round_area_id_area")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user_account.id"], name=op.f("fk_audit_round_opened_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_round")),
        sa.UniqueConstraint("reference", name=op.f("uq_audit_round_reference")),
    )
    with op.batch_alter_table("audit_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_round_area_id"), ["area_id"], unique=False)

    op.create_table(
        "audit_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["audit_round.id"], name=op.f("fk_audit_member_round_id_audit_round")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_audit_member_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_member")),
        sa.UniqueConstraint("round_id", "user_id", name=op.f("uq_audit_member_round_id_user_id")),
    )
    with op.batch_alter_table("audit_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_member_user_id"), ["user_id"], unique=False)

    op.create_table(
        "audit_population_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("harm", sa.String(length=40), nullable=True),
        sa.Column("safety", sa.String(length=40), nullable=True),
        sa.Column("left_out", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_audit_population_row_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["audit_round.id"], name=op.f("fk_audit_population_row_round_id_audit_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_population_row")),
        sa.UniqueConstraint(
            "round_id", "referral_id", name=op.f("uq_audit_population_row_round_id_referral_id")
        ),
    )
    op.create_table(
        "audited_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("twice", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False, comment="what the case manager is told"),
        sa.Column("fed_back_by_id", sa.Integer(), nullable=True),
        sa.Column("fed_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False, comment="what the case manager answered"),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["agreed_action.id"], name=op.f("fk_audited_case_action_id_agreed_action")
        ),
        sa.ForeignKeyConstraint(
            ["fed_back_by_id"], ["user_account.id"], name=op.f("fk_audited_case_fed_back_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_audited_case_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["audited_case.id"], name=op.f("fk_audited_case_replaces_id_audited_case")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["audit_round.id"], name=op.f("fk_audited_case_round_id_audit_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audited_case")),
        sa.UniqueConstraint("round_id", "place", name=op.f("uq_audited_case_round_id_place")),
        sa.UniqueConstraint("round_id", "referral_id", name=op.f("uq_audited_case_round_id_referral_id")),
    )
    with op.batch_alter_table("audited_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audited_case_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "audit_moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("settled", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_audit_moderation_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["audited_case.id"], name=op.f("fk_audit_moderation_case_id_audited_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_moderation")),
        sa.UniqueConstraint("case_id", "item", name=op.f("uq_audit_moderation_case_id_item")),
    )
    op.create_table(
        "case_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("disposal_right", sa.Boolean(), nullable=True),
        sa.Column("safety_class", sa.String(length=40), nullable=True),
        sa.Column("harm_class", sa.String(length=40), nullable=True),
        sa.Column("recorded_safety", sa.String(length=40), nullable=True),
        sa.Column("recorded_harm", sa.String(length=40), nullable=True),
        sa.Column(
            "comment",
            sa.Text(),
            nullable=False,
            comment="what the auditor wants to say about the case as a whole",
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["auditor_id"], ["user_account.id"], name=op.f("fk_case_audit_auditor_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["audited_case.id"], name=op.f("fk_case_audit_case_id_audited_case")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_case_audit_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_audit")),
        sa.UniqueConstraint("case_id", "auditor_id", name=op.f("uq_case_audit_case_id_auditor_id")),
    )
    with op.batch_alter_table("case_audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_audit_auditor_id"), ["auditor_id"], unique=False)
        batch_op.create_index("ix_case_audit_of_referral", ["referral_id", "finished_on"], unique=False)

    op.create_table(
        "case_audit_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["case_audit.id"], name=op.f("fk_case_audit_answer_audit_id_case_audit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_audit_answer")),
        sa.UniqueConstraint("audit_id", "item", name=op.f("uq_case_audit_answer_audit_id_item")),
    )
    for table in NEVER_CHANGED:
        install(op, table)
    install_after(op, "case_audit", "OLD.finished_on IS NOT NULL")


def downgrade() -> None:
    """Back."""
    remove_after(op, "case_audit")
    for table in NEVER_CHANGED:
        remove(op, table)
    op.drop_table("case_audit_answer")
    with op.batch_alter_table("case_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_case_audit_of_referral")
        batch_op.drop_index(batch_op.f("ix_case_audit_auditor_id"))

    op.drop_table("case_audit")
    op.drop_table("audit_moderation")
    with op.batch_alter_table("audited_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audited_case_referral_id"))

    op.drop_table("audited_case")
    op.drop_table("audit_population_row")
    with op.batch_alter_table("audit_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_member_user_id"))

    op.drop_table("audit_member")
    with op.batch_alter_table("audit_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_round_area_id"))

    op.drop_table("audit_round")
