"""Find a child again merge and link."""

import sqlalchemy as sa
from alembic import op

from workflows.matching import Person, keys_of

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "child_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_child_key_child_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_key")),
    )
    with op.batch_alter_table("child_key", schema=None) as batch_op:
        batch_op.create_index("ix_child_key_by_key", ["key", "child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_child_key_child_id"), ["child_id"], unique=False)

    op.create_table(
        "child_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_child_pair_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["child.id"], name=op.f("fk_child_pair_first_id_child")),
        sa.ForeignKeyConstraint(["second_id"], ["child.id"], name=op.f("fk_child_pair_second_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_pair")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_child_pair_first_id_second_id")),
    )
    with op.batch_alter_table("child_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_pair_second_id"), ["second_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_child_pair_verdict"), ["verdict"], unique=False)

    op.create_table(
        "child_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_child_search_area_id_area")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_child_search_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_child_search_child_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_search")),
        sa.UniqueConstraint("token", name=op.f("uq_child_search_token")),
    )
    with op.batch_alter_table("child_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_search_at"), ["at"], unique=False)
        batch_op.create_index("ix_child_search_by_person", ["by_id", "at"], unique=False)

    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("survivor_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="why the two records are of one child"),
        sa.Column("taken", sa.JSON(), nullable=False, comment="what is taken over from the merged record"),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_merge_answered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_merge_area_id_area")),
        sa.ForeignKeyConstraint(["merged_id"], ["child.id"], name=op.f("fk_merge_merged_id_child")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["user_account.id"], name=op.f("fk_merge_proposed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["survivor_id"], ["child.id"], name=op.f("fk_merge_survivor_id_child")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user_account.id"], name=op.f("fk_merge_undone_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
        sa.UniqueConstraint("reference", name=op.f("uq_merge_reference")),
    )
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_merged_id"), ["merged_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "case_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_case_link_by_id_user_account")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_case_link_incident_id_incident")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_case_link_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_case_link_referral_id")),
    )
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_link_incident_id"), ["incident_id"], unique=False)

    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("other_names", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("pnc_id", sa.String(length=14), server_default="", nullable=False))
        batch_op.add_column(sa.Column("cro_number", sa.String(length=14), server_default="", nullable=False))
        batch_op.add_column(sa.Column("upn", sa.String(length=13), server_default="", nullable=False))
        batch_op.add_column(sa.Column("nhs_number", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_child_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_child_merged_into_id_child"), "child", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("child", schema=None) as batch_op:
        for name in ("other_names", "pnc_id", "cro_number", "upn", "nhs_number"):
            batch_op.alter_column(name, server_default=None)
    _file_children()


def _file_children() -> None:
    """Every child that is there already is filed under its keys, so that it is found."""
    names = ("given_name", "surname", "date_of_birth", "address", "postcode")
    child = sa.table(
        "child", sa.column("id"), *(sa.column(name) for name in names if name != "date_of_birth")
    )
    child.append_column(sa.column("date_of_birth", sa.Date()))
    keys = sa.table("child_key", sa.column("key"), sa.column("child_id"))
    bind = op.get_bind()
    for row in bind.execute(sa.select(child)).mappings().all():
        person = Person(**{name: row[name] for name in names})
        filed = [{"key": key, "child_id": row["id"]} for key in sorted(keys_of(person))]
        bind.execute(sa.insert(keys), filed)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("child", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_child_merged_into_id_child"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_child_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("nhs_number")
        batch_op.drop_column("upn")
        batch_op.drop_column("cro_number")
        batch_op.drop_column("pnc_id")
        batch_op.drop_column("other_names")

    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_link_incident_id"))

    op.drop_table("case_link")
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merge_survivor_id"))
        batch_op.drop_index(batch_op.f("ix_merge_status"))
        batch_op.drop_index(batch_op.f("ix_merge_merged_id"))
        batch_op.drop_index(batch_op.f("ix_merge_area_id"))

    op.drop_table("merge")
    with op.batch_alter_table("child_search", schema=None) as batch_op:
        batch_op.drop_index("ix_child_search_by_person")
        batch_op.drop_index(batch_op.f("ix_child_search_at"))

    op.drop_table("child_search")
    with op.batch_alter_table("child_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_pair_verdict"))
        batch_op.drop_index(batch_op.f("ix_child_pair_second_id"))

    op.drop_table("child_pair")
    with op.batch_alter_table("child_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_key_child_id"))
        batch_op.drop_index("ix_child_key_by_key")

    op.drop_table("child_key")
    op.drop_table("incident")
