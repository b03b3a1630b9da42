"""A contact with a child or family: offered at a time that fits, then attended, missed, excused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from workflows.calendar import clock_time, is_working_day, today_in_london
from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import register

CASE_TEAM = (Role.CASE_MANAGER, Role.YOT_MANAGER)
HMIP = "HM Inspectorate of Probation, case audit form, domain 3"


class ContactKind(StrEnum):
    """What kind of contact it is."""

    SESSION = "session"
    HOME_VISIT = "home_visit"
    PHONE = "phone"
    REPARATION = "reparation"
    CURFEW_CHECK = "curfew_check"
    CARER = "carer"
    AGENCY = "agency"


class Attendance(StrEnum):
    """What became of a contact that was offered."""

    OFFERED = "offered"
    ATTENDED = "attended"
    MISSED = "missed"
    EXCUSED = "excused"
    CANCELLED = "cancelled"


class Busy(StrEnum):
    """Why a time does not fit a family."""

    SCHOOL = "school"
    WORK = "work"
    FAITH = "faith"
    CARE = "care"
    OTHER = "other"


register(
    (
        (ContactKind.SESSION, "Session with the child"),
        (ContactKind.HOME_VISIT, "Home visit"),
        (ContactKind.PHONE, "Telephone or video call"),
        (ContactKind.REPARATION, "Reparation"),
        (ContactKind.CURFEW_CHECK, "Curfew check"),
        (ContactKind.CARER, "With a parent or carer"),
        (ContactKind.AGENCY, "With another agency"),
        (Attendance.OFFERED, "Offered"),
        (Attendance.ATTENDED, "Attended"),
        (Attendance.MISSED, "Missed"),
        (Attendance.EXCUSED, "Excused"),
        (Attendance.CANCELLED, "Cancelled by us"),
        (Busy.SCHOOL, "School or college"),
        (Busy.WORK, "Work or training"),
        (Busy.FAITH, "Faith: worship or a holy day"),
        (Busy.CARE, "Looking after somebody"),
        (Busy.OTHER, "Something else"),
    )
)


@dataclass(frozen=True)
class BusyTime:
    """A time of each week that does not fit; `weekday` counts from Monday, 0."""

    kind: Busy
    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, kw_only=True)
class Slot:
    """When a contact is to be, on the clock of the wall in London."""

    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        """Its day in London."""
        return today_in_london(self.starts_at)

    def meets(self, starts: time, ends: time) -> bool:
        """Whether it lies, with any part, between two times of its day."""
        end = clock_time(self.ends_at) if today_in_london(self.ends_at) == self.day else time.max
        return clock_time(self.starts_at) < ends and starts < end


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """What the rules of a contact may look at."""

    now: datetime
    runs: bool = True
    slots: tuple[Slot, ...] = ()
    asked: bool = False
    at_school: bool = False
    school_starts: time = time(0)
    school_ends: time = time(0)
    busy: tuple[BusyTime, ...] = ()
    with_the_child: bool = True
    taken: tuple[Slot, ...] = ()
    began: bool = True
    coded: bool = False
    done: str = ""


def in_school_hours(facts: ContactFacts, slot: Slot) -> bool:
    """Whether a contact with the child would take them out of school; holidays are for a person to see."""
    if not facts.at_school or not facts.with_the_child or not is_working_day(slot.day):
        return False
    return slot.meets(facts.school_starts, facts.school_ends)


def does_not_fit(facts: ContactFacts, slot: Slot, kinds: Sequence[Busy]) -> bool:
    """Whether the family named this time as one that does not fit, for one of these reasons."""
    return any(
        one.kind in kinds and one.weekday == slot.day.weekday() and slot.meets(one.starts, one.ends)
        for one in facts.busy
    )


def _free(slot: Slot, facts: ContactFacts) -> bool:
    return all(slot.ends_at <= other.starts_at or other.ends_at <= slot.starts_at for other in facts.taken)


def _none(facts: ContactFacts, *kinds: Busy) -> bool:
    return not any(does_not_fit(facts, slot, kinds) for slot in facts.slots)


ContactGuard = Guard[ContactFacts]
RUNS = ContactGuard(
    "plan_runs",
    lambda f: f.runs,
    "Appointments are offered from the day on which the disposal is given until the case is closed.",
    "YC-6",
    "Crime and Disorder Act 1998 s.66ZB(2)-(3): a programme after the caution",
    where="plan",
)
AHEAD = ContactGuard(
    "contact_ahead",
    lambda f: all(slot.starts_at > f.now for slot in f.slots),
    "An appointment is offered for a time that is still to come.",
    "CON-2",
    "Youth Conditional Caution Code of Practice 2013: conditions are achievable",
)
ASKED = ContactGuard(
    "availability_asked",
    lambda f: f.asked,
    "Nobody has asked the family yet about school, work and faith: ask before you fix a time.",
    "CON-7",
    f"{HMIP}, 3.2.1b and 3.3.1b: diversity and family",
    hard=False,
    where="availability",
)
NOT_IN_SCHOOL = ContactGuard(
    "not_in_school",
    lambda f: not any(in_school_hours(f, slot) for slot in f.slots),
    "The appointment falls into school hours on a school day.",
    "CON-2",
    f"{HMIP}, 3.2.1b: delivery fits the child's school and family",
    hard=False,
    where="availability",
)
NOT_AT_WORK = ContactGuard(
    "not_at_work",
    lambda f: _none(f, Busy.SCHOOL, Busy.WORK, Busy.CARE, Busy.OTHER),
    "The appointment falls into a time that the family named as one that does not fit.",
    "CON-2",
    f"{HMIP}, 3.2.1b: delivery fits the child's work and family",
    hard=False,
    where="availability",
)
NOT_AGAINST_FAITH = ContactGuard(
    "not_against_faith",
    lambda f: _none(f, Busy.FAITH),
    "The appointment falls into a time that the family named for their faith.",
    "CON-2",
    f"{HMIP}, 3.2.1b: diversity; Equality Act 2010 s.149",
    hard=False,
    where="availability",
)
WORKER_FREE = ContactGuard(
    "worker_free",
    lambda f: all(_free(slot, f) for slot in f.slots),
    "The worker has another appointment at that time.",
    "CON-2",
    f"{HMIP}, 3.3.1c: a working relationship is kept up",
    hard=False,
)
BEGAN = ContactGuard(
    "contact_began",
    lambda f: f.began,
    "The appointment has not begun yet. If it will not take place, it is cancelled or moved.",
    "YC-7",
    "Crime and Disorder Act 1998 s.66ZB(7): a dated record of who took part",
)
CODED = ContactGuard(
    "contact_coded",
    lambda f: f.coded,
    "Choose the reason, and with it whether anybody is at fault.",
    "YC-7",
    "Crime and Disorder Act 1998 s.66ZB(7): only an unreasonable failure to take part counts",
)
SAYS_WHAT = ContactGuard(
    "says_what",
    lambda f: bool(f.done.strip()),
    "Say what was done.",
    "YC-7",
    "Crime and Disorder Act 1998 s.66ZB(7): a dated record of who took part",
)
OFFERED = Attendance.OFFERED
FITS = (RUNS, AHEAD, ASKED, NOT_IN_SCHOOL, NOT_AT_WORK, NOT_AGAINST_FAITH, WORKER_FREE)

CONTACT: Flow[Attendance, ContactFacts] = Flow(
    "contact",
    Attendance,
    OFFERED,
    (
        Move("offer", OFFERED, OFFERED, by=CASE_TEAM, guards=FITS),
        Move("reschedule", OFFERED, OFFERED, by=CASE_TEAM, guards=(*FITS, CODED)),
        Move("attend", OFFERED, Attendance.ATTENDED, by=CASE_TEAM, guards=(BEGAN, SAYS_WHAT)),
        Move("miss", OFFERED, Attendance.MISSED, by=CASE_TEAM, guards=(BEGAN, CODED)),
        # What looked missed may turn out to have had a good reason.
        Move("excuse", (OFFERED, Attendance.MISSED), Attendance.EXCUSED, by=CASE_TEAM, guards=(CODED,)),
        Move("cancel", OFFERED, Attendance.CANCELLED, by=CASE_TEAM, guards=(CODED,)),
    ),
)
