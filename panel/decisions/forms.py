"""The pages of the panel that ask something."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from panel.decisions import commands as c
from panel.decisions.beforehand import EvidenceView
from panel.forms import PanelForm, choice, day, long, one_of, short
from panel.referrals.models import Offence, Referral
from panel.referrals.offence_words import gravity_words
from panel.stepform import StepForm
from workflows.before_panel import Evidence
from workflows.calendar import long_date
from workflows.codes import Category
from workflows.vocabulary import Outcome, words

PREFIX = "outcome_"
SMALL = "govuk-radios--small"
EVIDENCE, KINDS = "evidence_", "kinds_"
ENOUGH = "What the evidence is enough for"


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
    offences: Sequence[Offence],
    hints: Mapping[int, Mapping[Outcome, str]],
    *,
    offered: Sequence[Outcome],
    data: Mapping[str, Any],
) -> DraftForm:
    """The form of a decision about these offences; `hints` say what stands against an outcome."""

    class ForTheseOffences(DraftForm):
        pass

    for offence in offences:
        setattr(
            ForTheseOffences, f"{PREFIX}{offence.id}", _outcome_field(offence, hints[offence.id], offered)
        )
    return ForTheseOffences(data=dict(data))


def _outcome_field(offence: Offence, hints: Mapping[Outcome, str], offered: Sequence[Outcome]) -> RadioField:
    items = [{"hint": {"text": hints[outcome]}} if hints.get(outcome) else {} for outcome in offered]
    return RadioField(
        f"Outcome for {offence.title}, {long_date(offence.committed_on)}",
        widget=GovRadioInput(),
        description=gravity_words(offence),
        choices=[SelectChoice(outcome.value, words(outcome)) for outcome in offered],
        validate_choice=False,
        render_kw={"class": SMALL, "params": {"items": items}},
    )


class EvidenceForm(PanelForm):
    """One set of questions for each offence; made by `evidence_form`."""

    def answers(self, prefix: str) -> dict[int, Any]:
        """What was chosen under this prefix, by offence."""
        found = {name: self._fields[name].data for name in self._fields if name.startswith(prefix)}
        return {int(name.removeprefix(prefix)): value for name, value in found.items() if value}

    def read_all(self) -> c.EvidenceSeen | None:
        """The command, when there is a view of each offence."""
        given, kinds = self.answers(EVIDENCE), self.answers(KINDS)
        command = self.read(c.EvidenceSeen, evidence=given, categories=kinds)
        if not self.is_submitted():
            return None
        silent = [n for n in self._fields if n.startswith(EVIDENCE) and not self._fields[n].data]
        for name in silent:
            self.complain(
                name,
                f"Say what the evidence is enough for{self._fields[name].label.text.removeprefix(ENOUGH)}",
            )
        return None if silent else command


def evidence_form(
    referral: Referral, offences: Sequence[Offence], views: Mapping[int, EvidenceView]
) -> EvidenceForm:
    """The form of an officer's view of the evidence, filled in with the last one."""

    class ForTheseOffences(EvidenceForm):
        pass

    data: dict[str, Any] = {"version": referral.version}
    for offence in offences:
        what = f"{offence.title}, {long_date(offence.committed_on)}"
        setattr(ForTheseOffences, f"{EVIDENCE}{offence.id}", _evidence_field(what))
        setattr(ForTheseOffences, f"{KINDS}{offence.id}", _kinds_field(what))
        if view := views.get(offence.id):
            data[f"{EVIDENCE}{offence.id}"] = view.evidence.value
        data[f"{KINDS}{offence.id}"] = (
            views[offence.id].categories if offence.id in views else offence.categories
        )
    return ForTheseOffences(data=data)


def _evidence_field(what: str) -> RadioField:
    return RadioField(
        f"{ENOUGH}: {what}",
        widget=GovRadioInput(),
        choices=[SelectChoice(e.value, words(e)) for e in Evidence if e is not Evidence.NOT_RECORDED],
        validate_choice=False,
        render_kw={"class": SMALL},
    )


def _kinds_field(what: str) -> SelectMultipleField:
    return SelectMultipleField(
        f"What sort of offence was it? {what}",
        widget=GovCheckboxesInput(),
        description="Tick all that fit. A manager reviews cases of some sorts before the panel decides.",
        choices=[SelectChoice(kind.value, words(kind)) for kind in Category],
        validate_choice=False,
        render_kw={"class": "govuk-checkboxes--small"},
    )


class ReviewForm(PanelForm):
    """The senior review."""

    said = long(c.Reviewed, "said", "Part of the record. Do not name the victim.")


class ChargeFormForm(PanelForm):
    """Where the form for the prosecutor is."""

    said = short(c.ChargeForm, "said", "As the police system gives it. No names.", width="20")


class DeferForm(PanelForm):
    """Why a case is put off."""

    code = choice(c.Deferral, "code")
    reason = long(c.Deferral, "reason", "Do not name the victim.")


class PressForm(PanelForm):
    """A button: nothing to type."""
