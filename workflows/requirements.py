"""What the law asks item by item before a caution, each dated and in somebody's name (s.66B, YC-1)."""

from enum import StrEnum

from workflows.vocabulary import Outcome, register


class Requirement(StrEnum):
    """One thing that must be so: the five of s.66B, and the three of a youth caution."""

    R1 = "ycc_evidence"
    R2 = "ycc_decision"
    R3 = "ycc_admission"
    R4 = "ycc_explained"
    R5 = "ycc_signed"
    EVIDENCE = "yc_evidence"
    ADMISSION = "yc_admission"
    RIGHT = "yc_right"


class RightToGive(StrEnum):
    """By what right somebody gives a conditional caution (YCC-1)."""

    SERGEANT = "sergeant_or_above"
    TRAINED = "trained_officer"
    PROSECUTOR = "authorised_by_prosecutor"
    OTHER = "other_constable"


ALL_OF: dict[Outcome, tuple[Requirement, ...]] = {
    Outcome.YCC: (Requirement.R1, Requirement.R2, Requirement.R3, Requirement.R4, Requirement.R5),
    Outcome.YC: (Requirement.EVIDENCE, Requirement.RIGHT, Requirement.ADMISSION),
}
# What the officer answers for before anything is explained; the others come about on the day.
BEFOREHAND: dict[Outcome, tuple[Requirement, ...]] = {
    Outcome.YCC: (Requirement.R1, Requirement.R2),
    Outcome.YC: (Requirement.EVIDENCE, Requirement.RIGHT),
}
# These hold for one document: when it is made again they have to come about again.
OF_THE_DOCUMENT = frozenset({Requirement.R3, Requirement.R4, Requirement.R5, Requirement.ADMISSION})
RULES: dict[Requirement, str] = {
    Requirement.R1: "YCC-R1",
    Requirement.R2: "YCC-R2",
    Requirement.R3: "YCC-R3",
    Requirement.R4: "YCC-R4",
    Requirement.R5: "YCC-R5",
    Requirement.EVIDENCE: "YC-1",
    Requirement.ADMISSION: "YC-1",
    Requirement.RIGHT: "YC-1",
}

register(
    (
        (Requirement.R1, "The authorised person has evidence that the child committed the offence"),
        (
            Requirement.R2,
            "There is sufficient evidence to charge, and a youth conditional caution should be given",
        ),
        (Requirement.R3, "The child admits the offence to the authorised person"),
        (Requirement.R4, "The effect was explained and the child was warned, with their adult there"),
        (Requirement.R5, "The child signed the document with all its parts"),
        (Requirement.EVIDENCE, "There is sufficient evidence to charge"),
        (Requirement.ADMISSION, "The child admits the offence to a constable"),
        (Requirement.RIGHT, "Neither prosecution nor a youth conditional caution is right"),
        (RightToGive.SERGEANT, "Sergeant or above"),
        (RightToGive.TRAINED, "Officer trained for it, such as the officer seconded to the YOT"),
        (RightToGive.PROSECUTOR, "Investigating officer or person authorised by a relevant prosecutor"),
        (RightToGive.OTHER, "Another constable, exceptionally"),
    )
)


def asked_of(outcome: Outcome) -> tuple[Requirement, ...]:
    """What the law asks for this outcome, in its order; nothing for what is no caution."""
    return ALL_OF.get(outcome, ())
