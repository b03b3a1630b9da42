"""Demonstration: what was missed and what was done about it, up to a breach that waits for the police."""

from datetime import date, timedelta

from sqlmodel import Session, select

from config.liaison import needs
from panel.access import Actor
from panel.compliance import actions
from panel.compliance import commands as c
from panel.compliance.queries import open_matter
from panel.demo.people import Team
from panel.demo.profile import Profile, at, earlier
from panel.liaison import actions as liaison
from panel.liaison import commands as lc
from panel.plans.queries import open_steps
from panel.referrals.models import Referral
from workflows.case import Status
from workflows.flow import Refused
from workflows.keeping import Barrier, Level, Way
from workflows.roles import Role
from workflows.vocabulary import Outcome


def keep_to_it(db: Session, team: Team, cases: list[Profile], *, today: date) -> None:
    """Of the plans that run: one possible breach, one that is being answered, one that nobody answered."""
    running = [_case(db, profile) for profile in cases if profile.stop is Status.NOTIFIED]
    open_ones = [case for case in running if open_steps(db, case.id)]
    cautions = [case for case in open_ones if case.outcome is Outcome.YCC]
    others = [case for case in open_ones if case.outcome is not Outcome.YCC]
    for case in cautions[:1]:
        _breach(db, team, case, today)
    for case in (*cautions[1:2], *others[:1]):
        worker = _worker(team, case)
        _miss(db, case, worker, earlier(today, 2))
        _answer(db, case, worker, earlier(today, 1))
    for case in (*cautions[2:3], *others[1:2]):
        _miss(db, case, _worker(team, case), earlier(today, 6))
    resolutions = [case for case in running if case.outcome is Outcome.CR]
    for worker in team.holding(Role.LIAISON)[:1]:
        for case in resolutions[:2]:
            _reach(db, case, worker, today)


def _case(db: Session, profile: Profile) -> Referral:
    return db.exec(select(Referral).where(Referral.id == profile.referral_id)).one()


def _worker(team: Team, case: Referral) -> Actor:
    return next(actor for actor in team.people.values() if actor.id == case.case_manager_id)


def _miss(db: Session, case: Referral, worker: Actor, day: date) -> None:
    said = c.Miss(happened_on=day, said="Did not come to the session, and did not call.")
    actions.miss(db, case, said, by=worker, at=at(day, 17))


def _answer(db: Session, case: Referral, worker: Actor, day: date) -> None:
    matter = open_matter(db, case.id)
    if matter is None:
        return
    said = c.Answer(happened_on=day, way=Way.PHONE, who="Child and carer", said="They had mixed up the days.")
    actions.answer(db, case, matter, said, by=worker, at=at(day, 11))


def _breach(db: Session, team: Team, case: Referral, today: date) -> None:
    worker, days = _worker(team, case), [earlier(today, back) for back in (9, 8, 6, 4, 1)]
    _miss(db, case, worker, days[0])
    _answer(db, case, worker, days[1])
    matter = open_matter(db, case.id)
    if matter is None:
        return
    for day, level in ((days[2], Level.FIRST), (days[3], Level.FINAL)):
        warning = c.Warn(
            happened_on=day,
            level=level,
            said="You did not come to the last sessions, and we could not reach you.",
            must="Come to the next session at the youth centre on Monday at 4pm.",
            help="Call your worker on 01632 960030",
            who="The child, with their carer",
        )
        actions.warn(db, case, matter, warning, by=worker, at=at(day, 15))
        if level is Level.FIRST:
            met = c.Meet(
                happened_on=day + timedelta(days=1),
                who="The child, their carer, the case manager",
                said="The last bus home leaves before the session ends.",
                barriers=(Barrier.TRANSPORT,),
                changes="The sessions start an hour earlier.",
            )
            actions.meet(db, case, matter, met, by=worker, at=at(met.happened_on, 16))
    breach = c.Allege(
        happened_on=days[4],
        conditions=(1,),
        said="The child came to none of the sessions after the final warning.",
        tried="Calls, two warnings, a meeting; the sessions were moved to an earlier hour.",
        childs_side="“It is boring, and nobody else has to do it.”",
    )
    try:
        actions.allege(db, case, matter, breach, by=worker, at=at(days[4], 16))
    except Refused:
        return  # a disposal that was given without the child's signature cannot be breached


def _reach(db: Session, case: Referral, worker: Actor, today: date) -> None:
    day = earlier(today, 3)
    reached = lc.Attempt(happened_on=day, way=Way.PHONE, reached=True, said="They would like to talk.")
    liaison.reach(db, case, reached, by=worker, at=at(day, 12))
    talked = lc.Assess(
        happened_on=earlier(today, 2),
        needs={need.key: "some" if need.key == "education" else "none" for need in needs(day)},
        said="School is hard since the move. Likes football.",
        worry=False,
        agrees=True,
    )
    liaison.assess(db, case, talked, by=worker, at=at(talked.happened_on, 14))
    offered = lc.Offer(
        happened_on=talked.happened_on,
        said="Football on Thursdays with a mentor",
        who="Kelder Community Sports",
        where_at="Mill Lane pitch",
        when_at="Thursdays at 17:00",
    )
    liaison.offer(db, case, offered, by=worker, at=at(offered.happened_on, 15))
