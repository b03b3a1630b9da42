"""The pages of giving a disposal."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from config.explaining import methods
from panel.disposals import commands as c
from panel.forms import PanelForm, choice, file, long, offer, one_of, several, short, tick, yes_no
from workflows.vocabulary import CAUTIONS, Adult, Advice, Outcome, Relationship, words

NOBODY = ("", "Nobody")
ADULTS = [(adult.value, words(adult)) for adult in Adult]
SAID_ADVICE = (Advice.TAKEN, Advice.DECLINED, Advice.WANTED)
AGREES = {
    Outcome.YCC: "The child consents to being given this youth conditional caution",
    Outcome.CR: "The child agrees to take part",
    Outcome.O22: "The child agrees to take part",
    Outcome.O22_DEFERRED: "The child agrees to the plan",
    Outcome.O23: "The child agrees to the plan",
}


class Drawing(HiddenField):  # type: ignore[misc]
    """A signature as the pad posts it; the signature box writes its own input."""

    @staticmethod
    def widget(_field: Any, **_kwargs: Any) -> str:
        """Nothing: see `components/signature.html`."""
        return ""


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


class SignaturesForm(PanelForm):
    """Names beside the signatures."""

    consented = tick(c.Sign, "consented")
    child_name = short(c.Sign, "child_name")
    adult_name = short(c.Sign, "adult_name")
    officer_name = short(c.Sign, "officer_name")
    not_signed = long(c.Sign, "not_signed", "Leave it empty when everybody signed", rows=2)

    def fit(self, outcome: Outcome, *, adult_named: bool) -> None:
        """Leave out what this outcome does not ask."""
        if outcome in AGREES:
            self.consented.label.text = AGREES[outcome]
        else:
            del self.consented
        if not adult_named:
            for name in ("adult_name", "adult_drawing", "adult_signed"):
                if name in self:
                    del self[name]


class SignForm(SignaturesForm):
    """Signatures drawn on the screen."""

    child_drawing = Drawing("The child's signature")
    adult_drawing = Drawing("The appropriate adult's signature")
    officer_drawing = Drawing("The officer's signature")


class SignOnPaperForm(SignaturesForm):
    """Who signed the paper, and a scan or photo of it."""

    child_signed = tick(c.SignOnPaper, "child_signed")
    adult_signed = tick(c.SignOnPaper, "adult_signed")
    officer_signed = tick(c.SignOnPaper, "officer_signed")
    scan = file(
        "Scan or photo of the signed paper", "PDF, JPEG or PNG, up to 25 MB. Every page must be on it."
    )


class LapseForm(PanelForm):
    """Why it will not be given."""

    reason = long(c.Lapse, "reason", "For example: the child turned 18 on 2 January 2027.", rows=3)
