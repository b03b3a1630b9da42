"""Victims in rooms of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# New columns that old rows need a value for; from then on every row brings its own.
FILLED = (
    "place",
    "kind",
    "taken_up",
    "few_attempts",
    "impact",
    "safety",
    "safety_plan",
    "justice_reason",
    "reparation",
    "enhanced",
    "enhanced_why",
    "support",
    "updates_how",
)
ONCE = "why the view was not sought or the victim could not be reached"
NOW = "why the view was not sought, declined or could not be had"
ADDED = (
    *FILLED,
    *("objected_at", "told_by_id", "statement", "justice_offered", "justice_answer"),
    *("wants_reparation", "reparation_at_home", "meeting", "ground"),
)
OF_A_VICTIM = ("victim_update", "victim_contact", "victim_consent", "victim_clearing", "victim_attempt")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "victim_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_victim_attempt_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_victim_attempt_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_attempt")),
    )
    with op.batch_alter_table("victim_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_attempt_victim_id"), ["victim_id"], unique=False)

    op.create_table(
        "victim_clearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("justice_answer", sa.String(length=40), nullable=True),
        sa.Column("reparation", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_victim_clearing_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_victim_clearing_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_clearing")),
    )
    with op.batch_alter_table("victim_clearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_clearing_victim_id"), ["victim_id"], unique=False)

    op.create_table(
        "victim_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=40), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_victim_consent_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_victim_consent_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_consent")),
    )
    with op.batch_alter_table("victim_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_consent_victim_id"), ["victim_id"], unique=False)

    op.create_table(
        "victim_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("speak_with", sa.String(length=160), nullable=False),
        sa.Column("adult_suspected", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column(
            "safe_ways", sa.Text(), nullable=False, comment="ways and times at which it is safe to reach them"
        ),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_victim_contact_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_contact")),
        sa.UniqueConstraint("victim_id", name=op.f("uq_victim_contact_victim_id")),
    )
    op.create_table(
        "victim_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("happened", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("not_owed", sa.String(length=40), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("what", sa.Text(), nullable=False, comment="what was told, or why it could not be"),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_victim_update_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_victim_update_victim_id_victim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_update")),
        sa.UniqueConstraint("victim_id", "happened", name=op.f("uq_victim_update_victim_id_happened")),
    )
    with op.batch_alter_table("victim_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_update_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_victim_update_victim_id"), ["victim_id"], unique=False)

    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="person"))
        batch_op.add_column(sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("taken_up", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column(
                "few_attempts",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="why fewer attempts than policy asks for were enough",
            )
        )
        batch_op.add_column(sa.Column("statement", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("impact", sa.Text(), nullable=False, server_default="", comment="what it did to them")
        )
        batch_op.add_column(
            sa.Column(
                "safety",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="what they are afraid of, and of whom",
            )
        )
        batch_op.add_column(
            sa.Column(
                "safety_plan",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="how they stay safe; asked for when they live with the child (VIC-10)",
            )
        )
        batch_op.add_column(sa.Column("justice_offered", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "justice_reason",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="why restorative justice is or is not offered (VIC-5)",
            )
        )
        batch_op.add_column(sa.Column("justice_answer", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("wants_reparation", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "reparation",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="what they wish by way of reparation (CON-8)",
            )
        )
        batch_op.add_column(sa.Column("reparation_at_home", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("meeting", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("enhanced", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("ground", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column(
                "enhanced_why",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="what the ground for enhanced rights rests on",
            )
        )
        batch_op.add_column(
            sa.Column(
                "support",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="support that was asked for and given",
            )
        )
        batch_op.add_column(
            sa.Column("updates_how", sa.String(length=300), nullable=False, server_default="")
        )
        batch_op.alter_column("wants_updates", existing_type=sa.Boolean(), nullable=True)
        batch_op.alter_column(
            "view_reason",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment=NOW,
            existing_comment=ONCE,
        )
        batch_op.drop_constraint(batch_op.f("uq_victim_referral_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_victim_referral_id"), ["referral_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_victim_referral_id_place"), ["referral_id", "place"])
        batch_op.create_foreign_key(
            batch_op.f("fk_victim_told_by_id_user_account"), "user_account", ["told_by_id"], ["id"]
        )

    _carry_over()
    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_victim_cleared_by_id_user_account"), type_="foreignkey")
        for name in FILLED:
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column("cleared_by_id")
        batch_op.drop_column("cleared_text")
        batch_op.drop_column("cleared_at")
        batch_op.drop_column("is_business")
        batch_op.drop_column("contact")


def _carry_over() -> None:
    """A row becomes a victim, their contact and, when a text was cleared, its first version."""
    for statement in (
        "INSERT INTO victim_contact (victim_id, speak_with, adult_suspected, phone, email, address, "
        "safe_ways, language) SELECT id, '', false, '', '', contact, '', '' FROM victim",
        "INSERT INTO victim_clearing (victim_id, view, text, justice_answer, reparation, by_id, at) "
        "SELECT id, view, CASE WHEN cleared_text = '' THEN view_reason ELSE cleared_text END, NULL, '', "
        "cleared_by_id, cleared_at FROM victim WHERE cleared_at IS NOT NULL",
        "UPDATE victim SET kind = 'business' WHERE is_business",
        "UPDATE victim SET enhanced = true, ground = 'vulnerable' WHERE under_18",
        "UPDATE victim SET taken_up = true WHERE cleared_at IS NOT NULL",
        "UPDATE victim SET wants_updates = NULL WHERE cleared_at IS NULL",
        "UPDATE victim SET told_by_id = "
        "(SELECT referred_by_id FROM referral WHERE referral.id = referral_id)",
    ):
        op.execute(statement)


def downgrade() -> None:
    """Back: a case had one victim, with one line of contact and one cleared text; more than that goes."""
    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("is_business", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cleared_text", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("cleared_by_id", sa.Integer(), nullable=True))
    _carry_back()
    for table in OF_A_VICTIM:
        op.drop_table(table)
    op.execute(
        "DELETE FROM victim WHERE place > "
        "(SELECT min(place) FROM victim AS one WHERE one.referral_id = victim.referral_id)"
    )
    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_victim_told_by_id_user_account"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_victim_cleared_by_id_user_account"), "user_account", ["cleared_by_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("uq_victim_referral_id_place"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_victim_referral_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_victim_referral_id"), ["referral_id"])
        batch_op.alter_column("wants_updates", existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column(
            "view_reason",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment=ONCE,
            existing_comment=NOW,
        )
        for name in ("contact", "is_business", "cleared_text"):
            batch_op.alter_column(name, server_default=None)
        for name in ADDED:
            batch_op.drop_column(name)


def _carry_back() -> None:
    for statement in (
        "UPDATE victim SET wants_updates = false WHERE wants_updates IS NULL",
        "UPDATE victim SET is_business = true WHERE kind = 'business'",
        "DELETE FROM victim_clearing "
        "WHERE id NOT IN (SELECT max(id) FROM victim_clearing GROUP BY victim_id)",
        "UPDATE victim SET "
        "cleared_at = (SELECT at FROM victim_clearing WHERE victim_id = victim.id), "
        "cleared_by_id = (SELECT by_id FROM victim_clearing WHERE victim_id = victim.id), "
        "cleared_text = (SELECT text FROM victim_clearing WHERE victim_id = victim.id) "
        "WHERE id IN (SELECT victim_id FROM victim_clearing)",
        "UPDATE victim SET contact = (SELECT substr(trim(phone || ' ' || email || ' ' || address), 1, 300) "
        "FROM victim_contact WHERE victim_id = victim.id) "
        "WHERE id IN (SELECT victim_id FROM victim_contact)",
    ):
        op.execute(statement)
