"""Facts with which every rule of a flow is met, by flow; a test changes the one that it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from workflows import (
    action,
    admission,
    appointment,
    assessment,
    audit,
    case_facts,
    compliance,
    contact,
    disposal,
    liaison,
    meeting,
    merge,
    minutes,
    plan_rules,
    police,
    police_list,
    ruling,
    scrutiny,
    variation,
)
from workflows.assessment_parts import AGENCIES
from workflows.before_panel import Evidence
from workflows.closing import ClosingFacts
from workflows.given_alone import AloneFacts
from workflows.keeping import Choice, Level
from workflows.requirements import asked_of
from workflows.roles import Seat
from workflows.said import LegalAdvice
from workflows.vocabulary import Admission, Adult, Advice, ModeOfTrial, Outcome, Purpose, Signer, View

TODAY = date(2026, 11, 17)
BORN = date(2011, 3, 4)
ALL_SEATS = frozenset(Seat)

READY_CASE = case_facts.CaseFacts(
    today=TODAY,
    date_of_birth=BORN,
    reason="A reason",
    offences=(
        case_facts.OffenceFacts(
            committed_on=TODAY - timedelta(days=11),
            mode=ModeOfTrial.EITHER_WAY,
            admission=Admission.FULL,
            outcome=Outcome.YCC,
            evidence=Evidence.FULL_TEST,
            gravity_given=True,
        ),
    ),
    carer_named=True,
    circumstances_given=True,
    codes=("aged_18",),
    victim_answered=True,
    victim_named=True,
    case_manager_chosen=True,
    assessment_countersigned=True,
    victim_identified=True,
    victim_view=View.GIVEN,
    meeting_open=True,
    seats_present=ALL_SEATS,
    seats_with_position=ALL_SEATS,
    conditions=(
        case_facts.ConditionFacts(
            complete=True, purpose=Purpose.REHABILITATION, due_on=TODAY + timedelta(days=60), hours=6
        ),
    ),
    closing=ClosingFacts(summary=True, child_asked=True, parent_asked=True),
    disposal_given=True,
    rescinded_by_two=True,
    police_coded=True,
    police_named=True,
    alone=AloneFacts(outcome=Outcome.CR, given_on=TODAY, coded=True),
)
READY_ACCOUNT = admission.AccountFacts(
    changes=((Admission.DENIES, Admission.FULL),),
    with_yot=True,
    said_on=TODAY,
    told=True,
    adult_present=True,
    adult=Adult.PARENT,
    adult_named=True,
    advice=LegalAdvice.TAKEN,
    advice_on=TODAY,
    defence_raised=False,
    offered_first=False,
    reason="A second interview",
)
READY_ASSESSMENT = assessment.AssessmentFacts(
    judgements_given=True,
    child_heard=True,
    parent_heard=True,
    beyond_the_family=True,
    asked=frozenset(AGENCIES),
    screens_answered=True,
    recommends=True,
    comment="Well analysed",
)
READY_MEETING = meeting.MeetingFacts(today=TODAY, held_on=TODAY, reason="Snow")
READY_DISPOSAL = disposal.DisposalFacts(
    today=TODAY,
    date_of_birth=BORN,
    outcome=Outcome.YCC,
    reason="Turned 18",
    document_made=True,
    adult=Adult.PARENT,
    adult_named=True,
    adult_aged_18=True,
    advice=Advice.TAKEN,
    childs_words="If I do not do it I can go to court.",
    warned=True,
    consented=True,
    admitted_again=True,
    signed_by=frozenset(Signer),
    signed_copy_kept=True,
    requirements=frozenset(asked_of(Outcome.YCC)),
    yot_consulted=True,
)
READY_APPOINTMENT = appointment.AppointmentFacts(
    today=TODAY, held_on=TODAY, decided=True, coded=True, reason="The family is away"
)
READY_PLAN = plan_rules.PlanFacts(reason="Moved away")
READY_CONTACT = contact.ContactFacts(
    now=datetime(2026, 11, 17, 10, 0, tzinfo=UTC), asked=True, coded=True, done="Two exercises about anger"
)
READY_VARIATION = variation.VariationFacts(
    paper=READY_DISPOSAL,
    conditions=replace(READY_CASE, reason=""),
    authority_named=True,
    reason="A new school",
)
READY_MERGE = merge.MergeFacts(
    reason="The school confirmed it",
    another_person=True,
    one_area=True,
    both_free=True,
    unchanged=True,
    newest=True,
)
READY_RULING = ruling.RulingFacts(reason="The wrong sibling")
READY_ACTION = action.ActionFacts(
    today=TODAY, due_on=TODAY, begun=True, works_here=True, theirs=True, words="The school was asked"
)
READY_MINUTES = minutes.MinutesFacts(meeting_over=True, reason="An action was missing")
READY_ROUND = scrutiny.RoundFacts(
    today=TODAY, since=TODAY, until=TODAY, decided=1, left=1, scrutineers=2, words="Reasons are short"
)
READY_SAMPLED = scrutiny.SampledFacts(
    round_status=scrutiny.RoundStatus.DRAWN,
    scores=2,
    finding=scrutiny.Finding.APPROPRIATE,
    words="Known here",
)
READY_MATTER = compliance.MatterFacts(
    today=TODAY,
    outcome=Outcome.YCC,
    reason="Did not come four times",
    answered=True,
    warned=True,
    final=True,
    met=True,
    level=Level.FINAL,
    conditions_named=True,
    child_signed=True,
    told_by=TODAY,
    excuse=False,
    choice=Choice.CONTINUE,
    named=True,
)
READY_LIAISON = liaison.LiaisonFacts(
    agrees=True, attempts=3, least=3, result=liaison.Result.ENGAGED, said="Boxing twice a week", offers=1
)
READY_POLICE = police.PoliceFacts(reason="It happened elsewhere.")
READY_AUDIT_ROUND = audit.RoundFacts(
    today=TODAY, since=TODAY, until=TODAY, eligible=1, form_questions=11, auditors=1, words="Plans are thin"
)
READY_AUDITED = audit.SampledFacts(round_status=audit.RoundStatus.OPEN, words="A complaint is running")
READY_SETTLED = replace(
    READY_AUDITED, finished=2, needed=2, differing=frozenset({"3.1.1"}), settled=frozenset({"3.1.1"})
)
READY_CASE_AUDIT = audit.AuditFacts(round_status=audit.RoundStatus.OPEN)
READY_LIST = police_list.ListFacts(
    mapped=True,
    first_on=date(2026, 9, 1),
    last_on=date(2026, 9, 30),
    supplied_on=date(2026, 10, 1),
    good=3,
    reason="The wrong month",
    own=True,
)
LETTER = replace(READY_DISPOSAL, outcome=Outcome.NFA)
PAPER_FOLLOWS = replace(READY_DISPOSAL, outcome=Outcome.CR)

FACTS = {"case": READY_CASE, "assessment": READY_ASSESSMENT, "meeting": READY_MEETING}
FACTS |= {"admission": READY_ACCOUNT, "disposal": READY_DISPOSAL, "plan": READY_PLAN, "merge": READY_MERGE}
FACTS |= {"correction": READY_RULING, "rescission": READY_RULING}
FACTS |= {"appointment": READY_APPOINTMENT}
FACTS |= {"contact": READY_CONTACT, "variation": READY_VARIATION}
FACTS |= {"action": READY_ACTION, "minutes": READY_MINUTES, "scrutiny": READY_ROUND, "sampled": READY_SAMPLED}
FACTS |= {
    "audit_round": READY_AUDIT_ROUND,
    "audited_case": READY_AUDITED,
    "case_audit": READY_CASE_AUDIT,
    "matter": READY_MATTER,
    "liaison": READY_LIAISON,
    "police_disposal": READY_POLICE,
    "police_list": READY_LIST,
}
