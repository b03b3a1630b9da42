"""Forms that carry a key and a version, take their labels from a command and build it."""

import secrets
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import g
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovDateInput,
    GovFileInput,
    GovPasswordInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from pydantic import ValidationError
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from panel.commands import Command, errors_in_words
from workflows.vocabulary import words

C = TypeVar("C", bound=Command)
ANSWERS = {"yes": True, "no": False}


def new_key() -> str:
    """A fresh idempotency key for one form on one page."""
    return secrets.token_urlsafe(24)


class PanelForm(FlaskForm):  # type: ignore[misc]
    """A form with an idempotency key and the version of the row that it was made from."""

    act_key = HiddenField(default=new_key)
    version = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        g.form = self

    @property
    def seen(self) -> int | None:
        """The version that the page was made from."""
        return int(self.version.data) if str(self.version.data or "").isdigit() else None

    def visible(self) -> list[Field]:
        """The fields that a person sees, in order."""
        return [
            field for field in self if not isinstance(field, HiddenField) and field.type != "CSRFTokenField"
        ]

    def read(self, command: type[C], *, today: date | None = None, **more: Any) -> C | None:
        """The command that was typed, or None with a sentence at each field that is wrong."""
        if not self.is_submitted():
            return None
        self.validate()
        # The command has the rules; WTForms only says what cannot be read at all.
        wrong = {field.name: unreadable(field) for field in self.visible() if field.process_errors}
        values = {f.name: _value(f) for f in self.visible() if f.name in command.model_fields}
        try:
            built = command.model_validate(values | more, context={"today": today})
        except ValidationError as error:
            wrong = errors_in_words(error, command) | wrong
        else:
            if not wrong and not self.errors:
                return built
        for name, sentence in wrong.items():
            self.complain(name, sentence)
        return None

    def complain(self, name: str, sentence: str) -> None:
        """Put a sentence at a field, or at the whole form when there is no such field."""
        if name in self._fields:
            self._fields[name].errors = [sentence]
        else:
            self.form_errors.append(sentence)

    def error_list(self) -> list[dict[str, str]]:
        """The error summary: each sentence with a link that puts the cursor in its field."""
        found = [
            {"text": str(field.errors[0]), "href": f"#{_first_input(field)}"}
            for field in self
            if field.errors
        ]
        return found + [{"text": sentence, "href": "#main-content"} for sentence in self.form_errors]


def _first_input(field: Field) -> str:
    return f"{field.name}-day" if isinstance(field, DateField) else str(field.id)


def unreadable(field: Field) -> str:
    """That what was typed into a field cannot be read."""
    if isinstance(field, DateField):
        return f"{field.label.text} must be a real date, such as 27 3 2026"
    return f"{field.label.text} cannot be read: enter it again"


def _value(field: Field) -> Any:
    if field.data == "" and isinstance(field, RadioField | SelectField):
        return None
    if isinstance(field, YesNo):
        return ANSWERS.get(field.data or "")
    return field.data


class DayBoxes(GovDateInput):  # type: ignore[misc]
    """Three boxes that survive a request in which they are not three."""

    def __call__(self, field: Field, **kwargs: Any) -> Any:
        """Render the boxes with whatever was typed."""
        if field.raw_data is not None and len(field.raw_data) != 3:
            field.raw_data = None
        return super().__call__(field, **kwargs)


class DayField(DateField):  # type: ignore[misc]
    """Day, month and year in three boxes; all three empty is no date."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the three boxes."""
        if any(part.strip() for part in valuelist):
            super().process_formdata([part.strip() for part in valuelist])
        else:
            self.data = None


class YesNo(RadioField):  # type: ignore[misc]
    """A question with two answers and no answer given beforehand."""

    def process_data(self, value: Any) -> None:
        """Show a stored truth value as the chosen answer."""
        answer = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else value
        super().process_data(answer)


def _label(command: type[Command], name: str) -> str:
    return command.model_fields[name].title or name


def short(
    command: type[Command], name: str, hint: str = "", *, width: str = "", autocomplete: str = "off"
) -> Field:
    """A single line."""
    classes = {"params": {"classes": f"govuk-input--width-{width}"}} if width else {}
    keywords = {"autocomplete": autocomplete, **classes}
    return StringField(_label(command, name), widget=GovTextInput(), description=hint, render_kw=keywords)


def long(command: type[Command], name: str, hint: str = "", *, rows: int = 5) -> Field:
    """Several lines."""
    return TextAreaField(
        _label(command, name), widget=GovTextArea(), description=hint, render_kw={"rows": rows}
    )


def password(command: type[Command], name: str, *, autocomplete: str) -> Field:
    """A password, never shown again."""
    return PasswordField(
        _label(command, name), widget=GovPasswordInput(), render_kw={"autocomplete": autocomplete}
    )


def day(command: type[Command], name: str, hint: str = "For example, 27 3 2026") -> Field:
    """A date in three boxes."""
    return DayField(_label(command, name), widget=DayBoxes(), description=hint, format="%d %m %Y")


def one_of(
    command: type[Command], name: str, choices: type[StrEnum] | Sequence[StrEnum], hint: str = ""
) -> Field:
    """Radio buttons for a short list of words."""
    pairs = [SelectChoice(choice.value, words(choice)) for choice in choices]
    return RadioField(
        _label(command, name), widget=GovRadioInput(), description=hint, choices=pairs, validate_choice=False
    )


def yes_no(command: type[Command], name: str, hint: str = "") -> Field:
    """Radio buttons for yes and no."""
    pairs = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
    return YesNo(
        _label(command, name), widget=GovRadioInput(), description=hint, choices=pairs, validate_choice=False
    )


def tick(command: type[Command], name: str, hint: str = "") -> Field:
    """One box to tick."""
    return BooleanField(_label(command, name), widget=GovCheckboxInput(), description=hint)


def pick(command: type[Command], name: str, hint: str = "") -> Field:
    """A drop-down; the view sets its choices with `offer`."""
    return SelectField(
        _label(command, name), widget=GovSelect(), description=hint, choices=[], validate_choice=False
    )


def offer(field: Field, choices: Sequence[tuple[Any, str]], *, first: str = "Choose") -> None:
    """Fill a drop-down or a set of radio buttons that depends on the data."""
    dropdown = isinstance(field, SelectField) and not isinstance(field, RadioField | SelectMultipleField)
    blank = [SelectChoice("", first)] if dropdown else []
    field.choices = blank + [SelectChoice(str(value), label) for value, label in choices]


def choice(command: type[Command], name: str, hint: str = "") -> Field:
    """Radio buttons; the view sets their choices with `offer`."""
    return RadioField(
        _label(command, name), widget=GovRadioInput(), description=hint, choices=[], validate_choice=False
    )


def several(command: type[Command], name: str, hint: str = "") -> Field:
    """Boxes of which several may be ticked; the view sets them with `offer`."""
    return SelectMultipleField(
        _label(command, name),
        widget=GovCheckboxesInput(),
        description=hint,
        choices=[],
        validate_choice=False,
    )


def file(label: str, hint: str = "") -> Field:
    """A file to add."""
    return FileField(label, widget=GovFileInput(), description=hint)


def overrides_from(form: Any) -> dict[str, str]:
    """The reasons given for going on against guidance, by the name of the rule."""
    return {key.removeprefix("override-"): why for key, why in form.items() if key.startswith("override-")}
