"""The page about what the child said: one answer for each offence, everything else asked once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from panel.forms import PanelForm, day, long, one_of, short, tick, yes_no
from panel.referrals import commands as c
from panel.referrals.models import AdmissionAccount, Offence, Referral
from workflows.calendar import long_date
from workflows.said import ADVICE, SOURCES
from workflows.vocabulary import Admission, Adult, words

PREFIX = "answer_"
ANSWERS = tuple(admission for admission in Admission if admission is not Admission.NONE)
HINTS = {
    Admission.ACCEPTS: "Owns what happened, without admitting the offence. This is not an admission.",
    Admission.FULL: "Admits every part of the offence and raises no defence.",
}


class AdmissionForm(PanelForm):
    """How we know what the child said; made by `admission_form`."""

    source = one_of(c.AdmissionDetails, "source", SOURCES)
    said_on = day(c.AdmissionDetails, "said_on")
    told_name = short(c.AdmissionDetails, "told_name")
    told_collar = short(c.AdmissionDetails, "told_collar", width="10")
    adult_present = yes_no(c.AdmissionDetails, "adult_present")
    adult_name = short(c.AdmissionDetails, "adult_name", "Leave empty if nobody was there")
    adult = one_of(c.AdmissionDetails, "adult", Adult)
    adult_aged_18 = tick(c.AdmissionDetails, "adult_aged_18")
    adult_is_police = tick(c.AdmissionDetails, "adult_is_police")
    adult_involved = tick(c.AdmissionDetails, "adult_involved")
    advice = one_of(c.AdmissionDetails, "advice", ADVICE)
    advice_on = day(c.AdmissionDetails, "advice_on", "It has to be offered before the child admits anything")
    defence_raised = yes_no(
        c.AdmissionDetails,
        "defence_raised",
        "For example: self-defence, an accident, or that they did not know",
    )
    offered_first = yes_no(c.AdmissionDetails, "offered_first")
    reason = long(
        c.AdmissionDetails,
        "reason",
        "The YOT has seen this referral. Its managers and the case manager are told of the change.",
        rows=3,
    )

    def answer_fields(self) -> list[str]:
        """The fields of the answers, in the order of the offences."""
        return [name for name in self._fields if name.startswith(PREFIX)]

    def read_all(self, today: date) -> c.AdmissionDetails | None:
        """The command, when there is an answer for each offence."""
        given = {name: self._fields[name].data for name in self.answer_fields()}
        states = {int(name.removeprefix(PREFIX)): value for name, value in given.items() if value}
        command = self.read(c.AdmissionDetails, today=today, states=states)
        if not self.is_submitted():
            return None
        unanswered = [name for name, value in given.items() if not value]
        for name in unanswered:
            self.complain(name, f"Choose what the child said about {self._fields[name].label.text}")
        return None if unanswered else command


def admission_form(
    referral: Referral,
    offences: Sequence[Offence],
    account: AdmissionAccount | None,
    known: Mapping[str, Any],
) -> AdmissionForm:
    """The form of one more account, filled in with the last one, or with what is known of the officer."""

    class ForTheseOffences(AdmissionForm):
        pass

    for offence in offences:
        setattr(ForTheseOffences, f"{PREFIX}{offence.id}", _answer(offence))
    before = dict(known) if account is None else account.model_dump(exclude={"reason"})
    answers = {f"{PREFIX}{o.id}": o.admission.value for o in offences if o.admission is not Admission.NONE}
    form = ForTheseOffences(data=before | answers | {"version": referral.version})
    if referral.submitted_at is None:
        del form.reason
    return form


def _answer(offence: Offence) -> RadioField:
    items = [{"hint": {"text": HINTS[answer]}} if answer in HINTS else {} for answer in ANSWERS]
    return RadioField(
        f"{offence.title}, {long_date(offence.committed_on)}",
        widget=GovRadioInput(),
        choices=[SelectChoice(answer.value, words(answer)) for answer in ANSWERS],
        validate_choice=False,
        render_kw={"params": {"items": items}},
    )
