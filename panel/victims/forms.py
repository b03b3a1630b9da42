"""The forms about a victim."""

from panel.forms import PanelForm, long, one_of, short, tick, yes_no
from panel.victims import commands as c
from workflows.vocabulary import View

ANSWERS = tuple(view for view in View if view is not View.NOT_YET)


class TellForm(PanelForm):
    """What the police know of the victim."""

    is_there = yes_no(c.Told, "is_there")
    objects = tick(
        c.Told, "objects", "If they do, leave the rest empty: nothing is kept but the fact that they object."
    )
    name = short(c.Told, "name", "For a business, also the person to speak to")
    contact = short(c.Told, "contact", "Telephone, email or address. Only the victim worker sees this.")
    is_business = tick(c.Told, "is_business")
    under_18 = tick(c.Told, "under_18")
    same_household = tick(c.Told, "same_household")


class ViewForm(PanelForm):
    """What the victim said."""

    view = one_of(c.Recorded, "view", ANSWERS)
    view_reason = long(
        c.Recorded,
        "view_reason",
        "If they were not asked or could not be reached. The panel reads this.",
        rows=3,
    )
    own_words = long(c.Recorded, "own_words", "Only victim workers see this.", rows=8)
    cleared_text = long(c.Recorded, "cleared_text", "Leave out names, addresses, telephone numbers", rows=8)
    wants_updates = tick(c.Recorded, "wants_updates")
