"""Letters that tell a victim of a decision; the victim worker writes, reads and sends them (VIC-1, VIC-8).

The letter is made from a type without any field for the child's life: it has no name, home, school or health.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from config.private_words import tells_of_life
from panel.access import Actor
from panel.accounts.models import Area, User
from panel.documents.actions import keep
from panel.documents.models import Document, Kind
from panel.documents.typst import DEMO_WORDS, pdf
from panel.documents.uploads import safe_filename
from panel.errors import Missing
from panel.referrals.models import Referral
from panel.referrals.moves import tell as note_in_case
from panel.referrals.queries import carer_of, child_of, offences_of
from panel.victims import updates
from panel.victims.commands import LetterText, ToldOf
from panel.victims.leaks import known, leaks
from panel.victims.models import Victim, VictimContact, VictimLetter, VictimUpdate
from panel.victims.queries import contact_of, contacts_of, victims_of
from workflows.calendar import long_date, today_in_london
from workflows.masking import Known, names, places, tells
from workflows.victim import Happened, How, Recipient
from workflows.vocabulary import Outcome, words

# Whether a child is charged is decided, and told to the victim, by police and prosecutors (CHG-1, VIC-1).
GOES_BACK = (Outcome.CHARGE, Outcome.RETURNED)
WITH_LETTER = (Happened.DECIDED, Happened.GIVEN, Happened.POLICE_DECIDED)


class TellsOfChild(Exception):
    """The text would tell the victim about the child's life; `what` says of what kind."""

    def __init__(self, what: tuple[str, ...]) -> None:
        super().__init__(", ".join(what))
        self.what = what


@dataclass(frozen=True)
class VictimPaper:
    """Everything that a letter to a victim may say, and nothing else."""

    reference: str
    to_name: str
    about_whom: str
    no_action: bool
    goes_back: bool
    given: bool
    decided_on: date
    outcomes: tuple[str, ...]
    reasons: str
    worker_name: str
    area_name: str
    force_name: str
    written_on: date
    demo: bool


def letter_pdf(paper: VictimPaper) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1; that of no further action differs from the others."""
    day = paper.written_on
    return pdf(
        "victim.typ",
        asdict(paper)
        | {"day": [day.year, day.month, day.day], "demo_words": DEMO_WORDS if paper.demo else ""},
    )


def recipients(victim: Victim, contact: VictimContact) -> list[Recipient]:
    """To whom a letter may go: what is known of them decides, and nothing is typed (X32)."""
    through = contact.speak_with and not contact.adult_suspected
    found = [Recipient.SPEAKS_FOR] if through else []
    return found if through and victim.under_18 else [Recipient.VICTIM, *found]


def name_of(recipient: Recipient, victim: Victim, contact: VictimContact) -> str:
    """Whom the letter greets."""
    return contact.speak_with if recipient is Recipient.SPEAKS_FOR else victim.name or "Sir or Madam"


def first_line(contact: VictimContact) -> str:
    """The first line of the address, by which a person sees that it is the right one."""
    return contact.address.replace("\n", ",").split(",")[0].strip() or "No address is on record"


def write(
    db: Session,
    referral: Referral,
    victim: Victim,
    update: VictimUpdate,
    command: LetterText,
    *,
    force_name: str,
    demo: bool,
    by: Actor,
    at: datetime,
) -> VictimLetter:
    """Make a letter, which waits to be read and sent. Raises `TellsOfChild`, `Missing`."""
    contact = contact_of(db, victim)
    if update.happened not in WITH_LETTER or command.recipient not in recipients(victim, contact):
        raise Missing()
    others = [one for one in victims_of(db, referral.id) if one.id != victim.id]
    told = leaks(command.reasons, known(others, contacts_of(db, referral.id)))
    if what := (*tells_of_child(db, referral, command.reasons), *(f"another victim's {one}" for one in told)):
        raise TellsOfChild(what)
    today = today_in_london(at)
    paper = VictimPaper(
        reference=referral.reference,
        to_name=name_of(command.recipient, victim, contact),
        about_whom="you" if command.recipient is Recipient.VICTIM else "the person for whom you speak",
        no_action=referral.outcome is Outcome.NFA,
        goes_back=referral.outcome in GOES_BACK,
        given=update.happened is Happened.GIVEN,
        decided_on=update.happened_on,
        outcomes=tuple(
            f"{offence.title}: {words(offence.outcome)}"
            for offence in offences_of(db, referral)
            if offence.outcome
        ),
        reasons=command.reasons,
        worker_name=db.exec(select(User.name).where(User.id == by.id)).one(),
        area_name=db.exec(select(Area.name).where(Area.id == referral.area_id)).one(),
        force_name=force_name,
        written_on=today,
        demo=demo,
    )
    document = keep(
        db,
        referral_id=referral.id,
        kind=Kind.VICTIM_LETTER,
        title="Letter about a decision",
        filename=safe_filename("letter", "pdf"),
        media_type="application/pdf",
        data=letter_pdf(paper),
        by=by,
        at=at,
    )
    letter = VictimLetter(
        update_id=update.id,
        number=len(letters_of(db, update)) + 1,
        recipient=command.recipient,
        reasons=command.reasons,
        document_id=document.id,
        by_id=by.id,
        at=at,
    )
    db.add(letter)
    note_in_case(db, referral, "victim_letter", by=by, at=at, said={"digest": document.digest})
    return letter


def tells_of_child(db: Session, referral: Referral, text: str) -> tuple[str, ...]:
    """What a text tells of the child's life, in words: who and where, and home, school, health, family."""
    child, carer = child_of(db, referral), carer_of(db, referral)
    known: list[Known] = [
        *names("the child's name", "", child.name, child.other_names),
        *places("the child's address", "", child.address, child.postcode),
        *places("the child's school", "", child.school),
    ]
    if carer is not None:
        known += names("the parent's or carer's name", "", carer.name)
        known += places("the child's address", "", carer.address, carer.phone, carer.email)
    found = (*tells(text, known), *tells_of_life(text))
    return tuple(dict.fromkeys(kind for kind in found if kind != "date"))


def letters_of(db: Session, update: VictimUpdate) -> list[VictimLetter]:
    """The letters about one decision, the newest first."""
    query = select(VictimLetter).where(VictimLetter.update_id == update.id)
    return list(db.exec(query.order_by(col(VictimLetter.number).desc())))


def paper_of(db: Session, update: VictimUpdate, number: int) -> tuple[VictimLetter, Document]:
    """A letter with its paper. Raises `Missing`."""
    found = next((letter for letter in letters_of(db, update) if letter.number == number), None)
    if found is None:
        raise Missing()
    return found, db.exec(select(Document).where(Document.id == found.document_id)).one()


def send(
    db: Session,
    referral: Referral,
    victim: Victim,
    update: VictimUpdate,
    number: int,
    late_reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write down that the newest letter was sent today: with it the victim has been told.

    Raises `updates.ToldLate` when it is late and no reason is given, `Missing` for any other letter.
    """
    letter, _ = paper_of(db, update, number)
    waits = update.told_on is None and update.not_owed is None
    if not waits or letter.number != letters_of(db, update)[0].number:
        raise Missing()
    today = today_in_london(at)
    written, to = long_date(today_in_london(letter.at)), words(letter.recipient).lower()
    said = f"Letter {letter.number} of {written}, to {to}."
    told = ToldOf(told=True, told_on=today, how=How.LETTER, what=said, late_reason=late_reason)
    updates.told(db, referral, victim, update, told, by=by, at=at)
    letter.sent_on, letter.sent_by_id = today, by.id
    db.add(letter)
