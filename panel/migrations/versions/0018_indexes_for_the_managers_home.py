"""Indexes for what a manager's home page counts: open events, and social care that has not replied."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OPEN_EVENT = sa.text("event_open_on IS NOT NULL")


def upgrade() -> None:
    """Forward."""
    op.create_index(
        "ix_referral_with_event",
        "referral",
        ["area_id", "event_open_on"],
        sqlite_where=OPEN_EVENT,
        postgresql_where=OPEN_EVENT,
    )
    op.create_index(
        "ix_safeguarding_answer_without_reply",
        "safeguarding_answer",
        ["answer", "replied_on", "made_on", "id"],
    )


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_safeguarding_answer_without_reply", "safeguarding_answer")
    op.drop_index("ix_referral_with_event", "referral")
