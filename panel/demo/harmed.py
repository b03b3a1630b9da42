"""The invented victims: who they are, what the victim worker records of them, what they are told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlmodel import Session

from panel.access import Actor
from panel.commands import Command
from panel.demo.people import Team
from panel.demo.posted import lay_ready
from panel.demo.profile import Profile, at, later
from panel.referrals.models import Referral
from panel.victims import actions, recording, updates
from panel.victims import commands as c
from panel.victims.models import Victim
from panel.victims.queries import victims_of
from workflows.calendar import is_working_day
from workflows.victim import Agreement, Answer, How, Kind, Meeting, Result, Statement
from workflows.vocabulary import View

SHOP = c.Told(
    kind=Kind.BUSINESS,
    name="Example Stores",
    speak_with="Robin Sample, shop manager",
    phone="01632 960014",
    email="manager@stores.example",
)
PUPIL = c.Told(
    kind=Kind.PERSON,
    name="A. N. Example",
    speak_with="Jo Example",
    phone="01632 960012",
    under_18=True,
)
PASSER_BY = c.Told(kind=Kind.PERSON, name="B. Sample", email="b.sample@mail.example")
AT_HOME = c.Told(kind=Kind.PERSON, name="C. Example", phone="01632 960016", same_household=True)
OBJECTS = c.Told(kind=Kind.PERSON, objects=True)
FRIGHTENED = "They were frightened and now take another way home. They would accept a letter."
TOLD_OF = "I told them what was decided and why, and what happens next."


@dataclass(frozen=True)
class _Asked:
    """What the victim worker finds."""

    view: View
    why: str
    text: str


GAVE = _Asked(View.GIVEN, "", FRIGHTENED)
AWAY = _Asked(
    View.NOT_CONTACTABLE, "No answer on different days", "Three attempts on different days, no answer."
)
DECLINED = _Asked(View.DECLINED, "They want to leave it behind", "")


def name_victims(db: Session, referral: Referral, profile: Profile, *, by: Actor, at: datetime) -> None:
    """What the officer tells of those who were harmed, by the kind of offence."""
    if not profile.victim:
        actions.answer(db, referral, is_there=False, by=by, at=at)
        return
    chance = Random(referral.id)
    known = {"ZS80001": [SHOP], "ZA88001": [PUPIL]}.get(profile.kind.code, [PASSER_BY])
    if known != [SHOP] and chance.random() < 0.3:
        known = [*known, chance.choice((PASSER_BY, AT_HOME, OBJECTS))]
    for told in known:
        actions.tell(db, referral, told, by=by, at=at)


def ask_victims(db: Session, team: Team, referral: Referral, day: date) -> None:
    """The victim worker asks each of them and clears what the panel reads."""
    chance = Random(referral.id + 1)
    for victim in victims_of(db, referral.id):
        if not victim.objects_to_sharing:
            found = chance.choices((GAVE, AWAY, DECLINED), (70, 20, 10))[0]
            _ask(db, referral, victim, found, day, by=team["victims"])


def _ask(db: Session, referral: Referral, victim: Victim, found: _Asked, day: date, *, by: Actor) -> None:
    moment = at(day, 12)
    tries = (Result.NO_ANSWER, Result.NO_ANSWER) if found is AWAY else (Result.REACHED,)
    for number, result in enumerate(tries):
        made = c.Attempt(made_on=day - timedelta(days=number), how=How.PHONE, result=result)
        recording.attempt(db, referral, victim, made, by=by, at=moment)
    asked = c.Viewed(view=found.view, view_reason=found.why)
    recording.view(db, referral, victim, asked, by=by, at=moment)
    recording.record(db, referral, victim, _written(victim, found), by=by, at=moment)
    if found is GAVE:
        agreed = c.Consented(agreement=Agreement.PANEL, agreed_on=day)
        recording.consent(db, referral, victim, agreed, by=by, at=moment)
    if found.text:
        wish = "A letter of apology" if found is GAVE else ""
        recording.clear(db, referral, victim, c.Cleared(text=found.text, reparation=wish), by=by, at=moment)


def _written(victim: Victim, found: _Asked) -> dict[str, object]:
    plan = {"safety_plan": "They stay with an aunt at weekends and ring us if anything happens."}
    safety = {"safety": "Nothing at the moment"} | (plan if victim.same_household else {})
    if found is not GAVE:
        return safety | ({"wants_updates": False} if found is DECLINED else {})
    parts: tuple[Command, ...] = (
        c.OwnWords(statement=Statement.DECLINED, own_words="I look over my shoulder now."),
        c.Impact(impact="Takes another way home and sleeps badly."),
        c.Justice(
            justice_offered=True,
            justice_reason="They asked whether they could say something to the child.",
            justice_answer=Answer.LATER,
        ),
        c.Wishes(
            wants_reparation=True,
            reparation="A letter of apology",
            meeting=Meeting.LETTER,
            reparation_at_home=False if victim.same_household else None,
        ),
        c.Updates(wants_updates=True, updates_how="By telephone"),
    )
    return safety | {name: value for part in parts for name, value in part.model_dump().items()}


def tell_victims(db: Session, team: Team, profile: Profile, *, today: date) -> None:
    """Tell the victims of decisions: most in time, some late, and a few of the latest not yet."""
    if not profile.victim:
        return
    referral = db.get_one(Referral, profile.referral_id)
    chance = Random(profile.referral_id + 2)
    for victim in victims_of(db, profile.referral_id):
        for update in updates.open_updates(db, victim):
            days = chance.choice((0, 1, 1, 8 if chance.random() < 0.4 else 1))
            on = later(update.happened_on, days) if days else update.happened_on
            fresh = (today - update.happened_on).days < 21
            if on >= today or not is_working_day(on) or (fresh and chance.random() < 0.4):
                if update.happened_on < today:
                    lay_ready(db, team, referral, victim, update, at=at(update.happened_on, 17))
                continue
            said = c.ToldOf(
                told=True,
                told_on=on,
                how=How.PHONE,
                what=TOLD_OF,
                late_reason="They were away" if on > update.due_on else "",
            )
            updates.told(db, referral, victim, update, said, by=team["victims"], at=at(on, 14))
