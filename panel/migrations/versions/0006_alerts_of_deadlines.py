"""Alerts of deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("near", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_digest_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("user_id", "day", name=op.f("uq_digest_user_id_day")),
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(length=120), nullable=False, server_default=""))
        for old in ("ix_notification_area_id", "ix_notification_done_at", "ix_notification_user_id"):
            batch_op.drop_index(old)
        of_role = ["area_id", "role", "done_at", "due_on"]
        batch_op.create_index("ix_notification_of_role", of_role, unique=False)
        batch_op.create_index("ix_notification_of_person", ["user_id", "done_at", "due_on"], unique=False)

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "alert_on",
                sa.Date(),
                nullable=False,
                # Long ago, so that the first run looks at every case and works its day out.
                server_default="1970-01-01",
                comment="the next day on which an alert is due",
            )
        )
        batch_op.add_column(
            sa.Column(
                "has_alerts",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="an alert of this case was raised and may be open",
            )
        )
        batch_op.create_index("ix_referral_by_alert", ["alert_on", "id"], unique=False)
    # The defaults were for the rows that are there; the models set their own.
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.alter_column("about", server_default=None)
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.alter_column("alert_on", server_default=None)
        batch_op.alter_column("has_alerts", server_default=None)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_by_alert")
        batch_op.drop_column("has_alerts")
        batch_op.drop_column("alert_on")

    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_index("ix_notification_of_person")
        batch_op.drop_index("ix_notification_of_role")
        for name in ("area_id", "done_at", "user_id"):
            batch_op.create_index(f"ix_notification_{name}", [name], unique=False)
        batch_op.drop_column("about")

    op.drop_table("digest")
