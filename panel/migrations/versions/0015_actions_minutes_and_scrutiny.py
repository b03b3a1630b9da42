"""Actions that meetings agree, minutes, and independent scrutiny."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("minutes_version", "scrutiny_score")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "scrutiny_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("listed", sa.JSON(), nullable=False),
        sa.Column("list_digest", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.Date(), nullable=False),
        sa.Column(
            "themes",
            sa.Text(),
            nullable=False,
            comment="what is learned from the round, or why it was dropped",
        ),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_scrutiny_round_area_id_area")),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["user_account.id"], name=op.f("fk_scrutiny_round_drawn_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrutiny_round")),
        sa.UniqueConstraint("reference", name=op.f("uq_scrutiny_round_reference")),
    )
    with op.batch_alter_table("scrutiny_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scrutiny_round_area_id"), ["area_id"], unique=False)

    op.create_table(
        "agreed_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("outside_owner", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("chase_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="what was done, or why it was dropped"),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_agreed_action_area_id_area")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user_account.id"], name=op.f("fk_agreed_action_closed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["user_account.id"], name=op.f("fk_agreed_action_holder_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agreed_action_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["user_account.id"], name=op.f("fk_agreed_action_raised_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_agreed_action_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["scrutiny_round.id"], name=op.f("fk_agreed_action_round_id_scrutiny_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_action")),
        sa.UniqueConstraint("reference", name=op.f("uq_agreed_action_reference")),
    )
    with op.batch_alter_table("agreed_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreed_action_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index("ix_agreed_action_of_area", ["area_id", "status", "due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_agreed_action_of_holder", ["holder_id", "status", "due_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agreed_action_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreed_action_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_agreed_action_to_chase", ["chase_on", "id"], unique=False)

    op.create_table(
        "meeting_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("other_matters", sa.Text(), nullable=False, comment="for the copy with names"),
        sa.Column(
            "public_note",
            sa.Text(),
            nullable=False,
            comment="for the copy without names; refused while it tells who or where",
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_minutes_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_minutes")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_meeting_minutes_meeting_id")),
    )
    op.create_table(
        "scrutiny_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["scrutiny_round.id"], name=op.f("fk_scrutiny_member_round_id_scrutiny_round")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_scrutiny_member_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrutiny_member")),
        sa.UniqueConstraint("round_id", "user_id", name=op.f("uq_scrutiny_member_round_id_user_id")),
    )
    with op.batch_alter_table("scrutiny_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scrutiny_member_user_id"), ["user_id"], unique=False)

    op.create_table(
        "minutes_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["user_account.id"],
            name=op.f("fk_minutes_version_confirmed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["meeting_minutes.id"], name=op.f("fk_minutes_version_minutes_id_meeting_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
        sa.UniqueConstraint("minutes_id", "number", name=op.f("uq_minutes_version_minutes_id_number")),
    )
    op.create_table(
        "sampled_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("stratum", sa.String(length=40), nullable=False),
        sa.Column("flag", sa.String(length=200), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("offences", sa.Text(), nullable=False, comment="the offences, as a person cleared them"),
        sa.Column(
            "reasons", sa.Text(), nullable=False, comment="the panel's reasons, as a person cleared them"
        ),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("found_words", sa.Text(), nullable=False),
        sa.Column("found_by_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("learning", sa.Text(), nullable=False, comment="what case manager and chair are told"),
        sa.Column("learned_by_id", sa.Integer(), nullable=True),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cleared_by_id"], ["user_account.id"], name=op.f("fk_sampled_case_cleared_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_sampled_case_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["found_by_id"], ["user_account.id"], name=op.f("fk_sampled_case_found_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["learned_by_id"], ["user_account.id"], name=op.f("fk_sampled_case_learned_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_sampled_case_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["sampled_case.id"], name=op.f("fk_sampled_case_replaces_id_sampled_case")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["scrutiny_round.id"], name=op.f("fk_sampled_case_round_id_scrutiny_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_case")),
        sa.UniqueConstraint("round_id", "decision_id", name=op.f("uq_sampled_case_round_id_decision_id")),
        sa.UniqueConstraint("round_id", "place", name=op.f("uq_sampled_case_round_id_place")),
    )
    with op.batch_alter_table("sampled_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sampled_case_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sampled_case_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "scrutiny_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["sampled_case.id"], name=op.f("fk_scrutiny_score_case_id_sampled_case")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_scrutiny_score_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrutiny_score")),
        sa.UniqueConstraint("case_id", "user_id", name=op.f("uq_scrutiny_score_case_id_user_id")),
    )
    op.create_table(
        "scrutiny_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["sampled_case.id"], name=op.f("fk_scrutiny_tie_case_id_sampled_case")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_scrutiny_tie_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrutiny_tie")),
        sa.UniqueConstraint("case_id", "user_id", name=op.f("uq_scrutiny_tie_case_id_user_id")),
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("path", sa.String(length=80), server_default="", nullable=False))
        batch_op.alter_column("referral_id", existing_type=sa.INTEGER(), nullable=True)
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.alter_column("path", existing_type=sa.String(length=80), server_default=None)
        batch_op.create_index("ix_notification_of_page", ["path", "done_at"], unique=False)
    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    # Tasks without a case had no place before.
    op.execute(
        "DELETE FROM mail_copy WHERE notification_id IN "
        "(SELECT id FROM notification WHERE referral_id IS NULL)"
    )
    op.execute("DELETE FROM notification WHERE referral_id IS NULL")
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.alter_column("referral_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_index("ix_notification_of_page")
        batch_op.drop_column("path")

    op.drop_table("scrutiny_tie")
    op.drop_table("scrutiny_score")
    with op.batch_alter_table("sampled_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sampled_case_referral_id"))
        batch_op.drop_index(batch_op.f("ix_sampled_case_decision_id"))

    op.drop_table("sampled_case")
    op.drop_table("minutes_version")
    with op.batch_alter_table("scrutiny_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scrutiny_member_user_id"))

    op.drop_table("scrutiny_member")
    op.drop_table("meeting_minutes")
    with op.batch_alter_table("agreed_action", schema=None) as batch_op:
        batch_op.drop_index("ix_agreed_action_to_chase")
        batch_op.drop_index(batch_op.f("ix_agreed_action_round_id"))
        batch_op.drop_index(batch_op.f("ix_agreed_action_referral_id"))
        batch_op.drop_index("ix_agreed_action_of_holder")
        batch_op.drop_index("ix_agreed_action_of_area")
        batch_op.drop_index(batch_op.f("ix_agreed_action_meeting_id"))

    op.drop_table("agreed_action")
    with op.batch_alter_table("scrutiny_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scrutiny_round_area_id"))

    op.drop_table("scrutiny_round")
