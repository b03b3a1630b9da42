"""The pages of a referral, each one thing."""

from panel.forms import PanelForm, choice, day, file, long, one_of, pick, several, short, tick, yes_no
from panel.referrals import commands as c
from panel.referrals.source_commands import SourceDetails
from workflows.papers import Paper
from workflows.vocabulary import Gender, ModeOfTrial, Relationship

# Asked behind a link on the page of an offence, because most offences need none of it.
RARE = ("mode", "mode_reason", "prosecute_by", "prosecute_source", "prosecute_reason", "cps_authority")


class ChildForm(PanelForm):
    """Who the child is."""

    given_name = short(c.ChildDetails, "given_name")
    surname = short(c.ChildDetails, "surname")
    date_of_birth = day(c.ChildDetails, "date_of_birth", "For example, 27 3 2010")
    gender = one_of(c.ChildDetails, "gender", Gender)
    ethnicity = pick(c.ChildDetails, "ethnicity", "Ask the child. Leave it open until somebody has asked.")
    address = short(c.ChildDetails, "address")
    postcode = short(c.ChildDetails, "postcode", width="10")
    school = short(c.ChildDetails, "school")
    looked_after = yes_no(
        c.ChildDetails, "looked_after", "In the care of a local authority, whoever they live with"
    )
    needs = long(
        c.ChildDetails, "needs", "For example: speaks Polish at home, easy-read letters help", rows=3
    )
    other_names = short(c.ChildDetails, "other_names", "Apart by commas, for example: Robbie, Fielding-Marsh")
    pnc_id = short(c.ChildDetails, "pnc_id", "For example, 2019/0412345P", width="20")
    cro_number = short(c.ChildDetails, "cro_number", "For example, 265416/21G", width="20")
    upn = short(c.ChildDetails, "upn", "A letter and 12 digits; the school has it", width="20")
    nhs_number = short(c.ChildDetails, "nhs_number", "10 digits", width="20")


class CarerForm(PanelForm):
    """Who cares for the child."""

    name = short(c.CarerDetails, "name")
    relationship = one_of(c.CarerDetails, "relationship", Relationship)
    phone = short(c.CarerDetails, "phone", width="20")
    email = short(c.CarerDetails, "email")
    address = short(c.CarerDetails, "address")
    no_carer_reason = short(c.CarerDetails, "no_carer_reason")


class OffenceForm(PanelForm):
    """One offence; what the list says already is not asked."""

    title = short(
        c.OffenceDetails, "title", "As it is charged, for example: criminal damage to a bus shelter"
    )
    by_hand_reason = short(
        c.OffenceDetails, "by_hand_reason", "For example: the law is new and the list does not have it yet"
    )
    committed_on = day(c.OffenceDetails, "committed_on")
    ended_on = day(c.OffenceDetails, "ended_on", "Leave this empty when it was over on the same day")
    location = short(c.OffenceDetails, "location")
    crime_reference = short(
        c.OffenceDetails, "crime_reference", "11 digits. You can leave this empty", width="10"
    )
    asn = short(
        c.OffenceDetails, "asn", "For example, 11/01ZD/01/448754K. You can leave this empty", width="20"
    )
    mode = one_of(c.OffenceDetails, "mode", ModeOfTrial)
    mode_reason = short(c.OffenceDetails, "mode_reason")
    prosecute_by = day(
        c.OffenceDetails,
        "prosecute_by",
        "Only where the law has a rule of its own. Otherwise the service works the day out",
    )
    prosecute_source = short(
        c.OffenceDetails, "prosecute_source", "For example: Animal Welfare Act 2006 s.31"
    )
    prosecute_reason = short(c.OffenceDetails, "prosecute_reason")
    cps_authority = tick(c.OffenceDetails, "cps_authority")


class GravityForm(PanelForm):
    """How serious one offence is."""

    base = short(c.GravityDetails, "base", width="2")
    aggravating = several(c.GravityDetails, "aggravating", "Tick all that apply")
    mitigating = several(c.GravityDetails, "mitigating", "Tick all that apply")
    adjustment = choice(c.GravityDetails, "adjustment")
    final = short(
        c.GravityDetails, "final", "Leave this empty: the service works the final score out", width="2"
    )
    reason = long(c.GravityDetails, "reason", rows=3)


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

    kind = one_of(c.PaperDetails, "kind", Paper)
    title = short(c.PaperDetails, "title", "Only needed for another paper. Do not name anybody in the title.")
    paper = file("File", "PDF, JPEG, PNG or Word (DOCX), up to 25 MB")


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

    source = choice(SourceDetails, "source")


class RejectForm(PanelForm):
    """Why the case is turned down."""

    code = choice(c.Reject, "code")
    reason = long(c.Reject, "reason", "Whoever sent the case reads this. Do not name the victim.")
    told_social_care = short(c.Reject, "told_social_care")


class ConfirmForm(PanelForm):
    """Why nothing has to change."""

    reason = long(c.Confirm, "reason", rows=3)
