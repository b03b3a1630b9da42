"""The questions about a child who may be known already: is it one of these, and which details are right."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from panel.commands import Command, Text, chosen
from panel.forms import PanelForm, choice, offer
from panel.referrals.starting import NOBODY, RELATED

KEEP, REPLACE = "keep", "replace"


class Answer(Command):
    """Who the typed child is."""

    answer: Text = chosen(
        "Is it one of these children?", "Say whether it is one of these children", min_length=1
    )


class AnswerForm(PanelForm):
    """Who the typed child is; nothing is chosen beforehand."""

    answer = choice(Answer, "answer", "Your answer is kept with your name. Nobody is asked about it again.")


def answer_form(children: Sequence[tuple[int, str]]) -> AnswerForm:
    """The question about these children: number and words of each."""
    form = AnswerForm()
    same = [(str(number), f"It is the same child as {words}") for number, words in children]
    others = [
        (RELATED, "It is a twin, brother or sister: a different child"),
        (NOBODY, "It is none of these"),
    ]
    offer(form.answer, same + others)
    return form


class Details(Command):
    """Which of two values is right for each detail that differs; checked by the form."""


class DetailsForm(PanelForm):
    """One question for each detail that differs; made by `details_form`."""

    def chosen(self, names: Sequence[str]) -> set[str] | None:
        """The details to replace, or None with a sentence at each question that has no answer."""
        if not self.is_submitted() or not self.validate():
            return None
        silent = [name for name in names if self._fields[name].data not in (KEEP, REPLACE)]
        for name in silent:
            self.complain(name, f"Choose which is right: {self._fields[name].label.text.lower()}")
        return None if silent else {name for name in names if self._fields[name].data == REPLACE}


def details_form(rows: Mapping[str, tuple[str, str, str]]) -> DetailsForm:
    """The form for these details: by name the words of the field, of the saved value and of the typed one."""
    fields: dict[str, Any] = {
        name: RadioField(
            label,
            widget=GovRadioInput(),
            choices=[
                SelectChoice(KEEP, f"Keep what we have: {saved}"),
                SelectChoice(REPLACE, f"Replace it with what you typed: {typed}"),
            ],
            validate_choice=False,
        )
        for name, (label, saved, typed) in rows.items()
    }
    form: DetailsForm = type("DetailsFormHere", (DetailsForm,), fields)()
    return form
