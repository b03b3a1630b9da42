"""Evidence found by itself, beside the prompts on assessment and planning (inspection digest, 2)."""

from collections.abc import Callable

from workflows.audit_seen import Hint, Kind, Seen, fails, judge, there
from workflows.plan_parts import Serves

Look = Callable[[Seen], Hint]
AGENCIES = {"police": "police", "social_care": "social care", "education": "education", "health": "health"}
RISK_WORDS = {Serves.SAFETY: "safety", Serves.OTHERS: "harm"}


def of_section(title: str, *keys: str) -> Look:
    """A hint that says how much is written in sections."""
    return lambda s: there(
        s.written(*keys), f"{title}: {s.written(*keys)} words.", f"{title}: nothing is written."
    )


def _sources(s: Seen) -> Hint:
    there_ = [said for key, said in AGENCIES.items() if key in s.sources]
    missing = [said for key, said in AGENCIES.items() if key not in s.sources]
    if not there_:
        return Hint(
            Kind.FAIL, "None of police, social care, education and health is on record as having answered."
        )
    said = f"Answered: {', '.join(there_)}."
    return Hint(Kind.PRESENT, said + (f" Not on record: {', '.join(missing)}." if missing else ""))


def _victim(s: Seen) -> Hint:
    if not s.victim:
        return judge("No victim is identified.")
    return fails(
        not s.victim_asked,
        "A victim is identified, and neither an attempt nor a view is recorded from before the panel.",
        "The victim was asked, or an attempt is recorded, before the panel.",
    )


def _voices(s: Seen) -> Hint:
    child, parent = s.written("child_words"), s.written("parent_words")
    if not s.heard_child and not child:
        return Hint(
            Kind.FAIL, "No words or answers of the child's own, and no contact before it was finished."
        )
    if not child and not parent:
        return Hint(
            Kind.ABSENT, "The child was seen, but neither the child's nor a parent's words are written down."
        )
    return Hint(
        Kind.PRESENT, f"The child's words: {child}; the parent's: {parent}; own answers: {s.own_answers}."
    )


def _classified(aim: Serves) -> Look:
    def look(s: Seen) -> Hint:
        name = RISK_WORDS[aim]
        if (s.safety if aim is Serves.SAFETY else s.harm) is None:
            return Hint(Kind.FAIL, "No classification is recorded.")
        count = s.written(f"{name}_why", f"{name}_who")
        return there(
            count or not s.risky(aim),
            f"A classification is recorded, with {count} words of reasons.",
            "Medium or above is recorded without a word of analysis.",
        )

    return look


def _social_care(s: Seen) -> Hint:
    if not s.social_care_open:
        return judge("Children's social care is not on record as working with the child.")
    return fails(
        "social_care" not in s.sources,
        "Children's social care works with the child, and its answer is not on record.",
        "The answer of children's social care is on record.",
    )


def _past(s: Seen) -> Hint:
    if "police" not in s.sources:
        return Hint(Kind.FAIL, "No police source is on record.")
    return fails(
        s.earlier_cases and not s.written("pattern"),
        f"The child has {s.earlier_cases} earlier case(s) here, and nothing is written about a pattern.",
        f"Police source on record; earlier cases here: {s.earlier_cases}.",
    )


def _timely(s: Seen) -> Hint:
    if s.submitted_on is None:
        return Hint(Kind.FAIL, "No assessment was finished.")
    wrong = []
    if s.due_on and s.submitted_on > s.due_on:
        wrong.append("finished after its due day")
    if s.signed_on is None:
        wrong.append("not countersigned")
    elif s.sign_by and s.signed_on > s.sign_by:
        wrong.append("countersigned late")
    if s.signed_by_author:
        wrong.append("countersigned by its author")
    return fails(wrong, f"The assessment was {', '.join(wrong)}.", "Finished and countersigned in time.")


def _steps(s: Seen) -> Hint:
    if not s.steps:
        return Hint(Kind.FAIL, "There is no plan with a step.")
    open_ended = sum(not step.complete for step in s.steps)
    after = sum(bool(s.ends_on and step.due_on and step.due_on > s.ends_on) for step in s.steps)
    if open_ended or after:
        return Hint(
            Kind.FAIL,
            f"Of {len(s.steps)} steps {open_ended} leave out who, how, where, when or done-when, "
            f"and {after} end after the plan.",
        )
    return Hint(Kind.PRESENT, f"All {len(s.steps)} steps say who, how, where, when and done-when.")


def _victim_planned(s: Seen) -> Hint:
    if not s.victim_wishes:
        return judge("No victim is on record as having asked for something.")
    return fails(
        not any(step.answers_victim for step in s.steps),
        "A victim asked for reparation, and no step is about it.",
        "A victim asked for reparation, and a step is about it.",
    )


def _agreed(s: Seen) -> Hint:
    lacking = [who for who, there_ in (("child", s.agreed_child), ("adult", s.agreed_adult)) if not there_]
    return fails(
        lacking,
        f"Nothing that was signed or agreed after the panel by the {' or the '.join(lacking)}.",
        "Signed or agreed by the child and an adult.",
    )


def _proportionate(s: Seen) -> Hint:
    hours = sum(step.hours for step in s.steps if not step.rehabilitates)
    if not s.steps or not s.most_hours:
        return judge(f"Hours on record: {sum(step.hours for step in s.steps)}.")
    return fails(
        hours > s.most_hours,
        f"{hours} hours that are not for rehabilitation, and {s.most_hours} is the limit.",
        f"{hours} of at most {s.most_hours} hours that are not for rehabilitation.",
    )


def _aimed(aim: Serves, words: str) -> Look:
    def look(s: Seen) -> Hint:
        count = len(s.serving(aim))
        if not s.risky(aim) and not count:
            return judge("Recorded as low, and no step is meant for it.")
        return fails(
            not count,
            f"Medium or above is recorded, and no step of the plan is for {words}.",
            f"{count} step(s) of the plan are for {words}.",
        )

    return look


def _linked(s: Seen) -> Hint:
    if not s.social_care_open:
        return there(s.links, f"{s.links} other plan(s) are linked.", "No other plan is linked.")
    return fails(
        not s.links,
        "Social care works with the child, and no other plan is linked.",
        f"{s.links} other plan(s) are linked.",
    )


def _contingency(aim: Serves) -> Look:
    def look(s: Seen) -> Hint:
        made = s.contingency_safety if aim is Serves.SAFETY else s.contingency_harm
        if s.risky(aim) and not made:
            return Hint(
                Kind.FAIL, "Medium or above is recorded, and there is nothing for the day it gets worse."
            )
        if made and s.hollow:
            return Hint(Kind.ABSENT, f"{s.hollow} of them only say that somebody reviews it or is told.")
        return there(
            made, "What is done when it gets worse is written.", "Nothing is written; recorded as low."
        )

    return look


def _protects(s: Seen) -> Hint:
    if not s.victim or not s.risky(Serves.OTHERS):
        return judge("No victim is identified, or the risk to others is recorded as low.")
    return fails(
        not s.serving(Serves.OTHERS),
        "A victim is identified and the risk is medium or above, and no step protects other people.",
        "A victim is identified, and a step protects other people.",
    )


ASSESSING: dict[str, Look] = {
    "3.1.1a": of_section("Why it happened, and responsibility", "offence_analysis", "responsibility"),
    "3.1.1b": of_section("Who the child is", "diversity"),
    "3.1.1c": of_section("Family and social setting", "family"),
    "3.1.1d": _sources,
    "3.1.1e": lambda s: fails(
        not s.written("strengths"),
        "Nothing is written about what works well.",
        f"What works well: {s.written('strengths')} words.",
    ),
    "3.1.1f": of_section("Barriers", "barriers"),
    "3.1.1g": lambda s: there(
        s.written("maturity"),
        f"Maturity, ability and motivation: {s.written('maturity')} words; speech and language screen "
        f"{'done' if 'speech' in s.screens else 'not done'}.",
        "Nothing is written about maturity, ability and motivation.",
    ),
    "3.1.1h": _victim,
    "3.1.1i": _voices,
    "timely": _timely,
    "3.1.2a": _classified(Serves.SAFETY),
    "3.1.2b": _social_care,
    "3.1.2c": of_section("What would lower the risk to the child", "safety_down", "needs"),
    "3.1.3a": _classified(Serves.OTHERS),
    "3.1.3b": _past,
    "3.1.3c": of_section("What would lower the risk to others", "harm_down", "needs"),
}
PLANNING: dict[str, Look] = {
    "3.2.1a": _steps,
    "3.2.1b": lambda s: there(
        s.fitted, f"{s.fitted} contact(s) say how the time fits the family.", "No adjustment is recorded."
    ),
    "3.2.1c": lambda s: fails(
        not s.strengths,
        "No proposed step names a strength.",
        f"{s.strengths} proposed step(s) name a strength.",
    ),
    "3.2.1d": of_section("Maturity, ability and motivation, in the assessment", "maturity"),
    "3.2.1e": _victim_planned,
    "3.2.1f": _agreed,
    "3.2.1g": _proportionate,
    "3.2.1h": lambda s: there(
        s.exits, f"{s.exits} way(s) into mainstream services.", "No way into mainstream services is planned."
    ),
    "3.2.2a": _aimed(Serves.SAFETY, "the child's safety"),
    "3.2.2b": _linked,
    "3.2.2c": _contingency(Serves.SAFETY),
    "3.2.3a": _aimed(Serves.OTHERS, "the safety of others"),
    "3.2.3b": lambda s: there(
        any(step.with_somebody for step in s.steps),
        "Steps name who works with the child.",
        "No step names anybody.",
    ),
    "3.2.3c": _protects,
    "3.2.3d": _contingency(Serves.OTHERS),
}
