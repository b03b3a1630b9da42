"""The forms of the pages of an assessment."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from config.screens import Question, questions
from panel.assessments.part_commands import (
    Answering,
    Asking,
    ChildSays,
    Contact,
    Contingency,
    Full,
    Handing,
    Judging,
    Known,
    Linking,
    Proposing,
    Recommending,
    Resuming,
    Screened,
    SectionText,
    SocialCare,
)
from panel.forms import PanelForm, day, long, one_of, password, pick, short, yes_no
from panel.stepform import StepForm
from workflows import screening
from workflows.assessment_parts import AGENCIES, Answer, Basis, Part, PlanKind, Screen, SourceKind
from workflows.vocabulary import Level, Outcome, words


class SectionForm(PanelForm):
    """One section; its title is the label and its prompt the hint."""

    text = long(SectionText, "text", rows=12)


class JudgeForm(PanelForm):
    """One judgement."""

    level = one_of(Judging, "level", Level)
    why = long(Judging, "why", "Facts first, then what you make of them", rows=8)
    who = long(Judging, "who", rows=3)
    up = long(Judging, "up", "For example: leaving home, a new group of friends", rows=3)
    down = long(Judging, "down", "For example: back in school, a trusted adult", rows=3)


class RecommendForm(PanelForm):
    """What the case manager recommends."""

    recommended = one_of(Recommending, "recommended", Outcome)
    recommended_why = long(Recommending, "recommended_why", "Do not name the victim", rows=8)


class ContingencyForm(PanelForm):
    """What happens when things get worse."""

    contingency_signs = long(
        Contingency, "contingency_signs", "Things that one can see: a night away, a missed day at school"
    )
    contingency_actions = long(
        Contingency,
        "contingency_actions",
        "Names and acts, not only “review” or “tell the manager”: who calls whom, on which day",
    )


class KnownForm(PanelForm):
    """One statement."""

    text = long(Known, "text", "One thing in one statement", rows=3)
    basis = one_of(Known, "basis", Basis)
    source_id = pick(Known, "source_id")
    source_words = short(Known, "source_words", "For example: the interview record of 6 November")
    said_by = short(Known, "said_by", "Name and position. Never the victim.")
    said_on = day(Known, "said_on")


class AskForm(PanelForm):
    """Somebody who is asked."""

    kind = one_of(Asking, "kind", SourceKind)
    who = short(Asking, "who", "For example: Kelder High, head of year 10")
    asked_on = day(Asking, "asked_on")
    not_asked_because = short(Asking, "not_asked_because", "Leave the day empty if you do not ask")


class AnswerForm(PanelForm):
    """What became of asking."""

    answer = one_of(Answering, "answer", [word for word in Answer if word is not Answer.NOT_ASKED])
    answered_on = day(Answering, "answered_on")
    reason = short(Answering, "reason")


class ContactForm(PanelForm):
    """An agency of the directory."""

    kind = one_of(Contact, "kind", [*AGENCIES, SourceKind.OTHER])
    name = short(Contact, "name")
    email = short(Contact, "email", "A shared mailbox of the service, not a person's own")


class SocialCareForm(PanelForm):
    """Whether children's social care works with the child."""

    social_care_open = yes_no(SocialCare, "social_care_open")


class LinkForm(PanelForm):
    """A plan of another service."""

    kind = one_of(Linking, "kind", PlanKind)
    lead_worker = short(Linking, "lead_worker")
    next_review_on = day(Linking, "next_review_on")
    fit = long(Linking, "fit", "What they do, what we do, and what would be too much for the child", rows=4)


class FullForm(PanelForm):
    """The full AssetPlus."""

    reference = short(Full, "reference", width="20")
    started_on = day(Full, "started_on")
    completed_on = day(Full, "completed_on")
    reoffending = one_of(Full, "reoffending", Level)
    safety = one_of(Full, "safety", Level)
    harm = one_of(Full, "harm", Level)


class ProposeForm(StepForm):
    """A step with how it is done and whose part it is."""

    how = short(Proposing, "how", "For example: a walk and a talk, then a drawing of what happened")
    part = one_of(Proposing, "part", Part)
    strength = short(Proposing, "strength", "For example: good with younger children")


class HandForm(PanelForm):
    """Before the tablet is handed over."""

    helper = short(
        Handing, "helper", "For example: her aunt reads the questions aloud. Leave empty if nobody."
    )
    started_on = day(Handing, "started_on")


class SayForm(PanelForm):
    """The child's answer; the question is the label."""

    text = long(ChildSays, "text", rows=6)


class ResumeForm(PanelForm):
    """The worker's password."""

    password = password(Resuming, "password", autocomplete="current-password")


class _ScreenForm(PanelForm):
    not_done_reason = short(Screened, "not_done_reason", "For example: the child did not want to today")
    note = long(Screened, "note", rows=4)


def screen_form(kind: Screen) -> type[PanelForm]:
    """The form of a screen: its questions, then what the person decides."""
    fields: dict[str, Any] = {q.key: _asked(q) for q in questions(kind.value).items}
    if kind is Screen.SPEECH:
        fields["referred"] = one_of(Screened, "referred", screening.AFTER_SPEECH)
    if kind is Screen.EXPLOITATION:
        fields["referred"] = one_of(Screened, "referred", screening.AFTER_EXPLOITATION)
    return type("ScreenForm", (_ScreenForm,), fields)


def _asked(question: Question) -> Any:
    pairs = [SelectChoice(str(n), text) for n, text in enumerate(question.choices)]
    pairs = pairs or [SelectChoice(seen.value, words(seen)) for seen in screening.Seen]
    keywords = {} if question.choices else {"params": {"classes": "govuk-radios--inline"}}
    return RadioField(
        question.text, widget=GovRadioInput(), choices=pairs, validate_choice=False, render_kw=keywords
    )
