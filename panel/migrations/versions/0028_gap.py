"""The gap: queries to a force, its answers, what became of children, exports."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("force_query", "force_answer", "gap_follow_up", "gap_export")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "force_query",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_force_query_area_id_area")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_force_query_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["force_id"], ["force.id"], name=op.f("fk_force_query_force_id_force")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force_query")),
        sa.UniqueConstraint("reference", name=op.f("uq_force_query_reference")),
    )
    with op.batch_alter_table("force_query", schema=None) as batch_op:
        batch_op.create_index("ix_force_query_by_area", ["area_id", "id"], unique=False)

    op.create_table(
        "gap_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_gap_export_area_id_area")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_gap_export_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_export")),
    )
    with op.batch_alter_table("gap_export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_export_area_id"), ["area_id"], unique=False)

    op.create_table(
        "force_query_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query_id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_force_query_row_area_id_area")),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["police_disposal.id"],
            name=op.f("fk_force_query_row_disposal_id_police_disposal"),
        ),
        sa.ForeignKeyConstraint(
            ["query_id"], ["force_query.id"], name=op.f("fk_force_query_row_query_id_force_query")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force_query_row")),
        sa.UniqueConstraint("query_id", "disposal_id", name=op.f("uq_force_query_row_query_id_disposal_id")),
    )
    with op.batch_alter_table("force_query_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_force_query_row_disposal_id"), ["disposal_id"], unique=False)
        batch_op.create_index("ix_force_query_row_open", ["area_id", "answered_on", "id"], unique=False)

    op.create_table(
        "gap_follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("became", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("crime_reference", sa.String(length=20), nullable=False),
        sa.Column("said", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_gap_follow_up_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["police_disposal.id"], name=op.f("fk_gap_follow_up_disposal_id_police_disposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_follow_up")),
    )
    with op.batch_alter_table("gap_follow_up", schema=None) as batch_op:
        batch_op.create_index("ix_gap_follow_up_by_disposal", ["disposal_id", "became"], unique=False)

    op.create_table(
        "force_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(length=40), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("said", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_words", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_force_answer_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["force_query_row.id"], name=op.f("fk_force_answer_row_id_force_query_row")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force_answer")),
    )
    with op.batch_alter_table("force_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_force_answer_row_id"), ["row_id"], unique=False)
    with op.batch_alter_table("police_disposal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_police_disposal_gap",
            [
                *("area_id", "outcome", "given_on", "status", "told_on"),
                *("tell_by", "listed_on", "asked_on", "fit"),
            ],
            unique=False,
        )
    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("police_disposal", schema=None) as batch_op:
        batch_op.drop_index("ix_police_disposal_gap")
    with op.batch_alter_table("force_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_force_answer_row_id"))

    op.drop_table("force_answer")
    with op.batch_alter_table("gap_follow_up", schema=None) as batch_op:
        batch_op.drop_index("ix_gap_follow_up_by_disposal")

    op.drop_table("gap_follow_up")
    with op.batch_alter_table("force_query_row", schema=None) as batch_op:
        batch_op.drop_index("ix_force_query_row_open")
        batch_op.drop_index(batch_op.f("ix_force_query_row_disposal_id"))

    op.drop_table("force_query_row")
    with op.batch_alter_table("gap_export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_export_area_id"))

    op.drop_table("gap_export")
    with op.batch_alter_table("force_query", schema=None) as batch_op:
        batch_op.drop_index("ix_force_query_by_area")

    op.drop_table("force_query")
