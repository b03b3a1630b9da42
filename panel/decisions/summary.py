"""A decision and its steps in words that can be read aloud."""

from collections.abc import Sequence

from panel.packs.contents import offence_words
from panel.referrals.models import Offence
from panel.steps import StepFields, pounds
from workflows.calendar import long_date
from workflows.vocabulary import Outcome, words


def steps_words(steps: Sequence[StepFields]) -> list[str]:
    """Each step in one sentence that can be read aloud."""
    return [_step_words(step) for step in steps]


def _step_words(step: StepFields) -> str:
    paid = f"{pounds(step.amount_pence)} to {step.payee}" if step.amount_pence else ""
    parts = [
        step.what,
        f"with {step.who}" if step.who else "",
        step.where_at,
        step.when_at,
        step.how_often,
        paid.removesuffix(" to "),
        f"paid {step.pay_how}" if step.pay_how else "",
        f"checked by {step.checked_by}" if step.checked_by else "",
        f"by {long_date(step.due_on)}",
    ]
    sessions = f", {step.sessions} sessions" if step.sessions else ""
    hours = f", {step.hours} hours of attendance" if step.hours else ""
    home = ", at the child's own home" if step.at_childs_home else ""
    done = f" Done when: {step.done_when.rstrip('.')}." if step.done_when else ""
    about = f"{words(step.purpose).lower()}{sessions}{hours}{home}"
    return f"{', '.join(p for p in parts if p)} ({about}).{done}"


STEPS_TITLE: dict[Outcome, str] = {
    Outcome.NFA: "Support that the child may take up",
    Outcome.CR: "What the child agrees to do",
    Outcome.O22: "What the child agrees to do",
    Outcome.O22_DEFERRED: "What the child agrees to do",
    Outcome.O23: "What the child agrees to do",
    Outcome.YC: "Programme that the child may take up",
    Outcome.YCC: "Conditions",
    Outcome.CHARGE: "Support that the child may take up",
    Outcome.RETURNED: "Support that the child may take up",
}


def read_aloud(
    child: str, day: str, people: Sequence[tuple[str, str]], decided: Sequence[tuple[Offence, Outcome | None]]
) -> str:
    """The decision in one paragraph, as the chair reads it to the panel."""
    panel = _listed([f"{name} ({seat})" for name, seat in people]) or "nobody yet"
    outcomes = _listed(
        [f"{ALOUD[outcome]} for {_lower(offence_words(offence))}" for offence, outcome in decided]
    )
    return f"On {day} the panel of {panel} decides about {child}: {outcomes}."


ALOUD: dict[Outcome | None, str] = {
    None: "no outcome yet",
    Outcome.NFA: "no further action",
    Outcome.CR: "a community resolution",
    Outcome.O22: "outcome 22 by diversion",
    Outcome.O22_DEFERRED: "outcome 22 by deferred prosecution or caution",
    Outcome.O23: "outcome 23 by deferred prosecution",
    Outcome.YC: "a youth caution",
    Outcome.YCC: "a youth conditional caution",
    Outcome.CHARGE: "referral for charge",
    Outcome.RETURNED: "return to the police",
}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
