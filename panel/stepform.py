"""The form of one step: proposed by the case manager, or made a condition by the panel."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from config.library import Entry
from panel.forms import PanelForm, choice, day, one_of, short, tick
from panel.stepcommand import StepCommand
from workflows.conditions import StepKind
from workflows.vocabulary import Purpose, words

ALWAYS = frozenset({"what", "done_when", "due_on"})


class Pounds(StringField):  # type: ignore[misc]
    """An amount that is kept in pence and typed in pounds."""

    def process_data(self, value: Any) -> None:
        """Show pence as pounds, and nothing as an empty box."""
        pence = value if isinstance(value, int) else 0
        super().process_data(f"{pence // 100}.{pence % 100:02}".removesuffix(".00") if pence else "")


class StepForm(PanelForm):
    """Every question that a condition may be asked; an entry of the library leaves its own."""

    kind = one_of(StepCommand, "kind", StepKind)
    what = short(StepCommand, "what", "For example: repair the fence with the park rangers")
    purpose = one_of(StepCommand, "purpose", Purpose)
    who = short(StepCommand, "who", "The name of the worker, or of the service")
    placement_id = choice(
        StepCommand, "placement_id", "The place and the times come from it, unless you write others below"
    )
    where_at = short(StepCommand, "where_at", "The place and its address")
    when_at = short(StepCommand, "when_at", "Days and times, for example: Saturdays, 10:00 to 12:00")
    how_often = short(StepCommand, "how_often", "For example: once a week, for six weeks")
    sessions = short(StepCommand, "sessions", "0 if they are not counted", width="3")
    attends = tick(StepCommand, "attends", "The law then asks for the place and the times")
    hours = short(StepCommand, "hours", "Whole hours in all; 0 if it is not about attending", width="3")
    at_childs_home = tick(StepCommand, "at_childs_home")
    amount_pence = Pounds(
        StepCommand.model_fields["amount_pence"].title,
        widget=GovTextInput(),
        description="For example: 20 or 12.50",
        render_kw={
            "autocomplete": "off",
            "params": {"prefix": {"text": "£"}, "classes": "govuk-input--width-5"},
        },
    )
    payee = short(StepCommand, "payee", "An office, never a person who was harmed")
    pay_how = short(StepCommand, "pay_how", "For example: by card or postal order, with the case's reference")
    checked_by = short(StepCommand, "checked_by", "There is no electronic monitoring")
    done_when = short(StepCommand, "done_when", "For example: six hours signed off by the rangers")
    proof = short(StepCommand, "proof", "For example: the signed attendance sheet")
    due_on = day(StepCommand, "due_on")

    @property
    def question_names(self) -> list[str]:
        """The names of the questions that are asked, in order."""
        return [field.name for field in self.visible()]

    def ask(self, entry: Entry | None, *, keep: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Leave the questions of an entry, in its words; what it settles itself is given back.

        Free wording asks everything. `keep` are questions of a form that builds on this one.
        """
        if entry is None:
            return {"entry": ""}
        settled: dict[str, Any] = {"entry": entry.key, "kind": StepKind(entry.kind), "attends": entry.attends}
        if len(entry.objects) == 1:
            settled["purpose"] = Purpose(entry.objects[0])
        for field in list(self.visible()):
            asked = field.name in entry.asks or field.name in ALWAYS | keep
            open_purpose = field.name == "purpose" and "purpose" not in settled
            if not asked and not open_purpose:
                del self[field.name]
                continue
            field.label.text = entry.questions.get(field.name, field.label.text)
            field.description = entry.hints.get(field.name, field.description)
        if "what" not in entry.hints:
            self.what.description = f"For example: {entry.example}"
        if "purpose" in self:
            self.purpose.choices = [(name, words(Purpose(name))) for name in entry.objects]
        return settled

    def read_step(self, command: type[Any], entry: Entry | None, settled: dict[str, Any], **more: Any) -> Any:
        """The command, with a sentence at the object when the entry cannot have it."""
        built = self.read(command, **settled, **more)
        if built and entry and built.purpose.value not in entry.objects:
            self.complain("purpose", "Choose what it is for")
            return None
        return built
