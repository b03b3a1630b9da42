"""Forms of the day itself: authorising, giving, a child who withdraws, a paper that is found."""

from panel.disposals import commands as c
from panel.forms import PanelForm, day, file, long, one_of, short, tick
from workflows.requirements import RightToGive
from workflows.vocabulary import Outcome

RIGHT = {
    Outcome.YCC: "Why should a youth conditional caution be given?",
    Outcome.YC: "Why is neither prosecution nor a youth conditional caution right?",
}


class AuthoriseForm(PanelForm):
    """What the officer answers for."""

    rank = short(c.Authorise, "rank", width="20")
    collar = short(c.Authorise, "collar", width="10")
    authority = one_of(
        c.AuthoriseConditional, "authority", RightToGive, "DPP guidance on youth conditional cautions (YCC-1)"
    )
    evidence = long(c.Authorise, "evidence", "The child never sees this. Name no victim", rows=3)
    sufficient = tick(c.Authorise, "sufficient")
    decision = long(c.Authorise, "decision", rows=3)
    cps_reference = short(
        c.Authorise, "cps_reference", "An offence is indictable only: they have to authorise it", width="20"
    )
    exception = long(
        c.AuthoriseConditional,
        "exception",
        "It stays on the case with your name, and managers see it. Ask the YOT first",
        rows=3,
    )

    def fit(self, outcome: Outcome, *, indictable: bool, against_panel: bool) -> None:
        """Leave out what this case does not ask."""
        self.decision.label.text = RIGHT[outcome]
        left_out = {
            "authority": outcome is not Outcome.YCC,
            "cps_reference": not indictable,
            "exception": outcome is not Outcome.YCC or not against_panel,
        }
        for name in (name for name, out in left_out.items() if out):
            del self[name]


class GiveForm(PanelForm):
    """On which day."""

    took_place_on = day(
        c.Give, "took_place_on", "Today, or the day on which it was given. Every later date counts from it"
    )
    late_reason = long(c.Give, "late_reason", "Leave it empty when it is today or was yesterday", rows=2)


class ChildWithdrawsForm(PanelForm):
    """What the child said, and when."""

    said_on = day(c.ChildWithdraws, "said_on")
    reason = long(c.ChildWithdraws, "reason", "In the child's words where you can", rows=3)


class FoundForm(PanelForm):
    """The paper and its story."""

    scan = file(
        "Scan or photo of the signed paper", "PDF, JPEG or PNG, up to 25 MB. Every page must be on it."
    )
    signed_on = day(c.Found, "signed_on")
    child_signed = tick(c.Found, "child_signed")
    adult_signed = tick(c.Found, "adult_signed")
    officer_signed = tick(c.Found, "officer_signed")
    found_by = short(c.Found, "found_by")
    found_where = short(c.Found, "found_where", "For example: in the officer's pocket book")
    story = long(c.Found, "story", rows=3)
