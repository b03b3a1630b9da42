"""The forms of a list; those for its columns and words are made for each file."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from panel.forms import PanelForm, choice, day, file, long, pick, short
from panel.lists import commands as c
from panel.lists.days import Order
from panel.lists.fields import DAYS, FIELDS, SKIP, TITLES, Choices
from panel.lists.mapping import ColumnMap
from panel.lists.profile import Profile
from workflows.vocabulary import words

NOT_USED = "Not used"
ORDER_OF = {
    "given_on": "Days on which it was given: what comes first?",
    "date_of_birth": "Dates of birth: what comes first?",
}


class SendForm(PanelForm):
    """A file and the day on which it came."""

    area = pick(c.Sent, "area")
    supplied_on = day(
        c.Sent, "supplied_on", "The day on which the force gave us this file. For example, 1 10 2026"
    )
    list = file("The list", "CSV or XLSX, up to 25 MB")


class ConfirmForm(PanelForm):
    """All good rows, or all rows or none."""

    how = choice(c.Confirmed, "how")


class UndoForm(PanelForm):
    """Why a list is taken back."""

    reason = long(c.TakenBack, "reason", "Nothing is deleted. The reason stays in the history.")


class TakeForm(PanelForm):
    """Who gets the rows."""

    recipient = short(
        c.Taken, "recipient", "For example: the force's performance team, to put the rows right"
    )


class PressForm(PanelForm):
    """A button: nothing to type."""


def _select(label: str, options: Mapping[str, str], hint: str, first: str) -> Any:
    pairs = [SelectChoice("", first), *(SelectChoice(key, says) for key, says in options.items())]
    return SelectField(label, widget=GovSelect(), description=hint, choices=pairs, validate_choice=False)


def columns_form(profile: Profile, known: Mapping[str, Choices], **data: Any) -> PanelForm:
    """A form with a drop-down for each column of the file, the orders of days and the period."""
    options = {name: TITLES[name] for name in FIELDS}
    fields: dict[str, Any] = {}
    for place, column in enumerate(profile.columns):
        hint = f"For example: {'; '.join(column.examples)}" if column.examples else "Empty"
        fields[f"column_{place}"] = _select(f"{column.letter}: {column.name}", options, hint, NOT_USED)
    same = {key: says for key, says in known["outcome"].options.items() if key != SKIP}
    hint = "Only when no column says it."
    fields["outcome"] = _select("What every row of the file is", same, hint, "A column says it")
    for name in DAYS:
        pairs = [SelectChoice(order.value, words(order)) for order in Order]
        fields[f"order_{name}"] = RadioField(
            ORDER_OF[name], widget=GovRadioInput(), choices=pairs, validate_choice=False
        )
    fields["first_on"] = day(c.Covered, "first_on")
    fields["last_on"] = day(c.Covered, "last_on", "A month counts as covered when every day of it is")
    return type("ColumnsForm", (PanelForm,), fields)(data=data)  # type: ignore[no-any-return]


def chosen_columns(form: Any, profile: Profile) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The column of each field, and the fields for which several columns were chosen."""
    columns: dict[str, str] = {}
    twice: dict[str, list[str]] = {}
    for place, column in enumerate(profile.columns):
        name = form[f"column_{place}"].data
        if name not in FIELDS:
            continue
        if name in columns:
            twice.setdefault(name, []).append(f"column_{place}")
        columns.setdefault(name, column.name)
    return columns, twice


def named_in(form: Any, profile: Profile, kept: ColumnMap) -> tuple[ColumnMap, dict[str, list[str]]]:
    """What was chosen as a map; a column that shows its own order of days is read in that one."""
    columns, twice = chosen_columns(form, profile)
    order: dict[str, Order] = {}
    for name in DAYS:
        column = profile.column(columns.get(name, ""))
        said = form[f"order_{name}"].data
        if column and column.order:
            order[name] = column.order
        elif said in set(Order):
            order[name] = Order(said)
    outcome = form["outcome"].data if "outcome" not in columns else ""
    return kept.model_copy(update={"columns": columns, "order": order, "outcome": outcome or ""}), twice


def field_at(form: Any, name: str, columns: Mapping[str, str], profile: Profile) -> str:
    """Where on the page of the columns a complaint about a field is said."""
    if name in form:
        return name
    places = {column.name: f"column_{place}" for place, column in enumerate(profile.columns)}
    return places.get(columns.get(name, ""), name)


def words_form(asked: Mapping[str, Sequence[str]], known: Mapping[str, Choices]) -> PanelForm:
    """A form with a drop-down for each word of which nobody knows the meaning."""
    fields = {
        word_name(name, place): _select(f"“{said}”", known[name].options, known[name].title, "Choose")
        for name, of in asked.items()
        for place, said in enumerate(of)
    }
    return type("WordsForm", (PanelForm,), fields)()  # type: ignore[no-any-return]


def word_name(name: str, place: int) -> str:
    """The name of the drop-down of a word."""
    return f"word_{name}_{place}"
