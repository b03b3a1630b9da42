"""Tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "act_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_key")),
        sa.UniqueConstraint("key", name=op.f("uq_act_key_key")),
    )
    op.create_index(op.f("ix_act_key_at"), "act_key", ["at"], unique=False)
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("duty_mailbox", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
        sa.UniqueConstraint("name", name=op.f("uq_area_name")),
    )
    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("surname", sa.String(length=100), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("school", sa.String(length=160), nullable=False),
        sa.Column("looked_after", sa.Boolean(), nullable=False),
        sa.Column(
            "needs",
            sa.Text(),
            nullable=False,
            comment="language, interpreter, speech and language, other needs",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
    )
    op.create_index(op.f("ix_child_date_of_birth"), "child", ["date_of_birth"], unique=False)
    op.create_index(op.f("ix_child_surname"), "child", ["surname"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(op.f("ix_sign_in_attempt_at"), "sign_in_attempt", ["at"], unique=False)
    op.create_index(
        op.f("ix_sign_in_attempt_email_digest"), "sign_in_attempt", ["email_digest"], unique=False
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("digest", name=op.f("uq_stored_file_digest")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("collar_number", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "access_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("page", sa.String(length=80), nullable=False),
        sa.Column("recipients", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_access_entry_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_entry")),
    )
    op.create_index(op.f("ix_access_entry_at"), "access_entry", ["at"], unique=False)
    op.create_index(op.f("ix_access_entry_subject"), "access_entry", ["subject"], unique=False)
    op.create_index(op.f("ix_access_entry_user_id"), "access_entry", ["user_id"], unique=False)
    op.create_table(
        "carer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("relationship", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("lives_with_child", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_carer_child_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carer")),
        sa.UniqueConstraint("child_id", name=op.f("uq_carer_child_id")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_event_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_event_chain_seq")),
    )
    op.create_index(op.f("ix_event_by_id"), "event", ["by_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_meeting_area_id_area")),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["user_account.id"], name=op.f("fk_meeting_chair_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("reference", name=op.f("uq_meeting_reference")),
    )
    op.create_index(op.f("ix_meeting_area_id"), "meeting", ["area_id"], unique=False)
    op.create_index(op.f("ix_meeting_chair_id"), "meeting", ["chair_id"], unique=False)
    op.create_index(op.f("ix_meeting_held_on"), "meeting", ["held_on"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_membership_area_id_area")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_membership_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("user_id", "area_id", "role", name=op.f("uq_membership_user_id_area_id_role")),
    )
    op.create_index(op.f("ix_membership_area_id"), "membership", ["area_id"], unique=False)
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("referred_by_id", sa.Integer(), nullable=False),
        sa.Column("case_manager_id", sa.Integer(), nullable=True),
        sa.Column("no_carer_reason", sa.String(length=300), nullable=False),
        sa.Column(
            "circumstances", sa.Text(), nullable=False, comment="what happened, in the officer's words"
        ),
        sa.Column("admission", sa.String(length=40), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("admitted_to", sa.String(length=160), nullable=False),
        sa.Column("admission_adult_present", sa.Boolean(), nullable=True),
        sa.Column("admission_advice", sa.String(length=40), nullable=False),
        sa.Column("victim_identified", sa.Boolean(), nullable=True),
        sa.Column("victim_named", sa.Boolean(), nullable=False),
        sa.Column("bailed_on", sa.Date(), nullable=True),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="the reason of the last sending back, deferral or withdrawal",
        ),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_due_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_referral_area_id_area")),
        sa.ForeignKeyConstraint(
            ["case_manager_id"], ["user_account.id"], name=op.f("fk_referral_case_manager_id_user_account")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_referral_child_id_child")),
        sa.ForeignKeyConstraint(
            ["referred_by_id"], ["user_account.id"], name=op.f("fk_referral_referred_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("reference", name=op.f("uq_referral_reference")),
    )
    op.create_index("ix_referral_by_due", "referral", ["area_id", "due_on", "id"], unique=False)
    op.create_index("ix_referral_by_giving", "referral", ["area_id", "given_on", "outcome"], unique=False)
    op.create_index("ix_referral_by_officer", "referral", ["referred_by_id", "due_on", "id"], unique=False)
    op.create_index("ix_referral_by_status", "referral", ["area_id", "status", "due_on", "id"], unique=False)
    op.create_index(
        "ix_referral_by_worker", "referral", ["case_manager_id", "status", "due_on", "id"], unique=False
    )
    op.create_index(op.f("ix_referral_child_id"), "referral", ["child_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_sign_in_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_token_digest")),
    )
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_agenda_item_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "referral_id", name=op.f("uq_agenda_item_meeting_id_referral_id")),
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_agenda_item_referral_id"), "agenda_item", ["referral_id"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("offence_analysis", sa.Text(), nullable=False),
        sa.Column("diversity", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("worries", sa.Text(), nullable=False),
        sa.Column("education_health", sa.Text(), nullable=False),
        sa.Column("child_words", sa.Text(), nullable=False, comment="the child's own words"),
        sa.Column("parent_words", sa.Text(), nullable=False, comment="the parent's or carer's own words"),
        sa.Column("sources", sa.Text(), nullable=False, comment="who else was asked, and when"),
        sa.Column("reoffending", sa.String(length=40), nullable=True),
        sa.Column("reoffending_why", sa.Text(), nullable=False),
        sa.Column("safety", sa.String(length=40), nullable=True),
        sa.Column("safety_why", sa.Text(), nullable=False),
        sa.Column("harm", sa.String(length=40), nullable=True),
        sa.Column("harm_why", sa.Text(), nullable=False),
        sa.Column("recommended", sa.String(length=40), nullable=True),
        sa.Column("recommended_why", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("countersigned_by_id", sa.Integer(), nullable=True),
        sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False, comment="the manager's last comment"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_assessment_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["countersigned_by_id"],
            ["user_account.id"],
            name=op.f("fk_assessment_countersigned_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_assessment_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_assessment_referral_id")),
    )
    op.create_index(op.f("ix_assessment_author_id"), "assessment", ["author_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("filename", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user_account.id"], name=op.f("fk_document_added_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_document_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_document_referral_id_number")),
    )
    op.create_index(op.f("ix_document_digest"), "document", ["digest"], unique=False)
    op.create_index(op.f("ix_document_referral_id"), "document", ["referral_id"], unique=False)
    op.create_table(
        "meeting_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_member_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_meeting_member_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_member")),
        sa.UniqueConstraint("meeting_id", "user_id", name=op.f("uq_meeting_member_meeting_id_user_id")),
    )
    op.create_index(op.f("ix_meeting_member_meeting_id"), "meeting_member", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_meeting_member_user_id"), "meeting_member", ["user_id"], unique=False)
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("mail", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_notification_area_id_area")),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user_account.id"], name=op.f("fk_notification_done_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_notification_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_notification_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("key", name=op.f("uq_notification_key")),
    )
    op.create_index(op.f("ix_notification_area_id"), "notification", ["area_id"], unique=False)
    op.create_index(op.f("ix_notification_done_at"), "notification", ["done_at"], unique=False)
    op.create_index(op.f("ix_notification_referral_id"), "notification", ["referral_id"], unique=False)
    op.create_index(op.f("ix_notification_user_id"), "notification", ["user_id"], unique=False)
    op.create_table(
        "offence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("committed_on", sa.Date(), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("gravity", sa.Integer(), nullable=False),
        sa.Column("gravity_reason", sa.String(length=300), nullable=False),
        sa.Column("cps_authority", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_offence_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offence")),
    )
    op.create_index(op.f("ix_offence_referral_id"), "offence", ["referral_id"], unique=False)
    op.create_table(
        "victim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("is_business", sa.Boolean(), nullable=False),
        sa.Column("under_18", sa.Boolean(), nullable=False),
        sa.Column("same_household", sa.Boolean(), nullable=False),
        sa.Column("objects_to_sharing", sa.Boolean(), nullable=False),
        sa.Column("view", sa.String(length=40), nullable=False),
        sa.Column(
            "view_reason",
            sa.Text(),
            nullable=False,
            comment="why the view was not sought or the victim could not be reached",
        ),
        sa.Column(
            "own_words",
            sa.Text(),
            nullable=False,
            comment="the victim's own words, for the victim worker only",
        ),
        sa.Column(
            "cleared_text",
            sa.Text(),
            nullable=False,
            comment="what the panel may read, cleared by the victim worker",
        ),
        sa.Column("wants_updates", sa.Boolean(), nullable=False),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cleared_by_id"], ["user_account.id"], name=op.f("fk_victim_cleared_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_victim_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_victim_referral_id")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quorum", sa.JSON(), nullable=False),
        sa.Column("assessment_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["user_account.id"], name=op.f("fk_decision_chair_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_decision_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_decision_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("item_id", name=op.f("uq_decision_item_id")),
    )
    op.create_index(op.f("ix_decision_chair_id"), "decision", ["chair_id"], unique=False)
    op.create_index(op.f("ix_decision_referral_id"), "decision", ["referral_id"], unique=False)
    op.create_table(
        "draft_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_draft_decision_item_id_agenda_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_decision")),
        sa.UniqueConstraint("item_id", name=op.f("uq_draft_decision_item_id")),
    )
    op.create_table(
        "mail_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notification_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_code", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notification.id"], name=op.f("fk_mail_copy_notification_id_notification")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_mail_copy_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_copy")),
        sa.UniqueConstraint("notification_id", "user_id", name=op.f("uq_mail_copy_notification_id_user_id")),
    )
    op.create_index(op.f("ix_mail_copy_user_id"), "mail_copy", ["user_id"], unique=False)
    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user_account.id"], name=op.f("fk_position_entered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_position_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_position_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint("item_id", "user_id", name=op.f("uq_position_item_id_user_id")),
    )
    op.create_index(op.f("ix_position_item_id"), "position", ["item_id"], unique=False)
    op.create_table(
        "proposed_step",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("where_at", sa.String(length=200), nullable=False),
        sa.Column("when_at", sa.String(length=200), nullable=False),
        sa.Column("done_when", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("at_childs_home", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_proposed_step_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_step")),
    )
    op.create_index(op.f("ix_proposed_step_assessment_id"), "proposed_step", ["assessment_id"], unique=False)
    op.create_table(
        "condition",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("where_at", sa.String(length=200), nullable=False),
        sa.Column("when_at", sa.String(length=200), nullable=False),
        sa.Column("done_when", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("at_childs_home", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_condition_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition")),
    )
    op.create_index(op.f("ix_condition_decision_id"), "condition", ["decision_id"], unique=False)
    op.create_table(
        "decided_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("offence_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decided_outcome_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["offence_id"], ["offence.id"], name=op.f("fk_decided_outcome_offence_id_offence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided_outcome")),
    )
    op.create_index(op.f("ix_decided_outcome_decision_id"), "decided_outcome", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decided_outcome_offence_id"), "decided_outcome", ["offence_id"], unique=False)
    op.create_table(
        "disposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "child_reasons",
            sa.Text(),
            nullable=False,
            comment="the panel's reasons in words for the child, as the document has them",
        ),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("explained_by_id", sa.Integer(), nullable=True),
        sa.Column("explained_digest", sa.String(length=64), nullable=False),
        sa.Column("explained_place", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("adult", sa.String(length=40), nullable=True),
        sa.Column("adult_name", sa.String(length=160), nullable=False),
        sa.Column("adult_relationship", sa.String(length=40), nullable=True),
        sa.Column("adult_aged_18", sa.Boolean(), nullable=False),
        sa.Column("adult_is_police", sa.Boolean(), nullable=False),
        sa.Column("adult_involved", sa.Boolean(), nullable=False),
        sa.Column("advice", sa.String(length=40), nullable=False),
        sa.Column("childs_words", sa.Text(), nullable=False, comment="how the child explained it back"),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("admitted_again", sa.Boolean(), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("case_manager_present", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_document_id", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_disposal_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_disposal_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["explained_by_id"], ["user_account.id"], name=op.f("fk_disposal_explained_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["user_account.id"], name=op.f("fk_disposal_given_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_disposal_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["signed_document_id"], ["document.id"], name=op.f("fk_disposal_signed_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_disposal_decision_id")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_disposal_referral_id")),
    )
    op.create_table(
        "draft_condition",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("where_at", sa.String(length=200), nullable=False),
        sa.Column("when_at", sa.String(length=200), nullable=False),
        sa.Column("done_when", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("at_childs_home", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_decision.id"], name=op.f("fk_draft_condition_draft_id_draft_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_condition")),
    )
    op.create_index(op.f("ix_draft_condition_draft_id"), "draft_condition", ["draft_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["disposal_id"], ["disposal.id"], name=op.f("fk_plan_disposal_id_disposal")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_plan_referral_id_referral")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("disposal_id", name=op.f("uq_plan_disposal_id")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_plan_referral_id")),
    )
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("image_document_id", sa.Integer(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_signature_disposal_id_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["image_document_id"], ["document.id"], name=op.f("fk_signature_image_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("disposal_id", "signer", name=op.f("uq_signature_disposal_id_signer")),
    )
    op.create_index(op.f("ix_signature_disposal_id"), "signature", ["disposal_id"], unique=False)
    op.create_table(
        "plan_step",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("where_at", sa.String(length=200), nullable=False),
        sa.Column("when_at", sa.String(length=200), nullable=False),
        sa.Column("done_when", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("at_childs_home", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column(
            "evidence", sa.Text(), nullable=False, comment="how we know that it is done, or why it was ended"
        ),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["user_account.id"], name=op.f("fk_plan_step_noted_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_step_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
    )
    op.create_index(op.f("ix_plan_step_plan_id"), "plan_step", ["plan_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_plan_step_plan_id"), table_name="plan_step")
    op.drop_table("plan_step")
    op.drop_index(op.f("ix_signature_disposal_id"), table_name="signature")
    op.drop_table("signature")
    op.drop_table("plan")
    op.drop_index(op.f("ix_draft_condition_draft_id"), table_name="draft_condition")
    op.drop_table("draft_condition")
    op.drop_table("disposal")
    op.drop_index(op.f("ix_decided_outcome_offence_id"), table_name="decided_outcome")
    op.drop_index(op.f("ix_decided_outcome_decision_id"), table_name="decided_outcome")
    op.drop_table("decided_outcome")
    op.drop_index(op.f("ix_condition_decision_id"), table_name="condition")
    op.drop_table("condition")
    op.drop_index(op.f("ix_proposed_step_assessment_id"), table_name="proposed_step")
    op.drop_table("proposed_step")
    op.drop_index(op.f("ix_position_item_id"), table_name="position")
    op.drop_table("position")
    op.drop_index(op.f("ix_mail_copy_user_id"), table_name="mail_copy")
    op.drop_table("mail_copy")
    op.drop_table("draft_decision")
    op.drop_index(op.f("ix_decision_referral_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_chair_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_table("victim")
    op.drop_index(op.f("ix_offence_referral_id"), table_name="offence")
    op.drop_table("offence")
    op.drop_index(op.f("ix_notification_user_id"), table_name="notification")
    op.drop_index(op.f("ix_notification_referral_id"), table_name="notification")
    op.drop_index(op.f("ix_notification_done_at"), table_name="notification")
    op.drop_index(op.f("ix_notification_area_id"), table_name="notification")
    op.drop_table("notification")
    op.drop_index(op.f("ix_meeting_member_user_id"), table_name="meeting_member")
    op.drop_index(op.f("ix_meeting_member_meeting_id"), table_name="meeting_member")
    op.drop_table("meeting_member")
    op.drop_index(op.f("ix_document_referral_id"), table_name="document")
    op.drop_index(op.f("ix_document_digest"), table_name="document")
    op.drop_table("document")
    op.drop_index(op.f("ix_assessment_author_id"), table_name="assessment")
    op.drop_table("assessment")
    op.drop_index(op.f("ix_agenda_item_referral_id"), table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_meeting_id"), table_name="agenda_item")
    op.drop_table("agenda_item")
    op.drop_index(op.f("ix_sign_in_user_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_referral_child_id"), table_name="referral")
    op.drop_index("ix_referral_by_worker", table_name="referral")
    op.drop_index("ix_referral_by_status", table_name="referral")
    op.drop_index("ix_referral_by_officer", table_name="referral")
    op.drop_index("ix_referral_by_giving", table_name="referral")
    op.drop_index("ix_referral_by_due", table_name="referral")
    op.drop_table("referral")
    op.drop_index(op.f("ix_membership_user_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_area_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_meeting_held_on"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_chair_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_area_id"), table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_event_by_id"), table_name="event")
    op.drop_table("event")
    op.drop_table("carer")
    op.drop_index(op.f("ix_access_entry_user_id"), table_name="access_entry")
    op.drop_index(op.f("ix_access_entry_subject"), table_name="access_entry")
    op.drop_index(op.f("ix_access_entry_at"), table_name="access_entry")
    op.drop_table("access_entry")
    op.drop_table("user_account")
    op.drop_table("stored_file")
    op.drop_index(op.f("ix_sign_in_attempt_email_digest"), table_name="sign_in_attempt")
    op.drop_index(op.f("ix_sign_in_attempt_at"), table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_index(op.f("ix_child_surname"), table_name="child")
    op.drop_index(op.f("ix_child_date_of_birth"), table_name="child")
    op.drop_table("child")
    op.drop_table("area")
    op.drop_index(op.f("ix_act_key_at"), table_name="act_key")
    op.drop_table("act_key")
