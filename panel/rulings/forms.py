"""The pages that ask what happened to a decision after it was recorded."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from config.coded import POLICE_REASONS
from panel.decisions.models import Condition
from panel.forms import PanelForm, choice, day, long, offer, one_of, pick, several, short
from panel.referrals.models import Offence
from panel.rulings import commands as c
from workflows.ruling import Authority, Place
from workflows.vocabulary import Outcome, words

PREFIX = "outcome_"


class CorrectForm(PanelForm):
    """A slip."""

    place = one_of(c.Correct, "place", Place)
    before = long(c.Correct, "before", "Word for word, and no more than what is wrong.", rows=2)
    after = long(c.Correct, "after", rows=2)
    reason = long(c.Correct, "reason", rows=2)


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason", "Part of the record. Do not name the victim.", rows=3)


class PressForm(PanelForm):
    """A button: nothing to type."""


class ConcernForm(PanelForm):
    """A concern."""

    text = long(c.Concern, "text", "Do not name the victim.")
    passed_to = short(
        c.Concern, "passed_to", "For example: Inspector Hale, custody; or the force's legal advisers"
    )


class PoliceForm(PanelForm):
    """What the police decided; made by `police_form`."""

    code = pick(c.Police, "code")
    reason = long(c.Police, "reason", "Part of the record. Do not name the victim.")
    kept = several(c.Police, "kept", "What is not ticked falls away. The police add none here.")
    name = short(c.Police, "name")
    rank = short(c.Police, "rank", width="10")
    collar = short(c.Police, "collar", width="10")
    authority = one_of(c.Police, "authority", Authority)
    decided_on = day(c.Police, "decided_on")

    @property
    def outcome_names(self) -> list[str]:
        """The fields of the outcomes, in the order of the offences."""
        return [name for name in self._fields if name.startswith(PREFIX)]

    def chosen(self) -> dict[int, Any]:
        """The outcome by offence, where one was chosen."""
        given = {name: self._fields[name].data for name in self.outcome_names}
        return {int(name.removeprefix(PREFIX)): value for name, value in given.items() if value}


def police_form(
    offences: Sequence[Offence],
    conditions: Sequence[tuple[Condition, str]],
    *,
    on: date,
    data: dict[str, Any],
) -> PoliceForm:
    """The form for these offences and the panel's conditions."""
    fields = {f"{PREFIX}{o.id}": choice(c.WithReason, "reason") for o in offences}
    form: PoliceForm = type("PoliceFormHere", (PoliceForm,), fields)(data=data)
    for offence in offences:
        field = form._fields[f"{PREFIX}{offence.id}"]
        field.label.text = f"What the police decide for: {offence.title}"
        offer(field, [(outcome.value, words(outcome)) for outcome in Outcome])
    offer(form.code, [(reason.key, reason.says) for reason in POLICE_REASONS.codes(on)])
    if conditions:
        form.kept.label.text = "Which of the panel's steps stay?"
        offer(form.kept, [(row.id, says) for row, says in conditions])
    else:
        del form.kept
    return form


class EscalateForm(PanelForm):
    """A split view."""

    to_name = short(c.Escalate, "to_name")
    to_post = short(c.Escalate, "to_post", "For example: Detective Inspector, or head of service")
    escalated_on = day(c.Escalate, "escalated_on")
    text = long(c.Escalate, "text", "Do not name the victim.")


class AnswerForm(PanelForm):
    """The answer."""

    escalated_on = day(c.Answer, "escalated_on")
    text = long(c.Answer, "text", "Do not name the victim.")


class InformationForm(PanelForm):
    """The Child Information Form."""

    looked_after = long(c.Information, "looked_after", rows=2)
    needs = long(c.Information, "needs", "Health, speech and language, exploitation, learning", rows=4)
    earlier = long(c.Information, "earlier", rows=3)
    victims = long(
        c.Information,
        "victims",
        "Only what the police have from the victim themselves. Not from the YOT.",
        rows=3,
    )
    assessment = long(c.Information, "assessment", "A summary that the family knows is shared", rows=4)
    why_charge = long(c.Information, "why_charge", rows=4)


class SendForm(PanelForm):
    """Sending it."""

    sent_to = short(c.Send, "sent_to", "For example: Crown Prosecution Service, the unit that takes the file")
    sent_on = day(c.Send, "sent_on")
    their_reference = short(c.Send, "their_reference", width="20")
