"""An assessment in words, group by group; facts, opinions and what people said stay told apart (DP-6)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from config.screens import questions
from panel.assessments import screens
from panel.assessments.reading import Written
from panel.assessments.written import LinkedPlan, Source, Statement
from workflows.assessment_parts import GROUPS, JUDGED, SECTIONS, Answer, Section
from workflows.calendar import long_date, today_in_london
from workflows.vocabulary import words

Row = dict[str, Any]
NOT_WRITTEN = "Not written yet"
NO_ANALYSIS = "No analysis yet"
OPINION, QUOTED = "Opinion of", "Written down by"


def row(key: str, value: Any) -> Row:
    """One line of what is read back; what is empty says so."""
    return {"key": key, "value": value or NOT_WRITTEN}


def read_back(written: Written, *, today: date) -> list[dict[str, Any]]:
    """Groups of rows in the order in which people read them."""
    heard, *others = [_group(group, _sections(written, group, today)) for group in GROUPS]
    heard["rows"] += own_answers(written)
    return [
        heard,
        _group("Sources of information", source_rows(written)),
        *others,
        _group("Judgements", _judgements(written)),
        *([_group("Full AssetPlus", assetplus_rows(written))] if written.assetplus_because else []),
        _group("Other plans for the child", plan_rows(written)),
        _group("Recommendation", _recommendation(written)),
    ]


def _group(title: str, rows: list[Row]) -> dict[str, Any]:
    return {"title": title, "rows": rows}


def _sections(written: Written, group: str, today: date) -> list[Row]:
    rows = []
    for section in SECTIONS:
        if section.group != group:
            continue
        rows.append(row(section.title, _signed(written, section)))
        if section.screen:
            rows.append(screens.row(section.screen, written.screens.get(section.screen), today))
        known = [statement_words(s, written.sources) for s in written.statements if s.section == section.key]
        if known:
            rows.append(row(f"What we know: {section.title.lower()}", known))
    return rows


def _signed(written: Written, section: Section) -> str:
    saved = written.sections.get(section.key)
    if saved is None or not saved.text.strip():
        return ""
    return f"{saved.text}\n\n({author_words(written, section)})"


def author_words(written: Written, section: Section) -> str:
    """'Opinion of Priya Nair, 17 November 2026', or who wrote down somebody's own words."""
    saved = written.sections[section.key]
    whose = QUOTED if section.own_words else OPINION
    return f"{whose} {written.people[saved.edited_by_id]}, {long_date(today_in_london(saved.edited_at))}"


def statement_words(statement: Statement, sources: Sequence[Source]) -> str:
    """'Fact: … (School, Ms Lane, 16 November 2026)'."""
    kind = words(statement.basis).split(":")[0]
    where = [source_of(statement, sources), statement.said_by]
    if statement.said_on:
        where.append(long_date(statement.said_on))
    said = ", ".join(part for part in where if part)
    return f"{kind}: {statement.text}" + (f" ({said})" if said else "")


def source_of(statement: Statement, sources: Sequence[Source]) -> str:
    """Where a statement comes from."""
    found = next((s for s in sources if s.id == statement.source_id), None)
    return source_name(found) if found else statement.source_words


def source_name(source: Source) -> str:
    """'Health: school nurse'."""
    return f"{words(source.kind)}: {source.who}" if source.who else words(source.kind)


def own_answers(written: Written) -> list[Row]:
    """What the child wrote alone or with help, question by question."""
    if written.own is None:
        return []
    helped = f"with the help of {written.own.helper}" if written.own.helper else "without help"
    rows = [row("The child's own answers", f"Given on {long_date(written.own.started_on)}, {helped}.")]
    said = {answer.key: answer for answer in written.answers}
    for question in questions("child").items:
        answer = said.get(question.key)
        text = answer.text if answer and answer.text else "The child left this out."
        rows.append(row(question.text, text if answer else "Not answered yet."))
    return rows


def source_rows(written: Written) -> list[Row]:
    """Who was asked, when, how often again, and what became of it."""
    if not written.sources:
        return [row("Sources", "Nobody has been asked yet")]
    return [row(source_name(source), source_lines(written, source)) for source in written.sources]


def source_lines(written: Written, source: Source) -> list[str]:
    """What happened with one source, in short lines."""
    if source.answer is Answer.NOT_ASKED or source.asked_on is None:
        return [f"Not asked: {source.reason}"]
    lines = [f"Asked on {long_date(source.asked_on)}"]
    chased = [long_date(c.chased_on) for c in written.chases if c.source_id == source.id]
    if chased:
        lines.append(f"Reminded on {' and '.join(chased)}")
    answered = f", {long_date(source.answered_on)}" if source.answered_on else ""
    if source.answer is Answer.WAITING and source.due_on:
        answered = f", due on {long_date(source.due_on)}"
    reason = f": {source.reason}" if source.reason else ""
    return [*lines, f"{words(source.answer)}{answered}{reason}"]


def _judgements(written: Written) -> list[Row]:
    a, rows = written.assessment, []
    for name, title in JUDGED.items():
        level = getattr(a, name)
        lines = [words(level) if level else "Not judged yet", getattr(a, f"{name}_why") or NO_ANALYSIS]
        for text, part in (("Who is at risk", "who"), ("Would raise it", "up"), ("Would lower it", "down")):
            if said := getattr(a, f"{name}_{part}", ""):
                lines.append(f"{text}: {said}")
        rows.append(row(title, "\n".join(lines)))
    return rows


def assetplus_rows(written: Written) -> list[Row]:
    """Why it is asked for, where it is, and where its judgements differ from ours."""
    rows, full = [row("Why it is needed", list(written.assetplus_because))], written.asset_plus
    if full is None:
        return [*rows, row("AssetPlus", "Not recorded yet")]
    days = [
        f"Started on {long_date(full.started_on)}" if full.started_on else "Start not recorded",
        f"Completed on {long_date(full.completed_on)}" if full.completed_on else "Not completed yet",
    ]
    return [*rows, row("Reference", full.reference), row("Dates", days), *_compared(written)]


def _compared(written: Written) -> list[Row]:
    full, rows = written.asset_plus, []
    for name, title in JUDGED.items():
        theirs, ours = getattr(full, name), getattr(written.assessment, name)
        text = words(theirs) if theirs else "Not recorded"
        if theirs and ours and theirs is not ours:
            text = f"{text}. This differs from our own judgement: {words(ours).lower()}."
        rows.append(row(f"{title} in AssetPlus", text))
    return rows


def plan_rows(written: Written) -> list[Row]:
    """Whether social care works with the child, and each plan with how ours fits."""
    known = written.assessment.social_care_open
    says = "Not answered yet" if known is None else "Yes" if known else "No"
    rows = [row("Children's social care works with the child", says)]
    return rows + [row(words(plan.kind), plan_lines(plan)) for plan in written.plans]


def plan_lines(plan: LinkedPlan) -> list[str]:
    """One linked plan in short lines."""
    review = long_date(plan.next_review_on) if plan.next_review_on else "not known"
    return [f"Led by {plan.lead_worker}", f"Next review: {review}", plan.fit]


def _recommendation(written: Written) -> list[Row]:
    a = written.assessment
    outcome = "" if a.recommended is None else words(a.recommended)
    rows = [row("Recommended outcome", outcome), row("Why", a.recommended_why)]
    if a.contingency_signs or a.contingency_actions:
        rows.append(row("Signs that things get worse", a.contingency_signs))
        rows.append(row("Who then does what", a.contingency_actions))
    return rows
