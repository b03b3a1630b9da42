"""What is done about the gap: asking the force, its answers, and what became of each child."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Guard, Refusal, Refused
from workflows.police import KEEPERS, Notice, NotOurs
from workflows.roles import Role
from workflows.vocabulary import register

ASKERS = KEEPERS
# Whoever may open a case from a row of the list, and whoever follows up what became of a child.
OPENERS = (Role.YOT_MANAGER, Role.SECONDED, Role.LIAISON)
FOLLOWERS = (Role.YOT_MANAGER, Role.CASE_MANAGER, Role.LIAISON)
UNAWARE = "HM Inspectorate of Probation, Bradford, January 2020: disposals of which the YOT did not know"


class Reply(StrEnum):
    """What the force answers about one disposal."""

    TOLD = "told"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


class Became(StrEnum):
    """What became of a child of whom we were not told."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    KNOWN = "known"
    REOFFENDED = "reoffended"


register(
    (
        (Reply.TOLD, "It is a disposal of ours: here is what you asked"),
        (Reply.NOT_OURS, "It does not belong on our list"),
        (Reply.UNKNOWN, "The force cannot say yet"),
        (Became.REACHED, "We reached the child"),
        (Became.NOT_REACHED, "We could not reach the child"),
        (Became.OFFERED, "Help was offered"),
        (Became.ACCEPTED, "Help was accepted"),
        (Became.DECLINED, "Help was declined"),
        (Became.KNOWN, "The child was known to us already"),
        (Became.REOFFENDED, "Offended again before we knew"),
    )
)


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """What the rules of an answer of the force look at."""

    reply: Reply
    asked_on: date
    answered_on: date
    answered: bool = False
    why: NotOurs | None = None


@dataclass(frozen=True, kw_only=True)
class FollowFacts:
    """What the rules of following up look at."""

    became: Became
    given_on: date
    told_on: date | None
    happened_on: date
    state: Notice
    crime_reference: str = ""


AFTER_THE_QUESTION = Guard[AnswerFacts](
    "answered_after_asking",
    lambda f: f.answered_on >= f.asked_on,
    "The force cannot have answered before it was asked.",
    "CR-7",
    "Our default",
)
NOT_YET_ANSWERED = Guard[AnswerFacts](
    "not_yet_answered",
    lambda f: not f.answered,
    "The force has answered this already.",
    "CR-7",
    "Our default",
)
WHY_NOT_OURS = Guard[AnswerFacts](
    "not_ours_coded",
    lambda f: f.reply is not Reply.NOT_OURS or f.why is not None,
    "Choose why it does not count here.",
    "CR-7",
    UNAWARE,
)
OF_THE_GAP = Guard[FollowFacts](
    "of_the_gap",
    lambda f: f.state in (Notice.NOT_NOTIFIED, Notice.AFTER_ASKING),
    "We were told of this disposal, so what became of the child stands in the child's own case.",
    "CR-7",
    UNAWARE,
)
AFTER_THE_GIVING = Guard[FollowFacts](
    "after_the_giving",
    lambda f: f.happened_on >= f.given_on,
    "This cannot be before the disposal was given.",
    "CR-7",
    "Our default",
)
BEFORE_WE_KNEW = Guard[FollowFacts](
    "before_we_knew",
    lambda f: f.became is not Became.REOFFENDED or f.told_on is None or f.happened_on <= f.told_on,
    "By that day we knew of the disposal. Only a new offence before that belongs here.",
    "CR-7",
    UNAWARE,
)
CRIME_NAMED = Guard[FollowFacts](
    "crime_named",
    lambda f: f.became is not Became.REOFFENDED or bool(f.crime_reference),
    "Enter the crime reference of the new offence.",
    "CR-7",
    "Our default",
)
ANSWER_RULES = (AFTER_THE_QUESTION, NOT_YET_ANSWERED, WHY_NOT_OURS)
FOLLOW_RULES = (OF_THE_GAP, AFTER_THE_GIVING, BEFORE_WE_KNEW, CRIME_NAMED)


def allow_answer(facts: AnswerFacts) -> None:
    """Let an answer be written down. Raises `Refused` with every unmet rule."""
    _allow("answer", tuple(_refusal(rule) for rule in ANSWER_RULES if not rule.test(facts)))


def allow_follow_up(facts: FollowFacts) -> None:
    """Let it be written down what became of a child. Raises `Refused` with every unmet rule."""
    _allow("follow_up", tuple(_refusal(rule) for rule in FOLLOW_RULES if not rule.test(facts)))


def _allow(act: str, unmet: tuple[Refusal, ...]) -> None:
    if unmet:
        raise Refused("gap", act, unmet)


def _refusal(rule: Guard[AnswerFacts] | Guard[FollowFacts]) -> Refusal:
    return Refusal(rule.name, rule.says, rule.rule, rule.source, rule.hard, rule.where)
