"""The forms about a victim, each one thing."""

from panel.forms import PanelForm, choice, day, long, one_of, short, tick, yes_no
from panel.victims import commands as c
from workflows.victim import Agreement, Answer, Ground, How, Kind, Meeting, Result, Statement
from workflows.vocabulary import View

ANSWERS = tuple(view for view in View if view is not View.NOT_YET)
THROUGH = "For a business, its contact. For a child, a parent or guardian."


class PressForm(PanelForm):
    """A button: nothing to type."""


class IsThereForm(PanelForm):
    """Whether anybody was harmed."""

    is_there = yes_no(c.IsThere, "is_there")


class TellForm(PanelForm):
    """What the police know of one victim."""

    kind = one_of(c.Told, "kind", Kind)
    objects = tick(
        c.Told, "objects", "If they do, leave the rest empty: nothing is kept but the fact that they object."
    )
    name = short(c.Told, "name", "Of the person or of the business")
    under_18 = tick(c.Told, "under_18")
    speak_with = short(c.Told, "speak_with", THROUGH)
    adult_suspected = tick(c.Told, "adult_suspected")
    phone = short(c.Told, "phone", width="20")
    email = short(c.Told, "email")
    address = short(c.Told, "address")
    same_household = tick(c.Told, "same_household")


class ContactForm(PanelForm):
    """Who they are and how to reach them."""

    name = short(c.Corrected, "name", "Of the person or of the business")
    under_18 = tick(c.Corrected, "under_18")
    speak_with = short(c.Corrected, "speak_with", THROUGH)
    adult_suspected = tick(c.Corrected, "adult_suspected")
    phone = short(c.Corrected, "phone", width="20")
    email = short(c.Corrected, "email")
    address = short(c.Corrected, "address")
    safe_ways = long(
        c.Corrected, "safe_ways", "For example: only by text message, not in the evening", rows=3
    )
    language = short(c.Corrected, "language")
    same_household = tick(c.Corrected, "same_household")


class AttemptForm(PanelForm):
    """One attempt to reach them."""

    made_on = day(c.Attempt, "made_on")
    how = one_of(c.Attempt, "how", How)
    result = one_of(c.Attempt, "result", Result)
    note = long(c.Attempt, "note", rows=2)


class ViewForm(PanelForm):
    """What became of asking them."""

    view = one_of(c.Viewed, "view", ANSWERS)
    view_reason = long(c.Viewed, "view_reason", "If they were not asked or could not be reached", rows=3)
    few_attempts = long(
        c.Viewed, "few_attempts", "Only if they could not be reached and hardly anything was tried", rows=2
    )


class OwnWordsForm(PanelForm):
    """What they said."""

    statement = one_of(c.OwnWords, "statement", Statement)
    own_words = long(c.OwnWords, "own_words", "Only victim workers see this.", rows=8)


class ImpactForm(PanelForm):
    """What it did to them."""

    impact = long(c.Impact, "impact", "On their body, mind, work, school, money and everyday life", rows=8)


class SafetyForm(PanelForm):
    """What they are afraid of."""

    safety = long(c.Safety, "safety", "Of whom, where and when; or that there is nothing")
    safety_plan = long(c.Safety, "safety_plan", "Who does what, and whom they call")


class JusticeForm(PanelForm):
    """Restorative justice."""

    justice_offered = yes_no(
        c.Justice, "justice_offered", "Taking part is their choice, and never for the child's benefit alone."
    )
    justice_reason = long(c.Justice, "justice_reason", rows=3)
    justice_answer = one_of(c.Justice, "justice_answer", Answer, "If it is offered")


class WishesForm(PanelForm):
    """What they wish."""

    wants_reparation = yes_no(c.Wishes, "wants_reparation")
    reparation = long(c.Wishes, "reparation", "For example: a letter, a repair, work for a charity", rows=3)
    meeting = one_of(c.Wishes, "meeting", Meeting)
    reparation_at_home = yes_no(c.Wishes, "reparation_at_home", "Only if they live with the child")


class RightsForm(PanelForm):
    """Enhanced rights."""

    enhanced = yes_no(c.Rights, "enhanced", "Every victim under 18 has them.")
    ground = one_of(c.Rights, "ground", Ground, "If they have them")
    enhanced_why = long(c.Rights, "enhanced_why", rows=3)


class UpdatesForm(PanelForm):
    """Being told."""

    wants_updates = yes_no(c.Updates, "wants_updates")
    updates_how = short(c.Updates, "updates_how", "For example: by letter to a friend's address")
    support = long(c.Updates, "support", "Which, from whom, since when", rows=3)


class ClearForm(PanelForm):
    """What the panel may read."""

    text = long(c.Cleared, "text", "In your words or theirs. No name, address, telephone number.", rows=8)
    reparation = long(c.Cleared, "reparation", "Leave it empty if they wish for none.", rows=3)


class ConsentForm(PanelForm):
    """What they agree to."""

    agreement = one_of(c.Consented, "agreement", Agreement)
    agreed_on = day(c.Consented, "agreed_on")
    note = long(c.Consented, "note", rows=2)


class ObjectForm(PanelForm):
    """An objection."""

    sure = tick(c.Objects, "sure")


class ToldOfForm(PanelForm):
    """What they were told."""

    told = yes_no(c.ToldOf, "told")
    told_on = day(c.ToldOf, "told_on", "If they were told. For example, 27 3 2026")
    how = one_of(c.ToldOf, "how", How, "If they were told")
    what = long(c.ToldOf, "what")
    late_reason = long(c.ToldOf, "late_reason", "Only if it was after the due day", rows=2)


class ThinksForm(PanelForm):
    """What a victim says at the end; the page puts the questions first."""

    words = long(c.ThinksOfIt, "words", "Exactly as it was said", rows=4)
    declined = tick(c.ThinksOfIt, "declined")
    given_on = day(c.ThinksOfIt, "given_on")


class LetterForm(PanelForm):
    """A letter about a decision."""

    recipient = choice(c.LetterText, "recipient", "By what they are to the case: no name or address is typed")
    reasons = long(c.LetterText, "reasons", "Nothing about home, school, family, health or earlier matters")


class SendLetterForm(PanelForm):
    """The letter was read and sent."""

    late_reason = long(c.SendLetter, "late_reason", rows=2)
