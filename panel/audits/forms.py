"""The pages of case audits that ask something."""

from collections.abc import Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from config.audit_form import Question, Standard, frameworks, questions
from panel.audits import commands as c
from panel.forms import PanelForm, choice, day, long, one_of, pick, several, short, tick, yes_no
from workflows.audit import Answer, LeftOut
from workflows.ratings import Framework
from workflows.vocabulary import Level, words

LONGEST_NOTE = 1000


class OpenForm(PanelForm):
    """A sample."""

    since = day(c.Opened, "since")
    until = day(c.Opened, "until")
    framework = choice(c.Opened, "framework")
    confidence = short(c.Opened, "confidence", "Inspections used 80", width="3")
    margin = short(c.Opened, "margin", "Inspections used 5", width="3")
    whole = short(
        c.Opened,
        "whole",
        "In place of confidence and margin: cases of courts and out of court together, such as 70",
        width="3",
    )
    share = short(
        c.Opened,
        "share",
        "Of a fixed total only. Of the 70 cases of an inspection 40 per cent, which is 28, were out of court",
        width="3",
    )
    members = several(c.Opened, "members", "Managers, inspectors, and case managers of other teams by name")
    again = tick(c.Opened, "again")


class ExcludeForm(PanelForm):
    """A reason, coded and in words."""

    left_out = one_of(c.Excluded, "left_out", LeftOut)
    words = long(c.Excluded, "words", rows=3)


class WordsForm(PanelForm):
    """Words."""

    words = long(c.Words, "words", rows=6)


class OverallForm(PanelForm):
    """The case as a whole."""

    safety_class = one_of(c.Overall, "safety_class", Level)
    harm_class = one_of(c.Overall, "harm_class", Level)
    disposal_right = yes_no(c.Overall, "disposal_right")
    right_note = long(c.Overall, "right_note", rows=3)
    comment = long(c.Overall, "comment", rows=5)


class FeedBackForm(PanelForm):
    """What the case manager is told."""

    words = long(c.FedBack, "words", "The auditors' comments are proposed here", rows=7)
    action = long(c.FedBack, "action", "Leave empty when nothing has to be done", rows=2)
    holder_id = pick(c.FedBack, "holder_id")
    due_on = day(c.FedBack, "due_on")


class ReplyForm(PanelForm):
    """What the case manager answers."""

    words = long(c.Replied, "words", rows=4)


class PressForm(PanelForm):
    """A button: nothing to type."""


class PartForm(PanelForm):
    """One part of the form; `part_form` adds its questions."""

    def given(self, items: list[str]) -> c.Part | None:
        """What is answered so far, or None with a sentence at what cannot be kept."""
        if not self.is_submitted():
            return None
        self.validate()
        answers, notes = {}, {}
        for item in items:
            answer, note = self[f"answer_{item}"].data or "", (self[f"note_{item}"].data or "").strip()
            if answer and answer not in {one.value for one in Answer}:
                self.complain(f"answer_{item}", "Choose one of the answers")
            if len(note) > LONGEST_NOTE:
                self.complain(f"note_{item}", f"The note must be {LONGEST_NOTE:,} characters or fewer")
            answers[item], notes[item] = answer, note
        if self.errors:
            return None
        kept = {key: Answer(value) for key, value in answers.items() if value}
        return c.Part(answers=kept, notes={key: value for key, value in notes.items() if value})


def items_of(standard: Standard) -> list[str]:
    """What is answered in a part: the prompts of each key question, then the key question itself."""
    return [item for q in standard.questions for item in (*(p.key for p in q.prompts), q.key)]


def part_form(standard: Standard, draft: dict[str, Any], hints: Mapping[str, str], **more: Any) -> PartForm:
    """The form of one standard, with what is answered so far and a hint below each prompt."""
    choices = [SelectChoice(answer.value, words(answer)) for answer in Answer]
    fields: dict[str, Any] = {}
    for question in standard.questions:
        for prompt in question.prompts:
            fields |= _asked(prompt.key, f"{_id(prompt.key)}{prompt.says}", choices, hints[prompt.key])
        fields |= _asked(question.key, f"{question.key} {question.says}", choices, _when(question))
    data = {f"answer_{key}": value for key, value in draft.get("answers", {}).items()}
    data |= {f"note_{key}": value for key, value in draft.get("notes", {}).items()}
    made: PartForm = type("StandardForm", (PartForm,), fields)(data=data, **more)
    return made


def _id(key: str) -> str:
    return f"{key} " if key[0].isdigit() else ""


def _when(question: Question) -> str:
    own = "Your own judgement of the whole, not a count of the prompts."
    return f"{own} Not applicable when: {question.without}" if question.without else own


def _asked(key: str, says: str, choices: list[SelectChoice], hint: str = "") -> dict[str, Any]:
    inline = {"params": {"classes": "govuk-radios--inline govuk-radios--small"}}
    return {
        f"answer_{key}": RadioField(
            says,
            widget=GovRadioInput(),
            choices=choices,
            validate_choice=False,
            description=hint,
            render_kw=inline,
        ),
        f"note_{key}": TextAreaField(
            f"Note on {_id(key).strip() or says.lower().rstrip('.')}",
            widget=GovTextArea(),
            render_kw={"rows": 2},
        ),
    }


class SettleForm(PanelForm):
    """What two auditors see differently; `settle_form` adds each item, and the reason behind them."""

    def settled(self, items: list[str]) -> dict[str, str] | None:
        """The settled value of each item, or None with a sentence where one is missing."""
        found = {item: self[f"settled_{item}"].data or "" for item in items}
        for item, value in found.items():
            if value not in {one.value for one in self[f"settled_{item}"].choices}:
                self.complain(f"settled_{item}", "Choose one of the two answers")
        return None if self.errors else found


def settle_form(differing: dict[str, tuple[str, list[tuple[str, str]]]], **more: Any) -> SettleForm:
    """A question for each item that differs: its title, and the values with their words."""
    fields: dict[str, Any] = {
        f"settled_{item}": RadioField(
            title,
            widget=GovRadioInput(),
            choices=[SelectChoice(*one) for one in values],
            validate_choice=False,
        )
        for item, (title, values) in differing.items()
    }
    fields["words"] = long(c.Settled, "words", rows=4)
    return type("DifferingForm", (SettleForm,), fields)(**more)  # type: ignore[no-any-return]


def framework_choices() -> list[tuple[str, str]]:
    """The frameworks as one chooses them: those of which there is a form."""
    read = [one for one in frameworks() if one.key in set(Framework) and questions(one.key)]
    return [(one.key, f"{one.key}: {one.says}") for one in read]
