"""A demonstration case on its way to the panel."""

from datetime import date
from random import Random

from sqlmodel import Session

from panel.assessments import actions as assessments
from panel.demo.alone import give_alone
from panel.demo.assess import assess
from panel.demo.drafting import ASKED, NOT_OURS, draft, late_papers, sent_again, starter
from panel.demo.harmed import ask_victims
from panel.demo.judging import asked_about_safety, given_back, judged, unanswered_event
from panel.demo.people import Team
from panel.demo.profile import Profile, at, earlier, later
from panel.referrals import actions
from panel.referrals import commands as c
from panel.referrals.models import Referral
from panel.referrals.returns import reject, send_back
from workflows.case import Status
from workflows.roles import Role

UNFINISHED = (Status.DRAFT, Status.SUBMITTED, Status.SENT_BACK)


def before_the_panel(db: Session, team: Team, profile: Profile, draw: Random, *, today: date) -> None:
    """Write the case as far as it got before a panel saw it."""
    referral = draft(db, team, profile, draw)
    profile.referral_id = referral.id
    if profile.stop is Status.DRAFT:
        return
    officer = starter(team, referral)
    manager = team["chair"] if officer.id == team["manager"].id else team["manager"]
    day = profile.sent_on
    why_not = late_papers(profile)
    actions.submit(db, referral, by=officer, at=at(day, 11), overrides=why_not)
    if profile.stop is Status.REJECTED:
        reject(db, referral, NOT_OURS, by=manager, at=at(later(day, 1)))
        return
    if profile.second_go:
        sent_again(db, referral, by=officer, manager=manager, on=later(day, 1))
    if profile.stop is Status.SUBMITTED:
        return
    if profile.stop is Status.SENT_BACK:
        send_back(db, referral, ASKED, by=manager, at=at(later(day, 1)))
        return
    worker = draw.choice(team.holding(Role.CASE_MANAGER))
    actions.accept(db, referral, c.Accept(case_manager_id=worker.id), by=manager, at=at(later(day, 1)))
    if profile.stop is Status.WITHDRAWN:
        _leaves(db, team, referral, profile, today=today)
        return
    _assess(db, team, referral, profile, draw, today=today)


def _leaves(db: Session, team: Team, referral: Referral, profile: Profile, *, today: date) -> None:
    if profile.sent_on > earlier(today, 40):
        give_alone(db, team, referral, profile, by=team["seconded"])
        return
    gone = c.WithReason(reason="The family has moved to another force's area.")
    actions.withdraw(db, referral, gone, by=starter(team, referral), at=at(later(profile.sent_on, 3)))


def _assess(
    db: Session, team: Team, referral: Referral, profile: Profile, draw: Random, *, today: date
) -> None:
    worker = next(a for a in team.people.values() if a.id == referral.case_manager_id)
    manager = team["manager"] if worker.id != team["manager"].id else team["chair"]
    day = later(profile.sent_on, draw.randint(6, 8))
    if day >= today:
        return
    assess(db, referral, profile, draw, by=worker, day=day)
    asked_about_safety(db, referral, worker, day, draw)
    if profile.stop is Status.ACCEPTED:
        if draw.random() < 0.5 and not profile.victim:
            assessments.submit(db, referral, by=worker, at=at(day, 15), overrides={})
            if draw.random() < 0.5:
                given_back(db, referral, manager, day)
        return
    if profile.victim:
        ask_victims(db, team, referral, day)
    assessments.submit(db, referral, by=worker, at=at(later(day, 1), 15), overrides={})
    judged(db, team, referral, worker, manager, later(day, 1), draw, today=today)
    if profile.stop is Status.ASSESSED and draw.random() < 0.4:
        unanswered_event(db, referral, team["seconded"], earlier(today, 1))
