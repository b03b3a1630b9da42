"""Cases on their way from the decision to the closed file, built with the actions of the service."""

import base64
import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw
from sqlmodel import Session, select

from config.explaining import groups
from panel.closing import actions as closing
from panel.closing import commands as ending
from panel.decisions.decide import decide
from panel.decisions.models import DraftCondition
from panel.disposals import actions, authorising, signing
from panel.disposals import commands as c
from panel.disposals.paper import Issuer, signers_of
from panel.disposals.queries import disposal_for
from panel.disposals.sign_commands import Sign
from panel.documents.signatures import signature_png
from panel.plans import actions as plans
from panel.plans.commands import Close, StepNote
from panel.plans.models import StepState
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from tests.support.decided import decided, mark_of, ready
from tests.support.remembered import remembered
from tests.support.world import NOW, World
from workflows.calendar import today_in_london
from workflows.closing import Means, Side
from workflows.requirements import RightToGive
from workflows.vocabulary import CAUTIONS, SIGNED_OUTCOMES, Adult, Advice, Outcome, Relationship, Signer

ISSUER = Issuer("Demonstration Police", demo=True)
GIVEN_AT = NOW + timedelta(hours=2)
MOTHER = c.Prepare(
    adult=Adult.PARENT,
    adult_name="Dana Fielding",
    adult_relationship=Relationship.MOTHER,
    adult_aged_18=True,
    child_reasons="You said what you had done straight away, and you want to put it right.",
)
# Every topic of every outcome, and something said back about each part: what does not apply is not kept.
TOPICS = tuple(topic for group in groups() for topic in group.topics)
SAID = {group.key: f"I know about this: {group.title.lower()}." for group in groups() if group.ask}
TOLD = c.Explain(
    ways=("read_aloud", "examples"),
    ticked=TOPICS,
    said=SAID,
    adult_here=True,
    explained_place="Keel Street police station",
    method="Read aloud in English",
    advice=Advice.DECLINED,
    admitted_again=True,
    warned=True,
    childs_words="If I do not do the six hours I could go to court.",
    case_manager_present=True,
)
RIGHT = c.Authorise(
    rank="Constable",
    collar="4411",
    evidence="The paint on his sleeve, and what he says himself.",
    sufficient=True,
    decision="A formal warning is enough.",
)
RIGHT_YCC = c.AuthoriseConditional(
    **RIGHT.model_dump() | {"decision": "The hours answer the harm."}, authority=RightToGive.TRAINED
)
NAMES = Sign(
    child_name="Robin Fielding",
    adult_name="Dana Fielding",
    officer_name="Jo Marsh",
    manager_name="Priya Nair",
    consented=True,
)
EVERYBODY = frozenset(Signer)


def drawn_url(height: int = 20) -> str:
    """A signature as the pad posts it; another height is another hand."""
    picture = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(picture).line([(20, 90), (120, height), (200, 100), (380, 30)], fill="black", width=4)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def drawings(who: frozenset[Signer] = EVERYBODY) -> signing.Signed:
    """Signatures drawn on the screen."""
    pictures = {signer: signature_png(drawn_url(20 + 5 * n)) for n, signer in enumerate(sorted(who))}
    return signing.Signed(who, pictures)


def authorised(
    db: Session, world: World, referral: Referral, *, by: str = "officer", at: datetime = GIVEN_AT
) -> None:
    """An officer answers for what the law asks before a caution is explained; nothing for other outcomes."""
    outcome = disposal_for(db, referral).outcome
    if outcome in CAUTIONS:
        command = RIGHT_YCC if outcome is Outcome.YCC else RIGHT
        authorising.authorise(db, referral, command, by=world.actor(by), at=at)


def prepared(
    db: Session,
    world: World,
    outcome: Outcome = Outcome.YCC,
    *,
    by: str = "officer",
    at: datetime = GIVEN_AT,
    command: c.Prepare = MOTHER,
    **more: object,
) -> Referral:
    """A decided case whose document has been made, and for which an officer answers."""
    referral = decided(db, world, outcome, **more)
    actions.prepare(db, referral, command, ISSUER, by=world.actor(by), at=at)
    authorised(db, world, referral, by=by, at=at)
    return referral


def explained(
    db: Session,
    world: World,
    outcome: Outcome = Outcome.YCC,
    *,
    by: str = "officer",
    at: datetime = GIVEN_AT,
    told: c.Explain = TOLD,
    **more: object,
) -> Referral:
    """A case whose disposal has been explained."""
    referral = prepared(db, world, outcome, by=by, at=at, **more)  # type: ignore[arg-type]
    actions.explain(db, referral, told, by=world.actor(by), at=at)
    return referral


@remembered
def signed(
    db: Session,
    world: World,
    outcome: Outcome = Outcome.YCC,
    *,
    by: str = "officer",
    at: datetime = GIVEN_AT,
    **more: object,
) -> Referral:
    """A case whose disposal has been signed on the screen by all three."""
    referral = explained(db, world, outcome, by=by, at=at, **more)  # type: ignore[arg-type]
    who = frozenset(signers_of(disposal_for(db, referral)))
    signing.sign(db, referral, NAMES, drawings(who), ISSUER, by=world.actor(by), at=at)
    return referral


@remembered
def given(
    db: Session,
    world: World,
    outcome: Outcome = Outcome.YCC,
    *,
    by: str = "officer",
    at: datetime = GIVEN_AT,
    **more: object,
) -> Referral:
    """A case whose disposal has been given today: signed first where the outcome is signed."""
    before = signed if outcome in SIGNED_OUTCOMES else explained
    referral = before(db, world, outcome, by=by, at=at, **more)  # type: ignore[arg-type]
    actions.give(db, referral, by=world.actor(by), at=at)
    return referral


@remembered
def notified(db: Session, world: World, outcome: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case of whose disposal the YOT knows; its plan is under way."""
    referral = given(db, world, outcome, **more)  # type: ignore[arg-type]
    plans.acknowledge(db, referral, by=world.actor("case_manager"), at=GIVEN_AT)
    return referral


SUMMARY = ending.Summary(
    done="Four talks and six hours of painting.",
    helped="Somebody who listened.",
    still_open="Nothing.",
    exit_services="The boxing club; the school knows.",
    safety="Safe at home; no new concern.",
    if_trouble="Talk with him early in the day.",
    child_done="You came to every talk.",
    child_well="You are good with your hands.",
    child_next="Call Priya: 01632 960123.",
)
THINKS = ending.SaidToWorker(
    answers={"fair": "yes"}, words="It was all right.", means=Means.TALK, given_on=today_in_london(GIVEN_AT)
)


def asked(db: Session, world: World, referral: Referral) -> None:
    """The closing summary is written; child and parent said what they think of it."""
    worker = world.actor("case_manager")
    closing.sum_up(db, referral, SUMMARY, by=worker, at=GIVEN_AT)
    for side in Side:
        closing.say(db, referral, side, THINKS, by=worker, at=GIVEN_AT)


def done(db: Session, world: World, outcome: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case whose steps are all done."""
    referral = notified(db, world, outcome, **more)
    worker = world.actor("case_manager")
    note = StepNote(state=StepState.DONE, done_on=today_in_london(GIVEN_AT), evidence="Seen and signed off.")
    for step in steps_of(db, referral.id):
        plans.note_step(db, referral, step.place, note, by=worker, at=GIVEN_AT)
    return referral


@remembered
def closed(db: Session, world: World, outcome: Outcome = Outcome.YCC, **more: object) -> Referral:
    """A case whose steps are all done and which is closed."""
    referral = done(db, world, outcome, **more)
    asked(db, world, referral)
    end = Close(reason="Every step was done.")
    plans.close(db, referral, end, by=world.actor("case_manager"), at=GIVEN_AT)
    return referral


def without_steps(db: Session, world: World, outcome: Outcome = Outcome.NFA) -> Referral:
    """A case that is given with nothing for the child to do."""
    referral = ready(db, world, outcome=outcome)
    for step in db.exec(select(DraftCondition)):
        db.delete(step)
    db.flush()
    seen = mark_of(db, referral)
    decide(db, referral, seen=seen, by=world.actor("chair"), at=NOW, overrides={})
    officer = world.actor("officer")
    actions.prepare(db, referral, MOTHER, ISSUER, by=officer, at=GIVEN_AT)
    actions.explain(db, referral, TOLD, by=officer, at=GIVEN_AT)
    actions.give(db, referral, by=officer, at=GIVEN_AT)
    return referral
