"""The pages of the end."""

from typing import Any

from config.feedback import ANSWERS, Question
from panel.closing import commands as c
from panel.forms import PanelForm, choice, day, long, offer, one_of, tick
from workflows.closing import Means

NOT_THE_VICTIM = "Do not name the victim."
PREFIX = "q_"
BY_WORKER = (Means.TALK, Means.PHONE, Means.PAPER)


class PressForm(PanelForm):
    """A button: nothing to type."""


class CompleteForm(PanelForm):
    """That a plan is over."""

    said = long(c.Complete, "said", f"The police read this. {NOT_THE_VICTIM}", rows=4)


class ReleaseForm(PanelForm):
    """That the code 22 may be recorded."""

    said = long(c.Release, "said", rows=4)


class SummaryForm(PanelForm):
    """The closing summary."""

    done = long(c.Summary, "done", NOT_THE_VICTIM, rows=4)
    helped = long(c.Summary, "helped", rows=3)
    still_open = long(c.Summary, "still_open", rows=3)
    exit_services = long(
        c.Summary, "exit_services", "School, health, clubs, early help, and who was asked", rows=3
    )
    safety = long(c.Summary, "safety", rows=3)
    if_trouble = long(c.Summary, "if_trouble", "What works with this child, and what does not", rows=3)
    child_done = long(c.Summary, "child_done", "Short and friendly: the child reads this", rows=3)
    child_well = long(c.Summary, "child_well", "Short and friendly: the child reads this", rows=3)
    child_next = long(c.Summary, "child_next", "A name and how to reach them", rows=3)


class SaidForm(PanelForm):
    """What somebody thinks of it; made by `said_form`."""

    words = long(c.Said, "words", "Exactly as it was said", rows=4)
    declined = tick(c.Said, "declined")

    def answers(self) -> dict[str, str]:
        """The questions that were answered."""
        given = {name: field.data for name, field in self._fields.items() if name.startswith(PREFIX)}
        return {name.removeprefix(PREFIX): value for name, value in given.items() if value in ANSWERS}


class WorkerSaidForm(SaidForm):
    """What somebody said to a worker."""

    means = one_of(c.SaidToWorker, "means", BY_WORKER)
    given_on = day(c.SaidToWorker, "given_on")


def said_form(kind: type[SaidForm], asked: tuple[Question, ...], **more: Any) -> SaidForm:
    """The form with its questions first."""
    fields = {f"{PREFIX}{q.key}": choice(c.Said, "words") for q in asked}
    form: SaidForm = type("SaidFormHere", (kind,), fields)(**more)
    for question in asked:
        field = form._fields[f"{PREFIX}{question.key}"]
        field.label.text = question.text
        offer(field, list(ANSWERS.items()))
    return form


def question_names(form: SaidForm) -> list[str]:
    """The fields of the questions, in their order."""
    return [name for name in form._fields if name.startswith(PREFIX)]
