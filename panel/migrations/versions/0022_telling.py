"""Telling."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("acknowledgement", "notification_escalated")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "area_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("social_care_mailbox", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_setting_area_id_area")),
        sa.ForeignKeyConstraint(
            ["head_id"], ["user_account.id"], name=op.f("fk_area_setting_head_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_setting")),
        sa.UniqueConstraint("area_id", name=op.f("uq_area_setting_area_id")),
    )
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_setting_head_id"), ["head_id"], unique=False)

    op.create_table(
        "dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("sends", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String(length=64), nullable=False),
        sa.Column("trouble", sa.String(length=40), nullable=True),
        sa.Column("reply_code", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_dispatch_area_id_area")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_dispatch_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        sa.UniqueConstraint("message_id", name=op.f("uq_dispatch_message_id")),
    )
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispatch_area_id"), ["area_id"], unique=False)
        batch_op.create_index("ix_dispatch_of_row", ["sends", "row_id"], unique=False)
        batch_op.create_index("ix_dispatch_of_stage", ["stage", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dispatch_user_id"), ["user_id"], unique=False)

    op.create_table(
        "mail_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_mail_wish_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wish")),
        sa.UniqueConstraint("user_id", name=op.f("uq_mail_wish_user_id")),
    )
    op.create_table(
        "week_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_week_mail_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_mail")),
        sa.UniqueConstraint("user_id", "monday", name=op.f("uq_week_mail_user_id_monday")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notification_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notification.id"],
            name=op.f("fk_acknowledgement_notification_id_notification"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_acknowledgement_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint("notification_id", name=op.f("uq_acknowledgement_notification_id")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acknowledgement_user_id"), ["user_id"], unique=False)

    op.create_table(
        "notification_escalated",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notification_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notification.id"],
            name=op.f("fk_notification_escalated_notification_id_notification"),
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["notification.id"], name=op.f("fk_notification_escalated_task_id_notification")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_escalated")),
        sa.UniqueConstraint(
            "notification_id", "step", name=op.f("uq_notification_escalated_notification_id_step")
        ),
    )
    with op.batch_alter_table("notification_escalated", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notification_escalated_task_id"), ["task_id"], unique=False)

    # Each copy that went or was refused is a mail that went its way.
    op.execute(
        "INSERT INTO dispatch (message_id, user_id, sent_at, reply_code, sends, row_id, area_id, reference, "
        "channel, delivery, stage, fence, tries, provider_id, trouble, queued_at, settled_at) "
        "SELECT c.message_id, c.user_id, c.sent_at, c.reply_code, 'task', n.id, n.area_id, "
        "COALESCE(r.reference, ''), 'smtp', 'resend', "
        "CASE WHEN c.sent_at IS NULL THEN 'failed' ELSE 'sent' END, 1, 1, '', "
        "CASE WHEN c.sent_at IS NULL THEN 'refused' END, n.queued_at, COALESCE(c.sent_at, c.refused_at) "
        "FROM mail_copy c JOIN notification n ON n.id = c.notification_id "
        "LEFT JOIN referral r ON r.id = n.referral_id ORDER BY c.id"
    )
    with op.batch_alter_table("mail_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_copy_user_id"))

    op.drop_table("mail_copy")
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tasks", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("party", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("acknowledge_by", sa.Date(), nullable=True))
        batch_op.create_index("ix_notification_of_mail", ["area_id", "mail"], unique=False)
        batch_op.create_index("ix_notification_to_acknowledge", ["area_id", "acknowledge_by"], unique=False)

    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("notification_escalated", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notification_escalated_task_id"))

    op.drop_table("notification_escalated")
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acknowledgement_user_id"))

    op.drop_table("acknowledgement")
    # What no list and no word had a place for before.
    op.execute(
        "DELETE FROM dispatch WHERE sends = 'task' AND row_id IN (SELECT id FROM notification "
        "WHERE (user_id IS NULL AND role IS NULL) "
        "OR why IN ('assessment_concluded', 'social_care_to_call', 'not_acknowledged'))"
    )
    op.execute(
        "DELETE FROM notification WHERE (user_id IS NULL AND role IS NULL) "
        "OR why IN ('assessment_concluded', 'social_care_to_call', 'not_acknowledged')"
    )
    for table in ("notification", "letter", "digest", "invitation"):
        rows = sa.table(table, sa.column("mail"))
        for new, old in (("sent", "delivered"), ("failed", "uncertain")):
            op.execute(rows.update().where(rows.c.mail == old).values(mail=new))
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_index("ix_notification_to_acknowledge")
        batch_op.drop_index("ix_notification_of_mail")
        batch_op.drop_column("acknowledge_by")
        batch_op.drop_column("party")

    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_column("tasks")

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
    with op.batch_alter_table("mail_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_copy_user_id"), ["user_id"], unique=False)

    op.execute(
        "INSERT INTO mail_copy (message_id, user_id, sent_at, reply_code, notification_id, refused_at) "
        "SELECT message_id, user_id, sent_at, reply_code, row_id, "
        "CASE WHEN sent_at IS NULL THEN settled_at END FROM dispatch "
        "WHERE sends = 'task' AND user_id IS NOT NULL AND settled_at IS NOT NULL "
        "AND row_id IN (SELECT id FROM notification)"
    )
    op.drop_table("week_mail")
    op.drop_table("mail_wish")
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispatch_user_id"))
        batch_op.drop_index("ix_dispatch_of_stage")
        batch_op.drop_index("ix_dispatch_of_row")
        batch_op.drop_index(batch_op.f("ix_dispatch_area_id"))

    op.drop_table("dispatch")
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_setting_head_id"))

    op.drop_table("area_setting")
