"""Cases on their way from the accepted referral to the countersigned assessment."""

from datetime import datetime, timedelta

from sqlmodel import Session

from config.countersigning import criteria
from panel.access import Actor
from panel.assessments import actions, asking, countersigning, proposing, writing
from panel.assessments.commands import Comment, Writing
from panel.assessments.countersign_commands import Judgement, Said
from panel.assessments.part_commands import Answering, Asking, Proposing, Screened
from panel.concerns import actions as concerns
from panel.concerns.commands import SafeguardingDetails
from panel.referrals import actions as referrals
from panel.referrals.commands import Accept
from panel.referrals.models import Referral
from panel.victims import actions as victims
from panel.victims import commands as v
from panel.victims import recording
from panel.victims.models import Victim
from panel.victims.queries import victims_of
from panel.web import PanelApp
from tests.support.remembered import remembered
from tests.support.visitor import Visitor
from tests.support.world import NOW, PASSWORD, PEOPLE, TODAY, World, accepted, draft
from workflows import victim as w
from workflows.assessment_parts import Answer, Screen, SourceKind
from workflows.concerns import Safeguarding
from workflows.countersigning import Judged
from workflows.victim import How, Kind, Meeting, Result, Statement
from workflows.vocabulary import Level, Outcome, Purpose, View

VICTIM_NAME = "Marguerite Oldcastle"
VICTIM_PHONE = "01632 960777"
VICTIM_EMAIL = "m.oldcastle@example.test"
VICTIM_ADDRESS = "9 Weir Cottages, Kelder KD7 9XZ"
OWN_WORDS = "I lie awake and listen for the glass."
CLEARED = "They no longer wait at that stop in the evening. They would like the shelter to be mended."
# None of these may ever be on a page of anybody but the victim worker.
CANARIES = ("Marguerite", "Oldcastle", "960777", "m.oldcastle", "Weir Cottages", "KD7 9XZ", "lie awake")

TOLD = v.Told(
    kind=Kind.PERSON, name=VICTIM_NAME, phone=VICTIM_PHONE, email=VICTIM_EMAIL, address=VICTIM_ADDRESS
)
TRIED = v.Attempt(made_on=TODAY, how=How.PHONE, result=Result.REACHED)
VIEWED = v.Viewed(view=View.GIVEN)
FOR_THE_PANEL = v.Cleared(text=CLEARED, reparation="They would like the shelter to be repainted.")
RECORD = (
    v.OwnWords(statement=Statement.DECLINED, own_words=OWN_WORDS),
    v.Impact(impact="She takes another way home."),
    v.Safety(safety="Nothing now."),
    v.Justice(justice_offered=True, justice_reason="She asked for it.", justice_answer=w.Answer.YES),
    v.Wishes(wants_reparation=True, reparation="A repainted shelter.", meeting=Meeting.LETTER),
    v.Updates(wants_updates=True, updates_how="By telephone"),
)
WRITTEN = Writing(
    offence_analysis="Robin was angry after a quarrel and did not think.",
    responsibility="He says that it was his foot and his fault.",
    pattern="No earlier matter is known to the police or to us.",
    victim_awareness="He can say that people had to wait in the rain.",
    diversity="Robin is mixed heritage and reads below his age.",
    family="He lives with his mother and two sisters.",
    barriers="The bus that takes him to football was cut.",
    education="He is in year 10 and likes workshop days.",
    health="His health is good.",
    substance="He tried cider once and did not like it.",
    speech="He follows short sentences well.",
    exploitation="No sign was seen or reported.",
    maturity="He thinks ahead when he is calm and wants to be trusted.",
    strengths="His football coach; he wants to be a mechanic.",
    worries="Evenings without anything to do.",
    needs="Something to do on weekday evenings, with people who know him.",
    child_words="I was stupid. I want to put it right.",
    parent_words="He is a good lad who loses his temper.",
    reoffending=Level.LOW,
    reoffending_why="A single act, regretted at once.",
    safety=Level.MEDIUM,
    safety_why="He walks off alone when he is upset.",
    safety_who="Traffic and strangers, when he is out alone at night.",
    safety_up="A night away from home.",
    safety_down="Somebody to call when he is upset.",
    harm=Level.LOW,
    harm_why="Nobody was there; no pattern.",
    recommended=Outcome.YCC,
    recommended_why="He admits it and wants to repair the damage.",
    contingency_signs="He is out after ten and does not answer his telephone.",
    contingency_actions="His mother calls Priya Nair the same evening; we meet within two days.",
    social_care_open=False,
)
ASKED = tuple(
    Asking(kind=kind, who=who, asked_on=TODAY)
    for kind, who in (
        (SourceKind.POLICE, "Intelligence desk"),
        (SourceKind.SOCIAL_CARE, "Front door"),
        (SourceKind.EDUCATION, "Kelder High, Ms Lane"),
        (SourceKind.HEALTH, "School nurse"),
    )
)
ANSWERED = Answering(answer=Answer.RECEIVED, answered_on=TODAY)
NOT_DONE = Screened(not_done_reason="Robin was too tired today")
REHABILITATION = Proposing(
    how="A walk and a talk each time",
    what="Four talks about anger",
    who="Priya Nair",
    where_at="Youth centre, Keel Street",
    when_at="Four Wednesdays at 16:00",
    done_when="Four talks were held",
    due_on=TODAY + timedelta(days=60),
    purpose=Purpose.REHABILITATION,
)
REPARATION = Proposing(
    how="Sanding, then painting, with two other young people",
    what="Help to repaint bus shelters",
    who="Council repair team",
    where_at="Council yard",
    when_at="Two Saturdays, 10:00 to 13:00",
    done_when="Six hours are signed off",
    due_on=TODAY + timedelta(days=70),
    purpose=Purpose.REPARATION,
    hours=6,
)
COMMENT = Comment(comment="Clear and fair; the school was asked.")
SAFE = SafeguardingDetails(answer=Safeguarding.NOT_NEEDED, reason="No sign of harm at home or outside.")


def told(db: Session, world: World, **more: object) -> Referral:
    """A draft in which the officer has named the victim."""
    referral = draft(db, world, **more)  # type: ignore[arg-type]
    victims.tell(db, referral, TOLD, by=world.actor(str(more.get("by", "officer"))), at=NOW)
    return referral


def asked(db: Session, world: World, referral: Referral) -> None:
    """The victim worker has dealt with every victim of the case: asked, written down, cleared."""
    for victim in victims_of(db, referral.id):
        heard(db, world, referral, victim)


def heard(db: Session, world: World, referral: Referral, victim: Victim) -> None:
    """One victim gave a view, and all about it is written down."""
    worker = world.actor("victim_worker")
    recording.attempt(db, referral, victim, TRIED, by=worker, at=NOW)
    recording.view(db, referral, victim, VIEWED, by=worker, at=NOW)
    for part in RECORD:
        recording.record(db, referral, victim, part.model_dump(), by=worker, at=NOW)
    recording.clear(db, referral, victim, FOR_THE_PANEL, by=worker, at=NOW)


def accepted_with_victim(db: Session, world: World, **more: object) -> Referral:
    """A case that is being assessed, with a named victim who has not been asked yet."""
    referral = told(db, world, **more)
    officer = world.actor(str(more.get("by", "officer")))
    referrals.submit(db, referral, by=officer, at=NOW, overrides={})
    choice = Accept(case_manager_id=world.users["case_manager"])
    referrals.accept(db, referral, choice, by=world.actor("manager"), at=NOW)
    return referral


def write_all(db: Session, referral: Referral, author: Actor) -> None:
    """Everything that an assessment needs before it can be submitted, except steps."""
    actions.write(db, referral, WRITTEN, by=author, at=NOW)
    for source in asking.ask(db, referral, ASKED, by=author, at=NOW):
        asking.answer(db, referral, source.id, ANSWERED, by=author, at=NOW)
    for kind in Screen:
        writing.screen(db, referral, kind, NOT_DONE, score=None, by=author, at=NOW)


@remembered
def written(db: Session, world: World, *, victim: bool = False, **more: object) -> Referral:
    """A case whose assessment is complete but not submitted, with a victim's view when there is one."""
    referral = (accepted_with_victim if victim else accepted)(db, world, **more)
    author = world.actor("case_manager")
    write_all(db, referral, author)
    for step in (REHABILITATION, REPARATION):
        proposing.save_step(db, referral, step, by=author, at=NOW)
    concerns.safeguard(db, referral, SAFE, by=author, at=NOW)
    if victim:
        asked(db, world, referral)
    return referral


def handed_in(db: Session, world: World, **more: object) -> Referral:
    """A case whose assessment waits for its countersignature."""
    referral = written(db, world, **more)  # type: ignore[arg-type]
    actions.submit(db, referral, by=world.actor("case_manager"), at=NOW, overrides={})
    return referral


@remembered
def assessed(db: Session, world: World, **more: object) -> Referral:
    """A case that is ready for the panel; `victim=True` adds a victim whose view is cleared."""
    referral = handed_in(db, world, **more)
    sign(db, world, referral)
    return referral


def judgement(**others: Judged) -> Judgement:
    """Every criterion is met, except those that are named."""
    said = {c.key: others.get(c.key, Judged.MET) for c in criteria()}
    return Judgement(
        criteria={key: Said(judged=one, remark="Seen in the text.") for key, one in said.items()}
    )


def sign(db: Session, world: World, referral: Referral, *, by: str = "manager", at: datetime = NOW) -> None:
    """A manager judges every criterion as met and countersigns."""
    countersigning.judge(db, referral, judgement(), by=world.actor(by), at=at)
    countersigning.countersign(db, referral, COMMENT, by=world.actor(by), at=at, overrides={})


def enter(app: PanelApp, key: str) -> Visitor:
    """One of the people of the world, signed in."""
    assert key in PEOPLE
    visitor = Visitor(app)
    visitor.send("/sign-in", {"email": World.email(key), "password": PASSWORD})
    return visitor
