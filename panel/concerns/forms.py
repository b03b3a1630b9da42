"""The pages about significant events and safeguarding."""

from panel.concerns import commands as c
from panel.forms import PanelForm, day, long, one_of, short
from workflows.concerns import EventKind, Safeguarding


class EventForm(PanelForm):
    """What happened."""

    kind = one_of(c.EventDetails, "kind", EventKind)
    happened_on = day(c.EventDetails, "happened_on")
    what = long(c.EventDetails, "what", "Only what is needed to keep the child safe. Do not name the victim.")
    source = short(c.EventDetails, "source", "For example: the mother, by telephone; a police report")


class FollowForm(PanelForm):
    """What follows from an event."""

    follows = one_of(c.FollowUp, "follows", c.CHOICES)
    why = long(c.FollowUp, "why", "The panel reads this. Do not name the victim.")


class SafeguardingForm(PanelForm):
    """Whether children's social care was told."""

    answer = one_of(c.SafeguardingDetails, "answer", Safeguarding)
    made_on = day(c.SafeguardingDetails, "made_on", "Only for a referral that has been made")
    made_to = short(c.SafeguardingDetails, "made_to", "The team and the person who took it")
    reference = short(c.SafeguardingDetails, "reference", width="20")
    reason = long(c.SafeguardingDetails, "reason", rows=3)


class ReplyForm(PanelForm):
    """What children's social care answered."""

    replied_on = day(c.Reply, "replied_on")
    reply = long(c.Reply, "reply", "What they will do, and who does it", rows=3)
