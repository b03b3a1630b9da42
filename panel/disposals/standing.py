"""Where a disposal stands, in the words of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from panel.disposals.models import Disposal, NotSigned, Signature
from panel.referrals.words import Tag
from workflows.calendar import clock_words, day_date, long_date
from workflows.day_rules import BEFORE_EXPLAINING, OF_THE_ADULT
from workflows.disposal import DISPOSAL, Status
from workflows.disposal_rules import ON_THE_DAY, DisposalFacts
from workflows.flow import Refusal
from workflows.records import disclosed_automatically, spent_on
from workflows.requirements import BEFOREHAND
from workflows.vocabulary import SIGNED_OUTCOMES, Advice, Outcome, words

TAGS: dict[Status, Tag] = {
    Status.PREPARED: Tag("Being prepared", "yellow"),
    Status.EXPLAINED: Tag("Explained", "blue"),
    Status.SIGNED: Tag("Signed", "purple"),
    Status.GIVEN: Tag("Given", "green"),
    Status.LAPSED: Tag("Will not be given", "grey"),
}
DONE = Tag("Done", "")
NOW = Tag("To do now", "blue")
LATER = "Cannot start yet"
# What is asked for on the page of the move itself is not missing before it.
SEEN_BEFORE = frozenset(
    {guard.name for guard in (*ON_THE_DAY, *OF_THE_ADULT, *BEFORE_EXPLAINING)}
    | {
        "document",
        "names_officer",
        "same_document",
        "signed_copy",
        "signed_copy_expected",
        "conditions_ahead",
        "advice_had",
    }
)


@dataclass(frozen=True)
class Standing:
    """What the page of a disposal is made from."""

    move: str
    sentence: str
    missing: tuple[Refusal, ...]


def next_move(disposal: Disposal | None, *, shown_is_current: bool, authorised: bool) -> str:
    """The endpoint that comes next; empty when the disposal is over."""
    if disposal is None or disposal.document_id is None:
        return "prepare"
    if disposal.status in (Status.PREPARED, Status.EXPLAINED) and not authorised:
        return "authorise"
    if disposal.status is Status.PREPARED or (disposal.status is Status.EXPLAINED and not shown_is_current):
        return "explain"
    if disposal.status is Status.EXPLAINED:
        return "sign" if disposal.outcome in SIGNED_OUTCOMES else "give"
    return "give" if disposal.status is Status.SIGNED else ""


SENTENCES = {
    "prepare": "The officer makes the document that is shown to the child and their adult.",
    "authorise": "The officer says that there is evidence and that this caution is right, as the law asks.",
    "explain": "The officer explains it to the child and their adult, and writes down what they say back.",
    "sign": "The child, the adult and the officer sign.",
    "give": "Everything is in place. The officer gives it; the day of giving is the day that counts.",
    "": "Nothing: the disposal is over.",
}


def standing_of(disposal: Disposal | None, facts: DisposalFacts | None) -> Standing:
    """What comes next, and what is missing for it already now."""
    current = facts is not None and facts.signed_document_is_shown_document
    said = facts is not None and set(BEFOREHAND.get(facts.outcome, ())) <= facts.requirements
    move = next_move(disposal, shown_is_current=current, authorised=said)
    unmet: tuple[Refusal, ...] = ()
    if disposal is not None and facts is not None and move not in ("", "prepare"):
        unmet = DISPOSAL.refusals("explain" if move == "authorise" else move, disposal.status, facts)
    return Standing(move, SENTENCES[move], tuple(r for r in unmet if r.name in SEEN_BEFORE))


def tasks(
    disposal: Disposal | None, move: str, reference: str, *, outcome: Outcome, acts: bool
) -> list[dict[str, Any]]:
    """The steps, each with what became of it."""
    steps = [
        ("prepare", "Make the document"),
        ("authorise", "Say that what the law asks is there"),
        ("explain", "Explain it"),
        ("sign", "Sign it"),
        ("give", "Give it"),
    ]
    if outcome not in BEFOREHAND:
        steps = [step for step in steps if step[0] != "authorise"]
    if outcome not in SIGNED_OUTCOMES:
        steps = [step for step in steps if step[0] != "sign"]
    names = [name for name, _ in steps]
    at = names.index(move) if move else len(names)
    lapsed = disposal is not None and disposal.status is Status.LAPSED
    again = disposal is not None and disposal.status in (Status.PREPARED, Status.EXPLAINED)
    items = []
    for place, (name, text) in enumerate(steps):
        status: Any = "Not done" if lapsed else "Completed" if place < at else NOW if place == at else LATER
        open_ = acts and (
            name == move or (again and name in ("prepare", "authorise", "explain") and place < at)
        )
        href = url_for(f"disposals.{name}", reference=reference) if open_ else None
        items.append({"text": text, "status": status, "href": href})
    return items


def told_rows(
    disposal: Disposal, signatures: Sequence[Signature], without: Sequence[NotSigned], explained_by: str
) -> list[dict[str, Any]]:
    """How it was explained and signed, read back."""
    rows: list[tuple[str, Any]] = []
    if disposal.adult_name:
        said = words(disposal.adult_relationship or disposal.adult) if disposal.adult else ""
        rows.append(("Appropriate adult", f"{disposal.adult_name} ({said[:1].lower()}{said[1:]})"))
    if disposal.explained_at is not None:
        rows += [
            ("Explained", f"{clock_words(disposal.explained_at)} by {explained_by}"),
            ("Where and how", [disposal.explained_place, disposal.method]),
            ("Case manager there", "Yes" if disposal.case_manager_present else "No"),
        ]
        if disposal.advice is not Advice.NOT_RECORDED:
            rows.append(("Free legal advice", words(disposal.advice)))
        if disposal.childs_words:
            rows.append(("In the child's own words", f"“{disposal.childs_words}”"))
    if signatures:
        rows.append(("Signed by", [_signed(signature) for signature in signatures]))
    if without:
        rows.append(("Did not sign", [_did_not_sign(one) for one in without]))
    if disposal.given_on is not None:
        rows.append(("Given", day_date(disposal.given_on)))
    if disposal.given_at is not None:
        late = [f"Why only then: {disposal.given_late_reason}"] if disposal.given_late_reason else []
        rows.append(("Recorded", [clock_words(disposal.given_at), *late]))
    if disposal.reason:
        rows.append(("Why it will not be given", disposal.reason))
    return [{"key": key, "value": value} for key, value in rows]


def _signed(signature: Signature) -> str:
    how = "on paper" if signature.on_paper else "on the screen"
    return f"{words(signature.signer)}: {signature.name}, {how}, {clock_words(signature.at)}"


def _did_not_sign(one: NotSigned) -> str:
    return f"{words(one.signer)}: {words(one.answer).lower()}. {one.why}"


def record_rows(
    outcome: Outcome,
    given_on: date,
    conditions_end: date | None,
    *,
    today: date,
    ceased_on: date | None = None,
) -> list[dict[str, str]]:
    """What follows for records from a disposal that was given, each with its rule; checks as made today."""
    spent = spent_on(outcome, given_on, conditions_end, ceased_on)
    if spent is None:
        said = "It is neither a caution nor a conviction, so there is nothing to become spent."
    elif spent == given_on:
        said = f"Spent at once: {long_date(spent)}."
    elif ceased_on == spent:
        said = f"Spent on {long_date(spent)}: proceedings were started, so it stopped having effect."
    else:
        said = f"Spent on {long_date(spent)}, unless it stops having effect earlier."
    return [
        {
            "key": "Spent",
            "value": said,
            "rule": "Rehabilitation of Offenders Act 1974 Sch.2 para.1 (ROA-1, ROA-2)",
        },
        {
            "key": "Checks for a job",
            "value": "Shown automatically on a standard or enhanced check under the rules of that day."
            if disclosed_automatically(outcome, today)
            else "Not shown automatically on a standard or enhanced check. The police may still add it to an "
            "enhanced check if they think that it matters for that job.",
            "rule": "Police Act 1997 as amended from 28 November 2020 (DBS-1)",
        },
    ]
