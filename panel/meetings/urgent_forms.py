"""The pages of an urgent decision that ask something."""

from panel.forms import PanelForm, long, one_of, pick
from panel.meetings import urgent_commands as c
from workflows.roles import Seat
from workflows.urgent import Answer, Ground

SEATS = (Seat.YOT_MANAGER, Seat.POLICE, Seat.VICTIM_WORKER)


class UrgentForm(PanelForm):
    """Why, and who decides."""

    ground = one_of(c.UrgentDetails, "ground", Ground)
    reason = long(c.UrgentDetails, "reason", "The next meeting reads this. Do not name the victim.", rows=4)
    chair_id = pick(c.UrgentDetails, "chair_id", "Opens it, and records what is decided")
    yot_manager = pick(c.UrgentDetails, "yot_manager")
    police = pick(c.UrgentDetails, "police")
    victim_worker = pick(c.UrgentDetails, "victim_worker")


class RatifyForm(PanelForm):
    """What the meeting says."""

    answer = one_of(c.Ratifying, "answer", Answer)
    reason = long(c.Ratifying, "reason", "Needed when the decision is opened again", rows=4)
