"""The pages of contacts."""

from datetime import time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from panel.contacts import commands as c
from panel.forms import PanelForm, choice, day, long, one_of, pick, short, yes_no
from workflows.contact import Attendance, Busy, ContactKind

WHERE = "The family reads this. Never a place where the victim could be met."
BECAME = (Attendance.ATTENDED, Attendance.MISSED, Attendance.EXCUSED, Attendance.CANCELLED)


class ClockField(StringField):  # type: ignore[misc]
    """A time of the day, typed as 16:00."""

    def process_data(self, value: Any) -> None:
        """Show a stored time without seconds."""
        super().process_data(f"{value:%H:%M}" if isinstance(value, time) else value)


def clock(command: Any, name: str, hint: str = "For example, 16:00") -> ClockField:
    """One box for a time."""
    classes = {"params": {"classes": "govuk-input--width-5"}, "autocomplete": "off"}
    title = command.model_fields[name].title
    return ClockField(title, widget=GovTextInput(), description=hint, render_kw=classes)


class WhenForm(PanelForm):
    """Day, time and place."""

    on = day(c.When, "on", "For example, 27 3 2027")
    starts = clock(c.When, "starts")
    minutes = short(c.When, "minutes", width="3")
    where_at = short(c.When, "where_at", WHERE)


class OfferForm(PanelForm):
    """An appointment, or a series; in the order of the page, in which its errors are listed too."""

    kind = one_of(c.Offer, "kind", ContactKind)
    step_place = choice(c.Offer, "step_place")
    worker_id = pick(c.Offer, "worker_id")
    others = short(c.Offer, "others", "For example: the mother, a mentor")
    on = day(c.When, "on", "For example, 27 3 2027")
    starts = clock(c.When, "starts")
    minutes = short(c.When, "minutes", width="3")
    where_at = short(c.When, "where_at", WHERE)
    fits = long(c.Offer, "fits", "For example: after school; her mother works until 15:00", rows=2)
    times = short(c.Offer, "times", "1 for a single appointment", width="3")
    every = short(c.Offer, "every", "1 for each week, 2 for every other week", width="3")


class RescheduleForm(WhenForm):
    """Another time or place."""

    reason_code = choice(c.Reschedule, "reason_code")
    reason = long(c.Reschedule, "reason", rows=2)


class NoteForm(PanelForm):
    """What became of it."""

    became = one_of(c.Note, "became", BECAME)
    done = long(c.Note, "done", "When it was attended. Do not name the victim.", rows=4)
    counted_minutes = short(
        c.Note,
        "counted_minutes",
        "Reparation or attendance that counts towards the hours; 0 for none",
        width="3",
    )
    reason_code = choice(c.Note, "reason_code", "When it was missed, excused or cancelled")
    reason = long(c.Note, "reason", "In their words, when it was missed, excused or cancelled", rows=3)


class AskedForm(PanelForm):
    """What the family said about their week."""

    at_school = yes_no(c.Asked, "at_school")
    note = long(c.Asked, "note", "For example: they have no car; mornings are hard for him", rows=3)


class DoesNotFitForm(PanelForm):
    """One more time that does not fit."""

    kind = one_of(c.DoesNotFit, "kind", Busy)
    weekday = pick(c.DoesNotFit, "weekday")
    starts = clock(c.DoesNotFit, "starts")
    ends = clock(c.DoesNotFit, "ends", "For example, 17:30")


class PressForm(PanelForm):
    """A button: nothing to type."""
