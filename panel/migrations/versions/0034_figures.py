"""The figures: a row for each subject of a metric, and the counts that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "audit_milestone",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=4), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("care", sa.String(length=20), nullable=False),
        sa.Column("turns_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("disposal_right", sa.Boolean(), nullable=True),
        sa.Column("safety_agrees", sa.Boolean(), nullable=True),
        sa.Column("harm_agrees", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_audit_milestone")),
    )
    with op.batch_alter_table("audit_milestone", schema=None) as batch_op:
        batch_op.create_index("ix_audit_milestone_by_finished", ["area_id", "finished_on"], unique=False)

    op.create_table(
        "figure",
        sa.Column("metric", sa.String(length=4), nullable=False),
        sa.Column("by", sa.String(length=10), nullable=False),
        sa.Column("area_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quarter", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "metric", "by", "area_id", "quarter", "outcome", "value", "version", name=op.f("pk_figure")
        ),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index("ix_figure_of_quarter", ["quarter", "by", "area_id", "metric"], unique=False)

    op.create_table(
        "figure_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_day")),
    )
    op.create_table(
        "meeting_milestone",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=4), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("care", sa.String(length=20), nullable=False),
        sa.Column("turns_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("police", sa.Boolean(), nullable=False),
        sa.Column("yot_manager", sa.Boolean(), nullable=False),
        sa.Column("victim_worker", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_meeting_milestone")),
    )
    with op.batch_alter_table("meeting_milestone", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_milestone_by_held", ["area_id", "held_on"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=4), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("care", sa.String(length=20), nullable=False),
        sa.Column("turns_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("offence_on", sa.Date(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("bailed_on", sa.Date(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("assessment_due_on", sa.Date(), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("countersign_due_on", sa.Date(), nullable=True),
        sa.Column("countersigned_on", sa.Date(), nullable=True),
        sa.Column("panel_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("explained_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("copy_due_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("first_contact_on", sa.Date(), nullable=True),
        sa.Column("conditions_due_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("assessment_running", sa.Boolean(), nullable=False),
        sa.Column("countersign_running", sa.Boolean(), nullable=False),
        sa.Column("countersigned_by_other", sa.Boolean(), nullable=False),
        sa.Column("child_heard", sa.Boolean(), nullable=False),
        sa.Column("carer_heard", sa.Boolean(), nullable=False),
        sa.Column("agencies_heard", sa.Boolean(), nullable=False),
        sa.Column("safety", sa.String(length=40), nullable=False),
        sa.Column("harm", sa.String(length=40), nullable=False),
        sa.Column("victims", sa.Integer(), nullable=False),
        sa.Column("victims_heard", sa.Integer(), nullable=False),
        sa.Column("victims_unreachable", sa.Integer(), nullable=False),
        sa.Column("reasons_given", sa.Boolean(), nullable=False),
        sa.Column("police_view", sa.Boolean(), nullable=False),
        sa.Column("yot_view", sa.Boolean(), nullable=False),
        sa.Column("followed", sa.String(length=40), nullable=False),
        sa.Column("explained_child", sa.Boolean(), nullable=False),
        sa.Column("explained_adult", sa.Boolean(), nullable=False),
        sa.Column("copy_on_file", sa.Boolean(), nullable=False),
        sa.Column("copy_running", sa.Boolean(), nullable=False),
        sa.Column("case_manager_present", sa.Boolean(), nullable=False),
        sa.Column("plans", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("steps_complete", sa.Integer(), nullable=False),
        sa.Column("plan_signed", sa.Boolean(), nullable=False),
        sa.Column("strengths", sa.Integer(), nullable=False),
        sa.Column("contingency_safety", sa.Boolean(), nullable=False),
        sa.Column("contingency_harm", sa.Boolean(), nullable=False),
        sa.Column("other_plan", sa.Boolean(), nullable=False),
        sa.Column("other_plan_linked", sa.Boolean(), nullable=False),
        sa.Column("conditions", sa.Integer(), nullable=False),
        sa.Column("conditions_in_time", sa.Integer(), nullable=False),
        sa.Column("conditions_running", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("missed_answered", sa.Integer(), nullable=False),
        sa.Column("missed_running", sa.Integer(), nullable=False),
        sa.Column("missed_excused", sa.Integer(), nullable=False),
        sa.Column("exits", sa.Integer(), nullable=False),
        sa.Column("exits_made", sa.Integer(), nullable=False),
        sa.Column("reparations", sa.Integer(), nullable=False),
        sa.Column("reparations_suited", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index("ix_milestone_by_assessed", ["area_id", "assessed_on"], unique=False)
        batch_op.create_index("ix_milestone_by_closed", ["area_id", "closed_on"], unique=False)
        batch_op.create_index("ix_milestone_by_conditions", ["area_id", "conditions_due_on"], unique=False)
        batch_op.create_index("ix_milestone_by_decided", ["area_id", "decided_on"], unique=False)
        batch_op.create_index("ix_milestone_by_due", ["area_id", "assessment_due_on"], unique=False)
        batch_op.create_index("ix_milestone_by_given", ["area_id", "given_on"], unique=False)
        batch_op.create_index("ix_milestone_by_submitted", ["area_id", "submitted_on"], unique=False)
        batch_op.create_index("ix_milestone_turns", ["turns_on"], unique=False)

    op.create_table(
        "police_milestone",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=4), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("care", sa.String(length=20), nullable=False),
        sa.Column("turns_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("tell_by", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("told_in_time", sa.Boolean(), nullable=False),
        sa.Column("panel_decided", sa.Boolean(), nullable=False),
        sa.Column("consulted", sa.Boolean(), nullable=True),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_police_milestone")),
    )
    with op.batch_alter_table("police_milestone", schema=None) as batch_op:
        batch_op.create_index("ix_police_milestone_by_given", ["area_id", "given_on"], unique=False)
        batch_op.create_index("ix_police_milestone_turns", ["turns_on"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("police_milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_police_milestone_turns")
        batch_op.drop_index("ix_police_milestone_by_given")

    op.drop_table("police_milestone")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_turns")
        batch_op.drop_index("ix_milestone_by_submitted")
        batch_op.drop_index("ix_milestone_by_given")
        batch_op.drop_index("ix_milestone_by_due")
        batch_op.drop_index("ix_milestone_by_decided")
        batch_op.drop_index("ix_milestone_by_conditions")
        batch_op.drop_index("ix_milestone_by_closed")
        batch_op.drop_index("ix_milestone_by_assessed")

    op.drop_table("milestone")
    with op.batch_alter_table("meeting_milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_milestone_by_held")

    op.drop_table("meeting_milestone")
    op.drop_table("figure_day")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index("ix_figure_of_quarter")

    op.drop_table("figure")
    with op.batch_alter_table("audit_milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_milestone_by_finished")

    op.drop_table("audit_milestone")
