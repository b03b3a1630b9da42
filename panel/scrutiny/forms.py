"""The pages of scrutiny that ask something."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from config.scrutiny import Criterion
from panel.forms import PanelForm, day, long, one_of, pick, several, short, tick
from panel.scrutiny import commands as c
from workflows.scrutiny import OWN_FINDINGS, Answer, Finding
from workflows.vocabulary import words


class DrawForm(PanelForm):
    """A sample."""

    since = day(c.Drawn, "since")
    until = day(c.Drawn, "until")
    size = short(c.Drawn, "size", "Leave empty to draw a share", width="3")
    per_cent = short(c.Drawn, "per_cent", width="3")
    members = several(
        c.Drawn, "members", "People from outside with an account as scrutineer and nothing else"
    )


class ClearForm(PanelForm):
    """Two texts."""

    offences = long(c.Cleared, "offences", rows=3)
    reasons = long(c.Cleared, "reasons", rows=8)
    looked = tick(c.Cleared, "looked")


class ReasonForm(PanelForm):
    """A reason."""

    words = long(c.Reason, "words", rows=3)


class FindForm(PanelForm):
    """The joint finding."""

    finding = one_of(c.Found, "finding", Finding)
    words = long(c.Found, "words", rows=4)


class FinishForm(PanelForm):
    """What is learned."""

    words = long(c.Finished, "words", "Themes, what went well, what should change", rows=8)


class FeedBackForm(PanelForm):
    """What case manager and chair are told."""

    words = long(c.FedBack, "words", rows=5)
    action = long(c.FedBack, "action", "Leave empty when nothing has to be done", rows=2)
    holder_id = pick(c.FedBack, "holder_id")
    due_on = day(c.FedBack, "due_on")


class PressForm(PanelForm):
    """A button: nothing to type."""


class ScoreForm(PanelForm):
    """What one scrutineer makes of a case; `score_form` adds the criteria."""

    finding = one_of(c.Scored, "finding", OWN_FINDINGS)
    comment = long(c.Scored, "comment", rows=4)

    def answers(self, criteria: tuple[Criterion, ...]) -> dict[str, Any] | None:
        """The answers by criterion, or None with a sentence at each that is missing."""
        found = {criterion.key: self[f"answer_{criterion.key}"].data or "" for criterion in criteria}
        for key, answer in found.items():
            if answer not in {choice.value for choice in Answer}:
                self.complain(f"answer_{key}", "Choose an answer")
        return None if self.errors else found


def score_form(criteria: tuple[Criterion, ...], **more: Any) -> ScoreForm:
    """The form with one question for each criterion of the edition."""
    choices = [SelectChoice(answer.value, words(answer)) for answer in Answer]
    fields = {
        f"answer_{criterion.key}": RadioField(
            criterion.says, widget=GovRadioInput(), choices=choices, validate_choice=False
        )
        for criterion in criteria
    }
    return type("CriteriaForm", (ScoreForm,), fields)(**more)  # type: ignore[no-any-return]
