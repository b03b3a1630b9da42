"""Every move of every flow, from every state: the table below is the whole of what may happen."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest

from panel.rules import FLOWS
from tests.workflows.ready import (
    FACTS,
    LETTER,
    PAPER_FOLLOWS,
    READY_ACCOUNT,
    READY_ACTION,
    READY_APPOINTMENT,
    READY_ASSESSMENT,
    READY_AUDIT_ROUND,
    READY_AUDITED,
    READY_CASE,
    READY_CASE_AUDIT,
    READY_CONTACT,
    READY_DISPOSAL,
    READY_LIAISON,
    READY_LIST,
    READY_MATTER,
    READY_MEETING,
    READY_MERGE,
    READY_MINUTES,
    READY_PLAN,
    READY_POLICE,
    READY_ROUND,
    READY_RULING,
    READY_SAMPLED,
    READY_SETTLED,
    READY_VARIATION,
)
from workflows import (
    action,
    admission,
    appointment,
    assessment,
    audit,
    case,
    compliance,
    contact,
    disposal,
    liaison,
    meeting,
    merge,
    minutes,
    plan,
    police,
    police_list,
    ruling,
    scrutiny,
    variation,
)
from workflows.flow import Flow, NotYours, Refused
from workflows.keeping import ENDS, WITH_THE_POLICE, WITH_THE_YOT
from workflows.keeping import Status as K
from workflows.roles import Role
from workflows.vocabulary import Outcome

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
PD = police.POLICE_DISPOSAL
PL, S = police_list.POLICE_LIST, police_list.Status
CT, V = contact.Attendance, variation.Status
AR, AC, AA = audit.RoundStatus, audit.CaseStatus, audit.AuditStatus
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
    *((case.CASE, "police_gave", state, C.WITHDRAWN, MANAGER, READY_CASE) for state in case.BEFORE_THE_PANEL),
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
    (audit.AUDIT_ROUND, "open", AR.NEW, AR.OPEN, MANAGER, READY_AUDIT_ROUND),
    (audit.AUDIT_ROUND, "finish", AR.OPEN, AR.FINISHED, MANAGER, READY_AUDIT_ROUND),
    (audit.AUDIT_ROUND, "drop", AR.OPEN, AR.DROPPED, MANAGER, READY_AUDIT_ROUND),
    (audit.AUDITED_CASE, "exclude", AC.DRAWN, AC.EXCLUDED, MANAGER, READY_AUDITED),
    (audit.AUDITED_CASE, "moderate", AC.DRAWN, AC.MODERATED, Role.INSPECTOR, READY_SETTLED),
    (audit.AUDITED_CASE, "feed_back", AC.DRAWN, AC.FED_BACK, MANAGER, READY_SETTLED),
    (audit.AUDITED_CASE, "feed_back", AC.MODERATED, AC.FED_BACK, MANAGER, READY_SETTLED),
    (audit.CASE_AUDIT, "begin", AA.NEW, AA.WRITING, Role.INSPECTOR, READY_CASE_AUDIT),
    (audit.CASE_AUDIT, "finish", AA.WRITING, AA.FINISHED, WORKER, READY_CASE_AUDIT),
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
