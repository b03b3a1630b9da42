"""The pages of giving a disposal."""

from collections.abc import Sequence

from wtforms import HiddenField

from config.explaining import methods
from panel.disposals import commands as c
from panel.forms import PanelForm, choice, long, offer, one_of, several, short, tick, yes_no
from workflows.vocabulary import CAUTIONS, Adult, Advice, Outcome, Relationship, words

NOBODY = ("", "Nobody")
ADULTS = [(adult.value, words(adult)) for adult in Adult]
SAID_ADVICE = (Advice.TAKEN, Advice.DECLINED, Advice.WANTED)


class PressForm(PanelForm):
    """A button: nothing to type."""


class PrepareForm(PanelForm):
    """What the document needs before it can be made."""

    adult = choice(
        c.Prepare, "adult", "The first of these who can be there. Not a police officer, and not the victim."
    )
    adult_name = short(c.Prepare, "adult_name")
    adult_relationship = one_of(c.Prepare, "adult_relationship", Relationship, "Leave it open when none fits")
    adult_aged_18 = tick(c.Prepare, "adult_aged_18")
    adult_is_police = tick(c.Prepare, "adult_is_police")
    adult_involved = tick(c.Prepare, "adult_involved")
    adult_phone = short(c.Prepare, "adult_phone", "Not printed on the document", width="20")
    adult_interprets = tick(c.Prepare, "adult_interprets")
    adult_advises = tick(c.Prepare, "adult_advises")
    adult_objected = tick(c.Prepare, "adult_objected")
    adult_was_told = tick(c.Prepare, "adult_was_told")
    adult_order_reason = short(
        c.Prepare, "adult_order_reason", "Only when it is not a parent, guardian or, in care, the authority"
    )
    child_reasons = long(
        c.Prepare,
        "child_reasons",
        "The panel's reasons, which stay on the decision as they are. Say them here as you would say them to "
        "the child. Do not name the victim.",
        rows=6,
    )


class ExplainForm(PanelForm):
    """How it was explained; what is ticked and said back part by part is written by the template."""

    step = HiddenField()
    adult_here = tick(c.Explain, "adult_here")
    case_manager_present = yes_no(
        c.Explain, "case_manager_present", "Giving it together helps the child most"
    )
    others = long(
        c.Explain, "others", "One on each line: name, role. For example: Jan Novak, advocate", rows=2
    )
    explained_place = short(c.Explain, "explained_place", "For example: Keel Street police station, room 2")
    ways = several(c.Explain, "ways", "Tick all that you use")
    method = short(c.Explain, "method", "Leave it empty when the list says it all")
    language = short(c.Explain, "language", width="20")
    interpreter = short(c.Explain, "interpreter", "Leave it empty when nobody interprets")
    advice = one_of(c.Explain, "advice", SAID_ADVICE, "Before anything is accepted or signed")
    ticked = several(c.Explain, "ticked")
    admitted_again = tick(c.Explain, "admitted_again")
    warned = tick(c.Explain, "warned")
    childs_words = long(c.Explain, "childs_words", "In their own words", rows=3)

    def fit(self, outcome: Outcome, *, adult_named: bool, topics: Sequence[str]) -> None:
        """Leave out what this outcome does not ask, and offer what it means."""
        offer(self.ways, list(methods().items()))
        offer(self.ticked, [(topic, topic) for topic in topics])
        left_out = {
            "adult_here": not adult_named,
            "admitted_again": outcome not in CAUTIONS,
            "warned": outcome is not Outcome.YCC,
        }
        for name in (name for name, out in left_out.items() if out):
            del self[name]


class LapseForm(PanelForm):
    """Why it will not be given."""

    reason = long(c.Lapse, "reason", "For example: the child turned 18 on 2 January 2027.", rows=3)
