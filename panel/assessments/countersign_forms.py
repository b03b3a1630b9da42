"""The forms of judging; the criteria come from the configuration."""

from collections.abc import Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput, GovTextArea
from pydantic import ValidationError
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice

from config.countersigning import Criterion, criteria, reasons
from panel.assessments.commands import Comment
from panel.assessments.countersign_commands import GiveBack, Judgement, Reopening, Said, SecondReading
from panel.forms import PanelForm, long, yes_no
from workflows.countersigning import NEEDS_REMARK, Judged
from workflows.vocabulary import words

JUDGED, REMARK = "judged_", "remark_"


class CriteriaForm(PanelForm):
    """One question and one remark for each criterion; made by `criteria_form`."""

    def judgement(self, *, whole: bool) -> Judgement | None:
        """What was judged, or None with a sentence at each field; `whole` asks for every criterion."""
        if not self.is_submitted():
            return None
        self.validate()
        said = {c.key: one for c in criteria() if (one := self._said(c, whole=whole)) is not None}
        return None if self.errors else Judgement(criteria=said)

    def _said(self, criterion: Criterion, *, whole: bool) -> Said | None:
        judged = self._fields[JUDGED + criterion.key].data
        remark = self._fields[REMARK + criterion.key].data or ""
        if not judged:
            if whole:
                self.complain(JUDGED + criterion.key, f"{criterion.short}: say whether it is met")
            elif remark.strip():
                self.complain(
                    JUDGED + criterion.key, f"{criterion.short}: you wrote a remark, so judge it too"
                )
            return None
        try:
            return Said(judged=judged, remark=remark)
        except ValidationError:
            needed = NEEDS_REMARK.get(judged) if judged in set(Judged) and not remark.strip() else None
            wrong = (
                f"{criterion.short}: {needed or 'choose an answer, with a remark of up to 1,000 characters'}"
            )
            self.complain((REMARK if needed else JUDGED) + criterion.key, wrong)
            return None


class SecondForm(CriteriaForm):
    """The same, and whether the second manager would have signed."""

    would_sign = yes_no(SecondReading, "would_sign")
    comment = long(SecondReading, "comment", "What you would have said to the case manager", rows=4)


def criteria_form(
    said: Mapping[str, Said], hints: Mapping[str, str], base: type[CriteriaForm] = CriteriaForm, **more: Any
) -> Any:
    """The form with what was said so far; `hints` say what is recorded beside each criterion."""

    class WithCriteria(base):  # type: ignore[misc, valid-type]
        pass

    data: dict[str, Any] = dict(more)
    for criterion in criteria():
        setattr(WithCriteria, JUDGED + criterion.key, _question(criterion, hints.get(criterion.key, "")))
        setattr(WithCriteria, REMARK + criterion.key, _remark(criterion))
        if one := said.get(criterion.key):
            data |= {JUDGED + criterion.key: one.judged.value, REMARK + criterion.key: one.remark}
    return WithCriteria(data=data)


def _question(criterion: Criterion, hint: str) -> RadioField:
    return RadioField(
        criterion.says,
        widget=GovRadioInput(),
        description=f"{hint} (Inspection: {criterion.question})",
        choices=[SelectChoice(judged.value, words(judged)) for judged in Judged],
        validate_choice=False,
        render_kw={"class": "govuk-radios--small govuk-radios--inline"},
    )


def _remark(criterion: Criterion) -> TextAreaField:
    return TextAreaField(
        f"Remark on: {criterion.short}", widget=GovTextArea(), render_kw={"rows": 2, "class": "app-remark"}
    )


def of_group(form: Any) -> list[tuple[str, list[str]]]:
    """The names of the fields under the heading of each group."""
    groups: dict[str, list[str]] = {}
    for criterion in criteria():
        groups.setdefault(criterion.group, []).extend((JUDGED + criterion.key, REMARK + criterion.key))
    return list(groups.items())


class SignForm(PanelForm):
    """The comment under a countersignature."""

    comment = long(Comment, "comment", "What you agree with, and what you checked")


class GiveBackForm(PanelForm):
    """Reasons from the list and a comment."""

    reasons = SelectMultipleField(
        GiveBack.model_fields["reasons"].title,
        widget=GovCheckboxesInput(),
        description="The case manager sees each with a link to where it is mended",
        choices=[],
        validate_choice=False,
    )
    comment = long(
        Comment, "comment", "What has to change. The case manager sees this on top of the assessment."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons.choices = [SelectChoice(code, reason.says) for code, reason in reasons().items()]


class ReopeningForm(PanelForm):
    """Why it is written again."""

    reason = long(Reopening, "reason", "The managers, the chair and the case manager read this", rows=4)
