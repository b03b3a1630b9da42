"""The pages on which a person says whether a typed child is known already."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from flask import redirect

from panel.children.models import Child, ChildSearch
from panel.errors import Missing
from panel.pages import page
from panel.referrals import commands as c
from panel.referrals import starting
from panel.referrals.match_forms import answer_form, details_form
from panel.referrals.matching import Candidate, log_looks
from panel.referrals.models import Referral
from panel.request import actor, at, db
from panel.request import page as here
from workflows.calendar import long_date
from workflows.identifiers import outward
from workflows.matching import Kind
from workflows.vocabulary import words

COLOURS = {Kind.SAME: "red", Kind.POSSIBLE: "yellow", Kind.TWIN: "purple", Kind.SIBLING: "blue"}
Done = Callable[[Referral], str]
Onward = Callable[[str, int], str]


def match_page(token: str, *, done: Done, details: Onward) -> Any:
    """Is it one of these children? `done` and `details` give the address to go on to."""
    asked = starting.open_search(db(), actor(), token)
    near = starting.shown(db(), asked)
    log_looks(db(), [candidate.child.id for candidate in near], by=actor(), at=at(), page=here())
    form = answer_form([(one.child.id, f"{_number(near, one)}: {_called(one)}") for one in near])
    if answer := _answer(form):
        if answer in starting.VERDICTS:
            return _to(done(starting.answer_other(db(), asked, answer, by=actor(), at=at())))
        child = _one_of(near, answer).child
        contradicts, _ = starting.differing(child, starting.typed(asked))
        if contradicts:
            return _to(details(token, child.id))
        return _to(done(starting.answer_same(db(), asked, child, (), by=actor(), at=at())))
    return page(
        "referrals/match.html", form=form, candidates=[_shown(one, asked) for one in near], count=len(near)
    )


def details_page(token: str, number: int, *, done: Done, back: str) -> Any:
    """Which details are right, where the typed ones contradict the record."""
    asked = starting.open_search(db(), actor(), token)
    child = _one_of(starting.shown(db(), asked), str(number)).child
    log_looks(db(), [child.id], by=actor(), at=at(), page=here())
    contradicts, new = starting.differing(child, starting.typed(asked))
    blocked = starting.locked(db(), child)
    rows = {
        name: (c.ChildDetails.model_fields[name].title or name, said(getattr(child, name)), said(value))
        for name, value in contradicts.items()
    }
    form = details_form({} if blocked else rows)
    replace = form.chosen(list({} if blocked else rows))
    if replace is not None:
        return _to(done(starting.answer_same(db(), asked, child, replace, by=actor(), at=at())))
    return page(
        "referrals/match_details.html",
        form=form,
        child=child,
        added=[c.ChildDetails.model_fields[name].title for name in new],
        blocked=starting.LOCKED.says if blocked else "",
        kept=[{"key": label, "value": saved} for label, saved, _ in rows.values()] if blocked else [],
        back={"text": "Back to the question", "href": back},
    )


def _answer(form: Any) -> str:
    from panel.referrals.match_forms import Answer

    command = form.read(Answer)
    return command.answer if command else ""


def _to(address: str) -> Any:
    return redirect(address, 303)


def _one_of(near: Sequence[Candidate], number: str) -> Candidate:
    for candidate in near:
        if str(candidate.child.id) == number:
            return candidate
    raise Missing()


def _number(near: Sequence[Candidate], one: Candidate) -> int:
    return near.index(one) + 1


def _called(one: Candidate) -> str:
    return f"{one.child.name}, born {long_date(one.child.date_of_birth)}"


def _shown(one: Candidate, asked: ChildSearch) -> dict[str, Any]:
    kind, mine = one.comparison.kind, starting.typed(asked)
    return {
        "kind": words(kind),
        "colour": COLOURS[kind],
        "fits": one.comparison.sentence,
        "differs": ", ".join(one.comparison.differs),
        "name": one.child.name,
        "rows": [
            {"label": label, "saved": saved, "typed": typed}
            for label, saved, typed in zip(LABELS, _told(one.child), _told(mine), strict=True)
        ],
        "cases": "No case yet" if not one.cases else f"{one.cases} case{'s' if one.cases > 1 else ''}",
    }


LABELS = ("Name", "Other names", "Date of birth", "First half of the postcode")


def _told(child: Child | c.ChildDetails) -> tuple[str, ...]:
    # Only what one needs to tell two children apart: no address, no school, no numbers.
    name = f"{child.given_name} {child.surname}"
    return name, child.other_names, long_date(child.date_of_birth), outward(child.postcode)


def said(value: Any) -> str:
    """A stored value as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, StrEnum):
        return words(value)
    return long_date(value) if isinstance(value, date) else str(value)
