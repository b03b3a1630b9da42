"""Conditions from a library, with questions of their own, and the register of placements."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# What a condition, a proposed step and a step of the plan have in common, and what old rows hold in it.
STEPS = ("condition", "draft_condition", "plan_step", "proposed_step")
ADDED: dict[str, tuple[Any, Any]] = {
    "entry": (sa.String(length=40), ""),
    "kind": (sa.String(length=40), "activity"),
    "how_often": (sa.String(length=200), ""),
    "sessions": (sa.Integer(), "0"),
    "proof": (sa.String(length=300), ""),
    "attends": (sa.Boolean(), sa.false()),
    "amount_pence": (sa.Integer(), "0"),
    "payee": (sa.String(length=200), ""),
    "pay_how": (sa.String(length=200), ""),
    "checked_by": (sa.String(length=200), ""),
}
SEALED = "a schedule that is read out and never handed over (X4)"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("work", sa.String(length=300), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("weekend", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.Column("girls_only", sa.Boolean(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("supervisor", sa.String(length=200), nullable=False),
        sa.Column("ratio", sa.String(length=80), nullable=False),
        sa.Column(
            "risks", sa.Text(), nullable=False, comment="what could go wrong there and what is done about it"
        ),
        sa.Column("risk_assessed_on", sa.Date(), nullable=True),
        sa.Column("risk_review_due", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_until", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_placement_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_area_id"), ["area_id"], unique=False)

    op.create_table(
        "placement_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("released_why", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["condition_id"], ["condition.id"], name=op.f("fk_placement_booking_condition_id_condition")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_placement_booking_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_placement_booking_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_booking")),
        sa.UniqueConstraint("condition_id", name=op.f("uq_placement_booking_condition_id")),
    )
    with op.batch_alter_table("placement_booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_booking_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_booking_referral_id"), ["referral_id"], unique=False)

    # What is built anew on SQLite loses its triggers, and until then they refuse the old rows' new columns.
    remove(op, "condition")
    for table in STEPS:
        _add(table)
    install(op, "condition")


def _add(table: str) -> None:
    """The new columns; what had hours is something to come to."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, (kind, old) in ADDED.items():
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=old))
        batch_op.add_column(sa.Column("placement_id", sa.Integer(), nullable=True))
        if table in ("condition", "draft_condition"):
            batch_op.add_column(
                sa.Column("sealed", sa.Text(), nullable=False, server_default="", comment=SEALED)
            )
        batch_op.create_foreign_key(
            batch_op.f(f"fk_{table}_placement_id_placement"), "placement", ["placement_id"], ["id"]
        )
    op.execute(_update(table, "attends = true", "hours > 0"))
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in ADDED:
            batch_op.alter_column(name, server_default=None)
        if table in ("condition", "draft_condition"):
            batch_op.alter_column("sealed", server_default=None)


def downgrade() -> None:
    """Back: what a step says about money and checks goes where it had nothing to say."""
    remove(op, "condition")
    for table in STEPS:
        _words_back(table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_placement_id_placement"), type_="foreignkey")
            batch_op.drop_column("placement_id")
            if table in ("condition", "draft_condition"):
                batch_op.drop_column("sealed")
            for name in ADDED:
                batch_op.drop_column(name)

    install(op, "condition")
    op.drop_table("placement_booking")
    op.drop_table("placement")


def _words_back(table: str) -> None:
    """Amount, payee, way of paying and the checking team stood in no column before."""
    for target, said in (
        ("who", "checked_by"),
        ("who", "payee"),
        ("where_at", "pay_how"),
        ("when_at", "how_often"),
    ):
        op.execute(_update(table, f"{target} = {said}", f"{target} = '' AND {said} <> ''"))
    op.execute(
        _update(
            table,
            "when_at = CAST(amount_pence AS VARCHAR(20)) || ' pence'",
            "when_at = '' AND amount_pence > 0",
        )
    )


def _update(table: str, change: str, where: str) -> str:
    """Made from the words of this file only."""
    return f"UPDATE {table} SET {change} WHERE {where}"  # noqa: S608
