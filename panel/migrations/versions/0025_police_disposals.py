"""Police disposals."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("police_report", "police_link")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "force",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force")),
        sa.UniqueConstraint("name", name=op.f("uq_force_name")),
    )
    op.create_table(
        "force_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_force_area_area_id_area")),
        sa.ForeignKeyConstraint(["force_id"], ["force.id"], name=op.f("fk_force_area_force_id_force")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force_area")),
        sa.UniqueConstraint("area_id", name=op.f("uq_force_area_area_id")),
    )
    with op.batch_alter_table("force_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_force_area_force_id"), ["force_id"], unique=False)

    op.create_table(
        "force_system",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["force_id"], ["force.id"], name=op.f("fk_force_system_force_id_force")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_force_system_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force_system")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_force_system_token_digest")),
    )
    with op.batch_alter_table("force_system", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_force_system_force_id"), ["force_id"], unique=False)

    op.create_table(
        "police_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("supplied_on", sa.Date(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_police_list_area_id_area")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_police_list_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_police_list_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["force_id"], ["force.id"], name=op.f("fk_police_list_force_id_force")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_list")),
        sa.UniqueConstraint("reference", name=op.f("uq_police_list_reference")),
    )
    with op.batch_alter_table("police_list", schema=None) as batch_op:
        batch_op.create_index("ix_police_list_by_days", ["area_id", "first_on", "last_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_police_list_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_police_list_force_id"), ["force_id"], unique=False)

    op.create_table(
        "police_disposal",
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("crime_reference", sa.String(length=20), nullable=False),
        sa.Column("force_reference", sa.String(length=40), nullable=False),
        sa.Column("offence", sa.String(length=200), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("surname", sa.String(length=100), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=4), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("ward", sa.String(length=60), nullable=False),
        sa.Column("pnc_id", sa.String(length=14), nullable=False),
        sa.Column("station", sa.String(length=60), nullable=False),
        sa.Column("team", sa.String(length=60), nullable=False),
        sa.Column("officer", sa.String(length=120), nullable=False),
        sa.Column("first_time", sa.Boolean(), nullable=True),
        sa.Column("support", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("not_ours", sa.String(length=40), nullable=True),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("tell_by", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_how", sa.String(length=40), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("consulted", sa.Boolean(), nullable=True),
        sa.Column("exception", sa.String(length=40), nullable=False),
        sa.Column(
            "exception_reason",
            sa.Text(),
            nullable=False,
            comment="why it was given without the YOT, in the officer's words",
        ),
        sa.Column("fit", sa.String(length=40), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_police_disposal_area_id_area")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_police_disposal_child_id_child")),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"],
            ["police_disposal.id"],
            name=op.f("fk_police_disposal_duplicate_of_id_police_disposal"),
        ),
        sa.ForeignKeyConstraint(["force_id"], ["force.id"], name=op.f("fk_police_disposal_force_id_force")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_police_disposal_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_disposal")),
        sa.UniqueConstraint("reference", name=op.f("uq_police_disposal_reference")),
    )
    with op.batch_alter_table("police_disposal", schema=None) as batch_op:
        batch_op.create_index("ix_police_disposal_by_birth", ["date_of_birth"], unique=False)
        batch_op.create_index("ix_police_disposal_by_crime", ["crime_reference"], unique=False)
        batch_op.create_index(
            "ix_police_disposal_by_day", ["area_id", "outcome", "given_on", "id"], unique=False
        )
        batch_op.create_index("ix_police_disposal_by_fit", ["area_id", "fit", "id"], unique=False)
        batch_op.create_index("ix_police_disposal_by_force", ["force_id", "force_reference"], unique=False)
        batch_op.create_index(batch_op.f("ix_police_disposal_child_id"), ["child_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_police_disposal_duplicate_of_id"), ["duplicate_of_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_police_disposal_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(
            "ix_police_disposal_untold", ["area_id", "told_on", "given_on", "id"], unique=False
        )

    op.create_table(
        "police_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_police_link_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_police_link_child_id_child")),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["police_disposal.id"], name=op.f("fk_police_link_disposal_id_police_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["police_disposal.id"], name=op.f("fk_police_link_other_id_police_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_police_link_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_link")),
    )
    with op.batch_alter_table("police_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_police_link_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_police_link_disposal_id"), ["disposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_police_link_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_police_link_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "police_list_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["police_disposal.id"],
            name=op.f("fk_police_list_row_disposal_id_police_disposal"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["police_list.id"], name=op.f("fk_police_list_row_list_id_police_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_list_row")),
        sa.UniqueConstraint("list_id", "line_number", name=op.f("uq_police_list_row_list_id_line_number")),
    )
    with op.batch_alter_table("police_list_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_police_list_row_disposal_id"), ["disposal_id"], unique=False)

    op.create_table(
        "police_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("line_number", sa.Integer(), nullable=True),
        sa.Column("system_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_police_report_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["police_disposal.id"], name=op.f("fk_police_report_disposal_id_police_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["police_list.id"], name=op.f("fk_police_report_list_id_police_list")
        ),
        sa.ForeignKeyConstraint(
            ["system_id"], ["force_system.id"], name=op.f("fk_police_report_system_id_force_system")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_report")),
    )
    with op.batch_alter_table("police_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_police_report_disposal_id"), ["disposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_police_report_list_id"), ["list_id"], unique=False)

    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offence_crime_reference"), ["crime_reference"], unique=False)
    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in NEVER_CHANGED:
        remove(op, table)
    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offence_crime_reference"))

    with op.batch_alter_table("police_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_police_report_list_id"))
        batch_op.drop_index(batch_op.f("ix_police_report_disposal_id"))

    op.drop_table("police_report")
    with op.batch_alter_table("police_list_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_police_list_row_disposal_id"))

    op.drop_table("police_list_row")
    with op.batch_alter_table("police_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_police_link_referral_id"))
        batch_op.drop_index(batch_op.f("ix_police_link_other_id"))
        batch_op.drop_index(batch_op.f("ix_police_link_disposal_id"))
        batch_op.drop_index(batch_op.f("ix_police_link_child_id"))

    op.drop_table("police_link")
    with op.batch_alter_table("police_disposal", schema=None) as batch_op:
        batch_op.drop_index("ix_police_disposal_untold")
        batch_op.drop_index(batch_op.f("ix_police_disposal_referral_id"))
        batch_op.drop_index(batch_op.f("ix_police_disposal_duplicate_of_id"))
        batch_op.drop_index(batch_op.f("ix_police_disposal_child_id"))
        batch_op.drop_index("ix_police_disposal_by_force")
        batch_op.drop_index("ix_police_disposal_by_fit")
        batch_op.drop_index("ix_police_disposal_by_day")
        batch_op.drop_index("ix_police_disposal_by_crime")
        batch_op.drop_index("ix_police_disposal_by_birth")

    op.drop_table("police_disposal")
    with op.batch_alter_table("police_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_police_list_force_id"))
        batch_op.drop_index(batch_op.f("ix_police_list_file_id"))
        batch_op.drop_index("ix_police_list_by_days")

    op.drop_table("police_list")
    with op.batch_alter_table("force_system", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_force_system_force_id"))

    op.drop_table("force_system")
    with op.batch_alter_table("force_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_force_area_force_id"))

    op.drop_table("force_area")
    op.drop_table("force")
