"""What is recorded about a victim, in words: who, how reached, what they want, what they are told."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from workflows.vocabulary import register


class Kind(StrEnum):
    """Who was harmed; a business is served through a person (VIC-6)."""

    PERSON = "person"
    BUSINESS = "business"


class How(StrEnum):
    """The way by which somebody is reached."""

    PHONE = "telephone"
    TEXT = "text_message"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"


class Result(StrEnum):
    """What became of an attempt to reach a victim."""

    REACHED = "reached"
    MESSAGE = "message_left"
    NO_ANSWER = "no_answer"
    WRONG = "wrong_details"


class Statement(StrEnum):
    """What became of the offer of a victim personal statement (VIC-7)."""

    MADE = "made"
    DECLINED = "declined"
    NOT_OFFERED = "not_offered"


class Answer(StrEnum):
    """What a victim answers to an offer (VIC-5)."""

    YES = "yes"
    NO = "no"
    LATER = "undecided"


class Meeting(StrEnum):
    """What contact with the child a victim wishes (CON-8)."""

    NONE = "none"
    LETTER = "letter"
    MEET = "meet"
    UNDECIDED = "undecided"


class Ground(StrEnum):
    """Why a victim has enhanced rights (VIC-3)."""

    SERIOUS = "most_serious_crime"
    TARGETED = "persistently_targeted"
    VULNERABLE = "vulnerable"
    INTIMIDATED = "intimidated"


class Agreement(StrEnum):
    """What a victim may agree to, and take back."""

    PANEL = "panel_reads_view"
    STATEMENT = "statement_used"
    JUSTICE = "restorative_justice"
    UPDATES = "updates"


class Happened(StrEnum):
    """The decisions of which a victim is told (VIC-1)."""

    DECIDED = "decided"
    GIVEN = "given"
    NOT_GOING_ON = "not_going_on"
    RESCINDED = "rescinded"
    POLICE_DECIDED = "police_decided"
    COMPLETED = "completed"
    PROSECUTED = "prosecuted"


RIGHT_6 = "VIC-1, Right 6 of the Victims' Code; CHG-1: the panel cannot charge"
TOLD_BY_POLICE = (
    "Whether the child is charged, and what happens in court, the police and the Crown Prosecution Service "
    "decide and tell the victim."
)


def who_tells(happened: Happened, *, goes_back: bool) -> str:
    """What a victim worker leaves to police and prosecutors, and what is theirs; empty out of court."""
    if happened is Happened.PROSECUTED:
        return (
            f"{TOLD_BY_POLICE} So there is no letter from here. Tell them that what was agreed has ended, "
            "ask whether the police have told them of the court, and write down what they say."
        )
    if goes_back and happened in (Happened.DECIDED, Happened.GIVEN, Happened.POLICE_DECIDED):
        return (
            f"{TOLD_BY_POLICE} Tell them that the case goes back to the police, and whom they can ask there. "
            "Our letter says that and no more."
        )
    return ""


class Recipient(StrEnum):
    """To whom a letter about a decision goes: chosen by what they are, never typed (X32)."""

    VICTIM = "the_victim"
    SPEAKS_FOR = "speaks_for_the_victim"


class NotOwed(StrEnum):
    """Why a victim is not told."""

    OBJECTS = "objects"
    NOT_WANTED = "not_wanted"
    NOT_REACHED = "not_reached"
    REPLACED = "replaced"


register(
    (
        (Kind.PERSON, "A person"),
        (Kind.BUSINESS, "A business or an organisation"),
        (How.PHONE, "Telephone"),
        (How.TEXT, "Text message"),
        (How.EMAIL, "Email"),
        (How.LETTER, "Letter"),
        (How.VISIT, "Visit or meeting"),
        (Result.REACHED, "Reached"),
        (Result.MESSAGE, "Left a message"),
        (Result.NO_ANSWER, "No answer"),
        (Result.WRONG, "The details were wrong"),
        (Statement.MADE, "Offered, and they made one"),
        (Statement.DECLINED, "Offered, and they do not want to make one"),
        (Statement.NOT_OFFERED, "Not offered yet"),
        (Answer.YES, "Yes, they would take part"),
        (Answer.NO, "No"),
        (Answer.LATER, "They have not answered yet"),
        (Meeting.NONE, "None"),
        (Meeting.LETTER, "A letter or a message that is passed on"),
        (Meeting.MEET, "To meet the child"),
        (Meeting.UNDECIDED, "They have not decided yet"),
        (Ground.SERIOUS, "Victim of the most serious crime"),
        (Ground.TARGETED, "Persistently targeted"),
        (Ground.VULNERABLE, "Vulnerable, as every victim under 18 is"),
        (Ground.INTIMIDATED, "Intimidated"),
        (Agreement.PANEL, "The panel reads what they say"),
        (Agreement.STATEMENT, "Their personal statement is used"),
        (Agreement.JUSTICE, "They take part in restorative justice"),
        (Agreement.UPDATES, "They are told what happens"),
        (Happened.DECIDED, "The panel decided"),
        (Happened.GIVEN, "The disposal was given"),
        (Happened.NOT_GOING_ON, "The case does not go on"),
        (Happened.RESCINDED, "The decision was taken back"),
        (Happened.POLICE_DECIDED, "The police decided otherwise than the panel"),
        (Recipient.VICTIM, "The victim"),
        (Recipient.SPEAKS_FOR, "Whoever speaks for the victim"),
        (Happened.COMPLETED, "What was agreed is over"),
        (Happened.PROSECUTED, "The child is prosecuted after all"),
        (NotOwed.REPLACED, "What was decided does not stand any more, and they had not been told of it"),
        (NotOwed.OBJECTS, "They object to contact"),
        (NotOwed.NOT_WANTED, "They asked not to be told"),
        (NotOwed.NOT_REACHED, "They could not be told"),
    )
)


def agree_at_home(victims: Iterable[Any]) -> bool:
    """Whether a victim lives with the child and every such victim agrees to reparation there (VIC-10).

    `victims` are rows with `same_household`, `reparation_at_home` and `objects_to_sharing`.
    """
    at_home = [one for one in victims if one.same_household]
    return bool(at_home) and all(one.reparation_at_home and not one.objects_to_sharing for one in at_home)
