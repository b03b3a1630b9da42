"""The form of a placement."""

from panel.forms import PanelForm, day, long, several, short, yes_no
from panel.placements.commands import PlacementDetails as C
from workflows.placements import Weekday
from workflows.vocabulary import words


class PlacementForm(PanelForm):
    """Where, when, for whom, and who looks after them."""

    name = short(C, "name")
    address = short(C, "address", "It goes onto the child's paper, so no private address")
    work = short(C, "work", "For example: repainting benches, weeding, sorting food parcels")
    days = several(C, "days", "Children at school can only come in the week after school")
    starts_at = short(C, "starts_at", "For example 10:00", width="5")
    ends_at = short(C, "ends_at", "For example 13:00", width="5")
    girls_only = yes_no(C, "girls_only", "")
    min_age = short(C, "min_age", "From 10 to 17", width="2")
    capacity = short(C, "capacity", width="3")
    supervisor = short(C, "supervisor", "The person or service that is there all the time")
    ratio = short(C, "ratio", "For example: 1 to 3", width="10")
    risks = long(C, "risks", "For staff: never on a child's paper", rows=4)
    risk_assessed_on = day(C, "risk_assessed_on")
    risk_review_due = day(C, "risk_review_due")
    contact = short(C, "contact", "A name, a telephone number, an e-mail address of the placement")
    active_from = day(C, "active_from")
    active_until = day(C, "active_until", "Leave it empty while there is no end")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.days.choices = [(one.value, words(one)) for one in Weekday]
        self.girls_only.choices = [("yes", "Girls only"), ("no", "Girls and boys")]
