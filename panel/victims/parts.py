"""The parts of a victim's record that are one form each."""

from collections.abc import Callable
from dataclasses import dataclass

from panel.commands import Command
from panel.forms import PanelForm
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims.models import Victim


@dataclass(frozen=True)
class Part:
    """One page of the record; `says` leads into it, `done` tells whether it has been dealt with."""

    title: str
    says: str
    form: type[PanelForm]
    command: type[Command]
    done: Callable[[Victim], bool]


PARTS: dict[str, Part] = {
    "words": Part(
        "What they say",
        "Write down what they say in their own words. The panel does not read this page.",
        f.OwnWordsForm,
        c.OwnWords,
        lambda v: v.statement is not None,
    ),
    "impact": Part(
        "Impact",
        "What changed for them since then? The panel does not read this page.",
        f.ImpactForm,
        c.Impact,
        lambda v: bool(v.impact),
    ),
    "safety": Part(
        "What they fear",
        "See them apart from the child and the family. Somebody who lives with the child needs a plan.",
        f.SafetyForm,
        c.Safety,
        lambda v: bool(v.safety) and bool(v.safety_plan or not v.same_household),
    ),
    "justice": Part(
        "Restorative justice",
        "Explain what we do and what they may expect. The panel reads their answer once you clear it.",
        f.JusticeForm,
        c.Justice,
        lambda v: v.justice_offered is not None,
    ),
    "wishes": Part(
        "Wishes",
        "Ask before any condition is made that repairs the harm to them.",
        f.WishesForm,
        c.Wishes,
        lambda v: v.wants_reparation is not None,
    ),
    "rights": Part(
        "Enhanced rights",
        "Victims of the most serious crime, and those who are persistently targeted, vulnerable or "
        "intimidated, are told of decisions within 1 working day.",
        f.RightsForm,
        c.Rights,
        lambda v: v.ground is not None or bool(v.enhanced_why),
    ),
    "updates": Part(
        "Being told, and support",
        "Without an answer we tell them what is decided.",
        f.UpdatesForm,
        c.Updates,
        lambda v: v.wants_updates is not None,
    ),
}
SLUGS = ",".join(PARTS)
