"""A demonstration case on its way to the panel."""

from datetime import date, datetime, timedelta
from random import Random

from sqlmodel import Session

from panel.access import Actor
from panel.assessments import actions as assessments
from panel.assessments.commands import Comment
from panel.demo.assess import assess
from panel.demo.harmed import ask_victims, name_victims
from panel.demo.papers import add_papers
from panel.demo.people import Team
from panel.demo.profile import Profile, at, earlier, later
from panel.demo.stories import ETHNICITIES, SCHOOLS, STREETS, admission_for
from panel.referrals import actions, offences
from panel.referrals import commands as c
from panel.referrals.models import Referral
from workflows.case import Status
from workflows.papers import Paper
from workflows.roles import Role
from workflows.vocabulary import Admission, Advice, Relationship

USUAL_PAPERS = (Paper.INTERVIEW, Paper.SUMMARY)
LATE = "It is being typed and follows this week."
UNFINISHED = (Status.DRAFT, Status.SUBMITTED, Status.SENT_BACK)
LISTED = "As in the list"


def before_the_panel(db: Session, team: Team, profile: Profile, draw: Random, *, today: date) -> None:
    """Write the case as far as it got before a panel saw it."""
    referral = _draft(db, team, profile, draw)
    profile.referral_id = referral.id
    if profile.stop is Status.DRAFT:
        return
    officer, manager = _officer(team, referral), team["manager"]
    day = profile.sent_on
    why_not = {"interview_record": LATE} if profile.stop is Status.SENT_BACK else {}
    actions.submit(db, referral, by=officer, at=at(day, 11), overrides=why_not)
    if profile.stop is Status.SUBMITTED:
        return
    if profile.stop is Status.SENT_BACK:
        why = c.WithReason(reason="The interview record is missing. Please add it and send this again.")
        actions.send_back(db, referral, why, by=manager, at=at(later(day, 1)))
        return
    worker = draw.choice(team.holding(Role.CASE_MANAGER))
    actions.accept(db, referral, c.Accept(case_manager_id=worker.id), by=manager, at=at(later(day, 1)))
    if profile.stop is Status.WITHDRAWN:
        gone = c.WithReason(reason="The family has moved to another force's area.")
        actions.withdraw(db, referral, gone, by=officer, at=at(later(day, 3)))
        return
    _assess(db, team, referral, profile, draw, today=today)


def _officer(team: Team, referral: Referral) -> Actor:
    return next(actor for actor in team.people.values() if actor.id == referral.referred_by_id)


def _draft(db: Session, team: Team, profile: Profile, draw: Random) -> Referral:
    officer = draw.choice([*team.holding(Role.OFFICER), *team.holding(Role.SECONDED)])
    moment, child = at(profile.sent_on, 9), profile.child
    details = c.ChildDetails(
        given_name=child.given_name,
        surname=child.surname,
        date_of_birth=profile.born,
        gender=child.gender,
        ethnicity=draw.choice(ETHNICITIES),
        address=f"{draw.randint(1, 90)} {draw.choice(STREETS)}, Kelder",
        postcode=f"KD{draw.randint(1, 9)} {draw.randint(1, 9)}AB",
        school=draw.choice(SCHOOLS),
        looked_after=profile.looked_after,
        needs="Easy-read letters help" if draw.random() < 0.15 else "",
    )
    referral = actions.start(db, details, team.area_id, by=officer, at=moment)
    if profile.stop is Status.DRAFT:
        return referral
    foster = profile.looked_after
    carer = c.CarerDetails(
        name=f"{draw.choice(('Dana', 'Morgan', 'Alex', 'Noor'))} {child.surname if not foster else 'Hollis'}",
        relationship=Relationship.FOSTER
        if foster
        else draw.choice((Relationship.MOTHER, Relationship.FATHER)),
        phone=f"01632 960{draw.randint(100, 999)}",
    )
    actions.save_carer(db, referral, carer, by=officer, at=moment)
    _add_offence(db, referral, profile, draw, by=officer, moment=moment)
    story = c.Circumstances(circumstances=f"{child.given_name} {profile.kind.story}. A patrol was called.")
    actions.save_circumstances(db, referral, story, by=officer, at=moment)
    actions.save_admission(db, referral, _admission(profile, draw), by=officer, at=moment)
    name_victims(db, referral, profile, by=officer, at=moment)
    late = profile.stop is Status.SENT_BACK
    add_papers(db, referral, (Paper.SUMMARY,) if late else USUAL_PAPERS, by=officer, at=moment)
    return referral


def _add_offence(
    db: Session, referral: Referral, profile: Profile, draw: Random, *, by: Actor, moment: datetime
) -> None:
    kind = profile.kind
    details = c.OffenceDetails(
        code=kind.code,
        title=LISTED,
        mode=kind.mode,
        committed_on=profile.sent_on - timedelta(days=draw.randint(3, 14)),
        location=f"{draw.choice(STREETS)}, Kelder",
        crime_reference=f"13{profile.sent_on:%y}{draw.randint(0, 9_999_999):07}",
    )
    offence = offences.add_offence(db, referral, details, by=by, at=moment)
    up, down = (kind.factors, ()) if kind.adjustment > 0 else ((), kind.factors)
    score = c.GravityDetails(
        base=kind.base, aggravating=frozenset(up), mitigating=frozenset(down), adjustment=kind.adjustment
    )
    offences.give_gravity(db, referral, offence, score, by=by, at=moment)


def _admission(profile: Profile, draw: Random) -> c.AdmissionDetails:
    said = admission_for(profile.outcome, draw)
    return c.AdmissionDetails(
        admission=said,
        admitted_on=profile.sent_on - timedelta(days=2),
        admitted_to="The interviewing officer",
        admission_adult_present=True,
        admission_advice=Advice.TAKEN if said is not Admission.FULL else Advice.DECLINED,
    )


def _assess(
    db: Session, team: Team, referral: Referral, profile: Profile, draw: Random, *, today: date
) -> None:
    worker = next(a for a in team.people.values() if a.id == referral.case_manager_id)
    manager = team["manager"] if worker.id != team["manager"].id else team["chair"]
    day = later(profile.sent_on, draw.randint(6, 8))
    if day >= today:
        return
    assess(db, referral, profile, draw, by=worker, day=day)
    if profile.stop is Status.ACCEPTED:
        if draw.random() < 0.5 and not profile.victim:
            assessments.submit(db, referral, by=worker, at=at(day, 15), overrides={})
        return
    if profile.victim:
        ask_victims(db, team, referral, day)
    assessments.submit(db, referral, by=worker, at=at(later(day, 1), 15), overrides={})
    signed = later(day, 2) if later(day, 2) < today else earlier(today, 1)
    praise = Comment(comment="Clear, fair, and more than one source was asked.")
    assessments.countersign(db, referral, praise, by=manager, at=at(signed, 16))
