"""The rules of a case before and after the panel: referral, acceptance, listing, giving, closing."""

from config.policy import number
from workflows import calendar
from workflows.assessment import EVENT_SAYS
from workflows.case_facts import CaseGuard
from workflows.closing import TO_CLOSE
from workflows.papers import Paper
from workflows.source import WITHOUT_ADMISSION
from workflows.vocabulary import Admission, View

# The code of config/returns.toml that sends a case to children's social care.
UNDER_10 = "under_10"
HMIP = "HM Inspectorate of Probation, Bradford inspection, January 2020"

REASON = CaseGuard(
    "reason",
    lambda f: bool(f.reason.strip()),
    "Give a reason.",
    "PAN-5",
    "Decision record minimum",
)
AGED_10_AT_OFFENCE = CaseGuard(
    "aged_10_at_offence",
    lambda f: all(
        calendar.age_on(f.date_of_birth, o.committed_on) >= number("minimum_age", f.today) for o in f.offences
    ),
    "The child was under 10 on the day of an offence. No disposal of any kind is possible: tell children's "
    "social care instead.",
    "AGE-1",
    "Children and Young Persons Act 1933 s.50",
    where="safeguarding",
)
AGED_UNDER_18 = CaseGuard(
    "aged_under_18",
    lambda f: f.age < number("adult_age", f.today),
    "The person is 18 or over today: this service is for children aged 10 to 17.",
    "AGE-2",
    "Crime and Disorder Act 1998 ss.66ZA, 66A, 117",
    where="child",
)
OFFENCE_LISTED = CaseGuard(
    "offence_listed",
    lambda f: bool(f.offences),
    "Add at least one offence.",
    "PAN-5",
    "Decision record minimum",
    where="offences",
)
OFFENCE_IN_PAST = CaseGuard(
    "offence_in_past",
    lambda f: all((o.ended_on or o.committed_on) <= f.today for o in f.offences),
    "An offence has a date in the future.",
    "DP-8",
    "Data Protection Act 2018 s.38: data must be accurate",
    where="offences",
)
GRAVITY_GIVEN = CaseGuard(
    "gravity_given",
    lambda f: all(o.gravity_given for o in f.offences),
    "Give the gravity score of every offence.",
    "GM-1",
    "NPCC Child Gravity Matrix, September 2023",
    hard=False,
    where="offences",
)
CARER_NAMED = CaseGuard(
    "carer_named",
    lambda f: f.carer_named,
    "Name the parent or carer, or say why there is none.",
    "AA-1",
    "Appropriate adult: parent or guardian first",
    hard=False,
    where="carer",
)
CIRCUMSTANCES = CaseGuard(
    "circumstances",
    lambda f: f.circumstances_given,
    "Say what happened.",
    "PAN-5",
    "Decision record minimum",
    where="circumstances",
)
ADMISSION_RECORDED = CaseGuard(
    "admission_recorded",
    lambda f: f.source in WITHOUT_ADMISSION or all(o.admission is not Admission.NONE for o in f.offences),
    "Record what the child said about each offence: nobody may seek an admission later just to make an "
    "outcome possible.",
    "ADM-1",
    "YJB case management guidance 2014",
    hard=False,
    where="admission",
)
VICTIM_ANSWERED = CaseGuard(
    "victim_answered",
    lambda f: f.victim_answered,
    "Say whether there is a victim.",
    "VIC-2",
    "Code of Practice for Victims of Crime, right 6",
    where="tell_victim",
)
VICTIM_NAMED = CaseGuard(
    "victim_named",
    lambda f: f.victim_named or not f.victim_identified,
    "Give each victim's name and how to reach them, or say that they object to this.",
    "VIC-4",
    "GOV.UK guidance: work with victims, youth offending teams",
    hard=False,
    where="tell_victim",
)
INTERVIEW_RECORD = CaseGuard(
    "interview_record",
    lambda f: Paper.INTERVIEW not in f.papers_missing,
    "The interview record is missing: the assessment needs what the child said in interview.",
    "ASM-3",
    HMIP,
    hard=False,
    where="papers",
)
CASE_MANAGER = CaseGuard(
    "case_manager",
    lambda f: f.case_manager_chosen,
    "Choose the case manager who will assess the child.",
    "ASM-1",
    "YJB case management guidance 2014",
)
COUNTERSIGNED = CaseGuard(
    "countersigned",
    lambda f: f.assessment_countersigned,
    "A manager has not countersigned the assessment yet.",
    "ASM-4",
    HMIP,
    where="assessment",
)
VICTIM_VIEW = CaseGuard(
    "victim_view",
    lambda f: not f.victim_identified or f.victim_view is not View.NOT_YET,
    "The victim worker has not dealt with every victim yet: asked for a view or said why not, cleared a text "
    "for the panel, and agreed a safety plan where one is needed.",
    "VIC-2",
    "Victims' Code, right 6; NPCC community resolution guidance (CR-2)",
    hard=False,
    where="victim",
)
EVENT_ANSWERED = CaseGuard(
    "event_answered",
    lambda f: not f.event_unanswered,
    EVENT_SAYS,
    "ASM-5",
    HMIP,
    hard=False,
    where="concerns",
)
HAS_ROOM = CaseGuard(
    "has_room",
    lambda f: f.meeting_has_room,
    "The meeting is full: choose another one, or say why it should take one case more.",
    "PAN-1",
    "Joint panel terms of reference",
    hard=False,
)
IS_GIVEN = CaseGuard(
    "is_given",
    lambda f: f.disposal_given,
    "The disposal has not been given yet.",
    "WD-4",
    "Rehabilitation of Offenders Act 1974 Sch.2: the day of giving counts",
    where="disposal",
)
STEPS_DONE = CaseGuard(
    "steps_done",
    lambda f: f.steps_open == 0,
    "Steps of the plan are neither done nor ended with a reason.",
    "BR-6",
    HMIP,
    where="plan",
)
# What the end of a case asks is a rule of its own: here it stands in the way of the move.
END_IN_ORDER = tuple(
    CaseGuard(
        rule.name,
        lambda f, test=rule.test: test(f.closing),  # type: ignore[misc]
        rule.says,
        rule.rule,
        rule.source,
        hard=rule.hard,
        where=rule.where,
    )
    for rule in TO_CLOSE
)

SOURCE_GIVEN = CaseGuard(
    "source_given",
    lambda f: f.source is not None and f.source_complete,
    "Say how this case came to us, with what we need to know about it.",
    "RET-1",
    "Law digest: cases come from the police, the court, a consultation, liaison and diversion, another area",
    where="source",
)
SOURCE_IS_SENDERS = CaseGuard(
    "source_is_senders",
    lambda f: f.source_is_senders,
    "A case from there is started by somebody else: choose another source, or ask them to send it.",
    "PAN-3",
    "Joint panel terms of reference",
    where="source",
)
PUT_RIGHT = CaseGuard(
    "put_right",
    lambda f: f.to_put_right == 0,
    "Something that the YOT asked for has been neither changed nor confirmed.",
    "PAN-5",
    "Decision record minimum",
    hard=False,
    where="tasks",
)
RETURN_CODED = CaseGuard(
    "return_coded",
    lambda f: bool(f.codes),
    "Choose at least one thing to put right.",
    "PAN-5",
    "Decision record minimum",
)
REJECT_CODED = CaseGuard(
    "reject_coded",
    lambda f: len(f.codes) == 1,
    "Choose why the case is not for this panel.",
    "PAN-5",
    "Decision record minimum",
)
SOCIAL_CARE_TOLD = CaseGuard(
    "social_care_told",
    lambda f: UNDER_10 not in f.codes or f.social_care_told,
    "Say whom in children's social care you told, and when: a child under 10 is helped there, not here.",
    "AGE-1",
    "Children and Young Persons Act 1933 s.50; Children Act 2004 s.11",
)
SECOND_PERSON = CaseGuard(
    "second_person",
    lambda f: not f.sent_by_same_person,
    "You sent this case yourself: another manager should accept it.",
    "PAN-3",
    "Decisions are made by more than one person",
    hard=False,
)
YOURS_TO_WITHDRAW = CaseGuard(
    "yours_to_withdraw",
    lambda f: f.by_referrer_or_police,
    "Only the police, or whoever sent this case, can withdraw it.",
    "PAN-2",
    "Joint panel terms of reference",
)

TO_SUBMIT = (
    SOURCE_GIVEN,
    SOURCE_IS_SENDERS,
    OFFENCE_LISTED,
    OFFENCE_IN_PAST,
    AGED_10_AT_OFFENCE,
    AGED_UNDER_18,
    CIRCUMSTANCES,
    VICTIM_ANSWERED,
    GRAVITY_GIVEN,
    CARER_NAMED,
    ADMISSION_RECORDED,
    VICTIM_NAMED,
    INTERVIEW_RECORD,
    PUT_RIGHT,
)
