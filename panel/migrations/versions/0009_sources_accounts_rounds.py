"""Sources, accounts and rounds of a referral."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "admission_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("told_name", sa.String(length=160), nullable=False),
        sa.Column("told_collar", sa.String(length=20), nullable=False),
        sa.Column("adult_present", sa.Boolean(), nullable=True),
        sa.Column("adult", sa.String(length=40), nullable=True),
        sa.Column("adult_name", sa.String(length=160), nullable=False),
        sa.Column("adult_aged_18", sa.Boolean(), nullable=False),
        sa.Column("adult_is_police", sa.Boolean(), nullable=False),
        sa.Column("adult_involved", sa.Boolean(), nullable=False),
        sa.Column("advice", sa.String(length=40), nullable=False),
        sa.Column("advice_on", sa.Date(), nullable=True),
        sa.Column("defence_raised", sa.Boolean(), nullable=True),
        sa.Column("offered_first", sa.Boolean(), nullable=True),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="why what the child said was changed once the YOT had the referral",
        ),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["user_account.id"],
            name=op.f("fk_admission_account_recorded_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_admission_account_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_account")),
    )
    with op.batch_alter_table("admission_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_admission_account_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("charge", sa.String(length=300), nullable=False),
        sa.Column(
            "stands",
            sa.Text(),
            nullable=False,
            comment="where the case stands elsewhere, in the words of whoever passed it on",
        ),
        sa.Column("why", sa.Text(), nullable=False, comment="why the case comes to us"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_origin_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_origin_referral_id")),
    )
    op.create_table(
        "referral_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("codes", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="what the YOT manager wrote"),
        sa.Column("told_social_care", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("resent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_referral_return_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_return_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_return")),
    )
    with op.batch_alter_table("referral_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_return_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "admission_said",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("offence_id", sa.Integer(), nullable=False),
        sa.Column("offence_title", sa.String(length=200), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["admission_account.id"],
            name=op.f("fk_admission_said_account_id_admission_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_said")),
    )
    with op.batch_alter_table("admission_said", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_admission_said_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_admission_said_offence_id"), ["offence_id"], unique=False)

    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("admission", sa.String(length=40), nullable=False, server_default="none")
        )
    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.alter_column("admission", existing_type=sa.String(length=40), server_default=None)
    _carry_over()

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("source_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("source_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("admission_changed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_column("admitted_to")
        batch_op.drop_column("admission")
        batch_op.drop_column("admission_adult_present")
        batch_op.drop_column("admitted_on")
        batch_op.drop_column("admission_advice")

    op.execute("UPDATE referral SET source = 'police_referral'")
    for table in ("admission_account", "admission_said"):
        install(op, table)


def _carry_over() -> None:
    """One account for each case in which something was said; its answer stands for every offence."""
    op.execute(
        "INSERT INTO admission_account (referral_id, source, said_on, told_name, told_collar, adult_present, "
        "adult_name, adult_aged_18, adult_is_police, adult_involved, advice, reason, recorded_by_id, "
        "recorded_at) SELECT id, 'not_kept', admitted_on, admitted_to, '', admission_adult_present, '', "
        "false, false, false, admission_advice, '', referred_by_id, coalesce(submitted_at, created_at) "
        "FROM referral WHERE admission <> 'none'"
    )
    op.execute(
        "INSERT INTO admission_said (account_id, offence_id, offence_title, before, state) "
        "SELECT a.id, o.id, o.title, 'none', r.admission FROM admission_account a "
        "JOIN referral r ON r.id = a.referral_id JOIN offence o ON o.referral_id = r.id"
    )
    op.execute(
        "UPDATE offence SET admission = (SELECT r.admission FROM referral r WHERE r.id = offence.referral_id)"
    )


def _carry_back() -> None:
    """What was said of the first offence stands for the case again, with the newest account."""
    op.execute(
        "UPDATE referral SET admission = coalesce((SELECT o.admission FROM offence o "
        "WHERE o.referral_id = referral.id ORDER BY o.id LIMIT 1), 'none')"
    )
    op.execute(
        "UPDATE referral SET admitted_on = a.said_on, admitted_to = a.told_name, "
        "admission_adult_present = a.adult_present, admission_advice = a.advice "
        "FROM admission_account a WHERE a.referral_id = referral.id AND a.id = "
        "(SELECT max(n.id) FROM admission_account n WHERE n.referral_id = referral.id)"
    )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "admission_advice", sa.VARCHAR(length=40), nullable=False, server_default="not_recorded"
            )
        )
        batch_op.add_column(sa.Column("admitted_on", sa.DATE(), nullable=True))
        batch_op.add_column(sa.Column("admission_adult_present", sa.BOOLEAN(), nullable=True))
        batch_op.add_column(
            sa.Column("admission", sa.VARCHAR(length=40), nullable=False, server_default="none")
        )
        batch_op.add_column(
            sa.Column("admitted_to", sa.VARCHAR(length=160), nullable=False, server_default="")
        )
        batch_op.drop_column("admission_changed_at")
        batch_op.drop_column("source_due_on")
        batch_op.drop_column("source_on")
        batch_op.drop_column("source")
    _carry_back()

    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.drop_column("admission")

    with op.batch_alter_table("admission_said", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_admission_said_offence_id"))
        batch_op.drop_index(batch_op.f("ix_admission_said_account_id"))

    op.drop_table("admission_said")
    with op.batch_alter_table("referral_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_return_referral_id"))

    op.drop_table("referral_return")
    op.drop_table("origin")
    with op.batch_alter_table("admission_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_admission_account_referral_id"))

    op.drop_table("admission_account")
