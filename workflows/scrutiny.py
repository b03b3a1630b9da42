"""Independent scrutiny: a round with its sample, and each case of it on its way to a finding."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import Role
from workflows.vocabulary import register

ACTED_ON = "HM Inspectorate of Probation, out-of-court disposal standards 2021, 3.4: findings acted on"
LEAST = "Data Protection Act 2018 s.37: no more personal data than is needed"


class Finding(StrEnum):
    """What a scrutineer, or their panel together, makes of a decision."""

    APPROPRIATE = "appropriate"
    OBSERVATIONS = "appropriate_with_observations"
    INCONSISTENT = "inconsistent_with_policy"
    NOT_AGREED = "could_not_agree"


class Answer(StrEnum):
    """How one criterion is met."""

    MET = "met"
    PARTLY = "partly_met"
    NOT_MET = "not_met"
    CANNOT_SAY = "cannot_say"


# Alone nobody can fail to agree.
OWN_FINDINGS = (Finding.APPROPRIATE, Finding.OBSERVATIONS, Finding.INCONSISTENT)


class RoundStatus(StrEnum):
    """Where a round of scrutiny stands."""

    NEW = "new"
    DRAWN = "drawn"
    SCORING = "scoring"
    FINISHED = "finished"
    DROPPED = "dropped"


class CaseStatus(StrEnum):
    """Where one case of the sample stands."""

    DRAWN = "drawn"
    CLEARED = "cleared"
    EXCLUDED = "excluded"
    FOUND = "found"
    FED_BACK = "fed_back"


register(
    (
        (Finding.APPROPRIATE, "Appropriate"),
        (Finding.OBSERVATIONS, "Appropriate, with observations"),
        (Finding.INCONSISTENT, "Inconsistent with policy"),
        (Finding.NOT_AGREED, "The panel could not agree"),
        (Answer.MET, "Yes"),
        (Answer.PARTLY, "In part"),
        (Answer.NOT_MET, "No"),
        (Answer.CANNOT_SAY, "Cannot be said from what is shown"),
        (RoundStatus.NEW, "Being written"),
        (RoundStatus.DRAWN, "Drawn: texts are being cleared"),
        (RoundStatus.SCORING, "With the scrutineers"),
        (RoundStatus.FINISHED, "Finished"),
        (RoundStatus.DROPPED, "Dropped"),
        (CaseStatus.DRAWN, "Text to clear"),
        (CaseStatus.CLEARED, "Cleared"),
        (CaseStatus.EXCLUDED, "Left out"),
        (CaseStatus.FOUND, "Joint finding"),
        (CaseStatus.FED_BACK, "Learning fed back"),
    )
)


@dataclass(frozen=True, kw_only=True)
class RoundFacts:
    """What the rules of a round may look at."""

    today: date
    since: date
    until: date
    decided: int = 0
    to_clear: int = 0
    left: int = 0
    without_finding: int = 0
    scrutineers: int = 0
    scrutineers_needed: int = 2
    tells: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class SampledFacts:
    """What the rules of one case of the sample may look at; `tells` is what its text gives away."""

    round_status: RoundStatus
    tells: tuple[str, ...] = ()
    tied: bool = False
    scores: int = 0
    scores_needed: int = 2
    scores_missing: int = 0
    finding: Finding | None = None
    words: str = ""


R = Guard[RoundFacts]
S = Guard[SampledFacts]
PERIOD = R(
    "scrutiny_period",
    lambda f: f.since <= f.until <= f.today,
    "The period must lie in the past, with its first day before its last.",
    "PAN-7",
    ACTED_ON,
)
DECIDED = R(
    "scrutiny_decided",
    lambda f: f.decided > 0,
    "Nothing was decided in this period: choose a longer one.",
    "PAN-7",
    ACTED_ON,
)
PEOPLE = R(
    "scrutiny_people",
    lambda f: f.scrutineers >= f.scrutineers_needed,
    "Too few independent scrutineers: an administrator adds their accounts.",
    "PAN-7",
    ACTED_ON,
)
ALL_CLEARED = R(
    "scrutiny_all_cleared",
    lambda f: f.to_clear == 0 and f.left > 0,
    "A person has to clear the text of every case before scrutineers see it.",
    "DP-13",
    LEAST,
)
ALL_FOUND = R(
    "scrutiny_all_found",
    lambda f: f.without_finding == 0,
    "The scrutineers have not agreed a finding on every case yet.",
    "PAN-7",
    ACTED_ON,
)
THEMES = R(
    "scrutiny_words",
    lambda f: bool(f.words.strip()),
    "Say what is learned from the round, or why it is dropped.",
    "PAN-7",
    ACTED_ON,
)
THEMES_WITHOUT_NAMES = R(
    "scrutiny_themes_without_names",
    lambda f: not f.tells,
    "What is learned is read by scrutineers too, and still tells who somebody is, or where: take that out.",
    "DP-13",
    LEAST,
)
NOT_SEEN = S(
    "scrutiny_not_seen",
    lambda f: f.round_status is RoundStatus.DRAWN,
    "The scrutineers have this case already: its text stays as they saw it.",
    "PAN-7",
    ACTED_ON,
)
RUNNING = S(
    "scrutiny_running",
    lambda f: f.round_status in (RoundStatus.DRAWN, RoundStatus.SCORING),
    "The round is over: its sample stays as it is.",
    "PAN-7",
    ACTED_ON,
)
WITH_THEM = S(
    "scrutiny_with_them",
    lambda f: f.round_status is RoundStatus.SCORING,
    "The round is not with the scrutineers now.",
    "PAN-7",
    ACTED_ON,
)
NO_NAMES = S(
    "scrutiny_without_names",
    lambda f: not f.tells,
    "The text still tells who somebody is, or where: take that out.",
    "DP-13",
    LEAST,
)
WORDS = S(
    "scrutiny_case_words",
    lambda f: bool(f.words.strip()),
    "Give a reason, or say what is learned.",
    "PAN-7",
    ACTED_ON,
)
UNTIED = S(
    "scrutiny_untied",
    lambda f: not f.tied,
    "You said that you have a tie to this case, so you take no part in it.",
    "PAN-6",
    "Declaration of conflicts",
)
ENOUGH = S(
    "scrutiny_enough_scores",
    lambda f: f.scores >= f.scores_needed,
    "Too few scrutineers have scored this case for a joint finding. If too many have a tie to it, "
    "a YOT manager leaves it out of the sample and another case takes its place.",
    "PAN-7",
    ACTED_ON,
)
EVERYBODY = S(
    "scrutiny_everybody_scored",
    lambda f: f.scores_missing == 0,
    "Not every scrutineer without a tie has scored yet.",
    "PAN-7",
    ACTED_ON,
    hard=False,
)
SAYS_WHY = S(
    "scrutiny_says_why",
    lambda f: f.finding is Finding.APPROPRIATE or bool(f.words.strip()),
    "Say what the observation is, what is inconsistent, or where views differ.",
    "PAN-7",
    ACTED_ON,
)

MANAGER = (Role.YOT_MANAGER,)
ROUND: Flow[RoundStatus, RoundFacts] = Flow(
    "scrutiny",
    RoundStatus,
    RoundStatus.NEW,
    (
        Move("draw", RoundStatus.NEW, RoundStatus.DRAWN, by=MANAGER, guards=(PERIOD, DECIDED, PEOPLE)),
        Move("begin", RoundStatus.DRAWN, RoundStatus.SCORING, by=MANAGER, guards=(ALL_CLEARED, PEOPLE)),
        Move(
            "finish",
            RoundStatus.SCORING,
            RoundStatus.FINISHED,
            by=MANAGER,
            guards=(ALL_FOUND, THEMES, THEMES_WITHOUT_NAMES),
        ),
        Move(
            "drop",
            (RoundStatus.DRAWN, RoundStatus.SCORING),
            RoundStatus.DROPPED,
            by=MANAGER,
            guards=(THEMES,),
        ),
    ),
)
SAMPLED: Flow[CaseStatus, SampledFacts] = Flow(
    "sampled",
    CaseStatus,
    CaseStatus.DRAWN,
    (
        Move(
            "clear",
            (CaseStatus.DRAWN, CaseStatus.CLEARED),
            CaseStatus.CLEARED,
            by=MANAGER,
            guards=(NOT_SEEN, NO_NAMES),
        ),
        Move(
            "exclude",
            (CaseStatus.DRAWN, CaseStatus.CLEARED),
            CaseStatus.EXCLUDED,
            by=MANAGER,
            guards=(RUNNING, WORDS),
        ),
        Move(
            "find",
            CaseStatus.CLEARED,
            CaseStatus.FOUND,
            by=(Role.SCRUTINEER,),
            guards=(WITH_THEM, UNTIED, ENOUGH, SAYS_WHY, EVERYBODY),
        ),
        Move("feed_back", CaseStatus.FOUND, CaseStatus.FED_BACK, by=MANAGER, guards=(WORDS,)),
    ),
)
