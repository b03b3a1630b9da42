"""Series invitations and guests of meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("to_key", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reply_code", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_invitation_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("key", name=op.f("uq_invitation_key")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("ix_invitation_of_meeting", ["reference", "to_key", "sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_user_id"), ["user_id"], unique=False)

    op.create_table(
        "meeting_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.String(length=40), nullable=False),
        sa.Column("rhythm", sa.String(length=40), nullable=False),
        sa.Column("on_holiday", sa.String(length=40), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_meeting_series_area_id_area")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_meeting_series_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    with op.batch_alter_table("meeting_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_series_area_id"), ["area_id"], unique=False)

    op.create_table(
        "outside_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_outside_person_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_person")),
    )
    with op.batch_alter_table("outside_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_person_area_id"), ["area_id"], unique=False)

    op.create_table(
        "meeting_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(length=40), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_guest_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["outside_person.id"], name=op.f("fk_meeting_guest_person_id_outside_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_guest")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_meeting_guest_meeting_id_person_id")),
    )
    with op.batch_alter_table("meeting_guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_guest_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joining", sa.String(length=500), server_default="", nullable=False))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), server_default="9", nullable=False))
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "sequence",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="how often the invitation has changed",
            )
        )
        batch_op.create_index(batch_op.f("ix_meeting_series_id"), ["series_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_series_id_meeting_series"), "meeting_series", ["series_id"], ["id"]
        )

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.alter_column("joining", server_default=None)

    with op.batch_alter_table("meeting_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reply", sa.String(length=40), server_default="none", nullable=False))
        batch_op.add_column(sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_member_deputy_id_user_account"), "user_account", ["deputy_id"], ["id"]
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("meeting_member", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_meeting_member_deputy_id_user_account"), type_="foreignkey")
        batch_op.drop_column("replied_at")
        batch_op.drop_column("reply")
        batch_op.drop_column("deputy_id")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_meeting_series_id_meeting_series"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_meeting_series_id"))
        batch_op.drop_column("sequence")
        batch_op.drop_column("series_id")
        batch_op.drop_column("capacity")
        batch_op.drop_column("joining")

    with op.batch_alter_table("meeting_guest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_guest_person_id"))

    op.drop_table("meeting_guest")
    with op.batch_alter_table("outside_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_person_area_id"))

    op.drop_table("outside_person")
    with op.batch_alter_table("meeting_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_series_area_id"))

    op.drop_table("meeting_series")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_user_id"))
        batch_op.drop_index("ix_invitation_of_meeting")

    op.drop_table("invitation")
