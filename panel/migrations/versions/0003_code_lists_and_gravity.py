"""Code lists and gravity."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


NEW = {
    "child": ("ethnicity",),
    "offence": (
        "gravity_matrix",
        "gravity_factors",
        "gravity_adjustment",
        "gravity_presumes",
        "by_hand_reason",
        "mode_reason",
        "categories",
        "crime_reference",
        "asn",
        "prosecute_source",
        "prosecute_reason",
    ),
}
NEVER_CHANGED = ("code_version", "code_row")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "code_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_code_upload_sent_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_upload")),
    )
    with op.batch_alter_table("code_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_code_upload_sent_by_id"), ["sent_by_id"], unique=False)

    op.create_table(
        "code_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.String(length=200), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["loaded_by_id"], ["user_account.id"], name=op.f("fk_code_version_loaded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_version")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_code_version_kind_name")),
    )
    with op.batch_alter_table("code_version", schema=None) as batch_op:
        batch_op.create_index("ix_code_version_in_force", ["kind", "in_force_from", "id"], unique=False)

    op.create_table(
        "code_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("search", sa.String(length=260), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["code_version.id"], name=op.f("fk_code_row_version_id_code_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_row")),
        sa.UniqueConstraint("version_id", "part", "code", name=op.f("uq_code_row_version_id_part_code")),
    )
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ethnicity", sa.String(length=4), nullable=False, server_default=""))

    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gravity_version_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("gravity_matrix", sa.String(length=80), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("gravity_listed", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("gravity_base", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("gravity_factors", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("gravity_adjustment", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("gravity_presumes", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("code_version_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("by_hand_reason", sa.String(length=300), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("mode_reason", sa.String(length=300), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("categories", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("crime_reference", sa.String(length=11), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("asn", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("prosecute_by", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("prosecute_source", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("prosecute_reason", sa.String(length=300), nullable=False, server_default="")
        )
        batch_op.alter_column("gravity", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column(
            "gravity_reason",
            existing_type=sa.VARCHAR(length=300),
            type_=sa.String(length=1000),
            existing_nullable=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_offence_code_version_id_code_version"), "code_version", ["code_version_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_offence_gravity_version_id_code_version"),
            "code_version",
            ["gravity_version_id"],
            ["id"],
        )

    # The models have no defaults of the database: these were only for the rows that were there.
    for table, names in NEW.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.alter_column(name, server_default=None)

    for table in NEVER_CHANGED:
        install(op, table)


def downgrade() -> None:
    """Back."""
    op.execute("UPDATE offence SET gravity = 1 WHERE gravity IS NULL")
    with op.batch_alter_table("offence", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_offence_gravity_version_id_code_version"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_offence_code_version_id_code_version"), type_="foreignkey")
        batch_op.alter_column(
            "gravity_reason",
            existing_type=sa.String(length=1000),
            type_=sa.VARCHAR(length=300),
            existing_nullable=False,
        )
        batch_op.alter_column("gravity", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("prosecute_reason")
        batch_op.drop_column("prosecute_source")
        batch_op.drop_column("prosecute_by")
        batch_op.drop_column("asn")
        batch_op.drop_column("crime_reference")
        batch_op.drop_column("ended_on")
        batch_op.drop_column("categories")
        batch_op.drop_column("mode_reason")
        batch_op.drop_column("by_hand_reason")
        batch_op.drop_column("code_version_id")
        batch_op.drop_column("gravity_presumes")
        batch_op.drop_column("gravity_adjustment")
        batch_op.drop_column("gravity_factors")
        batch_op.drop_column("gravity_base")
        batch_op.drop_column("gravity_listed")
        batch_op.drop_column("gravity_matrix")
        batch_op.drop_column("gravity_version_id")

    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.drop_column("ethnicity")

    op.drop_table("code_row")
    with op.batch_alter_table("code_version", schema=None) as batch_op:
        batch_op.drop_index("ix_code_version_in_force")

    op.drop_table("code_version")
    with op.batch_alter_table("code_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_upload_sent_by_id"))

    op.drop_table("code_upload")
