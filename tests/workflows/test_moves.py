"""Every move of every flow, from every state: the table below is the whole of what may happen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest

from panel.rules import FLOWS
from workflows import (
    action,
    admission,
    appointment,
    assessment,
    case,
    case_facts,
    compliance,
    contact,
    disposal,
    liaison,
    meeting,
    merge,
    minutes,
    plan,
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
from workflows.flow import Flow, NotYours, Refused
from workflows.keeping import ENDS, WITH_THE_POLICE, WITH_THE_YOT, Choice, Level
from workflows.keeping import Status as K
from workflows.requirements import asked_of
from workflows.roles import Role, Seat
from workflows.said import LegalAdvice
from workflows.vocabulary import Admission, Adult, Advice, ModeOfTrial, Outcome, Purpose, Signer, View

TODAY = date(2026, 11, 17)
BORN = date(2011, 3, 4)
ALL_SEATS = frozenset(Seat)

PD = police.POLICE_DISPOSAL
PL, S = police_list.POLICE_LIST, police_list.Status
READY_LIST = police_list.ListFacts(
    mapped=True,
    first_on=date(2026, 9, 1),
    last_on=date(2026, 9, 30),
    supplied_on=date(2026, 10, 1),
    good=3,
    reason="The wrong month",
    own=True,
)
READY_POLICE = police.PoliceFacts(reason="It happened elsewhere.")
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
LETTER = replace(READY_DISPOSAL, outcome=Outcome.NFA)
PAPER_FOLLOWS = replace(READY_DISPOSAL, outcome=Outcome.CR)

U = ruling.Status
C, A, M, D, P, OPEN = (
    case.Status,
    assessment.Status,
    meeting.Status,
    disposal.Status,
    plan.Status,
    admission.Standing.OPEN,
)
AP = appointment.Status
X, N, R, L = action.Status, minutes.Status, scrutiny.RoundStatus, scrutiny.CaseStatus
MATTER, LD, Y = compliance.COMPLIANCE, liaison.LIAISON, liaison.Status
CT, V = contact.Attendance, variation.Status
OFFICER, MANAGER, WORKER, CHAIR = Role.OFFICER, Role.YOT_MANAGER, Role.CASE_MANAGER, Role.CHAIR

Path = tuple[Flow[Any, Any], str, StrEnum, StrEnum, Role, Any]
PATHS: list[Path] = [
    (case.CASE, "submit", C.DRAFT, C.SUBMITTED, OFFICER, READY_CASE),
    (case.CASE, "submit", C.SENT_BACK, C.SUBMITTED, OFFICER, READY_CASE),
    (case.CASE, "send_back", C.SUBMITTED, C.SENT_BACK, MANAGER, READY_CASE),
    (case.CASE, "reject", C.SUBMITTED, C.REJECTED, MANAGER, READY_CASE),
    (case.CASE, "accept", C.SUBMITTED, C.ACCEPTED, MANAGER, READY_CASE),
    (case.CASE, "assess", C.ACCEPTED, C.ASSESSED, MANAGER, READY_CASE),
    (case.CASE, "list", C.ASSESSED, C.LISTED, MANAGER, READY_CASE),
    (case.CASE, "list", C.DEFERRED, C.LISTED, MANAGER, READY_CASE),
    (case.CASE, "list", C.LISTED, C.LISTED, MANAGER, replace(READY_CASE, meeting_open=False)),
    (case.CASE, "decide", C.LISTED, C.DECIDED, CHAIR, READY_CASE),
    (case.CASE, "defer", C.LISTED, C.DEFERRED, CHAIR, READY_CASE),
    (case.CASE, "police_decide", C.DECIDED, C.DECIDED, OFFICER, READY_CASE),
    (case.CASE, "rescind", C.DECIDED, C.ASSESSED, Role.SECONDED, READY_CASE),
    (case.CASE, "give", C.DECIDED, C.GIVEN, OFFICER, READY_CASE),
    (case.CASE, "acknowledge", C.GIVEN, C.NOTIFIED, WORKER, READY_CASE),
    (case.CASE, "close", C.NOTIFIED, C.CLOSED, WORKER, READY_CASE),
    (case.CASE, "prosecute", C.GIVEN, C.CLOSED, OFFICER, READY_CASE),
    (case.CASE, "prosecute", C.NOTIFIED, C.CLOSED, Role.SECONDED, READY_CASE),
    (case.CASE, "lapse", C.DECIDED, C.WITHDRAWN, OFFICER, READY_CASE),
    *((case.CASE, "withdraw", state, C.WITHDRAWN, OFFICER, READY_CASE) for state in case.BEFORE_DECISION),
    (admission.ADMISSION, "record", OPEN, OPEN, OFFICER, READY_ACCOUNT),
    (assessment.ASSESSMENT, "submit", A.IN_PROGRESS, A.SUBMITTED, WORKER, READY_ASSESSMENT),
    (assessment.ASSESSMENT, "submit", A.RETURNED, A.SUBMITTED, WORKER, READY_ASSESSMENT),
    (assessment.ASSESSMENT, "countersign", A.SUBMITTED, A.COUNTERSIGNED, MANAGER, READY_ASSESSMENT),
    (assessment.ASSESSMENT, "give_back", A.SUBMITTED, A.RETURNED, MANAGER, READY_ASSESSMENT),
    *(
        (assessment.ASSESSMENT, "reopen", state, A.IN_PROGRESS, WORKER, READY_ASSESSMENT)
        for state in (A.SUBMITTED, A.COUNTERSIGNED)
    ),
    (case.CASE, "take_off", C.LISTED, C.ASSESSED, MANAGER, replace(READY_CASE, meeting_open=False)),
    *(
        (case.CASE, "reassess", state, C.ACCEPTED, MANAGER, replace(READY_CASE, meeting_open=False))
        for state in (C.ASSESSED, C.LISTED, C.DEFERRED)
    ),
    (meeting.MEETING, "open", M.PLANNED, M.OPEN, CHAIR, READY_MEETING),
    (meeting.MEETING, "close", M.OPEN, M.CLOSED, CHAIR, READY_MEETING),
    (meeting.MEETING, "change", M.PLANNED, M.PLANNED, MANAGER, READY_MEETING),
    (meeting.MEETING, "invite", M.PLANNED, M.PLANNED, MANAGER, READY_MEETING),
    (meeting.MEETING, "replace_chair", M.PLANNED, M.PLANNED, MANAGER, READY_MEETING),
    (meeting.MEETING, "replace_chair", M.OPEN, M.OPEN, MANAGER, READY_MEETING),
    (meeting.MEETING, "cancel", M.PLANNED, M.CANCELLED, MANAGER, READY_MEETING),
    (disposal.DISPOSAL, "explain", D.PREPARED, D.EXPLAINED, OFFICER, READY_DISPOSAL),
    (disposal.DISPOSAL, "explain", D.EXPLAINED, D.EXPLAINED, OFFICER, READY_DISPOSAL),
    (disposal.DISPOSAL, "sign", D.EXPLAINED, D.SIGNED, OFFICER, READY_DISPOSAL),
    (disposal.DISPOSAL, "give", D.SIGNED, D.GIVEN, OFFICER, READY_DISPOSAL),
    (disposal.DISPOSAL, "give", D.EXPLAINED, D.GIVEN, OFFICER, LETTER),
    (disposal.DISPOSAL, "give", D.EXPLAINED, D.GIVEN, OFFICER, PAPER_FOLLOWS),
    *(
        (disposal.DISPOSAL, "child_withdraws", state, D.LAPSED, OFFICER, READY_DISPOSAL)
        for state in (D.PREPARED, D.EXPLAINED, D.SIGNED)
    ),
    (disposal.DISPOSAL, "child_withdraws", D.GIVEN, D.GIVEN, WORKER, READY_DISPOSAL),
    (appointment.APPOINTMENT, "plan", AP.NEW, AP.PLANNED, WORKER, READY_APPOINTMENT),
    (appointment.APPOINTMENT, "reschedule", AP.PLANNED, AP.PLANNED, MANAGER, READY_APPOINTMENT),
    (appointment.APPOINTMENT, "keep", AP.PLANNED, AP.KEPT, OFFICER, READY_APPOINTMENT),
    (appointment.APPOINTMENT, "cancel", AP.PLANNED, AP.CANCELLED, WORKER, READY_APPOINTMENT),
    *(
        (disposal.DISPOSAL, "lapse", state, D.LAPSED, OFFICER, READY_DISPOSAL)
        for state in (D.PREPARED, D.EXPLAINED, D.SIGNED)
    ),
    *(
        (disposal.DISPOSAL, "withdraw", state, D.LAPSED, MANAGER, READY_DISPOSAL)
        for state in (D.PREPARED, D.EXPLAINED, D.SIGNED)
    ),
    *(
        row
        for flow in (ruling.CORRECTION, ruling.RESCISSION)
        for row in (
            (flow, "propose", U.OPEN, U.PROPOSED, MANAGER, READY_RULING),
            (flow, "confirm", U.PROPOSED, U.CONFIRMED, Role.SECONDED, READY_RULING),
            (flow, "decline", U.PROPOSED, U.DECLINED, MANAGER, READY_RULING),
        )
    ),
    (plan.PLAN, "start", P.AGREED, P.UNDER_WAY, OFFICER, READY_PLAN),
    (variation.VARIATION, "explain", V.PREPARED, V.EXPLAINED, OFFICER, READY_VARIATION),
    (variation.VARIATION, "explain", V.EXPLAINED, V.EXPLAINED, OFFICER, READY_VARIATION),
    (variation.VARIATION, "sign", V.EXPLAINED, V.SIGNED, OFFICER, READY_VARIATION),
    (variation.VARIATION, "bring", V.SIGNED, V.IN_FORCE, OFFICER, READY_VARIATION),
    *(
        (variation.VARIATION, "withdraw", state, V.WITHDRAWN, MANAGER, READY_VARIATION)
        for state in (V.PREPARED, V.EXPLAINED, V.SIGNED)
    ),
    (plan.PLAN, "revise", P.UNDER_WAY, P.UNDER_WAY, WORKER, replace(READY_PLAN, exits=1)),
    (plan.PLAN, "vary", P.UNDER_WAY, P.UNDER_WAY, OFFICER, READY_PLAN),
    (contact.CONTACT, "offer", CT.OFFERED, CT.OFFERED, WORKER, READY_CONTACT),
    (contact.CONTACT, "reschedule", CT.OFFERED, CT.OFFERED, WORKER, READY_CONTACT),
    (contact.CONTACT, "attend", CT.OFFERED, CT.ATTENDED, WORKER, READY_CONTACT),
    (contact.CONTACT, "miss", CT.OFFERED, CT.MISSED, WORKER, READY_CONTACT),
    (contact.CONTACT, "excuse", CT.OFFERED, CT.EXCUSED, WORKER, READY_CONTACT),
    (contact.CONTACT, "excuse", CT.MISSED, CT.EXCUSED, WORKER, READY_CONTACT),
    (contact.CONTACT, "cancel", CT.OFFERED, CT.CANCELLED, WORKER, READY_CONTACT),
    (plan.PLAN, "complete", P.UNDER_WAY, P.COMPLETED, WORKER, READY_PLAN),
    (plan.PLAN, "end", P.UNDER_WAY, P.ENDED, WORKER, READY_PLAN),
    (plan.PLAN, "stop", P.UNDER_WAY, P.ENDED, Role.SECONDED, READY_PLAN),
    *((MATTER, "answer", s, K.ANSWERED, WORKER, READY_MATTER) for s in (K.MISSED, K.ANSWERED)),
    *((MATTER, "miss_again", s, K.MISSED, WORKER, READY_MATTER) for s in (K.ANSWERED, K.WARNED, K.MET)),
    *((MATTER, "warn", s, K.WARNED, WORKER, READY_MATTER) for s in WITH_THE_YOT),
    *((MATTER, "meet", s, K.MET, WORKER, READY_MATTER) for s in WITH_THE_YOT),
    *((MATTER, "settle", s, K.SETTLED, MANAGER, READY_MATTER) for s in WITH_THE_YOT),
    *((MATTER, "allege", s, K.ALLEGED, WORKER, READY_MATTER) for s in WITH_THE_YOT),
    *(
        (MATTER, name, s, to, WORKER, replace(READY_MATTER, outcome=outcome))
        for name, to, outcome in (
            ("report", K.REPORTED, Outcome.YC),
            ("end_voluntary", K.NOT_ENFORCED, Outcome.CR),
            ("return", K.RETURNED, Outcome.O23),
        )
        for s in WITH_THE_YOT
    ),
    (MATTER, "consider", K.ALLEGED, K.CONSIDERED, Role.SECONDED, READY_MATTER),
    *(
        (MATTER, "decide", s, to, Role.SECONDED, replace(READY_MATTER, choice=choice))
        for choice, to in ENDS.items()
        for s in WITH_THE_POLICE
    ),
    (MATTER, "start_proceedings", K.PROSECUTED, K.PROCEEDINGS, Role.SECONDED, READY_MATTER),
    (LD, "try", Y.NEW, Y.NEW, Role.LIAISON, READY_LIAISON),
    (LD, "reach", Y.NEW, Y.REACHED, Role.LIAISON, READY_LIAISON),
    *((LD, "assess", s, Y.ASSESSED, Role.LIAISON, READY_LIAISON) for s in (Y.REACHED, Y.ASSESSED)),
    *((LD, "offer", s, Y.OFFERED, Role.LIAISON, READY_LIAISON) for s in (Y.ASSESSED, Y.OFFERED)),
    *((LD, "finish", s, Y.ENDED, MANAGER, READY_LIAISON) for s in liaison.RUNNING),
    (merge.MERGE, "propose", merge.Status.SEEN, merge.Status.PROPOSED, Role.SECONDED, READY_MERGE),
    (merge.MERGE, "confirm", merge.Status.PROPOSED, merge.Status.CONFIRMED, MANAGER, READY_MERGE),
    (merge.MERGE, "decline", merge.Status.PROPOSED, merge.Status.DECLINED, MANAGER, READY_MERGE),
    (merge.MERGE, "undo", merge.Status.CONFIRMED, merge.Status.UNDONE, MANAGER, READY_MERGE),
    (action.ACTION, "agree", X.NEW, X.OPEN, Role.VICTIM_WORKER, READY_ACTION),
    (action.ACTION, "do", X.OPEN, X.DONE, OFFICER, READY_ACTION),
    (action.ACTION, "carry", X.OPEN, X.OPEN, WORKER, READY_ACTION),
    (action.ACTION, "drop", X.OPEN, X.DROPPED, MANAGER, READY_ACTION),
    (minutes.MINUTES, "confirm", N.DRAFT, N.CONFIRMED, CHAIR, READY_MINUTES),
    (minutes.MINUTES, "change", N.CONFIRMED, N.CONFIRMED, CHAIR, READY_MINUTES),
    (scrutiny.ROUND, "draw", R.NEW, R.DRAWN, MANAGER, READY_ROUND),
    (scrutiny.ROUND, "begin", R.DRAWN, R.SCORING, MANAGER, READY_ROUND),
    (scrutiny.ROUND, "finish", R.SCORING, R.FINISHED, MANAGER, READY_ROUND),
    (scrutiny.ROUND, "drop", R.DRAWN, R.DROPPED, MANAGER, READY_ROUND),
    (scrutiny.ROUND, "drop", R.SCORING, R.DROPPED, MANAGER, READY_ROUND),
    (scrutiny.SAMPLED, "clear", L.DRAWN, L.CLEARED, MANAGER, READY_SAMPLED),
    (scrutiny.SAMPLED, "clear", L.CLEARED, L.CLEARED, MANAGER, READY_SAMPLED),
    (scrutiny.SAMPLED, "exclude", L.DRAWN, L.EXCLUDED, MANAGER, READY_SAMPLED),
    (scrutiny.SAMPLED, "exclude", L.CLEARED, L.EXCLUDED, MANAGER, READY_SAMPLED),
    (
        scrutiny.SAMPLED,
        "find",
        L.CLEARED,
        L.FOUND,
        Role.SCRUTINEER,
        replace(READY_SAMPLED, round_status=R.SCORING),
    ),
    (scrutiny.SAMPLED, "feed_back", L.FOUND, L.FED_BACK, MANAGER, READY_SAMPLED),
    (PL, "map", S.UPLOADED, S.MAPPED, MANAGER, READY_LIST),
    (PL, "map", S.MAPPED, S.MAPPED, MANAGER, READY_LIST),
    (PL, "map", S.CHECKED, S.MAPPED, Role.SECONDED, READY_LIST),
    (PL, "check", S.MAPPED, S.CHECKED, MANAGER, READY_LIST),
    (PL, "confirm", S.CHECKED, S.IMPORTING, MANAGER, READY_LIST),
    (PL, "finish", S.IMPORTING, S.DONE, MANAGER, READY_LIST),
    (PL, "undo", S.DONE, S.UNDONE, MANAGER, READY_LIST),
    (PL, "drop", S.UPLOADED, S.DROPPED, MANAGER, READY_LIST),
    (PL, "drop", S.MAPPED, S.DROPPED, MANAGER, READY_LIST),
    (PL, "drop", S.CHECKED, S.DROPPED, MANAGER, READY_LIST),
    (PD, "set_aside", police.Standing.COUNTED, police.Standing.SET_ASIDE, Role.SECONDED, READY_POLICE),
    (PD, "count_again", police.Standing.SET_ASIDE, police.Standing.COUNTED, MANAGER, READY_POLICE),
]
FACTS = {"case": READY_CASE, "assessment": READY_ASSESSMENT, "meeting": READY_MEETING}
FACTS |= {"admission": READY_ACCOUNT, "disposal": READY_DISPOSAL, "plan": READY_PLAN, "merge": READY_MERGE}
FACTS |= {"correction": READY_RULING, "rescission": READY_RULING}
FACTS |= {"appointment": READY_APPOINTMENT}
FACTS |= {"contact": READY_CONTACT, "variation": READY_VARIATION}
FACTS |= {"action": READY_ACTION, "minutes": READY_MINUTES, "scrutiny": READY_ROUND, "sampled": READY_SAMPLED}
FACTS |= {"matter": READY_MATTER, "liaison": READY_LIAISON, "police_disposal": READY_POLICE}
FACTS |= {"police_list": READY_LIST}


def named(value: object) -> str:
    """Short names for the test ids."""
    return value.name if isinstance(value, Flow) else str(value) if isinstance(value, str) else ""


@pytest.mark.parametrize(("flow", "move", "source", "target", "role", "facts"), PATHS, ids=named)
def test_a_move_whose_rules_are_met_leads_where_the_table_says(
    flow: Flow[Any, Any], move: str, source: StrEnum, target: StrEnum, role: Role, facts: Any
) -> None:
    assert flow.refusals(move, source, facts) == ()
    step = flow.step(move, source, facts, {role})
    assert (step.move, step.before, step.after, step.overridden) == (move, source, target, {})


@pytest.mark.parametrize(("flow", "move", "source", "target", "role", "facts"), PATHS, ids=named)
def test_nobody_else_may_make_the_move(
    flow: Flow[Any, Any], move: str, source: StrEnum, target: StrEnum, role: Role, facts: Any
) -> None:
    may = {r for m in flow.moves if m.name == move for r in m.by}
    for other in set(Role) - may:
        with pytest.raises(NotYours):
            flow.step(move, source, facts, {other})


def test_the_table_above_holds_every_move_of_every_flow() -> None:
    tried = {(flow.name, move, source) for flow, move, source, *_ in PATHS}
    known = {
        (flow.name, move.name, source) for flow in FLOWS for move in flow.moves for source in move.sources
    }
    assert tried == known


@pytest.mark.parametrize("flow", FLOWS, ids=named)
def test_every_other_pair_of_state_and_move_is_refused(flow: Flow[Any, Any]) -> None:
    known = {(move.name, source) for move in flow.moves for source in move.sources}
    facts = FACTS[flow.name]
    for name in flow.move_names():
        everyone = {role for move in flow.moves if move.name == name for role in move.by}
        for state in flow.states:
            if (name, state) in known:
                continue
            with pytest.raises(Refused) as refused:
                flow.step(name, state, facts, everyone)
            assert [r.name for r in refused.value.refusals] == ["wrong_state"]
