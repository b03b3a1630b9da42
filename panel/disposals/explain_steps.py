"""The explaining, one thing at a time: one step is shown, and the form carries what stands in the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request
from wtforms import BooleanField
from wtforms.fields.choices import SelectMultipleField

from panel.disposals import commands as c
from panel.disposals.explaining import Part
from panel.disposals.forms import ExplainForm

HERE = ("adult_here", "case_manager_present", "others", "explained_place")
HOW = ("ways", "method", "language", "interpreter", "childs_words")
BACK = "back"
DO, LAST = "do", "how"


@dataclass(frozen=True)
class Step:
    """One thing that is talked about: some fields, or a part of what it means."""

    key: str
    title: str
    fields: tuple[str, ...] = ()
    part: Part | None = None


@dataclass(frozen=True)
class Walk:
    """The steps, those that are shown now, and as names and values what stands in the others."""

    steps: tuple[Step, ...]
    shown: tuple[Step, ...]
    carried: tuple[tuple[str, str], ...]

    @property
    def number(self) -> int:
        """The number of the step, when one is shown."""
        return self.steps.index(self.shown[0]) + 1

    @property
    def ends(self) -> bool:
        """Whether pressing now is the end of the explaining."""
        return len(self.shown) > 1 or self.shown[0] is self.steps[-1]


def steps_of(form: ExplainForm, parts: Sequence[Part], doing: str) -> tuple[Step, ...]:
    """The steps of one explaining in their order; `doing` titles what the child will do."""
    steps = [
        Step("here", "Who is here", _there(form, HERE)),
        Step("advice", "A solicitor, if you want one", _there(form, ("advice",))),
    ]
    if "admitted_again" in form:
        steps.append(Step("admitted", "What you say about it", ("admitted_again",)))
    for part in parts:
        warned = ("warned",) if part.group.key == "failure" else ()
        steps.append(Step(part.group.key, part.group.title, _there(form, ("ticked", *warned)), part))
    if doing:
        steps.append(Step(DO, doing))
    return (*steps, Step(LAST, "How it was explained", _there(form, HOW)))


def _there(form: ExplainForm, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in form)


def on_the_way(form: ExplainForm) -> bool:
    """Whether what was sent is a step on the way, and not the end."""
    return form.is_submitted() and (form.step.data != LAST or request.form.get("go") == BACK)


def onward(form: ExplainForm, steps: tuple[Step, ...], said: Mapping[str, str]) -> Walk:
    """The next step or the one before; the same one again while something on it cannot be read.

    Nothing is done by it, so the key of the form stays free for the end.
    """
    g.unfinished = True
    keys = [step.key for step in steps]
    here = keys.index(form.step.data) if form.step.data in keys else 0
    if request.form.get("go") == BACK:
        return walk(form, steps, said, (steps[max(here - 1, 0)],))
    step = steps[here]
    form.read(c.Explain, said={key: words for key, words in said.items() if key == step.key})
    for name in (field.name for field in form if field.name not in step.fields):
        form[name].errors = []
    stays = bool(form.errors or form.form_errors)
    return walk(form, steps, said, (step if stays else steps[here + 1],))


def standing(form: ExplainForm, steps: tuple[Step, ...], said: Mapping[str, str]) -> Walk:
    """The first step; after the end was refused every step on which something is wrong."""
    if not form.is_submitted():
        return walk(form, steps, said, steps[:1])
    wrong = tuple(step for step in steps if _wrong(form, step, said))
    return walk(form, steps, said, wrong or steps[-1:])


def _wrong(form: ExplainForm, step: Step, said: Mapping[str, str]) -> bool:
    if step.part is None:
        return any(form[name].errors for name in step.fields)
    open_here = {sentence.topic for sentence in step.part.sentences} - set(form.ticked.data or ())
    others = [name for name in step.fields if name != "ticked"]
    return (
        bool(form.ticked.errors and open_here)
        or any(form[name].errors for name in others)
        or bool(form.form_errors and len(said.get(step.key, "")) > c.LONGEST_SAID)
    )


def walk(
    form: ExplainForm, steps: tuple[Step, ...], said: Mapping[str, str], shown: tuple[Step, ...]
) -> Walk:
    """These steps, with everything that stands in the others."""
    fields = {name for step in shown for name in step.fields}
    carried = [
        (field.name, value)
        for field in form.visible()
        if field.name not in fields and field.name != "ticked"
        for value in _values(field)
    ]
    parts = {step.key for step in shown if step.part}
    topics = [s.topic for step in steps if step.part and step.key not in parts for s in step.part.sentences]
    carried += [("ticked", topic) for topic in topics if topic in (form.ticked.data or ())]
    carried += [(f"said-{key}", words) for key, words in said.items() if key not in parts]
    form.step.data = (shown if len(shown) == 1 else steps)[-1].key
    return Walk(steps, shown, tuple(carried))


def _values(field: Any) -> list[str]:
    if isinstance(field, BooleanField):
        return ["y"] if field.data else []
    if isinstance(field, SelectMultipleField):
        return list(field.data or ())
    return [str(field.data)] if field.data else []
