"""What may still happen to a recorded decision: nothing is edited, everything needs a second person."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import POLICE, Role
from workflows.vocabulary import register


class Status(StrEnum):
    """Where a correction or a rescission stands."""

    OPEN = "open"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Place(StrEnum):
    """What of a record may hold a slip; outcome and conditions bind the child and are no slips."""

    REASONS = "reasons"
    CONSIDERED = "considered"
    EVIDENCE = "evidence"
    TOOK_PLACE = "took_place"
    MEMBER = "member"


class Authority(StrEnum):
    """By what authority somebody decides for the police (YCC-1)."""

    CONSTABLE = "constable"
    SERGEANT = "sergeant_or_above"
    INVESTIGATING = "investigating_officer"
    PROSECUTOR = "authorised_by_prosecutor"
    CPS = "crown_prosecutor"


class Side(StrEnum):
    """The two sides that decide together (PAN-3)."""

    YOT = "yot"
    POLICE = "police"


register(
    (
        (Status.OPEN, "Not asked for"),
        (Status.PROPOSED, "Waits for a second person"),
        (Status.CONFIRMED, "Confirmed"),
        (Status.DECLINED, "Declined"),
        (Place.REASONS, "Reasons"),
        (Place.CONSIDERED, "What else was considered"),
        (Place.EVIDENCE, "The police's view of the evidence"),
        (Place.TOOK_PLACE, "The day on which it took place"),
        (Place.MEMBER, "The name of a member"),
        (Authority.CONSTABLE, "Constable, trained for this"),
        (Authority.SERGEANT, "Sergeant or above"),
        (Authority.INVESTIGATING, "Investigating officer"),
        (Authority.PROSECUTOR, "Authorised by a relevant prosecutor"),
        (Authority.CPS, "Crown Prosecution Service"),
        (Side.YOT, "The YOT"),
        (Side.POLICE, "The police"),
    )
)
TERMS = "Joint panel terms of reference"
MINIMUM = "Decision record minimum"


@dataclass(frozen=True, kw_only=True)
class RulingFacts:
    """What the rules of correcting and rescinding look at."""

    reason: str = ""
    another_person: bool = True
    other_side: bool = True
    stands: bool = True
    given: bool = False
    already_open: bool = False
    changes: bool = True
    text_is_there: bool = True
    told_in: tuple[str, ...] = ()


RulingGuard = Guard[RulingFacts]
REASON = RulingGuard("ruling_reason", lambda f: bool(f.reason.strip()), "Give a reason.", "PAN-5", MINIMUM)
ONE_AT_A_TIME = RulingGuard(
    "one_at_a_time",
    lambda f: not f.already_open,
    "Somebody has asked for this already: it waits for a second person to confirm or decline it.",
    "PAN-5",
    MINIMUM,
)
TWO_PEOPLE = RulingGuard(
    "two_people",
    lambda f: f.another_person,
    "You asked for this yourself: somebody else has to confirm or decline it.",
    "PAN-3",
    "Decisions are made by more than one person",
)
STILL_SO = RulingGuard(
    "still_so",
    lambda f: f.text_is_there,
    "The old text is not in the record, or it has been corrected meanwhile: copy it word for word.",
    "PAN-5",
    MINIMUM,
)
SAYS_MORE = RulingGuard(
    "says_more",
    lambda f: f.changes,
    "The new text is the same as the old one.",
    "PAN-5",
    MINIMUM,
)
HIDES_VICTIM = RulingGuard(
    "hides_victim",
    lambda f: not f.told_in,
    "The new text would tell the child who the victim is or where to find them: take that out.",
    "VIC-9",
    "Data Protection Act 2018 s.40: personal data are kept secure",
)
YOT_AND_POLICE = RulingGuard(
    "yot_and_police",
    lambda f: f.other_side,
    "The other side has to confirm this: a YOT manager and the police rescind a decision together.",
    "PAN-3",
    TERMS,
)
DECISION_STANDS = RulingGuard(
    "decision_stands",
    lambda f: f.stands,
    "This decision does not stand any more: it was rescinded, or the case has moved on.",
    "PAN-2",
    TERMS,
)
NOT_GIVEN = RulingGuard(
    "not_given",
    lambda f: not f.given,
    "The disposal has been given, so the decision cannot be undone here. Ask the police or a lawyer what is "
    "possible, and record a concern about the decision.",
    "PAN-2",
    "The disposal is the police's once it is given; law digest, sections 4 and 6",
)
KEEPERS = (Role.YOT_MANAGER, Role.SECONDED)

CORRECTION: Flow[Status, RulingFacts] = Flow(
    "correction",
    Status,
    Status.OPEN,
    (
        Move(
            "propose",
            Status.OPEN,
            Status.PROPOSED,
            by=KEEPERS,
            guards=(REASON, STILL_SO, SAYS_MORE, HIDES_VICTIM),
        ),
        Move(
            "confirm",
            Status.PROPOSED,
            Status.CONFIRMED,
            by=KEEPERS,
            guards=(TWO_PEOPLE, STILL_SO, HIDES_VICTIM),
        ),
        Move("decline", Status.PROPOSED, Status.DECLINED, by=KEEPERS, guards=(REASON, TWO_PEOPLE)),
    ),
)
RESCISSION: Flow[Status, RulingFacts] = Flow(
    "rescission",
    Status,
    Status.OPEN,
    (
        Move(
            "propose",
            Status.OPEN,
            Status.PROPOSED,
            by=KEEPERS,
            guards=(NOT_GIVEN, DECISION_STANDS, ONE_AT_A_TIME, REASON),
        ),
        Move(
            "confirm",
            Status.PROPOSED,
            Status.CONFIRMED,
            by=KEEPERS,
            guards=(NOT_GIVEN, DECISION_STANDS, TWO_PEOPLE, YOT_AND_POLICE),
        ),
        Move("decline", Status.PROPOSED, Status.DECLINED, by=KEEPERS, guards=(REASON,)),
    ),
)


def side_of(roles: frozenset[Role]) -> Side:
    """For whom a person speaks who holds these roles in the area."""
    return Side.POLICE if roles & set(POLICE) else Side.YOT
