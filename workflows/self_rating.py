"""A service rates itself: answers, judgements and lifted ratings become what an inspectorate would say.

Nothing is lifted by itself. A lifted rating rests on the answers that a person saw: with them it falls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.flow import Guard, Refusal, Refused
from workflows.ratings import BANDS, Framework, KeyQuestion, Overall, Rating, Standard, band, overall, percent
from workflows.roles import Role

KEEPERS = (Role.YOT_MANAGER,)
READERS = (Role.YOT_MANAGER, Role.INSPECTOR)
UNCONFIRMED = "Inspection digest, 1.4: believed, confirmed by no text"


@dataclass(frozen=True)
class Answers:
    """How often a key question was answered yes, no, and did not apply."""

    yes: int
    no: int
    not_applicable: int


@dataclass(frozen=True)
class Lift:
    """A rating that a person put in place of the one that follows from the answers."""

    old: Rating
    new: Rating
    rests_on: Mapping[str, Answers]


@dataclass(frozen=True, kw_only=True)
class Rated:
    """One standard with all that its rating rests on. `few` are the key questions without a band."""

    key: str
    by_questions: bool
    questions: tuple[KeyQuestion, ...]
    few: frozenset[str]
    standard: Standard
    in_total: bool
    lift: Lift | None
    lift_fell: bool

    @property
    def computed(self) -> Rating | None:
        """What follows from answers or judgement."""
        return self.standard.rating

    @property
    def rating(self) -> Rating | None:
        """What counts: the lifted rating where one holds."""
        return self.computed if self.lift is None else self.lift.new

    @property
    def holding_down(self) -> tuple[KeyQuestion, ...]:
        """The key questions whose band is the rating itself."""
        return tuple(q for q in self.standard.questions if q.band is not None and q.band is self.computed)


def rate_standard(
    key: str,
    questions: Sequence[str],
    answers: Mapping[str, Answers],
    *,
    judged: Rating | None,
    lift: Lift | None,
    least: int,
    in_total: bool = True,
) -> Rated:
    """One standard: by its key questions where it has any, else by judgement."""
    asked = tuple(_question(one, answers.get(one, Answers(0, 0, 0))) for one in questions)
    few = frozenset(q.key for q in asked if too_few(q, least))
    banded = tuple(q for q in asked if q.key not in few)
    standard = Standard(name=key, questions=banded, judged=None if questions else judged)
    holds = lift is not None and standard.rating is lift.old and seen(asked) == dict(lift.rests_on)
    return Rated(
        key=key,
        by_questions=bool(questions),
        questions=asked,
        few=few,
        standard=standard,
        in_total=in_total,
        lift=lift if holds else None,
        lift_fell=lift is not None and not holds,
    )


def too_few(question: KeyQuestion, least: int) -> bool:
    """Whether a key question counts in too few cases for a band; what was only published has no count."""
    return 0 < question.answered < least


def _question(key: str, found: Answers) -> KeyQuestion:
    return KeyQuestion(key=key, yes=found.yes, no=found.no, not_applicable=found.not_applicable)


def seen(questions: Sequence[KeyQuestion]) -> dict[str, Answers]:
    """The answers on which a lifted rating rests."""
    return {q.key: Answers(q.yes, q.no, q.not_applicable) for q in questions}


def total(framework: Framework, rated: Sequence[Rated]) -> Overall | None:
    """Total and overall rating over what counts, where the framework has one."""
    return overall(framework, [Standard(name=r.key, judged=r.rating) for r in rated if r.in_total])


def next_band(rating: Rating) -> int | None:
    """The first whole per cent of the band above; None for the highest."""
    return BANDS[rating] if rating < len(BANDS) else None


def at_the_edge(question: KeyQuestion, points: int) -> bool:
    """Whether a key question is so many points, or one case, below the band above its own."""
    if question.band is None or question.per_cent is None:
        return False
    above = next_band(question.band)
    if above is None:
        return False
    one_more = question.with_one(1)
    return above - question.per_cent <= points or (one_more is not None and one_more > question.band)


@dataclass(frozen=True, kw_only=True)
class LiftFacts:
    """What the rules of lifting a rating look at."""

    rated: Rated
    new: Rating
    points: int


BY_QUESTIONS = Guard[LiftFacts](
    "lift_by_questions",
    lambda f: f.rated.by_questions and f.rated.computed is not None,
    "Only a rating that follows from answers can be lifted; one by judgement is judged again.",
    "INS-4",
    UNCONFIRMED,
)
ONE_UP = Guard[LiftFacts](
    "lift_one_band",
    lambda f: f.rated.computed is None or f.new == f.rated.computed + 1,
    "A rating can be lifted by exactly one band.",
    "INS-4",
    UNCONFIRMED,
)
AT_THE_EDGE = Guard[LiftFacts](
    "lift_at_the_edge",
    lambda f: all(at_the_edge(question, f.points) for question in f.rated.holding_down),
    "A key question that holds this rating down is not at the edge of the band above.",
    "INS-4",
    UNCONFIRMED,
)
NONE_HOLDS = Guard[LiftFacts](
    "lift_once",
    lambda f: f.rated.lift is None,
    "This rating is lifted already. Take that back first.",
    "INS-4",
    UNCONFIRMED,
)
LIFT_RULES = (BY_QUESTIONS, ONE_UP, AT_THE_EDGE, NONE_HOLDS)


def unmet(facts: LiftFacts) -> tuple[Refusal, ...]:
    """Every rule that stands against lifting a rating."""
    return tuple(_refusal(rule) for rule in LIFT_RULES if not rule.test(facts))


def allow_lift(facts: LiftFacts) -> None:
    """Let a rating be lifted. Raises `Refused` with every unmet rule."""
    if refusals := unmet(facts):
        raise Refused("ratings", "lift", refusals)


def needed_for(question: KeyQuestion, rating: Rating) -> int:
    """How many of the no answers would have had to be yes for a band; 0 where it is reached."""
    for more in range(question.no + 1):
        turned = percent(question.yes + more, question.answered)
        if turned is not None and band(turned) >= rating:
            return more
    raise ValueError("nothing was answered")


@dataclass(frozen=True, kw_only=True)
class PublishFacts:
    """What the rules of publishing a report look at."""

    rated: int
    drafts: int
    drafted_about_this: bool
    round_dropped: bool = False
    round_runs: bool = False


SOMETHING_RATED = Guard[PublishFacts](
    "something_rated",
    lambda f: f.rated > 0,
    "No standard is rated yet.",
    "INS-7",
    "Our default",
    where="ratings.view",
)
WRITTEN_BY_A_PERSON = Guard[PublishFacts](
    "written_by_a_person",
    lambda f: f.drafts > 0,
    "Nobody has looked at the draft yet: edit and save it first.",
    "INS-7",
    "Our default",
    where="ratings.edit",
)
STILL_FITS = Guard[PublishFacts](
    "still_fits",
    lambda f: f.drafts == 0 or f.drafted_about_this,
    "The ratings have changed since the draft was saved: read it again and save it.",
    "INS-7",
    "Our default",
    where="ratings.edit",
)
ROUND_STANDS = Guard[PublishFacts](
    "round_stands",
    lambda f: not f.round_dropped,
    "The round of audits that this rests on was dropped: its answers rate nothing. Start another one.",
    "INS-7",
    "Our default",
    where="ratings.start",
)
ROUND_DONE = Guard[PublishFacts](
    "round_done",
    lambda f: not f.round_runs,
    "The round of audits that this rests on is not finished: the ratings may still change.",
    "INS-7",
    "Our default",
    where="audits.index",
)
PUBLISH_RULES = (SOMETHING_RATED, ROUND_STANDS, ROUND_DONE, WRITTEN_BY_A_PERSON, STILL_FITS)


def unmet_to_publish(facts: PublishFacts) -> tuple[Refusal, ...]:
    """Every rule that stands against publishing."""
    return tuple(_refusal(rule) for rule in PUBLISH_RULES if not rule.test(facts))


def allow_publish(facts: PublishFacts) -> None:
    """Let a report be published. Raises `Refused` with every unmet rule."""
    if refusals := unmet_to_publish(facts):
        raise Refused("ratings", "publish", refusals)


def _refusal(rule: Guard[LiftFacts] | Guard[PublishFacts]) -> Refusal:
    return Refusal(rule.name, rule.says, rule.rule, rule.source, rule.hard, rule.where)
