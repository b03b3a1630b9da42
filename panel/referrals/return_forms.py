"""The page on which a referral is sent back."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectMultipleField

from panel.forms import PanelForm, long
from panel.referrals import commands as c


class SendBackForm(PanelForm):
    """What has to be put right; the view offers the local list."""

    codes = SelectMultipleField(
        "What has to be put right?",
        widget=GovCheckboxesInput(),
        description="Choose everything that has to be put right",
        choices=[],
        validate_choice=False,
    )
    reason = long(c.SendBack, "reason", "Say what you need. Whoever sent the case reads this.")
