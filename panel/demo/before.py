"""A demonstration case on its way to the panel."""

from datetime import date, timedelta
from random import Random

from sqlmodel import Session

from panel.access import Actor
from panel.assessments import actions as assessments
from panel.assessments.commands import Comment, Writing
from panel.demo.harmed import ask_victims, name_victims
from panel.demo.people import Team
from panel.demo.profile import Profile, at, earlier, later
from panel.demo.stories import SAYS, SCHOOLS, STEPS, STREETS, admission_for
from panel.referrals import actions
from panel.referrals import commands as c
from panel.referrals.models import Referral
from panel.stepcommand import StepCommand
from workflows.case import Status
from workflows.roles import Role
from workflows.vocabulary import Admission, Advice, Level, Outcome, Relationship

UNFINISHED = (Status.DRAFT, Status.SUBMITTED, Status.SENT_BACK)


def before_the_panel(db: Session, team: Team, profile: Profile, draw: Random, *, today: date) -> None:
    """Write the case as far as it got before a panel saw it."""
    referral = _draft(db, team, profile, draw)
    profile.referral_id = referral.id
    if profile.stop is Status.DRAFT:
        return
    officer, manager = _officer(team, referral), team["manager"]
    day = profile.sent_on
    actions.submit(db, referral, by=officer, at=at(day, 11), overrides={})
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
    actions.add_offence(db, referral, _offence(profile, draw), by=officer, at=moment)
    story = c.Circumstances(circumstances=f"{child.given_name} {profile.kind.story}. A patrol was called.")
    actions.save_circumstances(db, referral, story, by=officer, at=moment)
    actions.save_admission(db, referral, _admission(profile, draw), by=officer, at=moment)
    name_victims(db, referral, profile, by=officer, at=moment)
    return referral


def _offence(profile: Profile, draw: Random) -> c.OffenceDetails:
    return c.OffenceDetails(
        title=profile.kind.title,
        mode=profile.kind.mode,
        committed_on=profile.sent_on - timedelta(days=draw.randint(3, 14)),
        location=f"{draw.choice(STREETS)}, Kelder",
        gravity=profile.kind.gravity,
        gravity_reason="Base score of the matrix",
    )


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
    assessments.write(db, referral, _writing(profile, draw), by=worker, at=at(day, 9))
    for number, step in enumerate(draw.sample(STEPS, 2)):
        due = (profile.panel_on or later(day, 5)) + timedelta(days=50 + 10 * number)
        assessments.save_step(db, referral, _step(step, due), by=worker, at=at(day, 10))
    if profile.stop is Status.ACCEPTED:
        if draw.random() < 0.5:
            assessments.submit(db, referral, by=worker, at=at(day, 15), overrides={})
        return
    if profile.victim:
        ask_victims(db, team, referral, day)
    assessments.submit(db, referral, by=worker, at=at(later(day, 1), 15), overrides={})
    signed = later(day, 2) if later(day, 2) < today else earlier(today, 1)
    praise = Comment(comment="Clear, fair, and more than one source was asked.")
    assessments.countersign(db, referral, praise, by=manager, at=at(signed, 16))


def _step(step: tuple[object, ...], due: date) -> StepCommand:
    what, who, where, when, done, purpose, hours = step
    return StepCommand.model_validate(
        {
            "what": what,
            "who": who,
            "where_at": where,
            "when_at": when,
            "done_when": done,
            "purpose": purpose,
            "hours": hours,
            "due_on": due,
        }
    )


def _writing(profile: Profile, draw: Random) -> Writing:
    name = profile.child.given_name
    return Writing(
        offence_analysis=f"{name} acted on the spur of the moment, with friends watching.",
        diversity=f"{name} prefers to talk while walking rather than in an office.",
        family="Lives with family who came to every appointment.",
        education_health="In school most days. No health worries were named.",
        strengths="Good at football and with younger children; trusts one teacher.",
        worries="Evenings in town without a plan; friends who dare each other.",
        child_words=draw.choice(SAYS),
        parent_words="We were shocked. We want this to be dealt with and then left behind.",
        sources="School, by telephone: attendance 91 %. Children's social care: no open involvement.",
        reoffending=draw.choice((Level.LOW, Level.LOW, Level.MEDIUM)),
        reoffending_why="A first or second matter, regretted at once.",
        safety=draw.choice((Level.LOW, Level.MEDIUM, Level.HIGH)),
        safety_why="Walks home alone late in the evening.",
        harm=draw.choice((Level.LOW, Level.LOW, Level.MEDIUM)),
        harm_why="Nobody was seriously hurt, and there is no pattern.",
        recommended=profile.outcome if profile.outcome is not Outcome.CHARGE else Outcome.YCC,
        recommended_why="It fits what happened and what the child can do in the time.",
    )
