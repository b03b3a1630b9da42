"""What the metrics look at: one row for each subject with its dates and facts, and the counts that are kept.

A row says how things stood on the day of the last turning (`FigureDay`); nothing in it depends on the moment
at which it is read. `turns_on` is the next day on which something in it changes by time alone. There are no
foreign keys: a row goes when its subject goes, in the same transaction, and holds nobody up.
"""

from datetime import date

from sqlmodel import Field, Index, SQLModel

NUMBER_OF = {"autoincrement": False}


class Subject(SQLModel):
    """What each subject has: its number and reference, where it belongs, and by what it is broken down.

    Age is that on the day of the referral, or of the giving where the police gave without one (AGE-5);
    care is as the child's record has it, of what the police gave where that belongs to a case here.
    """

    subject_id: int = Field(primary_key=True, sa_column_kwargs=NUMBER_OF)
    reference: str = Field(default="", max_length=12)
    area_id: int
    outcome: str = Field(default="", max_length=40)
    gender: str = Field(default="", max_length=40)
    ethnicity: str = Field(default="", max_length=4)
    age: int | None = None
    care: str = Field(default="", max_length=20)
    turns_on: date | None = None


class Milestone(Subject, table=True):
    """One case: every date of its way, and the facts about it that a metric counts."""

    __tablename__ = "milestone"
    __table_args__ = (
        Index("ix_milestone_turns", "turns_on"),
        Index("ix_milestone_by_assessed", "area_id", "assessed_on"),
        Index("ix_milestone_by_due", "area_id", "assessment_due_on"),
        Index("ix_milestone_by_submitted", "area_id", "submitted_on"),
        Index("ix_milestone_by_decided", "area_id", "decided_on"),
        Index("ix_milestone_by_given", "area_id", "given_on"),
        Index("ix_milestone_by_conditions", "area_id", "conditions_due_on"),
        Index("ix_milestone_by_closed", "area_id", "closed_on"),
    )
    status: str = Field(default="", max_length=40)
    source: str = Field(default="", max_length=40)
    offence_on: date | None = None
    created_on: date | None = None
    bailed_on: date | None = None
    referred_on: date | None = Field(default=None, description="sent to the YOT")
    accepted_on: date | None = None
    assessment_due_on: date | None = Field(default=None, description="ASM-1, with the days on which it stood")
    assessed_on: date | None = Field(default=None, description="first submitted")
    submitted_on: date | None = Field(default=None, description="submitted as it stands now")
    countersign_due_on: date | None = None
    countersigned_on: date | None = None
    panel_on: date | None = Field(default=None, description="the meeting of the last decision")
    decided_on: date | None = Field(default=None, description="the last decision")
    appointed_on: date | None = None
    explained_on: date | None = None
    signed_on: date | None = None
    given_on: date | None = None
    copy_due_on: date | None = Field(default=None, description="by when the signed copy is on the file")
    notified_on: date | None = None
    first_contact_on: date | None = Field(default=None, description="first contact that was attended")
    conditions_due_on: date | None = Field(default=None, description="when the last condition is due")
    completed_on: date | None = None
    closed_on: date | None = None

    assessment_running: bool = Field(default=False, description="not submitted, and still in time")
    countersign_running: bool = False
    countersigned_by_other: bool = False
    child_heard: bool = False
    carer_heard: bool = False
    agencies_heard: bool = Field(default=False, description="police, social care and education answered")
    safety: str = Field(default="", max_length=40)
    harm: str = Field(default="", max_length=40)
    victims: int = 0
    victims_heard: int = 0
    victims_unreachable: int = 0
    reasons_given: bool = False
    police_view: bool = False
    yot_view: bool = False
    followed: str = Field(default="", max_length=40, description="yes, no, or why it cannot be said")
    explained_child: bool = False
    explained_adult: bool = False
    copy_on_file: bool = False
    copy_running: bool = False
    case_manager_present: bool = False
    plans: int = Field(default=0, description="1 with a plan")
    steps: int = 0
    steps_complete: int = 0
    plan_signed: bool = Field(default=False, description="agreed by child and adult")
    strengths: int = Field(default=0, description="proposed steps that are linked to a strength")
    contingency_safety: bool = False
    contingency_harm: bool = False
    other_plan: bool = Field(default=False, description="child in need, protection or care plan is open")
    other_plan_linked: bool = False
    conditions: int = 0
    conditions_in_time: int = 0
    conditions_running: int = 0
    missed: int = 0
    missed_answered: int = 0
    missed_running: int = 0
    missed_excused: int = 0
    exits: int = 0
    exits_made: int = 0
    reparations: int = 0
    reparations_suited: int = 0


class PoliceMilestone(Subject, table=True):
    """One disposal as the police have it, with its place in the gap (`workflows.gap.Place`)."""

    __tablename__ = "police_milestone"
    __table_args__ = (
        Index("ix_police_milestone_turns", "turns_on"),
        Index("ix_police_milestone_by_given", "area_id", "given_on"),
    )
    given_on: date
    told_on: date | None = None
    tell_by: date | None = None
    place: str = Field(default="", max_length=20)
    told_in_time: bool = False
    panel_decided: bool = Field(default=False, description="our panel had decided when it was given")
    consulted: bool | None = Field(default=None, description="whether the YOT was asked before")
    eligible: bool = Field(default=False, description="the joint policy of its day asks the YOT or the panel")


class MeetingMilestone(Subject, table=True):
    """One meeting of the panel and which seats were filled."""

    __tablename__ = "meeting_milestone"
    __table_args__ = (Index("ix_meeting_milestone_by_held", "area_id", "held_on"),)
    status: str = Field(default="", max_length=40)
    held_on: date
    police: bool = False
    yot_manager: bool = False
    victim_worker: bool = False


class AuditMilestone(Subject, table=True):
    """One finished audit and what the auditor found; None where they did not say.

    It is there once everybody who audits the case has finished: a single one would tell the second auditor.
    """

    __tablename__ = "audit_milestone"
    __table_args__ = (Index("ix_audit_milestone_by_finished", "area_id", "finished_on"),)
    finished_on: date | None = None
    disposal_right: bool | None = None
    safety_agrees: bool | None = None
    harm_agrees: bool | None = None


class AuditedMilestone(Subject, table=True):
    """One case of a sample that is fully audited, however many people did, with what counts of their answers.

    `disposal_right` is what one auditor said, what two agree on, or what a third person settled.
    """

    __tablename__ = "audited_milestone"
    __table_args__ = (Index("ix_audited_milestone_by_audited", "area_id", "audited_on"),)
    audited_on: date | None = Field(default=None, description="when the last of its audits was finished")
    disposal_right: bool | None = None
    to_settle: bool = Field(default=False, description="two differ, and no third person has settled it yet")


class Figure(SQLModel, table=True):
    """One kept count of a metric in a quarter of an area, for one outcome and one value of a breakdown.

    `quarter` is its number since year 0 (four a year); `by` names the breakdown, empty for
    all together.
    """

    __tablename__ = "figure"
    __table_args__ = (Index("ix_figure_of_quarter", "quarter", "by", "area_id", "metric"),)
    metric: str = Field(primary_key=True, max_length=4)
    by: str = Field(primary_key=True, max_length=10)
    area_id: int = Field(primary_key=True, sa_column_kwargs=NUMBER_OF)
    quarter: int = Field(primary_key=True, sa_column_kwargs=NUMBER_OF)
    outcome: str = Field(primary_key=True, max_length=40)
    value: str = Field(primary_key=True, max_length=40)
    version: int = Field(primary_key=True, sa_column_kwargs=NUMBER_OF)
    met: int = 0
    counted: int = 0
    excluded: int = 0


class FigureDay(SQLModel, table=True):
    """The day up to which everything that changes by time alone was counted; one row, or none before."""

    __tablename__ = "figure_day"
    id: int = Field(default=1, primary_key=True)
    day: date
