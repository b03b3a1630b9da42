"""Indexes for what the home pages count: copies, codes, liaison work, feedback, what nobody acknowledged."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

UNANSWERED = sa.text("acknowledge_by IS NOT NULL AND done_at IS NULL")
IS_DEAD = sa.text("stage IN ('uncertain', 'failed')")
TO_TELL = sa.text("told_on IS NULL AND not_owed IS NULL")
WITHOUT_COPY = sa.text("withdrawn_at IS NULL AND (signed_document_id IS NULL OR copy_altered_at IS NOT NULL)")


def upgrade() -> None:
    """Forward."""
    op.create_index(
        "ix_referral_by_outcome", "referral", ["area_id", "outcome", "status", "referred_by_id", "id"]
    )
    op.create_index(
        "ix_disposal_without_copy",
        "disposal",
        ["status", "outcome", "given_on", "id"],
        sqlite_where=WITHOUT_COPY,
        postgresql_where=WITHOUT_COPY,
    )
    op.create_index("ix_referral_of_writer", "referral", ["referred_by_id", "status", "changed_at"])
    op.create_index(
        "ix_victim_update_to_tell",
        "victim_update",
        ["due_on", "id"],
        sqlite_where=TO_TELL,
        postgresql_where=TO_TELL,
    )
    op.create_index("ix_disposal_by_giving", "disposal", ["given_on", "id"])
    op.create_index("ix_feedback_given_on", "feedback", ["given_on"])
    op.create_index("ix_victim_feedback_given_on", "victim_feedback", ["given_on"])
    op.create_index("ix_dispatch_dead", "dispatch", ["id"], sqlite_where=IS_DEAD, postgresql_where=IS_DEAD)
    op.drop_index("ix_notification_to_acknowledge", "notification")
    op.create_index(
        "ix_notification_to_acknowledge",
        "notification",
        ["area_id", "acknowledge_by", "id"],
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_notification_to_acknowledge", "notification")
    op.create_index("ix_notification_to_acknowledge", "notification", ["area_id", "acknowledge_by"])
    op.drop_index("ix_dispatch_dead", "dispatch")
    op.drop_index("ix_victim_feedback_given_on", "victim_feedback")
    op.drop_index("ix_feedback_given_on", "feedback")
    op.drop_index("ix_victim_update_to_tell", "victim_update")
    op.drop_index("ix_referral_of_writer", "referral")
    op.drop_index("ix_disposal_by_giving", "disposal")
    op.drop_index("ix_disposal_without_copy", "disposal")
    op.drop_index("ix_referral_by_outcome", "referral")
