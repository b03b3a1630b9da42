"""Believable cases in bulk: half of them in one large area, four of five closed, histories and tasks too."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection, Engine, text

from panel.accounts.models import Area, Membership, User
from panel.assessments.models import Assessment
from panel.children.models import Carer, Child
from panel.db import transaction
from panel.figures.rebuild import rebuild as count_figures
from panel.history.models import AccessEntry, Event
from panel.history.operations import Operation
from panel.history.record import FIRST, case_chain
from panel.notifications.dispatch_models import Dispatch, Stage
from panel.notifications.models import Acknowledgement, Mail, Notification, Why
from panel.quality.rebuild import rebuild as find_problems
from panel.referrals.models import NEVER, Offence, Referral
from tests.bench.aftermath import aftermath
from tests.bench.board import board
from tests.bench.case import AREAS, OFFICERS, ROLES, TODAY, WORKERS, Case, email, person
from tests.bench.police import police
from tests.bench.rows import Values, write
from tests.support.world import HASH
from workflows.assessment import Status as AssessmentStatus
from workflows.case import OPEN, Status
from workflows.roles import Role
from workflows.vocabulary import SERIOUSNESS, Gender, Level, ModeOfTrial, Relationship

OUTCOME_KNOWN = (Status.DECIDED, Status.GIVEN, Status.NOTIFIED, Status.CLOSED)
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
TASKS = 4  # how many notifications a case has at the most
STORY = "A patrol was called after somebody saw what had happened. " * 8
VERBS = ("case.start", "case.carer", "case.add_offence", "case.circumstances", "case.submit", "case.accept")


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
        write(db, Acknowledgement, (read for case in made for read in _read(case)))
        write(db, Dispatch, (_mail(case) for case in made))
        write(db, AccessEntry, (_look(case) for case in made))
        for model, rows in aftermath(made):
            write(db, model, rows)
        police(db, cases, AREAS, by=person(1, Role.YOT_MANAGER), today=TODAY)
    with transaction(engine) as session:
        find_problems(session)
    count_figures(engine, TODAY)
    board(engine, by=person(1, Role.YOT_MANAGER), today=TODAY)
    _tidy(engine)
    return made


def _tidy(engine: Engine) -> None:
    """As a database is that was in use for a while; nothing tidies up while pages are measured."""
    with engine.connect() as db:
        if engine.dialect.name == "postgresql":
            db.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
        else:
            db.execute(text("ANALYZE"))
            db.commit()


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
        draw.choice(SERIOUSNESS) if status in OUTCOME_KNOWN else None,
    )


def _child(case: Case, draw: Random) -> Values:
    return {
        "id": case.id,
        "given_name": draw.choice(NAMES),
        "surname": draw.choice(SURNAMES),
        "date_of_birth": case.began.date() - timedelta(days=draw.randint(11 * 366, 17 * 365)),
        # The first ones have a problem also where there are hardly any: a list of none asks for nothing more.
        "gender": Gender.NOT_STATED if case.id <= 10 else draw.choice(tuple(Gender)),
        "address": "3 Mill Row, Kelder",
        "ethnicity": "W1" if case.id % 12 else "",
        "postcode": "KD1 2AB" if case.id % 30 else "",
        "looked_after": case.id % 9 == 0,
    }


def _carer(case: Case) -> Values:
    return {"child_id": case.id, "name": "Dana Fielding", "relationship": Relationship.MOTHER}


def _referral(case: Case, draw: Random) -> Values:
    over = not case.is_open
    later = case.decided
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
        "outcome": case.outcome,
        "created_at": case.began,
        "changed_at": later,
        "submitted_at": None if case.status is Status.DRAFT else case.began,
        "assessed_at": later if case.worker else None,
        "decided_at": later if case.outcome else None,
        "appointed_on": TODAY + timedelta(days=case.id % 14) if case.outcome and case.id % 3 else None,
        "given_on": later.date() if case.is_given else None,
        "event_open_on": later.date() if case.is_open and case.id % 40 == 0 else None,
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
        "crime_reference": f"13{case.id:09}" if case.id % 40 else "",
    }


def _assessment(case: Case) -> Values:
    status = AssessmentStatus.SUBMITTED if case.id % 5 == 0 else AssessmentStatus.IN_PROGRESS
    if case.status is not Status.ACCEPTED:
        status = AssessmentStatus.COUNTERSIGNED
    row = {"id": case.id, "referral_id": case.id, "author_id": case.worker, "status": status}
    submitted = None if status is AssessmentStatus.IN_PROGRESS else case.decided
    levels = dict.fromkeys(("reoffending", "safety", "harm"), Level.LOW) if case.id % 50 else {}
    return row | levels | {"offence_analysis": STORY, "submitted_at": submitted}


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
    told = {"acknowledge_by": case.began.date() + timedelta(days=1)}
    number = case.id * TASKS
    yield usual | manager | told | {"id": number, "key": f"{case.reference}-sent", "done_at": sent}
    if case.worker:
        mine = {"why": Why.DEADLINE_NEAR, "about": "Assessment due", "user_id": case.worker, "due_on": due}
        yield usual | mine | {"id": number + 1, "key": f"{case.reference}-alert", "done_at": done}
    if case.id % 3 == 0:
        late = manager | {"why": Why.DEADLINE_LATE, "about": "Panel due"}
        yield usual | late | {"id": number + 2, "key": f"{case.reference}-late", "done_at": done}
    if case.is_given:
        given = {"why": Why.DISPOSAL_GIVEN, "user_id": case.worker, "due_on": case.decided.date()}
        by = {"acknowledge_by": case.decided.date() + timedelta(days=1)}
        yield usual | given | by | {"id": number + 3, "key": f"{case.reference}-given", "done_at": done}


def _read(case: Case) -> Iterator[Values]:
    """Nearly everybody acknowledges what they are told: of old cases all, of the open ones most."""
    if case.is_given and (not case.is_open or case.id % 10):
        yield {"notification_id": case.id * TASKS + 3, "user_id": case.worker, "at": case.decided}


def _mail(case: Case) -> Values:
    return {
        "message_id": f"{case.reference}-sent",
        "row_id": case.id * TASKS,
        "area_id": case.area,
        "stage": Stage.DELIVERED if case.id % 1000 else Stage.FAILED,
    }


def _look(case: Case) -> Values:
    return {
        "user_id": case.officer,
        "at": case.began,
        "operation": Operation.CONSULTATION,
        "subject": case_chain(case.id),
        "page": "cases.overview",
    }
