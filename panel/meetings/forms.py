"""The pages of a meeting that ask something."""

from wtforms import Field

from panel.forms import PanelForm, choice, day, long, pick, several, short, yes_no
from panel.meetings import commands as c

CLOCK = "On the 24-hour clock, for example 10:00"
LINK = "Begins with https://. It is shown in this service only and never sent by mail"
FOLLOWING = "Only what you change here is changed in the others"


def _deputy(seat: str) -> Field:
    return pick(c.Members, f"{seat}_deputy", "Is asked when the member says that they cannot come")


class MembersForm(PanelForm):
    """Who sits in the seats, their deputies, and who is invited from outside."""

    yot_manager = pick(c.Members, "yot_manager")
    yot_manager_deputy = _deputy("yot_manager")
    police = pick(c.Members, "police")
    police_deputy = _deputy("police")
    victim_worker = pick(c.Members, "victim_worker")
    victim_worker_deputy = _deputy("victim_worker")
    guests = several(c.Members, "guests", "They are heard, do not decide, and see no papers in this service")


class ChangeMembersForm(MembersForm):
    """The same for a meeting that is planned already."""

    following = yes_no(c.Members, "following", "The members of each are set as they are here")


class NewMeetingForm(MembersForm):
    """What one meeting and a series have in common."""

    starts_at = short(c.NewMeeting, "starts_at", CLOCK, width="5")
    location = short(c.NewMeeting, "location")
    joining = short(c.NewMeeting, "joining", LINK)
    capacity = short(c.NewMeeting, "capacity", width="3")
    chair_id = pick(c.NewMeeting, "chair_id", "The chair opens the meeting and records what it decides")


class MeetingForm(NewMeetingForm):
    """When, where and who."""

    held_on = day(c.MeetingDetails, "held_on")


class RuleForm(PanelForm):
    """How a series runs."""

    weekday = choice(c.Rule, "weekday")
    rhythm = choice(c.Rule, "rhythm")
    start = day(c.Rule, "start")
    until = day(c.Rule, "until", "The last day, or leave it empty and say how many meetings")
    times = short(c.Rule, "times", "Leave it empty when there is a last day", width="3")
    on_holiday = choice(c.Rule, "on_holiday")


class SeriesForm(NewMeetingForm):
    """The days of a series, and what all its meetings have in common."""

    days = several(c.SeriesDetails, "days", "Untick a day on which the panel does not meet")


class ChangeForm(PanelForm):
    """When and where."""

    held_on = day(c.WhenWhere, "held_on")
    starts_at = short(c.WhenWhere, "starts_at", CLOCK, width="5")
    location = short(c.WhenWhere, "location")
    joining = short(c.WhenWhere, "joining", LINK)
    capacity = short(c.WhenWhere, "capacity", width="3")
    following = yes_no(c.WhenWhere, "following", FOLLOWING)


class ChairForm(PanelForm):
    """Another chair."""

    chair_id = pick(c.NewChair, "chair_id")
    reason = long(c.NewChair, "reason", rows=3)
    following = yes_no(c.NewChair, "following")


class OutsiderForm(PanelForm):
    """Somebody of another agency."""

    name = short(c.Outsider, "name")
    agency = choice(c.Outsider, "agency")
    email = short(c.Outsider, "email", "Only invitations are sent there: place and time, no papers")


class OrderForm(PanelForm):
    """A place on the agenda, typed or by a button."""

    place = short(c.Order, "place", width="3")


class ReadyForm(PanelForm):
    """Cases to put on the agenda at once."""

    cases = several(c.Several, "cases")


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
