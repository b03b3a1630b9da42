"""The pages of a meeting that ask something."""

from panel.forms import PanelForm, choice, day, long, pick, short
from panel.meetings import commands as c


class MeetingForm(PanelForm):
    """When, where and who."""

    held_on = day(c.MeetingDetails, "held_on")
    starts_at = short(c.MeetingDetails, "starts_at", "On the 24-hour clock, for example 10:00", width="5")
    location = short(c.MeetingDetails, "location")
    chair_id = pick(c.MeetingDetails, "chair_id", "The chair opens the meeting and records what it decides")
    yot_manager = pick(c.MeetingDetails, "yot_manager")
    police = pick(c.MeetingDetails, "police")
    victim_worker = pick(c.MeetingDetails, "victim_worker")


class AttendanceForm(PanelForm):
    """Who is here, seat by seat."""

    yot_manager = choice(c.Attendance, "yot_manager")
    police = choice(c.Attendance, "police")
    victim_worker = choice(c.Attendance, "victim_worker")


class PutOnForm(PanelForm):
    """Which meeting."""

    meeting_id = choice(c.PutOn, "meeting_id")


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason", rows=3)


class PressForm(PanelForm):
    """A button: nothing to type."""
