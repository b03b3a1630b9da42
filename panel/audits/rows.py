"""Rounds, cases and answers as pages show them; a case is called by its number in the round."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask import url_for

from config.audit_form import Standard, form
from config.metrics import Metric
from panel.audits.differences import Show, Way
from panel.audits.drawing import TRAITS, member_of
from panel.audits.models import AuditedCase, AuditRound, CaseAudit, PopulationRow
from panel.audits.queries import needed
from panel.audits.results import HARM, OWN, RIGHT, SAFETY, TITLES, Read, value_words
from panel.referrals.words import Tag
from workflows.audit import Answer, CaseStatus, LeftOut, RoundStatus
from workflows.audit_seen import Hint, Kind
from workflows.calendar import long_date
from workflows.kappa import Agreement
from workflows.sample_size import split
from workflows.stratified import balance
from workflows.vocabulary import SIGNED_OUTCOMES, Gender, Level, Outcome, words

ROUND_COLOURS = {
    RoundStatus.NEW: "grey",
    RoundStatus.OPEN: "blue",
    RoundStatus.FINISHED: "green",
    RoundStatus.DROPPED: "grey",
}
HINT_TAGS = {
    Kind.PRESENT: Tag("On record", "green"),
    Kind.ABSENT: Tag("Nothing on record", "yellow"),
    Kind.FAIL: Tag("Clear fail", "red"),
    Kind.JUDGEMENT: Tag("Judgement only", "grey"),
}
# What of service against auditor is listed, in the words of the choice.
SHOWN = {
    Show.DIFFER: "Where they differ",
    Show.SYSTEM: "The service says no, an auditor says yes",
    Show.AUDITOR: "It is on record, an auditor says no",
    Show.ALL: "All that could be compared",
}
FREE = ("No auditor of this round is free to audit it", "Only one auditor of this round is free to audit it")
_WORDS: tuple[Any, ...] = (Gender, Outcome, Level, Level)


def tag_of(made: AuditRound) -> dict[str, str]:
    """Where a round stands."""
    return {"text": words(made.status), "tag": ROUND_COLOURS[made.status]}


def round_row(made: AuditRound, href: str) -> dict[str, Any]:
    """One round in a list."""
    period = f"{long_date(made.since)} to {long_date(made.until)}"
    return {
        "href": href,
        "cells": [
            {"text": f"Given from {period}", "hint": made.reference},
            f"{made.size} of {made.population}",
            made.framework.value,
            tag_of(made),
        ],
    }


def size_rows(made: AuditRound) -> list[list[str]]:
    """By what the size was found."""
    if made.whole is None or made.share is None:
        return [["Confidence and margin", f"{made.confidence} per cent, plus or minus {made.margin}"]]
    out, court = split(made.whole, made.share)
    parts = f"{made.whole} cases: {out} out of court ({made.share} per cent) and {court} of courts"
    short = [["Asked for and not there", str(out - made.size)]] if out > made.size else []
    return [["A fixed total", f"{parts}, which are audited outside of this service"], *short]


def margins(rows: Sequence[PopulationRow], cases: Sequence[AuditedCase]) -> list[list[str]]:
    """For each value of each trait what there was, what was due and what is in the sample."""
    members = [member_of(row) for row in rows if row.left_out is None]
    kept = [case.referral_id for case in cases if case.status is not CaseStatus.EXCLUDED]
    return [
        [
            f"{TRAITS[one.trait]}: {_value(one.trait, one.value)}",
            str(one.population),
            f"{float(one.quota):.1f}",
            str(one.drawn),
        ]
        for one in balance(members, kept)
    ]


def _value(trait: int, value: str) -> str:
    return "not recorded" if value == "none" else words(_WORDS[trait](value))


def left_out(rows: Sequence[PopulationRow], not_listed: Mapping[Outcome, int]) -> list[list[str]]:
    """Why cases of the period were not drawn from, with how many: marked on the list, or not on it at all."""
    counted: dict[LeftOut, int] = {}
    for row in rows:
        if row.left_out is not None:
            counted[row.left_out] = counted.get(row.left_out, 0) + 1
    return [
        *([words(why), str(count)] for why, count in counted.items()),
        *(
            [f"{words(one)}: {_not_listed(one)}", str(not_listed[one])]
            for one in Outcome
            if one in not_listed
        ),
    ]


def _not_listed(outcome: Outcome) -> str:
    if outcome in SIGNED_OUTCOMES:
        return "recorded as given after the list was made, or ended otherwise"
    return "no disposal that is carried out with the child, so it is not audited"


def case_row(
    made: AuditRound, one: Read, *, manages: bool, begun: int, lacking: int | None
) -> dict[str, Any]:
    """One case of a round with what can be done with it; `lacking` how few are free, where too few are."""
    case = one.case

    def at(endpoint: str) -> str:
        return url_for(f"audits.{endpoint}", reference=made.reference, number=case.place)

    links = []
    if one.complete and case.status is not CaseStatus.EXCLUDED:
        links.append(("What was answered", at("result")))
    if manages and made.status is RoundStatus.OPEN and case.status is CaseStatus.DRAWN and not one.audits:
        links.append(("Leave out", at("exclude")))
    who = "Two people" if case.twice else "One person"
    return {
        "number": case.place,
        "who": {
            "text": f"{who}, in place of another" if case.replaces_id else who,
            "hint": "" if lacking is None else FREE[lacking],
        },
        "tag": {"text": words(case.status), "hint": _why(case)},
        "done": f"{len(one.audits)} of {needed(case)} finished, {begun} begun",
        "links": links,
    }


def _why(case: AuditedCase) -> str:
    return f"{words(case.left_out)}: {case.reason}" if case.left_out else ""


def kappa_words(found: Agreement) -> str:
    """How far two auditors agree, in words."""
    if not found.pairs:
        return f"No figure: {found.because}."
    said = f"Agreed on {found.same} of {found.pairs} answers. Cohen’s kappa: "
    return said + (f"no value, because {found.because}." if found.kappa is None else f"{two(found.kappa)}.")


def two(value: Fraction) -> str:
    """A fraction with two decimals."""
    return f"{float(value):.2f}"


def hint_row(hint: Hint) -> dict[str, Any]:
    """A hint as it stands beside its prompt."""
    return {"tag": HINT_TAGS[hint.kind], "says": hint.says, "no": hint.proposes_no}


def hint_words(hint: Hint) -> str:
    """A hint as one sentence below its prompt."""
    return f"{HINT_TAGS[hint.kind].text}: {hint.says}{' Proposed: no.' if hint.proposes_no else ''}"


def parts_row(made: AuditRound, draft: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts of the form with how far each is answered."""
    answers = draft.get("answers") or {}
    found = []
    for standard in form(made.framework.value):
        items = items_in(standard)
        found.append(
            (standard.key, f"{standard.key} {standard.title}", sum(i in answers for i in items), len(items))
        )
    overall = [name for name in OWN if draft.get(name) is not None]
    found.append(("overall", "The case as a whole", len(overall), len(OWN)))
    return [
        {"part": key, "title": title, "done": done == all_, "text": f"{done} of {all_} answered"}
        for key, title, done, all_ in found
    ]


def way_words(item: str) -> dict[Way | None, str]:
    """How service and auditor stand to each other on an item, in words."""
    if item in (SAFETY, HARM):
        return {Way.SYSTEM: "The record is higher", Way.AUDITOR: "The auditor is higher", None: "The same"}
    return {Way.SYSTEM: SHOWN[Show.SYSTEM], Way.AUDITOR: SHOWN[Show.AUDITOR], None: "They agree"}


def items_in(standard: Standard) -> list[str]:
    """Every prompt and key question of a standard."""
    return [item for q in standard.questions for item in (*(p.key for p in q.prompts), q.key)]


def answer_table(
    made: AuditRound, one: Read, names: Mapping[int, str], metrics: Mapping[str, Sequence[Metric]]
) -> list[dict[str, Any]]:
    """Each standard with the answers of every auditor side by side, how they were settled, its metrics."""

    def line(item: str, says: str, *, key: bool = False) -> dict[str, Any]:
        cells = [
            {"value": value_words(item, one.items[a.id].get(item, "")), "note": one.notes[a.id].get(item, "")}
            for a in one.audits
        ]
        settled = one.settled.get(item)
        return {
            "says": says,
            "key": key,
            "metrics": metrics.get(item, ()),
            "cells": cells,
            "settled": value_words(item, settled) if settled else "",
            "differs": len({cell["value"] for cell in cells}) > 1,
        }

    found = []
    for standard in form(made.framework.value):
        lines = []
        for question in standard.questions:
            lines += [
                line(p.key, f"{p.key} {p.says}" if p.key[0].isdigit() else p.says) for p in question.prompts
            ]
            lines.append(line(question.key, f"{question.key} {question.says}", key=True))
        found.append({"title": f"{standard.key} {standard.title}", "lines": lines})
    own = [line(item, TITLES[item], key=True) for item in OWN]
    return [{"title": "The case as a whole", "lines": own}, *found]


def calling(tables: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of the answers those that call for a look: with a no, or on which two auditors differ."""
    no = words(Answer.NO)
    kept = [
        {
            **part,
            "lines": [x for x in part["lines"] if x["differs"] or no in [c["value"] for c in x["cells"]]],
        }
        for part in tables
    ]
    return [part for part in kept if part["lines"]]


def own_rows(draft: Mapping[str, Any]) -> list[dict[str, str]]:
    """The case as a whole on paper: what is said so far, and room to tick."""
    said = {True: Answer.YES.value, False: Answer.NO.value}
    rows = []
    for item in OWN:
        value = draft.get(item)
        ticks = "☐ Yes  ☐ No" if item == RIGHT else "☐ Low  ☐ Medium  ☐ High  ☐ Very high"
        given = said[value] if isinstance(value, bool) else str(value or "")
        rows.append({"key": TITLES[item], "value": value_words(item, given) if given else ticks})
    return [*rows, {"key": "Comment", "value": str(draft.get("comment") or "") or "…"}]


def recorded(audit: CaseAudit) -> list[dict[str, str]]:
    """The classifications that were recorded when an audit was finished."""
    found = (("Safety and wellbeing", audit.recorded_safety), ("Risk of serious harm", audit.recorded_harm))
    return [
        {"key": f"{name}, as recorded", "value": words(level) if level else "None"} for name, level in found
    ]
