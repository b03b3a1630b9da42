"""Records of decisions and what comes after them."""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove
from workflows.calendar import today_in_london

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


NEW = (
    "decided_outcome",
    "condition",
    "police_decision",
    "escalation",
    "child_information",
    "decision_concern",
)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "decision_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_decision_counter_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_counter")),
        sa.UniqueConstraint("area_id", "year", name=op.f("uq_decision_counter_area_id_year")),
    )
    op.create_table(
        "child_information",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_to", sa.String(length=200), nullable=False),
        sa.Column("their_reference", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_child_information_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_child_information_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_information")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_child_information_referral_id_number")),
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("to_name", sa.String(length=120), nullable=False),
        sa.Column("to_post", sa.String(length=120), nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="what the views are, or what was answered"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["escalation.id"], name=op.f("fk_escalation_answers_id_escalation")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_escalation_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_escalation_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("answers_id", name=op.f("uq_escalation_answers_id")),
    )
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False, comment="the old words, as they stand in the record"),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, comment="why it was declined"),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_correction_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_correction_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_correction_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "decision_concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("passed_to", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_decision_concern_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_concern_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_concern")),
    )
    with op.batch_alter_table("decision_concern", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_concern_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "police_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False, comment="the conditions of the panel that stay"),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("rank", sa.String(length=60), nullable=False),
        sa.Column("collar", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=40), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("named", sa.JSON(), nullable=False, comment="guidance that was not met"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_police_decision_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["user_account.id"],
            name=op.f("fk_police_decision_recorded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_decision")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_police_decision_decision_id_number")),
    )
    op.create_table(
        "rescission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, comment="why it was declined"),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_rescission_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_rescission_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_rescission_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rescission")),
    )
    with op.batch_alter_table("rescission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rescission_decision_id"), ["decision_id"], unique=False)

    remove(op, "decision")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("took_place_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "late_reason",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="why it is recorded later than it was made",
            )
        )
        batch_op.add_column(
            sa.Column(
                "considered", sa.Text(), nullable=False, server_default="", comment="what else was considered"
            )
        )
        batch_op.add_column(
            sa.Column(
                "evidence",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="how the police see the evidence",
            )
        )
        batch_op.add_column(sa.Column("rehears_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("pack_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("pack_digest", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("policy_digest", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("content", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_decision_rehears_id"), ["rehears_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_rehears_id_decision"), "decision", ["rehears_id"], ["id"]
        )

    _number_old_decisions()
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("number", existing_type=sa.String(length=20), nullable=False)
        batch_op.alter_column("took_place_on", existing_type=sa.Date(), nullable=False)
        for name in ("late_reason", "considered", "evidence"):
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)
        for name in ("pack_digest", "policy_digest", "digest"):
            batch_op.alter_column(name, existing_type=sa.String(length=64), server_default=None)
        batch_op.alter_column("content", existing_type=sa.JSON(), server_default=None)
        batch_op.create_unique_constraint(batch_op.f("uq_decision_number"), ["number"])

    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_disposal_decision_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_disposal_referral_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_disposal_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(
            "uq_disposal_in_use",
            ["referral_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    with op.batch_alter_table("draft_decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "considered", sa.Text(), nullable=False, server_default="", comment="what else was considered"
            )
        )
        batch_op.add_column(
            sa.Column(
                "evidence",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="how the police see the evidence",
            )
        )
        batch_op.add_column(sa.Column("took_place_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "late_reason",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="why it is recorded later than it was made",
            )
        )

    with op.batch_alter_table("victim_update", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        batch_op.drop_constraint(batch_op.f("uq_victim_update_victim_id_happened"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_victim_update_victim_id_happened_round"), ["victim_id", "happened", "round"]
        )

    with op.batch_alter_table("draft_decision", schema=None) as batch_op:
        for name in ("late_reason", "considered", "evidence"):
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)

    with op.batch_alter_table("victim_update", schema=None) as batch_op:
        batch_op.alter_column("round", existing_type=sa.Integer(), server_default=None)

    for table in ("decision", *NEW):
        install(op, table)


def _number_old_decisions() -> None:
    """Old decisions get the numbers that they would have got, and the day of their record as their day."""
    bind = op.get_bind()
    moment = sa.DateTime(timezone=True)
    decision = sa.table(
        "decision",
        sa.column("id", sa.Integer),
        sa.column("referral_id", sa.Integer),
        sa.column("decided_at", moment),
        sa.column("number", sa.String),
        sa.column("took_place_on", sa.Date),
    )
    referral = sa.table("referral", sa.column("id", sa.Integer), sa.column("area_id", sa.Integer))
    area = sa.table("area", sa.column("id", sa.Integer), sa.column("code", sa.String))
    counter = sa.table(
        "decision_counter",
        *(sa.column(name, sa.Integer) for name in ("area_id", "year", "last")),
    )
    query = (
        sa.select(decision.c.id, decision.c.decided_at, area.c.id, area.c.code)
        .join(referral, referral.c.id == decision.c.referral_id)
        .join(area, area.c.id == referral.c.area_id)
        .order_by(decision.c.decided_at, decision.c.id)
    )
    last: dict[tuple[int, int], int] = {}
    for number, decided_at, area_id, code in bind.execute(query).all():
        day = today_in_london(decided_at if decided_at.tzinfo else decided_at.replace(tzinfo=UTC))
        place = last[area_id, day.year] = last.get((area_id, day.year), 0) + 1
        filled = {"number": f"{code} {day.year}/{place:04}", "took_place_on": day}
        bind.execute(sa.update(decision).where(decision.c.id == number).values(filled))
    for (area_id, year), place in last.items():
        bind.execute(sa.insert(counter).values(area_id=area_id, year=year, last=place))


def downgrade() -> None:
    """Back. What was withdrawn, and what a victim was told a second time, has no place there."""
    for table in ("decision", *NEW):
        remove(op, table)
    op.execute("DELETE FROM victim_update WHERE round > 1")
    gone = "withdrawn_at IS NOT NULL AND id NOT IN (SELECT disposal_id FROM plan)"
    op.execute(f"DELETE FROM signature WHERE disposal_id IN (SELECT id FROM disposal WHERE {gone})")  # noqa: S608
    op.execute(f"DELETE FROM disposal WHERE {gone}")  # noqa: S608
    with op.batch_alter_table("victim_update", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_victim_update_victim_id_happened_round"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_victim_update_victim_id_happened"), ["victim_id", "happened"]
        )
        batch_op.drop_column("round")

    with op.batch_alter_table("draft_decision", schema=None) as batch_op:
        batch_op.drop_column("late_reason")
        batch_op.drop_column("took_place_on")
        batch_op.drop_column("evidence")
        batch_op.drop_column("considered")

    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_disposal_in_use",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_disposal_referral_id"))
        batch_op.drop_index(batch_op.f("ix_disposal_decision_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_disposal_referral_id"), ["referral_id"])
        batch_op.create_unique_constraint(batch_op.f("uq_disposal_decision_id"), ["decision_id"])
        batch_op.drop_column("withdrawn_at")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_rehears_id_decision"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_decision_number"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_decision_rehears_id"))
        batch_op.drop_column("digest")
        batch_op.drop_column("content")
        batch_op.drop_column("policy_digest")
        batch_op.drop_column("pack_digest")
        batch_op.drop_column("pack_number")
        batch_op.drop_column("rehears_id")
        batch_op.drop_column("evidence")
        batch_op.drop_column("considered")
        batch_op.drop_column("late_reason")
        batch_op.drop_column("took_place_on")
        batch_op.drop_column("number")

    with op.batch_alter_table("rescission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rescission_decision_id"))

    op.drop_table("rescission")
    op.drop_table("police_decision")
    with op.batch_alter_table("decision_concern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_concern_decision_id"))

    op.drop_table("decision_concern")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_decision_id"))

    op.drop_table("correction")
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalation_referral_id"))

    op.drop_table("escalation")
    op.drop_table("child_information")
    op.drop_table("decision_counter")
    install(op, "decision")
