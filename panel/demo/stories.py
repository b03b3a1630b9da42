"""What happened to the invented children: names, offences and words to draw from."""

from dataclasses import dataclass
from random import Random

from workflows.vocabulary import Admission, Gender, ModeOfTrial, Outcome, Purpose

GIRLS = [
    "Amira",
    "Bella",
    "Chidera",
    "Darcy",
    "Esme",
    "Farah",
    "Grace",
    "Hana",
    "Isla",
    "Jasmine",
    "Kezia",
    "Leila",
    "Maya",
    "Niamh",
    "Orla",
    "Poppy",
    "Ruby",
    "Sana",
]
BOYS = [
    "Aidan",
    "Bilal",
    "Callum",
    "Dev",
    "Elijah",
    "Finn",
    "George",
    "Hamza",
    "Idris",
    "Jacob",
    "Kian",
    "Luca",
    "Mateo",
    "Noah",
    "Oscar",
    "Reece",
    "Sami",
    "Tyler",
]
SURNAMES = [
    "Abbot",
    "Birchall",
    "Crane",
    "Dunmore",
    "Eastwood",
    "Farrow",
    "Gorse",
    "Hadley",
    "Iqbal",
    "Jarrow",
    "Kestrel",
    "Lomas",
    "Marlow",
    "Nettle",
    "Okafor",
    "Penrose",
    "Quill",
    "Rahman",
    "Sedge",
    "Thistle",
    "Underhill",
    "Varley",
    "Wren",
    "Yarrow",
]
ETHNICITIES = ("W1", "W1", "W1", "W9", "M1", "A2", "B2", "NS", "")
STREETS = ("Mill Row", "Keel Street", "Weir Lane", "Chapel Rise", "Tanner's Yard", "Beacon Road")
SCHOOLS = ("Kelder High School", "Weirside Academy", "Beacon College", "Home education")


@dataclass(frozen=True)
class Kind:
    """One sort of offence, by its code in the default list; `factors` make it more or less serious."""

    code: str
    mode: ModeOfTrial
    base: int
    story: str
    has_victim: bool
    factors: tuple[str, ...] = ()
    adjustment: int = 0


KINDS = (
    Kind("ZD71001", ModeOfTrial.EITHER_WAY, 2, "kicked the glass of a bus shelter until it broke", False),
    Kind("ZS80001", ModeOfTrial.SUMMARY, 2, "put things into a bag and left the shop without paying", True),
    Kind(
        "ZA88001",
        ModeOfTrial.SUMMARY,
        2,
        "pushed another pupil to the ground after a quarrel",
        True,
        ("repeat",),
        1,
    ),
    Kind("ZM71001", ModeOfTrial.EITHER_WAY, 2, "had a small bag of cannabis in a coat pocket", False),
    Kind("ZT68003", ModeOfTrial.EITHER_WAY, 3, "rode away on a bicycle that was not locked", True),
    Kind("ZK88139", ModeOfTrial.EITHER_WAY, 4, "had a kitchen knife in a school bag", False),
    Kind("ZP86004", ModeOfTrial.SUMMARY, 3, "shouted threats at people who were waiting for a bus", True),
    Kind(
        "ZT68022",
        ModeOfTrial.EITHER_WAY,
        3,
        "was using a telephone that had been stolen the day before",
        True,
        ("minor_role",),
        -1,
    ),
)
STEPS = (
    (
        "Three talks about what happened and why",
        "the case manager",
        "Keel Street youth centre",
        "Wednesdays at 16:00",
        "Three talks were held",
        Purpose.REHABILITATION,
        0,
    ),
    (
        "Help to repaint bus shelters",
        "the council's repair team",
        "The council yard",
        "Two Saturdays from 10:00",
        "Six hours are signed off",
        Purpose.REPARATION,
        6,
    ),
    (
        "Two meetings about drugs and choices",
        "the substance misuse worker",
        "Weirside clinic",
        "Mondays at 15:30",
        "Both meetings were attended",
        Purpose.REHABILITATION,
        0,
    ),
    (
        "A letter of apology",
        "the case manager",
        "Keel Street youth centre",
        "At the second meeting",
        "The letter was handed in",
        Purpose.REPARATION,
        0,
    ),
    (
        "Keep going to school, checked each week",
        "the school's attendance officer",
        "School",
        "Every Friday",
        "Attendance of nine days in ten",
        Purpose.REHABILITATION,
        0,
    ),
)
SAYS = (
    "I was stupid. I want to put it right.",
    "I did not think. I am sorry.",
    "My mates did it too but I know I did it.",
)
PLAYED_BACK = (
    "If I do not do what we agreed I could end up in court.",
    "It is on record but it goes away. I have to do the sessions.",
    "I have to turn up, and the person I hurt gets told what happens.",
)
OUTCOMES = (
    Outcome.CR,
    Outcome.CR,
    Outcome.YC,
    Outcome.YCC,
    Outcome.YCC,
    Outcome.O22,
    Outcome.O22_DEFERRED,
    Outcome.NFA,
    Outcome.CHARGE,
)


@dataclass(frozen=True)
class Person:
    """An invented child."""

    given_name: str
    surname: str
    gender: Gender


def person(draw: Random) -> Person:
    """A child with a name drawn by chance."""
    girl = draw.random() < 0.35
    return Person(
        draw.choice(GIRLS if girl else BOYS), draw.choice(SURNAMES), Gender.FEMALE if girl else Gender.MALE
    )


def admission_for(outcome: Outcome, draw: Random) -> Admission:
    """What the child said, such that the outcome is possible."""
    if outcome in (Outcome.YC, Outcome.YCC):
        return Admission.FULL
    if outcome is Outcome.CR:
        return draw.choice((Admission.ACCEPTS, Admission.FULL))
    return draw.choice((Admission.NO_COMMENT, Admission.DENIES, Admission.PARTIAL))
