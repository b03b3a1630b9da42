"""What the answers of a screen amount to: pure sums and plain words, never a decision."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from config.policy import number
from workflows.vocabulary import register

# Items 9 and 10 of AUDIT have three answers that count 0, 2 and 4; the others five that count 0 to 4.
AUDIT_QUESTIONS = 10
AUDIT_HALVES = (9, 10)


class Seen(StrEnum):
    """What somebody can say about a sign."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Referral(StrEnum):
    """What a person decided about a referral after a screen; nothing decides it for them."""

    NOT_NEEDED = "not_needed"
    SPEECH_THERAPY = "speech_therapy"
    SOCIAL_CARE = "social_care"
    NRM = "nrm"
    BOTH = "both"


register(
    (
        (Seen.YES, "Yes"),
        (Seen.NO, "No"),
        (Seen.UNSURE, "Not sure"),
        (Referral.NOT_NEEDED, "No referral is needed"),
        (Referral.SPEECH_THERAPY, "Refer to speech and language therapy"),
        (Referral.SOCIAL_CARE, "Refer to children's social care"),
        (Referral.NRM, "Refer to the National Referral Mechanism (NRM)"),
        (Referral.BOTH, "Refer to children's social care and to the NRM"),
    )
)
AFTER_SPEECH = (Referral.SPEECH_THERAPY, Referral.NOT_NEEDED)
AFTER_EXPLOITATION = (Referral.SOCIAL_CARE, Referral.NRM, Referral.BOTH, Referral.NOT_NEEDED)


def audit_points(question: int, choice: int) -> int:
    """What one answer counts; `question` from 1, `choice` from 0. ValueError when there is no such answer."""
    last = 2 if question in AUDIT_HALVES else 4
    if not 1 <= question <= AUDIT_QUESTIONS or not 0 <= choice <= last:
        raise ValueError(f"question {question} has no answer {choice}")
    return choice * 2 if question in AUDIT_HALVES else choice


def audit_score(choices: Sequence[int]) -> int:
    """The sum over all ten answers, 0 to 40. ValueError unless there are ten."""
    if len(choices) != AUDIT_QUESTIONS:
        raise ValueError("AUDIT has ten answers")
    return sum(audit_points(question, choice) for question, choice in enumerate(choices, 1))


def audit_zone(score: int, on: date) -> int:
    """Zone 1 to 4 by the figures in force on a day."""
    limits = (number("audit_zone_2", on), number("audit_zone_3", on), number("audit_zone_4", on))
    return 1 + sum(score >= limit for limit in limits)


ZONE_WORDS = {
    1: "low: information about alcohol",
    2: "raised: simple advice",
    3: "high: advice, a short talk or two, and watching how it goes",
    4: "very high: ask a specialist",
}


def audit_words(score: int, on: date) -> str:
    """The score in a sentence; says so when it is over the lower limit advised for young people."""
    words = f"{score} of 40, {ZONE_WORDS[audit_zone(score, on)]}."
    young = number("audit_young", on)
    return f"{words} At {young} or more, talk about it with a young person." if score >= young else words


def signs(answers: Mapping[str, str]) -> tuple[int, int]:
    """How many signs were seen, and of how many somebody was not sure."""
    values = list(answers.values())
    return values.count(Seen.YES), values.count(Seen.UNSURE)


def signs_words(answers: Mapping[str, str]) -> str:
    """'2 of 8 signs seen, 1 not sure'."""
    seen, unsure = signs(answers)
    return f"{seen} of {len(answers)} signs seen" + (f", {unsure} not sure" if unsure else "")
