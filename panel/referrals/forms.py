"""The pages of a referral, each one thing."""

from panel.forms import PanelForm, choice, day, file, long, one_of, pick, short, tick, yes_no
from panel.referrals import commands as c
from workflows.vocabulary import Gender, ModeOfTrial, Relationship


class ChildForm(PanelForm):
    """Who the child is."""

    given_name = short(c.ChildDetails, "given_name")
    surname = short(c.ChildDetails, "surname")
    date_of_birth = day(c.ChildDetails, "date_of_birth", "For example, 27 3 2010")
    gender = one_of(c.ChildDetails, "gender", Gender)
    address = short(c.ChildDetails, "address")
    postcode = short(c.ChildDetails, "postcode", width="10")
    school = short(c.ChildDetails, "school")
    looked_after = yes_no(
        c.ChildDetails, "looked_after", "In the care of a local authority, whoever they live with"
    )
    needs = long(
        c.ChildDetails, "needs", "For example: speaks Polish at home, easy-read letters help", rows=3
    )


class CarerForm(PanelForm):
    """Who cares for the child."""

    name = short(c.CarerDetails, "name")
    relationship = one_of(c.CarerDetails, "relationship", Relationship)
    phone = short(c.CarerDetails, "phone", width="20")
    email = short(c.CarerDetails, "email")
    address = short(c.CarerDetails, "address")
    no_carer_reason = short(c.CarerDetails, "no_carer_reason")


class OffenceForm(PanelForm):
    """One offence."""

    title = short(
        c.OffenceDetails, "title", "As it is charged, for example: criminal damage to a bus shelter"
    )
    code = short(c.OffenceDetails, "code", width="10")
    mode = one_of(c.OffenceDetails, "mode", ModeOfTrial)
    committed_on = day(c.OffenceDetails, "committed_on")
    location = short(c.OffenceDetails, "location")
    gravity = short(c.OffenceDetails, "gravity", "1 to 5, from the Child Gravity Matrix", width="2")
    gravity_reason = short(c.OffenceDetails, "gravity_reason")
    cps_authority = tick(c.OffenceDetails, "cps_authority")


class CircumstancesForm(PanelForm):
    """What happened."""

    circumstances = long(
        c.Circumstances,
        "circumstances",
        "In plain words. Do not name the victim or say where they live.",
        rows=10,
    )
    bailed_on = day(
        c.Circumstances, "bailed_on", "The police should be told the result within 15 working days of bail"
    )


class PaperForm(PanelForm):
    """A police paper."""

    title = short(c.Paper, "title", "For example: interview record. Do not name anybody in the title.")
    paper = file("File", "PDF, JPEG or PNG, up to 25 MB")


class PressForm(PanelForm):
    """A button: nothing to type."""


class AcceptForm(PanelForm):
    """Who will assess."""

    case_manager_id = pick(c.Accept, "case_manager_id", "With the number of open cases that each has")


class ReasonForm(PanelForm):
    """A reason."""

    reason = long(c.WithReason, "reason")


class SourceForm(PanelForm):
    """From where the case comes; the view offers what the person may start."""

    source = choice(c.SourceDetails, "source")


class RejectForm(PanelForm):
    """Why the case is turned down."""

    code = choice(c.Reject, "code")
    reason = long(c.Reject, "reason", "Whoever sent the case reads this. Do not name the victim.")
    told_social_care = short(c.Reject, "told_social_care")


class ConfirmForm(PanelForm):
    """Why nothing has to change."""

    reason = long(c.Confirm, "reason", rows=3)
