"""The pages of data quality on which something is typed."""

from panel.forms import PanelForm, long, one_of, pick, short
from panel.quality import commands as c
from workflows.vocabulary import Gender


class ReasonForm(PanelForm):
    """Why a record is right as it is, or why that was wrong."""

    reason = long(c.Reason, "reason", rows=3)


class EqualityForm(PanelForm):
    """What the figures need to know of a child."""

    gender = one_of(c.Equality, "gender", Gender)
    ethnicity = pick(c.Equality, "ethnicity", "Ask the child. Leave it open until somebody has asked.")
    postcode = short(c.Equality, "postcode", width="10")
