"""Believable cases in bulk: half of them in one large area, four of five closed, histories and tasks too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection, Engine, text

from panel.accounts.models import Area, Membership, User
from panel.assessments.models import Assessment
from panel.children.models import Carer, Child
from panel.clock import now
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.history.record import FIRST, case_chain
from panel.notifications.models import Mail, Notification, Why
from panel.referrals.models import NEVER, Offence, Referral
from tests.bench.police import police
from tests.bench.rows import Values, write
from tests.support.world import HASH
from workflows.assessment import Status as AssessmentStatus
from workflows.calendar import today_in_london
from workflows.case import OPEN, Status
from workflows.roles import Role
from workflows.vocabulary import SERIOUSNESS, Gender, ModeOfTrial, Relationship

AREAS = 6
WORKERS, OFFICERS = 12, 20
ROLES = tuple(role for role in Role if role is not Role.CHAIR)
# The first cases of the large area, so that ten cases show every page that a hundred thousand do.
FIRST_STATES = (
    Status.ACCEPTED,
    Status.DECIDED,
    Status.NOTIFIED,
    Status.SUBMITTED,
    Status.ASSESSED,
    Status.GIVEN,
    Status.CLOSED,
    Status.DRAFT,
    Status.DEFERRED,
    Status.SENT_BACK,
)
NAMES = ("Robin", "Ash", "Kai", "Mia", "Noah", "Zara", "Eli", "Ivy", "Omar", "Lena", "Finn", "Ruby")
SURNAMES = ("Fielding", "Marsh", "Holt", "Reed", "Frost", "Vale", "Moss", "Lowe", "Dune", "Hart", "Stone")
TITLES = ("Criminal damage to a bus shelter", "Theft from a shop", "Common assault", "Affray")
STORY = "A patrol was called after somebody saw what had happened. " * 8
VERBS = ("case.start", "case.carer", "case.add_offence", "case.circumstances", "case.submit", "case.accept")
TODAY = today_in_london(now())


@dataclass(frozen=True)
class Case:
    """What the rows of one case have in common."""

    id: int
    area: int
    status: Status
    officer: int
    worker: int | None
    began: datetime

    @property
    def reference(self) -> str:
        """The reference that pages show."""
        return f"A{self.area}-{self.id:07}"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.status in OPEN


def fill(engine: Engine, cases: int) -> list[Case]:
    """Write so many cases and the people who work on them to a migrated, empty database."""
    draw = Random(8138)
    made = [_case(number, draw) for number in range(1, cases + 1)]
    with engine.begin() as db:
        _people(db)
        write(db, Child, (_child(case, draw) for case in made))
        write(db, Carer, (_carer(case) for case in made))
        write(db, Referral, (_referral(case, draw) for case in made))
        write(db, Offence, (_offence(case, draw) for case in made for _ in range(1 + case.id % 2)))
        write(db, Assessment, (_assessment(case) for case in made if case.worker))
        write(db, Event, (event for case in made for event in _events(case)))
        write(db, Notification, (task for case in made for task in _tasks(case, draw)))
        write(db, AccessEntry, (_look(case) for case in made))
        police(db, cases, AREAS, by=person(1, Role.YOT_MANAGER), today=TODAY)
    with engine.connect() as db:
        db.execute(text("ANALYZE"))
        db.commit()
    return made


def person(area: int, role: Role, number: int = 0) -> int:
    """The number of a person's account."""
    return area * 1000 + ROLES.index(role) * 40 + number


def email(area: int, role: Role, number: int = 0) -> str:
    """The address that a person signs in with."""
    return f"{role.value}-{number}@area{area}.example"


def _people(db: Connection) -> None:
    write(db, Area, ({"id": n, "name": f"Area {n}", "code": f"A{n}"} for n in range(1, AREAS + 1)))
    many = {Role.CASE_MANAGER: WORKERS, Role.OFFICER: OFFICERS}
    staff = [(a, r, n) for a in range(1, AREAS + 1) for r in ROLES for n in range(many.get(r, 1))]
    accounts = ({"id": person(*who), "email": email(*who), "name": f"Person {person(*who)}"} for who in staff)
    write(db, User, (account | {"password_hash": HASH} for account in accounts))
    write(db, Membership, ({"user_id": person(*who), "area_id": who[0], "role": who[1]} for who in staff))


def _case(number: int, draw: Random) -> Case:
    if number <= len(FIRST_STATES):
        area, status = 1, FIRST_STATES[number - 1]
    else:
        area = 1 if draw.random() < 0.5 else draw.randint(2, AREAS)
        over = Status.CLOSED if draw.random() < 0.9 else Status.WITHDRAWN
        status = over if draw.random() < 0.8 else draw.choice(OPEN)
    early = status in (Status.DRAFT, Status.SUBMITTED, Status.SENT_BACK)
    day = TODAY - timedelta(days=draw.randint(1, 60) if status in OPEN else draw.randint(90, 2000))
    return Case(
        number,
        area,
        status,
        person(area, Role.OFFICER, 0 if number <= len(FIRST_STATES) else draw.randrange(OFFICERS)),
        None if early else person(area, Role.CASE_MANAGER, number % WORKERS if number > 10 else 0),
        datetime.combine(day, time(10), UTC),
    )


def _child(case: Case, draw: Random) -> Values:
    return {
        "id": case.id,
        "given_name": draw.choice(NAMES),
        "surname": draw.choice(SURNAMES),
        "date_of_birth": case.began.date() - timedelta(days=draw.randint(11 * 366, 17 * 365)),
        "gender": draw.choice(tuple(Gender)),
        "address": "3 Mill Row, Kelder",
        "looked_after": case.id % 9 == 0,
    }


def _carer(case: Case) -> Values:
    return {"child_id": case.id, "name": "Dana Fielding", "relationship": Relationship.MOTHER}


def _referral(case: Case, draw: Random) -> Values:
    over = not case.is_open
    given = over or case.status in (Status.GIVEN, Status.NOTIFIED)
    later = case.began + timedelta(days=12)
    return {
        "id": case.id,
        "reference": case.reference,
        "area_id": case.area,
        "child_id": case.id,
        "status": case.status,
        "referred_by_id": case.officer,
        "case_manager_id": case.worker,
        "circumstances": STORY,
        "bailed_on": case.began.date(),
        "victim_identified": False,
        "outcome": draw.choice(SERIOUSNESS) if given else None,
        "created_at": case.began,
        "changed_at": later,
        "submitted_at": None if case.status is Status.DRAFT else case.began,
        "assessed_at": later if case.worker else None,
        "decided_at": later if given or case.status is Status.DECIDED else None,
        "given_on": later.date() if given else None,
        "plan_due_on": TODAY + timedelta(days=draw.randint(-5, 60)),
        "due_on": NEVER if over else TODAY + timedelta(days=draw.randint(-20, 60)),
        "alert_on": NEVER if over else TODAY + timedelta(days=draw.randint(1, 30)),
        "version": 9,
    }


def _offence(case: Case, draw: Random) -> Values:
    return {
        "referral_id": case.id,
        "title": draw.choice(TITLES),
        "mode": draw.choice((ModeOfTrial.SUMMARY, ModeOfTrial.EITHER_WAY)),
        "committed_on": case.began.date() - timedelta(days=draw.randint(2, 20)),
        "location": "Keel Street",
        "gravity": draw.randint(1, 4),
    }


def _assessment(case: Case) -> Values:
    status = AssessmentStatus.IN_PROGRESS
    if case.status is not Status.ACCEPTED:
        status = AssessmentStatus.COUNTERSIGNED
    return {"referral_id": case.id, "author_id": case.worker, "status": status, "offence_analysis": STORY}


def _events(case: Case) -> Iterator[Values]:
    for seq, verb in enumerate(VERBS[: 6 if case.worker else 4], 1):
        facts = {"offence": "Affray", "case_manager": "Person"}
        moment = case.began + timedelta(hours=seq)
        row = {"chain": case_chain(case.id), "seq": seq, "verb": verb, "by_id": case.officer, "at": moment}
        yield row | {"by_words": "A person", "facts": facts, "before": FIRST, "digest": FIRST}


def _tasks(case: Case, draw: Random) -> Iterator[Values]:
    done = None if case.is_open else case.began
    usual = {"area_id": case.area, "referral_id": case.id, "queued_at": case.began, "mail": Mail.SENT}
    due = TODAY + timedelta(days=draw.randint(-20, 40))
    manager = {"why": Why.REFERRAL_SENT, "role": Role.YOT_MANAGER, "due_on": due}
    sent = case.began if case.status is not Status.SUBMITTED else None
    yield usual | manager | {"key": f"{case.reference}-sent", "done_at": sent}
    if case.worker:
        mine = {"why": Why.DEADLINE_NEAR, "about": "Assessment due", "user_id": case.worker, "due_on": due}
        yield usual | mine | {"key": f"{case.reference}-alert", "done_at": done}
    if case.id % 3 == 0:
        late = manager | {"why": Why.DEADLINE_LATE, "about": "Panel due"}
        yield usual | late | {"key": f"{case.reference}-late", "done_at": done}


def _look(case: Case) -> Values:
    return {
        "user_id": case.officer,
        "at": case.began,
        "operation": Operation.CONSULTATION,
        "subject": case_chain(case.id),
        "page": "cases.overview",
    }
