"""Ratings in words: the rows that page, paper and workbook show, the same in all three."""

from collections.abc import Iterator, Mapping
from typing import Any

from config.inspection import MARKS, StandardWords, comparators, frameworks, published, published_ratings
from panel.ratings.queries import Standing
from workflows.calendar import long_date
from workflows.ratings import ROUNDING, Framework, KeyQuestion, Rating, overall
from workflows.self_rating import Rated, total
from workflows.wilson import interval

CONFIDENCE = 80
NOT_RATED = "Not rated"
HEAD = ("Key question", "Yes", "Not applicable", "Per cent", f"Interval ({CONFIDENCE} %)", "Band", "Notes")
PUBLISHED_HEAD = ("Key question", "Here", "Bradford 2020 (S)")
COLOURS: Mapping[Rating | None, str] = {
    None: "grey",
    Rating.INADEQUATE: "red",
    Rating.REQUIRES_IMPROVEMENT: "orange",
    Rating.GOOD: "blue",
    Rating.OUTSTANDING: "green",
}


def says(rating: Rating | None) -> str:
    """A rating in words."""
    return NOT_RATED if rating is None else rating.says


def share(question: KeyQuestion) -> str:
    """'24 of 28'."""
    return f"{question.yes} of {question.answered}" if question.answered else "No answers"


def per_cent(question: KeyQuestion) -> str:
    """'86 %'; a dash where nothing was answered: that is never 0 %."""
    return "–" if question.per_cent is None else f"{question.per_cent} %"


def between(question: KeyQuestion) -> str:
    """'75 to 93 %'."""
    ends = interval(question.yes, question.answered, CONFIDENCE)
    return "–" if ends is None else f"{round(ends[0])} to {round(ends[1])} %"


def question_row(key: str, title: str, question: KeyQuestion, rated: Rated, source: str) -> dict[str, Any]:
    """One key question of a standard."""
    few = key in rated.few
    band = "Too few for a band" if few else "–" if question.band is None else question.band.says
    notes = [] if few else [*_question_notes(question, rated)]
    return {
        "key": key,
        "title": title,
        "share": share(question),
        "apart": str(question.not_applicable),
        "per_cent": per_cent(question),
        "interval": between(question),
        "band": band,
        "notes": notes,
        "source": source,
    }


def _question_notes(question: KeyQuestion, rated: Rated) -> Iterator[str]:
    if rated.standard.lowest is not None and rated.standard.lowest.key == question.key:
        yield "Lowest of this standard"
    if question.rests_on_rounding:
        yield "Rests on rounding"
    for change, word in ((1, "more"), (-1, "fewer")):
        turned = question.with_one(change)
        if turned is not None and turned is not question.band:
            yield f"One case {word}: {turned.says}"


def standard_row(words: StandardWords, now: Standing) -> dict[str, Any]:
    """One standard with its key questions, what it rests on and who said so."""
    rated = now.rated[words.key]
    sources = {q.key: _source(q.key, now) for q in rated.questions}
    return {
        "key": words.key,
        "name": words.name,
        "domain": words.domain,
        "rating": says(rated.rating),
        "colour": COLOURS[rated.rating],
        "points": "–" if rated.rating is None or not words.in_total else str(int(rated.rating)),
        "by_questions": rated.by_questions,
        "questions": [
            question_row(q.key, words.questions[q.key], q, rated, sources[q.key]) for q in rated.questions
        ],
        "sources": [*dict.fromkeys(filter(None, sources.values()))],
        "notes": [*_standard_notes(rated)],
        "why": [*_why(words.key, rated, now)],
    }


def _source(key: str, now: Standing) -> str:
    if key in now.from_audits:
        return "Case audits"
    row = now.answers.get(key)
    return "" if row is None else f"{row.source} ({row.by_words}, {long_date(row.at.date())})"


def _standard_notes(rated: Rated) -> Iterator[str]:
    lowest = rated.standard.lowest
    if lowest is not None:
        held = f"Held at {says(rated.computed)} by {lowest.key} ({per_cent(lowest)})"
        yield f"{held}: the lowest counts, never an average."
    if rated.standard.rests_on_rounding:
        yield "The rating rests on rounding: before rounding it would be a band lower."
    if near := rated.standard.one_case_away():
        yield f"One case answered otherwise would make it {' or '.join(r.says for r in near)}."
    if rated.few:
        few = " and ".join(sorted(rated.few))
        yield f"Not counted, because it applied in too few cases: {few}."
    if not rated.in_total:
        yield "Rated beside the total."


def _why(key: str, rated: Rated, now: Standing) -> Iterator[str]:
    judged, lift = now.judged.get(key), now.lifts.get(key)
    if judged is not None and not rated.by_questions and judged.rating is not None:
        yield f"By judgement of {judged.by_words} on {long_date(judged.at.date())}: {judged.reason}"
    if rated.lift is not None and lift is not None:
        change = f"{says(rated.lift.old)} to {says(rated.lift.new)}"
        yield f"Lifted from {change} by {lift.by_words} on {long_date(lift.at.date())}: {lift.reason}"
    if rated.lift_fell and lift is not None and lift.new is not None:
        yield (
            f"{lift.by_words} had lifted this to {says(Rating(lift.new))} on {long_date(lift.at.date())}. "
            "The answers have changed since, so that does not hold any more."
        )


def overall_words(framework: Framework, now: Standing) -> tuple[str, str]:
    """The total in a sentence, and what is assumed in it."""
    known = frameworks()[framework.value]
    if not known.scored:
        return "There is no total and no overall rating in this framework.", known.note
    whole = total(framework, list(now.rated.values()))
    if whole is None:
        return "Nothing is rated yet, so there is no total.", known.note
    said = f"{whole.total} of {whole.maximum} points: {whole.rating.says}."
    without = overall(framework, [one.standard for one in now.rated.values() if one.in_total])
    if without is not None and without != whole:
        bare = f"{without.total} of {without.maximum}: {without.rating.says}"
        said = f"{said} Without the ratings that people lifted it would be {bare}."
    if not whole.scaled:
        return said, known.note
    assumed = (
        f"The bands of the total are known for 36 points only. For {whole.maximum} they are scaled, "
        "which is our assumption: no published text gives them."
    )
    return said, f"{assumed} {known.note}"


def assumptions(framework: Framework, *, least: int, points: int) -> list[str]:
    """What is ours and not an inspectorate's, in sentences."""
    said = [
        f"Percentages are {ROUNDING}. No text that was read states the rule.",
        f"Intervals are Wilson's at {CONFIDENCE} %: what chance alone may do to so few cases.",
        f"A key question that counts in fewer than {least} cases gets no band. That is our choice.",
        f"A rating may be lifted by a named person by one band, when what holds it down is at most {points} "
        "points or one case below it. That inspectorates do so is believed; no text confirmed it.",
    ]
    return [*said, f"{frameworks()[framework.value].title}: {MARKS[frameworks()[framework.value].mark]}."]


def published_rows(now: Standing) -> list[list[str]]:
    """The key questions beside those of the one inspection that was read whole."""
    known, rows = published(), []
    for words in now.standards:
        for question in now.rated[words.key].questions:
            if question.key in known:
                here = f"{per_cent(question)} ({share(question)})" if question.answered else "No answers"
                name = f"{question.key} {words.questions[question.key]}"
                rows.append([name, here, f"{known[question.key]} %"])
    return rows


def elsewhere() -> dict[str, Any]:
    """What was published about other services, with marks."""
    return {
        "found": [[one.where, one.found, one.mark] for one in comparators()],
        "bradford": [[key, f"{value} %"] for key, value in published().items()],
        "ratings": [[key, value] for key, value in published_ratings().items()],
        "marks": [[mark, says_] for mark, says_ in MARKS.items()],
    }
