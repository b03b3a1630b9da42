"""The pages of the panel that ask something."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from panel.decisions import commands as c
from panel.forms import PanelForm, choice, day, long, one_of
from panel.referrals.models import Offence
from panel.referrals.offence_words import gravity_words
from panel.stepform import StepForm
from workflows.calendar import long_date
from workflows.vocabulary import Outcome, words

PREFIX = "outcome_"
SMALL = "govuk-radios--small"


class ConditionForm(StepForm):
    """A condition; what would tell the child where somebody is stands apart and is only read out."""

    sealed = long(
        c.ConditionWritten,
        "sealed",
        "For staying away: the person, the place or the map in words. The officer reads it out; it is on no "
        "paper and on no page of the child",
        rows=3,
    )


class PositionForm(PanelForm):
    """What one member thinks."""

    member_id = choice(c.PositionTaken, "member_id", "For a member who is here and asks you to write it down")
    outcome = one_of(c.PositionTaken, "outcome", Outcome)
    comment = long(c.PositionTaken, "comment", "Part of the record. Do not name the victim.", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.render_kw = {"class": SMALL}
        self.member_id.render_kw = {"class": SMALL}


class DraftForm(PanelForm):
    """The decision, with one set of radio buttons for each offence; made by `draft_form`."""

    reasons = long(
        c.Draft,
        "reasons",
        "Why this outcome and not another one. The family may read this.",
        rows=8,
    )
    considered = long(
        c.Draft,
        "considered",
        "Other outcomes and other ways to help that were talked about, and why not. "
        "What the rules allowed and what members argued for is kept by itself.",
        rows=4,
    )
    evidence = long(
        c.Draft,
        "evidence",
        "What there is, and whether it would be enough for court. Not for the family.",
        rows=4,
    )
    took_place_on = day(
        c.Draft,
        "took_place_on",
        "Leave empty when it is today. Both days are kept: this one and that of the record.",
    )
    late_reason = long(c.Draft, "late_reason", "Asked for when it was decided before yesterday.", rows=2)

    def chosen(self) -> dict[int, Any]:
        """The outcome that was chosen for each offence, where one was."""
        given = {name: self._fields[name].data for name in self.outcome_names}
        return {int(name.removeprefix(PREFIX)): value for name, value in given.items() if value}

    @property
    def outcome_names(self) -> list[str]:
        """The fields of the outcomes, in the order of the offences."""
        return [name for name in self._fields if name.startswith(PREFIX)]


def draft_form(
    offences: Sequence[Offence], hints: Mapping[int, Mapping[Outcome, str]], *, data: Mapping[str, Any]
) -> DraftForm:
    """The form of a decision about these offences; `hints` say what stands against an outcome."""

    class ForTheseOffences(DraftForm):
        pass

    for offence in offences:
        setattr(ForTheseOffences, f"{PREFIX}{offence.id}", _outcome_field(offence, hints[offence.id]))
    return ForTheseOffences(data=dict(data))


def _outcome_field(offence: Offence, hints: Mapping[Outcome, str]) -> RadioField:
    items = [{"hint": {"text": hints[outcome]}} if hints.get(outcome) else {} for outcome in Outcome]
    return RadioField(
        f"Outcome for {offence.title}, {long_date(offence.committed_on)}",
        widget=GovRadioInput(),
        description=gravity_words(offence),
        choices=[SelectChoice(outcome.value, words(outcome)) for outcome in Outcome],
        validate_choice=False,
        render_kw={"class": SMALL, "params": {"items": items}},
    )


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason", "What is missing, and who gets it. Do not name the victim.")


class PressForm(PanelForm):
    """A button: nothing to type."""
