"""The assessment of a demonstration case: sections, sources, screens, the child's answers, steps."""

from datetime import date, timedelta
from random import Random

from sqlmodel import Session

from panel.access import Actor
from panel.assessments import actions, asking, proposing, tablet, writing
from panel.assessments.commands import Writing
from panel.assessments.part_commands import (
    Answering,
    Asking,
    Full,
    Handing,
    Known,
    Linking,
    Proposing,
    Screened,
)
from panel.assessments.reading import assetplus_because
from panel.assessments.screens import score_of
from panel.demo.profile import Profile, at, earlier, later
from panel.demo.stories import SAYS, STEPS
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from workflows.assessment_parts import AGENCIES, Answer, Basis, Part, PlanKind, Screen, SourceKind
from workflows.case import Status
from workflows.screening import Referral as Referred
from workflows.vocabulary import Level, Outcome

SAID = {
    SourceKind.POLICE: ("Intelligence desk", "offence_analysis", "Known from two calls about noise in town."),
    SourceKind.SOCIAL_CARE: ("Front door team", "family", "A short assessment two years ago, then closed."),
    SourceKind.EDUCATION: ("Head of year", "education", "Attendance 91 %, one exclusion of two days."),
    SourceKind.HEALTH: ("School nurse", "health", "No open referral; seen for sleep in the spring."),
}
OWN = {
    "happened": "We were messing about and then I did it. Nobody made me.",
    "feel": "Bad. I keep thinking about it.",
    "others": "The people who had to sort it out. My mum, she cried.",
    "good": "I am good at football and with my little cousins.",
    "hard": "Evenings. There is nothing to do and my mates are there.",
    "people": "My form tutor. She listens.",
}


def assess(db: Session, referral: Referral, profile: Profile, draw: Random, *, by: Actor, day: date) -> None:
    """Write a whole assessment; recent ones also show statements, screens and the child's own answers."""
    recent = profile.stop is not Status.CLOSED
    moment = at(day, 9)
    actions.write(db, referral, _writing(profile, draw), by=by, at=moment)
    _ask(db, referral, profile, by=by, day=day, statements=recent)
    _screens(db, referral, by=by, day=day, filled=recent, draw=draw)
    if recent and draw.random() < 0.5:
        _own_answers(db, referral, by=by, day=day)
    _others(db, referral, profile, by=by, day=day)
    for number, step in enumerate(draw.sample(STEPS, 2)):
        due = (profile.panel_on or later(day, 5)) + timedelta(days=50 + 10 * number)
        proposing.save_step(db, referral, _step(step, due), by=by, at=at(day, 10))
    if recent:
        due = (profile.panel_on or later(day, 5)) + timedelta(days=40)
        proposing.save_step(db, referral, _professionals(due), by=by, at=at(day, 10))


def _ask(
    db: Session, referral: Referral, profile: Profile, *, by: Actor, day: date, statements: bool
) -> None:
    asked = earlier(day, 4)
    commands = [Asking(kind=kind, who=SAID[kind][0], asked_on=asked) for kind in AGENCIES]
    # Some answers are still to come in the cases that are being assessed.
    waits = profile.stop is Status.ACCEPTED and profile.victim
    for source in asking.ask(db, referral, commands, by=by, at=at(asked, 9)):
        if waits and source.kind in (SourceKind.HEALTH, SourceKind.SOCIAL_CARE):
            continue
        answer = Answering(answer=Answer.RECEIVED, answered_on=earlier(day, 1))
        asking.answer(db, referral, source.id, answer, by=by, at=at(day, 9))
        if statements:
            _, key, text = SAID[source.kind]
            known = Known(text=text, basis=Basis.REPORTED, source_id=source.id, said_on=earlier(day, 1))
            writing.know(db, referral, key, known, by=by, at=at(day, 9))


def _screens(db: Session, referral: Referral, *, by: Actor, day: date, filled: bool, draw: Random) -> None:
    for kind in Screen:
        command = _screen(kind, draw) if filled else Screened(not_done_reason="Done on paper, in the file")
        score = score_of(kind, command.answers)
        writing.screen(db, referral, kind, command, score=score, by=by, at=at(day, 10))


def _screen(kind: Screen, draw: Random) -> Screened:
    if kind is Screen.ALCOHOL:
        high = draw.random() < 0.3
        answers = {f"q{n}": "1" if high and n in (1, 2, 3, 7) else "0" for n in range(1, 11)}
        return Screened(answers=answers, note="Talked about it with the child.")
    if kind is Screen.SPEECH:
        keys = ("follows", "words", "story", "time", "literal", "reading", "speech", "known")
        found = draw.random() < 0.4
        answers = {key: "yes" if found and key in ("story", "reading") else "no" for key in keys}
        decided = Referred.SPEECH_THERAPY if found else Referred.NOT_NEEDED
        return Screened(answers=answers, referred=decided, note="Agreed with the parent." if found else "")
    keys = ("missing", "gifts", "older", "travel", "debt", "phones", "drugs", "harm")
    unsure = draw.random() < 0.3
    answers = {key: "unsure" if unsure and key == "missing" else "no" for key in keys}
    return Screened(answers=answers, referred=Referred.NOT_NEEDED, note="Asked the parent as well.")


def _own_answers(db: Session, referral: Referral, *, by: Actor, day: date) -> None:
    hand = Handing(helper="the case manager read the questions aloud", started_on=day)
    tablet.hand_over(db, referral, hand, by=by, at=at(day, 9, 30))
    for place, question in enumerate(tablet.asked(), 1):
        tablet.say(db, referral, place, OWN.get(question.key, ""), by=by, at=at(day, 9, 30 + place))
    tablet.take_back(db, referral, by=by, at=at(day, 9, 45))


def _others(db: Session, referral: Referral, profile: Profile, *, by: Actor, day: date) -> None:
    if profile.looked_after:
        plan = Linking(
            kind=PlanKind.CARE,
            lead_worker="Marta Quill, children's social care",
            next_review_on=later(day, 20),
            fit="Their worker comes to the first of our meetings; nothing is asked of the child twice.",
        )
        writing.link_plan(db, referral, plan, None, by=by, at=at(day, 10))
    if assetplus_because(profile.looked_after, offences_of(db, referral), today=day):
        full = Full(
            reference=f"AP-{referral.id:05}",
            started_on=earlier(day, 3),
            completed_on=day,
            reoffending=Level.MEDIUM,
            safety=Level.MEDIUM,
            harm=Level.LOW,
        )
        writing.full(db, referral, full, None, by=by, at=at(day, 10))


def _step(step: tuple[object, ...], due: date) -> Proposing:
    what, who, where, when, done, purpose, hours = step
    return Proposing.model_validate(
        {
            "what": what,
            "who": who,
            "how": "Talking and doing, in short meetings with a break",
            "where_at": where,
            "when_at": when,
            "done_when": done,
            "purpose": purpose,
            "hours": hours,
            "due_on": due,
            "strength": "Good with others when there is something to do",
        }
    )


def _professionals(due: date) -> Proposing:
    return Proposing(
        what="Find a place in the evening football group",
        who="the case manager, with the club",
        how="Two calls and a first visit together",
        where_at="Weirside sports ground",
        when_at="Within two weeks of the start",
        done_when="The child has been there twice",
        due_on=due,
        purpose=STEPS[0][5],
        part=Part.PROFESSIONALS,
        strength="Good at football",
    )


def _writing(profile: Profile, draw: Random) -> Writing:
    name = profile.child.given_name
    return Writing(
        offence_analysis=f"{name} acted on the spur of the moment, with friends watching.",
        responsibility=f"{name} names the own part without being asked and blames nobody else.",
        pattern="No earlier offence is known. School speaks of two quarrels in a year, both settled there.",
        victim_awareness=f"{name} first thought that nobody was hurt, and later named three people.",
        diversity=f"{name} prefers to talk while walking rather than in an office.",
        family="Lives with family who came to every appointment.",
        barriers="The youth club in the quarter was closed; buses stop at eight.",
        education="In school most days; likes practical subjects.",
        health="No health worries were named. Sleep is short at weekends.",
        substance="Has tried alcohol at a party; does not use drugs.",
        speech="Follows well when sentences are short and there is time.",
        exploitation="No sign was seen; the parent was asked as well.",
        maturity="Thinks ahead when calm. Wants to be trusted again at home.",
        strengths="Good at football and with younger children; trusts one teacher.",
        worries="Evenings in town without a plan; friends who dare each other.",
        needs="Something to do in the evening, and one adult to call.",
        child_words=draw.choice(SAYS),
        parent_words="We were shocked. We want this to be dealt with and then left behind.",
        reoffending=draw.choice((Level.LOW, Level.LOW, Level.MEDIUM)),
        reoffending_why="A first or second matter, regretted at once.",
        reoffending_up="Leaving school without a place.",
        reoffending_down="A regular evening activity.",
        safety=draw.choice((Level.LOW, Level.MEDIUM, Level.HIGH)),
        safety_why="Walks home alone late in the evening.",
        safety_who="Older groups in the town centre after dark.",
        safety_up="Going missing, or coming home with things that nobody can explain.",
        safety_down="Being collected, or coming home with a friend.",
        harm=draw.choice((Level.LOW, Level.LOW, Level.MEDIUM)),
        harm_why="Nobody was seriously hurt, and there is no pattern.",
        harm_who="Other young people in a quarrel.",
        harm_up="Carrying anything that can hurt.",
        harm_down="Leaving a quarrel when a friend says so.",
        recommended=profile.outcome if profile.outcome is not Outcome.CHARGE else Outcome.YCC,
        recommended_why="It fits what happened and what the child can do in the time.",
        contingency_signs="Out after ten without an answer to calls; a missed day at school.",
        contingency_actions="The parent calls the case manager that evening; school is told the next day.",
        social_care_open=profile.looked_after,
    )
