"""The pages of an appointment that ask something."""

from panel.appointments import commands as c
from panel.forms import PanelForm, day, long, one_of, pick, short, tick, yes_no
from workflows.appointment import AskedBy


class PlanForm(PanelForm):
    """When, where and with whom."""

    held_on = day(c.Plan, "held_on")
    starts_at = short(
        c.Plan,
        "starts_at",
        "On the 24-hour clock, for example 16:30. After school where it can be",
        width="5",
    )
    minutes = short(c.Plan, "minutes", width="3")
    place = short(c.Plan, "place", "The family reads it: with the street. No mail names it")
    officer_id = pick(c.Plan, "officer_id")
    joint = yes_no(c.Plan, "joint", "Giving it together helps the child most")
    adult_name = short(c.Plan, "adult_name", "A parent or guardian first")
    adult_phone = short(c.Plan, "adult_phone", "Shown on this page only")
    language = short(c.Plan, "language")
    interpreter = short(c.Plan, "interpreter", "Who interprets, not somebody of the family")
    easy_read = tick(c.Plan, "easy_read")
    needs = long(c.Plan, "needs", "For example: step-free access, a quiet room, breaks", rows=2)


class RescheduleForm(PlanForm):
    """The same, with who asked and why."""

    asked_by = one_of(c.Reschedule, "asked_by", AskedBy)
    code = pick(c.Reschedule, "code")
    reason = long(c.Reschedule, "reason", "It stays on the case", rows=2)


class CancelForm(PanelForm):
    """Why it is called off."""

    asked_by = one_of(c.Cancel, "asked_by", AskedBy)
    reason = long(
        c.Cancel, "reason", "Another appointment has to be planned while the case is decided", rows=3
    )
