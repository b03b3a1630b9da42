"""What follows a referral: panels, disposals, plans, contacts, breaches, the end; in believable shares."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from sqlmodel import SQLModel

from panel.agreed_actions.models import AgreedAction
from panel.appointments.models import Appointment
from panel.closing.models import CodeRelease, Completion, Feedback
from panel.compliance.models import Matter
from panel.concerns.models import SafeguardingAnswer
from panel.contacts.models import Contact
from panel.decisions.models import Decision
from panel.disposals.models import Disposal
from panel.documents.models import Document, Kind
from panel.liaison.models import LiaisonWork
from panel.meetings.models import AgendaItem, Meeting, Member
from panel.packs.models import Pack
from panel.plans.models import Plan, PlanStep, StepState
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim, VictimClearing, VictimUpdate
from tests.bench.case import TODAY, Case, person
from tests.bench.rows import Values
from workflows.action import Status as ActionStatus
from workflows.appointment import Status as AppointmentStatus
from workflows.case import Status
from workflows.closing import CODE_22, Side
from workflows.concerns import Safeguarding
from workflows.contact import Attendance, ContactKind
from workflows.disposal import Status as DisposalStatus
from workflows.keeping import Status as MatterStatus
from workflows.liaison import Status as LiaisonStatus
from workflows.meeting import Status as MeetingStatus
from workflows.plan import Status as PlanStatus
from workflows.roles import SEAT_ROLES, Role, Seat
from workflows.victim import Happened
from workflows.vocabulary import SIGNED_OUTCOMES, Outcome, View

CASES_OF_A_MEETING = 9
SAID = [["1", "Were you listened to?", "Yes"], ["2", "Was it fair?", "Mostly"], ["3", "Did it help?", "No"]]
KEEPING = (MatterStatus.MISSED, MatterStatus.ALLEGED, MatterStatus.WARNED, MatterStatus.ANSWERED)
Rows = Iterator[Values]


def aftermath(made: Sequence[Case]) -> Iterator[tuple[type[SQLModel], Iterable[Values]]]:
    """Every table that is filled beside the referral itself, in the order of their links."""
    decided = [case for case in made if case.outcome is not None]
    seen = [*decided, *(case for case in made if case.status is Status.LISTED)]
    meetings = list(_meetings(seen))
    given = [case for case in decided if case.is_given]
    plans = [case for case in given if case.outcome in SIGNED_OUTCOMES]
    yield Meeting, (_meeting(number, cases) for number, cases in meetings)
    yield Member, (_member(number, cases[0], seat) for number, cases in meetings for seat in SEAT_ROLES)
    yield AgendaItem, (_item(number, case, place) for number, cases in meetings for place, case in _in(cases))
    yield Pack, (_pack(number, case) for number, cases in meetings for case in cases if case.outcome is None)
    yield Decision, (_decision(case) for case in decided)
    yield Document, (_document(case) for case in plans if case.id % 200)
    yield Disposal, (_disposal(case) for case in decided)
    yield Appointment, (row for case in decided for row in _appointment(case))
    yield Plan, (_plan(case) for case in plans)
    yield PlanStep, (step for case in plans for step in _steps(case))
    yield Contact, (contact for case in plans for contact in _contacts(case))
    yield Matter, (row for case in plans for row in _matter(case))
    yield LiaisonWork, (row for case in given for row in _liaison(case))
    yield Completion, (_completion(case) for case in plans if case.status is Status.CLOSED)
    yield CodeRelease, (_release(case) for case in plans if _is_released(case))
    yield Feedback, (row for case in plans for row in _feedback(case))
    yield SafeguardingAnswer, (_safeguarding(case) for case in made if case.worker and case.id % 3 == 0)
    yield AgreedAction, (_action(case) for case in made if case.worker and case.id % 20 == 0)
    yield from _victims(made)


def _in(cases: Sequence[Case]) -> Iterable[tuple[int, Case]]:
    return enumerate(cases, 1)


def _meetings(seen: Sequence[Case]) -> Iterator[tuple[int, list[Case]]]:
    def key(case: Case) -> tuple[int, bool]:
        return case.area, case.outcome is None

    number = 0
    for _, cases in groupby(sorted(seen, key=lambda case: (*key(case), case.began, case.id)), key):
        row = list(cases)
        for first in range(0, len(row), CASES_OF_A_MEETING):
            number += 1
            yield number, row[first : first + CASES_OF_A_MEETING]


def _meeting(number: int, cases: Sequence[Case]) -> Values:
    coming = cases[0].outcome is None
    return {
        "id": number,
        "reference": f"M-{number:06}",
        "area_id": cases[0].area,
        "status": MeetingStatus.PLANNED if coming else MeetingStatus.CLOSED,
        "held_on": TODAY + timedelta(days=1 + number % 40) if coming else cases[-1].decided.date(),
        "starts_at": time(10),
        "location": "Kelder Hall",
        "chair_id": person(cases[0].area, Role.YOT_MANAGER),
    }


def _member(number: int, case: Case, seat: Seat) -> Values:
    user = person(case.area, SEAT_ROLES[seat])
    return {"meeting_id": number, "user_id": user, "seat": seat, "present": True}


def _item(number: int, case: Case, place: int) -> Values:
    finished = case.decided if case.outcome else None
    row = {"id": case.id, "meeting_id": number, "referral_id": case.id, "place": place}
    return row | {"finished_at": finished}


def _pack(number: int, case: Case) -> Values:
    return {"referral_id": case.id, "meeting_id": number, "number": 1, "made_at": case.decided}


def _decision(case: Case) -> Values:
    return {
        "id": case.id,
        "referral_id": case.id,
        "item_id": case.id,
        "chair_id": person(case.area, Role.YOT_MANAGER),
        "outcome": case.outcome,
        "reasons": "It fits what was found, and the child's efforts. " * 4,
        "decided_at": case.decided,
        "number": f"D{case.id:08}",
        "took_place_on": case.decided.date(),
    }


def _document(case: Case) -> Values:
    return {
        "id": case.id,
        "referral_id": case.id,
        "number": 1,
        "kind": Kind.SIGNED_COPY,
        "digest": f"{case.id:064}",
        "added_by_id": case.officer,
    }


def _disposal(case: Case) -> Values:
    signed = case.is_given and case.outcome in SIGNED_OUTCOMES
    return {
        "id": case.id,
        "referral_id": case.id,
        "decision_id": case.id,
        "status": DisposalStatus.GIVEN if case.is_given else DisposalStatus.PREPARED,
        "outcome": case.outcome,
        "childs_words": "If I do not do it I can go to court. " * 4,
        "signed_document_id": case.id if signed and case.id % 200 else None,
        "given_on": case.decided.date() if case.is_given else None,
        "given_at": case.decided if case.is_given else None,
        "document_id": case.id if signed and case.id % 200 else None,
        "explained_at": case.decided if case.is_given else None,
        "adult_name": "Dana Fielding" if case.id % 60 else "",
    }


def _appointment(case: Case) -> Rows:
    if case.outcome in SIGNED_OUTCOMES and (case.is_given or case.id % 3):
        yield {
            "referral_id": case.id,
            "status": AppointmentStatus.KEPT if case.is_given else AppointmentStatus.PLANNED,
            "held_on": case.decided.date() if case.is_given else TODAY + timedelta(days=case.id % 14),
            "starts_at": time(16),
            "place": "Kelder Hall",
            "officer_id": case.officer,
        }


def _plan(case: Case) -> Values:
    status = {Status.CLOSED: PlanStatus.COMPLETED, Status.NOTIFIED: PlanStatus.UNDER_WAY}
    ids = {"id": case.id, "referral_id": case.id, "disposal_id": case.id}
    return ids | {"status": status.get(case.status, PlanStatus.AGREED), "ends_on": _day(case, 90)}


def _steps(case: Case) -> Rows:
    for place in (1, 2):
        done = case.status is Status.CLOSED or (case.status is Status.NOTIFIED and place < case.id % 3)
        yield {
            "plan_id": case.id,
            "place": place,
            "position": place,
            "what": "Six sessions about what was done",
            "due_on": _day(case, 30 * place),
            "state": StepState.DONE if done else StepState.TO_DO,
            "done_on": _day(case, 25 * place) if done else None,
            "evidence": "The worker saw it." if done else "",
        }


def _contacts(case: Case) -> Rows:
    """Weekly in the past; whose plan runs has one in the coming fortnight, too."""
    if case.status is Status.GIVEN or case.worker is None:
        return
    days = [_day(case, 7 * number) for number in (1, 2, 3)]
    ahead = [TODAY + timedelta(days=case.id % 14)] if case.status is Status.NOTIFIED else []
    for day in (*(day for day in days if day < TODAY), *ahead):
        over = day < TODAY
        yield {
            "referral_id": case.id,
            "step_place": 1,
            "kind": ContactKind.SESSION if case.id % 2 else ContactKind.HOME_VISIT,
            "starts_at": datetime.combine(day, time(9 + case.id % 8), UTC),
            "worker_id": case.worker,
            "state": _came(case) if over else Attendance.OFFERED,
            "done": "We talked about what was done. " * 4 if over else "",
            "offered_by_id": case.worker,
        }


def _came(case: Case) -> Attendance:
    return Attendance.ATTENDED if case.id % 9 else Attendance.MISSED


def _matter(case: Case) -> Rows:
    if case.id % 5 or case.status is Status.GIVEN:
        return
    over = case.status is Status.CLOSED
    yield {
        "referral_id": case.id,
        "number": 1,
        "status": MatterStatus.SETTLED if over else KEEPING[case.id // 5 % len(KEEPING)],
        "opened_on": _day(case, 20),
        "due_on": None if over else TODAY + timedelta(days=case.id % 20 - 10),
        "over_at": case.decided + timedelta(days=25) if over else None,
    }


def _liaison(case: Case) -> Rows:
    """Most of the old ones are ended, most of the new ones begun; of the others nobody wrote anything."""
    if case.outcome is Outcome.CR and case.id % 20:
        status = LiaisonStatus.ENDED if case.status is Status.CLOSED else LiaisonStatus.REACHED
        yield {"referral_id": case.id, "status": status}


def _completion(case: Case) -> Values:
    done = {"completed_on": _day(case, 60), "police_due_on": _day(case, 61), "at": case.decided}
    return {"referral_id": case.id, "in_full": True, "by_id": case.officer} | done


def _is_released(case: Case) -> bool:
    return case.outcome in CODE_22 and case.status is Status.CLOSED and case.id % 40 != 0


def _release(case: Case) -> Values:
    return {"referral_id": case.id, "by_id": case.officer, "at": case.decided + timedelta(days=61)}


def _feedback(case: Case) -> Rows:
    """Half of the children and a third of the parents are asked."""
    asked = ((Side.CHILD, 2), (Side.PARENT, 3))
    for side in (side for side, of in asked if case.status is Status.CLOSED and case.id % of == 0):
        row = {"referral_id": case.id, "side": side, "declined": case.id % 7 == 0, "answers": SAID}
        yield row | {"given_on": _day(case, 60), "by_id": case.officer}


def _safeguarding(case: Case) -> Values:
    made = _day(case, 3)
    replied = _day(case, 9) if not case.is_open or case.id % 30 else None
    row = {"referral_id": case.id, "answer": Safeguarding.MADE, "made_on": made, "replied_on": replied}
    return row | {"answered_by_id": case.officer}


def _action(case: Case) -> Values:
    return {
        "reference": f"AC-{case.id:07}",
        "area_id": case.area,
        "referral_id": case.id,
        "status": ActionStatus.OPEN if case.is_open else ActionStatus.DONE,
        "what": "Ring the school",
        "holder_id": case.worker if case.id % 40 else person(case.area, Role.YOT_MANAGER),
        "due_on": _day(case, 30),
        "chase_on": _day(case, 30),
        "raised_by_id": case.officer,
    }


def _victims(made: Sequence[Case]) -> Iterator[tuple[type[SQLModel], Iterable[Values]]]:
    """Two cases of three harmed somebody, who is asked before the panel and told of what follows."""
    harmed = [case for case in made if case.id % 3 and case.status is not Status.DRAFT]
    heard = [case for case in harmed if case.worker and case.id % 4]
    told = [case for case in heard if case.outcome is not None]
    yield Victim, (_victim(case, heard=bool(case.worker and case.id % 4)) for case in harmed)
    yield VictimClearing, ({"victim_id": case.id, "view": View.GIVEN, "by_id": 1040} for case in heard)
    yield VictimUpdate, (row for case in told for row in _updates(case))
    yield VictimFeedback, (_victim_feedback(case) for case in told if case.id % 8 == 1 and not case.is_open)


def _victim(case: Case, *, heard: bool) -> Values:
    view = View.GIVEN if heard else View.NOT_YET
    return {"id": case.id, "referral_id": case.id, "place": 1, "name": "Sam Quill", "view": view}


def _updates(case: Case) -> Rows:
    for happened in (Happened.DECIDED, *((Happened.GIVEN,) if case.is_given else ())):
        told = case.decided.date() if not case.is_open or case.id % 5 else None
        row = {"victim_id": case.id, "happened": happened, "happened_on": case.decided.date()}
        yield row | {"due_on": _day(case, 7), "told_on": told, "not_owed": None}


def _victim_feedback(case: Case) -> Values:
    return {"victim_id": case.id, "answers": SAID, "given_on": _day(case, 60), "by_id": 1040}


def _day(case: Case, later: int) -> date:
    return case.decided.date() + timedelta(days=later)
