"""Assessment in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
# Each text becomes a section; school and health were one text and go to the first of the two.
SECTIONS = {
    "child_words": "child_words",
    "parent_words": "parent_words",
    "offence_analysis": "offence_analysis",
    "diversity": "diversity",
    "family": "family",
    "strengths": "strengths",
    "worries": "worries",
    "education_health": "education",
}


FILLED = {
    "assessment": (
        "reoffending_up",
        "reoffending_down",
        "safety_who",
        "safety_up",
        "safety_down",
        "harm_who",
        "harm_up",
        "harm_down",
        "contingency_signs",
        "contingency_actions",
    ),
    "proposed_step": ("how", "part", "strength"),
    "referral": ("assessment_stopped_for",),
}


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reply_code", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    op.create_table(
        "agency_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_agency_contact_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_contact")),
    )
    with op.batch_alter_table("agency_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_contact_area_id"), ["area_id"], unique=False)

    op.create_table(
        "assessment_screen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("not_done_reason", sa.String(length=300), nullable=False),
        sa.Column("referred", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_screen_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user_account.id"], name=op.f("fk_assessment_screen_done_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_screen")),
        sa.UniqueConstraint("assessment_id", "kind", name=op.f("uq_assessment_screen_assessment_id_kind")),
    )
    op.create_table(
        "assessment_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_section_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["edited_by_id"],
            ["user_account.id"],
            name=op.f("fk_assessment_section_edited_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_section")),
        sa.UniqueConstraint("assessment_id", "key", name=op.f("uq_assessment_section_assessment_id_key")),
    )
    op.create_table(
        "assessment_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=160), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_source_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_source")),
    )
    with op.batch_alter_table("assessment_source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_source_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_assessment_source_due_on"), ["due_on"], unique=False)

    op.create_table(
        "asset_plus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("reoffending", sa.String(length=40), nullable=True),
        sa.Column("safety", sa.String(length=40), nullable=True),
        sa.Column("harm", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_asset_plus_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_plus")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_asset_plus_assessment_id")),
    )
    op.create_table(
        "linked_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lead_worker", sa.String(length=160), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("fit", sa.Text(), nullable=False, comment="how our plan fits with it"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_linked_plan_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_plan")),
    )
    with op.batch_alter_table("linked_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_linked_plan_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "self_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("helper", sa.String(length=160), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("given_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_self_assessment_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessment")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_self_assessment_assessment_id")),
    )
    op.create_table(
        "assessment_chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("chased_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_assessment_chase_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_assessment_chase_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["assessment_source.id"],
            name=op.f("fk_assessment_chase_source_id_assessment_source"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_chase")),
    )
    with op.batch_alter_table("assessment_chase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_chase_source_id"), ["source_id"], unique=False)

    op.create_table(
        "assessment_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_words", sa.String(length=200), nullable=False),
        sa.Column("said_by", sa.String(length=160), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_statement_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["assessment_source.id"],
            name=op.f("fk_assessment_statement_source_id_assessment_source"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["user_account.id"],
            name=op.f("fk_assessment_statement_written_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_statement")),
    )
    with op.batch_alter_table("assessment_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_statement_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "self_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("self_assessment_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["self_assessment_id"],
            ["self_assessment.id"],
            name=op.f("fk_self_answer_self_assessment_id_self_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_answer")),
        sa.UniqueConstraint("self_assessment_id", "key", name=op.f("uq_self_answer_self_assessment_id_key")),
    )
    for column, key in SECTIONS.items():
        op.execute(
            f"INSERT INTO assessment_section (assessment_id, key, text, edited_by_id, edited_at) "  # noqa: S608
            f"SELECT a.id, '{key}', a.{column}, a.author_id, COALESCE(a.submitted_at, r.changed_at) "
            f"FROM assessment a JOIN referral r ON r.id = a.referral_id WHERE a.{column} <> ''"
        )
    op.execute(
        "INSERT INTO assessment_statement (assessment_id, section, text, basis, source_words, said_by, "
        "written_by_id, written_at) SELECT a.id, 'offence_analysis', a.sources, 'reported', "
        "'Who was asked, as it was written before sources were rows', '', a.author_id, "
        "COALESCE(a.submitted_at, r.changed_at) FROM assessment a JOIN referral r ON r.id = a.referral_id "
        "WHERE a.sources <> ''"
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "reoffending_up",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="what would raise this judgement",
            )
        )
        batch_op.add_column(
            sa.Column(
                "reoffending_down",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="what would lower it",
            )
        )
        batch_op.add_column(
            sa.Column(
                "safety_who",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="from whom or from what the child is at risk",
            )
        )
        batch_op.add_column(sa.Column("safety_up", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("safety_down", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column(
                "harm_who",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="which person or group is at risk, never the victim's name",
            )
        )
        batch_op.add_column(sa.Column("harm_up", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("harm_down", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column(
                "contingency_signs",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="what would tell us that things get worse",
            )
        )
        batch_op.add_column(
            sa.Column(
                "contingency_actions",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="who then does what, by when",
            )
        )
        batch_op.add_column(sa.Column("social_care_open", sa.Boolean(), nullable=True))
        batch_op.drop_column("child_words")
        batch_op.drop_column("offence_analysis")
        batch_op.drop_column("parent_words")
        batch_op.drop_column("family")
        batch_op.drop_column("strengths")
        batch_op.drop_column("diversity")
        batch_op.drop_column("sources")
        batch_op.drop_column("worries")
        batch_op.drop_column("education_health")

    with op.batch_alter_table("proposed_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("how", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("part", sa.String(length=40), nullable=False, server_default="child"))
        batch_op.add_column(sa.Column("strength", sa.String(length=200), nullable=False, server_default=""))

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("assessment_stopped_days", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("assessment_stopped_since", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("assessment_stopped_for", sa.String(length=120), nullable=False, server_default="")
        )
    # Only the rows that were there needed a default; the models give their own.
    for table, columns in FILLED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_column("assessment_stopped_for")
        batch_op.drop_column("assessment_stopped_since")
        batch_op.drop_column("assessment_stopped_days")

    with op.batch_alter_table("proposed_step", schema=None) as batch_op:
        batch_op.drop_column("strength")
        batch_op.drop_column("part")
        batch_op.drop_column("how")

    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("education_health", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("worries", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sources", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("diversity", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("strengths", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("family", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("parent_words", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("offence_analysis", sa.TEXT(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("child_words", sa.TEXT(), nullable=False, server_default=""))
        batch_op.drop_column("social_care_open")
        batch_op.drop_column("contingency_actions")
        batch_op.drop_column("contingency_signs")
        batch_op.drop_column("harm_down")
        batch_op.drop_column("harm_up")
        batch_op.drop_column("harm_who")
        batch_op.drop_column("safety_down")
        batch_op.drop_column("safety_up")
        batch_op.drop_column("safety_who")
        batch_op.drop_column("reoffending_down")
        batch_op.drop_column("reoffending_up")

    op.drop_table("self_answer")
    with op.batch_alter_table("assessment_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_statement_assessment_id"))

    op.drop_table("assessment_statement")
    with op.batch_alter_table("assessment_chase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_chase_source_id"))

    op.drop_table("assessment_chase")
    op.drop_table("self_assessment")
    with op.batch_alter_table("linked_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_plan_assessment_id"))

    op.drop_table("linked_plan")
    op.drop_table("asset_plus")
    with op.batch_alter_table("assessment_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_source_due_on"))
        batch_op.drop_index(batch_op.f("ix_assessment_source_assessment_id"))

    op.drop_table("assessment_source")
    op.drop_table("assessment_section")
    op.drop_table("assessment_screen")
    with op.batch_alter_table("agency_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_contact_area_id"))

    op.drop_table("agency_contact")
    op.drop_table("letter")
