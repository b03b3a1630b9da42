"""The rows of what is no case: disposals of the police and meetings of the panel."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import case as when
from sqlmodel import col

from panel.accounts.models import Area
from panel.alignment.figures import Judge
from panel.alignment.queries import decided_before
from panel.children.models import Child
from panel.figures.case_rows import CARE, NO_CARE, OF_CHILD, turns_on
from panel.figures.json_rows import Gathered, Part, day
from panel.meetings.models import Meeting, Member
from panel.police.models import PoliceDisposal
from panel.referrals.models import Referral
from workflows.calendar import age_on
from workflows.gap import Place, place
from workflows.police import POLICE_OUTCOMES, Fit, Standing, notice
from workflows.policy_conflict import Given
from workflows.roles import Seat
from workflows.vocabulary import Gender, Outcome

Row = dict[str, Any]
KEPT = (
    *("reference", "area_id", "status", "outcome", "gender", "ethnicity", "date_of_birth", "given_on"),
    *("told_on", "tell_by", "listed_on", "asked_on", "fit", "consulted", "first_time"),
)
CHECKED = (
    *("made_at", "ward", "postcode", "offence", "crime_reference", "force_reference", "exception"),
    "exception_reason",
)
POLICE_PARTS = (
    Part(
        "police",
        col(PoliceDisposal.id),
        {name: getattr(PoliceDisposal, name) for name in (*KEPT, *CHECKED)}
        | {"decided": when((decided_before(), 1), else_=0), "area": col(Area.code)}
        | {f"child_{name}": getattr(Child, name) for name in OF_CHILD},
        joins=(
            (Referral, col(Referral.id) == col(PoliceDisposal.referral_id)),
            (Child, col(Child.id) == col(Referral.child_id)),
        ),
        start=PoliceDisposal.__table__.join(Area.__table__, col(Area.id) == col(PoliceDisposal.area_id)),  # type: ignore[attr-defined]
    ),
)
MEETING_PARTS = (
    Part(
        "meeting",
        col(Meeting.id),
        {n: getattr(Meeting, n) for n in ("reference", "area_id", "status", "held_on")},
    ),
    Part("member", col(Member.meeting_id), {"seat": Member.seat}, where=(col(Member.present).is_(True),)),
)


@cache
def _judge(area: str) -> Judge:
    return Judge(area, today=date.max)


def police_of(number: int, of: Gathered, on: date) -> Row:
    """The row of one disposal of the police: its place is that of the pages of the gap."""
    said = of.one("police")
    given, told, by, asked = (day(getattr(said, n)) for n in ("given_on", "told_on", "tell_by", "asked_on"))
    counted = said.status == Standing.COUNTED.value
    if given is None or by is None:
        raise ValueError(f"the disposal {said.reference} has no day")
    state = notice(told_on=told, tell_by=by, asked_on=asked, counted=counted, today=on)
    where = place(state, listed=said.listed_on is not None, fit=Fit(said.fit))
    waits = {by} if counted and told is None else set()
    return {
        "subject_id": number,
        "reference": said.reference,
        "area_id": said.area_id,
        "outcome": said.outcome,
        **_child(said, given),
        "turns_on": turns_on(waits, on),
        "given_on": given,
        "told_on": told,
        "tell_by": by,
        "place": where.value,
        "told_in_time": told is not None and told <= by and where is not Place.AFTER_ASKING,
        "panel_decided": bool(said.decided),
        "consulted": None if said.consulted is None else bool(said.consulted),
        "eligible": _eligible(said, given),
    }


def _child(said: Any, given: date) -> Row:
    """As the police have the child; care, and what they have not, as the case here has it."""
    if said.child_date_of_birth is None:
        born, gender, ethnicity, care = day(said.date_of_birth), said.gender, said.ethnicity, ""
    else:
        born = day(said.date_of_birth or said.child_date_of_birth)
        gender = said.child_gender if said.gender == Gender.NOT_STATED.value else said.gender
        ethnicity = said.ethnicity or said.child_ethnicity
        care = CARE if said.child_looked_after else NO_CARE
    age = age_on(born, given) if born else None
    return {"gender": gender, "ethnicity": ethnicity, "age": age, "care": care}


def _eligible(said: Any, given: date) -> bool:
    outcome = Outcome(said.outcome)
    if outcome not in POLICE_OUTCOMES:
        return False
    first = None if said.first_time is None else bool(said.first_time)
    asked = Given(
        outcome=outcome,
        given_on=given,
        told_on=None,
        consulted=None,
        panel_decided=bool(said.decided),
        first_time=first,
    )
    try:
        return _judge(said.area).eligible(asked)
    except LookupError:  # before the first policy nothing was agreed
        return False


def meeting_of(number: int, of: Gathered, _on: date) -> Row:
    """The row of a meeting: which of the three seats were filled by somebody who was there."""
    meeting = of.one("meeting")
    seats = {one.seat for one in of.all("member")}
    return {
        "subject_id": number,
        "reference": meeting.reference,
        "area_id": meeting.area_id,
        "status": meeting.status,
        "held_on": day(meeting.held_on),
        "police": Seat.POLICE.value in seats,
        "yot_manager": Seat.YOT_MANAGER.value in seats,
        "victim_worker": Seat.VICTIM_WORKER.value in seats,
    }
