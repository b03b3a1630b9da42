"""Indexes for what the home pages and the lists of copies and feedback count."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

UNANSWERED = sa.text("acknowledge_by IS NOT NULL AND done_at IS NULL")
IS_EXCEPTION = sa.text("exception <> ''")
GIVING = ["given_on", "id"]
COPIES = ["status", "outcome", "withdrawn_at", "signed_document_id", "copy_altered_at", "referral_id"]
POLICY = ["area_id", "status", "given_on", "outcome", "consulted", "first_time", "told_how", "told_on"]
WAITS = ["area_id", "acknowledge_by", "id"]


def upgrade() -> None:
    """Forward."""
    op.create_index(
        "ix_police_disposal_exception",
        "police_disposal",
        ["area_id", "status", "id"],
        sqlite_where=IS_EXCEPTION,
        postgresql_where=IS_EXCEPTION,
    )
    op.create_index("ix_police_link_by_verdict", "police_link", ["verdict", "disposal_id"])
    op.create_index("ix_police_disposal_policy", "police_disposal", [*POLICY, "referral_id"])
    op.drop_index("ix_disposal_by_giving", "disposal")
    op.create_index("ix_disposal_by_giving", "disposal", [*GIVING, *COPIES])
    _to_acknowledge([*WAITS, "why", "path"])
    op.drop_index("ix_feedback_given_on", "feedback")
    op.create_index("ix_feedback_given_on", "feedback", ["given_on", "referral_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_feedback_given_on", "feedback")
    op.create_index("ix_feedback_given_on", "feedback", ["given_on"])
    _to_acknowledge(WAITS)
    op.drop_index("ix_disposal_by_giving", "disposal")
    op.create_index("ix_disposal_by_giving", "disposal", GIVING)
    op.drop_index("ix_police_disposal_policy", "police_disposal")
    op.drop_index("ix_police_link_by_verdict", "police_link")
    op.drop_index("ix_police_disposal_exception", "police_disposal")


def _to_acknowledge(columns: list[str]) -> None:
    op.drop_index("ix_notification_to_acknowledge", "notification")
    op.create_index(
        "ix_notification_to_acknowledge",
        "notification",
        columns,
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )
