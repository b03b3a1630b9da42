"""The words of keeping to what was agreed: where a matter stands, its rungs, what the police may choose."""

from enum import StrEnum

from workflows.vocabulary import register


class Status(StrEnum):
    """Where one matter of not keeping to what was agreed stands."""

    MISSED = "missed"
    ANSWERED = "answered"
    WARNED = "warned"
    MET = "met"
    ALLEGED = "alleged"
    CONSIDERED = "considered"
    RETURNED = "returned"
    PROSECUTED = "prosecuted"
    SETTLED = "settled"
    CONTINUED = "continued"
    VARIED = "varied"
    NO_ACTION = "no_action"
    REPORTED = "reported"
    NOT_ENFORCED = "not_enforced"
    PROCEEDINGS = "proceedings"


class Rung(StrEnum):
    """What was done about it: one entry of the engagement record (YC-7)."""

    MISSED = "missed"
    ANSWER = "answer"
    WARNING = "warning"
    MEETING = "meeting"
    SETTLED = "settled"
    ALLEGED = "alleged"
    EXCUSE = "excuse"
    DECISION = "decision"
    PROCEEDINGS = "proceedings"
    REPORT = "report"
    NOT_ENFORCED = "not_enforced"
    RETURNED = "returned"


class Level(StrEnum):
    """How serious a warning is."""

    FIRST = "first"
    FINAL = "final"


class Choice(StrEnum):
    """What the police decide (BR-1)."""

    CONTINUE = "continue"
    VARY = "vary"
    PROSECUTE = "prosecute"
    NONE = "none"


class Way(StrEnum):
    """How the child and family were reached."""

    TALK = "talk"
    PHONE = "phone"
    VISIT = "visit"
    TEXT = "text"
    LETTER = "letter"


class Barrier(StrEnum):
    """What may stand in a child's way."""

    HEALTH = "health"
    SPEECH = "speech"
    TRANSPORT = "transport"
    SCHOOL = "school"
    FAMILY = "family"
    FEAR = "fear"
    MONEY = "money"
    FAITH = "faith"
    NONE = "none"


register(
    (
        (Status.MISSED, "Missed, to be answered"),
        (Status.ANSWERED, "Answered"),
        (Status.WARNED, "Warned"),
        (Status.MET, "Met and talked about"),
        (Status.ALLEGED, "Reported to the police"),
        (Status.CONSIDERED, "Excuse considered"),
        (Status.RETURNED, "Returned to the police"),
        (Status.PROSECUTED, "To be prosecuted"),
        (Status.SETTLED, "Settled"),
        (Status.CONTINUED, "The police: carry on"),
        (Status.VARIED, "The police: change the conditions"),
        (Status.NO_ACTION, "The police: nothing further"),
        (Status.REPORTED, "Report written for the file"),
        (Status.NOT_ENFORCED, "Ended: it was voluntary"),
        (Status.PROCEEDINGS, "Proceedings started"),
        (Rung.MISSED, "Missed"),
        (Rung.ANSWER, "Answered"),
        (Rung.WARNING, "Warning given"),
        (Rung.MEETING, "Meeting to get going again"),
        (Rung.SETTLED, "Settled"),
        (Rung.ALLEGED, "Possible breach reported to the police"),
        (Rung.EXCUSE, "Excuse considered by the police"),
        (Rung.DECISION, "Decision of the police"),
        (Rung.PROCEEDINGS, "Proceedings started"),
        (Rung.REPORT, "Report of not taking part"),
        (Rung.NOT_ENFORCED, "Ended without taking part"),
        (Rung.RETURNED, "Returned to the police to decide"),
        (Level.FIRST, "First warning"),
        (Level.FINAL, "Final warning"),
        (Choice.CONTINUE, "Continue as it is"),
        (Choice.VARY, "Change the conditions"),
        (Choice.PROSECUTE, "Prosecute for the offence"),
        (Choice.NONE, "Take no further action on this"),
        (Way.TALK, "Talk face to face"),
        (Way.PHONE, "Telephone"),
        (Way.VISIT, "Home visit"),
        (Way.TEXT, "Text message"),
        (Way.LETTER, "Letter"),
        (Barrier.HEALTH, "Health or mental health"),
        (Barrier.SPEECH, "Understanding, speech or reading"),
        (Barrier.TRANSPORT, "Getting there"),
        (Barrier.SCHOOL, "School, college or work"),
        (Barrier.FAMILY, "Something at home"),
        (Barrier.FEAR, "Not feeling safe there, or on the way"),
        (Barrier.MONEY, "Money"),
        (Barrier.FAITH, "Faith or culture"),
        (Barrier.NONE, "Nothing was named"),
    )
)

WITH_THE_YOT = (Status.MISSED, Status.ANSWERED, Status.WARNED, Status.MET)
WITH_THE_POLICE = (Status.ALLEGED, Status.CONSIDERED, Status.RETURNED, Status.PROSECUTED)
OPEN = (*WITH_THE_YOT, *WITH_THE_POLICE)
ENDS: dict[Choice, Status] = {
    Choice.CONTINUE: Status.CONTINUED,
    Choice.VARY: Status.VARIED,
    Choice.PROSECUTE: Status.PROSECUTED,
    Choice.NONE: Status.NO_ACTION,
}
