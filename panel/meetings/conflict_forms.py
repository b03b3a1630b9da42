"""The pages about conflicts of interest and about acting for somebody in one case."""

from panel.forms import PanelForm, choice, long, one_of
from panel.meetings import conflict_commands as c
from workflows.conflict import ConflictKind

READ_BY = "Only whoever chairs the case reads this. Do not name a victim."


class DeclareForm(PanelForm):
    """What the conflict is and, for the chair, whose."""

    user_id = choice(c.Declaration, "user_id")
    kind = one_of(c.Declaration, "kind", ConflictKind)
    text = long(c.Declaration, "text", READ_BY, rows=3)


class LiftForm(PanelForm):
    """Why it is lifted."""

    reason = long(c.Lifting, "reason", READ_BY, rows=3)


class StandInForm(PanelForm):
    """Who acts in this case; only the places that may be filled are asked for."""

    chair_id = choice(c.StandingIn, "chair_id")
    yot_manager = choice(c.StandingIn, "yot_manager")
    police = choice(c.StandingIn, "police")
    victim_worker = choice(c.StandingIn, "victim_worker")
