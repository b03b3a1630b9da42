"""The pages of police disposals that ask something."""

from panel.forms import PanelForm, choice, day, long, one_of, pick, short, tick, yes_no
from panel.police import commands as c
from panel.police.told_command import Told
from panel.police.view_commands import Purpose, Where
from workflows.police import BY_A_PERSON, POLICE_OUTCOMES
from workflows.vocabulary import Gender


class TellForm(PanelForm):
    """Two minutes: a disposal that somebody of the police gave."""

    area_id = pick(Where, "area_id")
    outcome = one_of(Told, "outcome", POLICE_OUTCOMES)
    given_on = day(Told, "given_on")
    given_name = short(Told, "given_name")
    surname = short(Told, "surname")
    date_of_birth = day(Told, "date_of_birth", "For example, 4 3 2011. Leave it empty if it is not known.")
    age_checked = tick(Where, "age_checked", "Somebody of the YOT then sets the record aside.")
    gender = one_of(Told, "gender", Gender)
    ethnicity = pick(Told, "ethnicity", "As the child describes it. Leave it open if nobody asked.")
    address = short(Told, "address")
    postcode = short(Told, "postcode", width="10")
    offence = short(Told, "offence", "For example, theft from a shop")
    crime_reference = short(
        Told, "crime_reference", "11 digits. Leave it empty if there is none.", width="20"
    )
    station = short(Told, "station")
    team = short(Told, "team")
    officer = short(Told, "officer", "Name and collar number of who gave it")
    first_time = yes_no(Told, "first_time", "Leave it open if you do not know.")
    support = short(
        Told, "support", "For example, a referral to youth work. Leave it empty if there was none."
    )
    consulted = yes_no(Told, "consulted")
    exception = choice(Told, "exception", "Only if you answered no. It is recorded as an exception.")
    exception_reason = long(Told, "exception_reason", "Only if you answered no", rows=2)


class SetAsideForm(PanelForm):
    """Why a record does not count here."""

    not_ours = one_of(c.SetAside, "not_ours", BY_A_PERSON)
    duplicate_of = short(c.SetAside, "duplicate_of", "For example, PD-7K2M4Q", width="10")
    reason = long(c.SetAside, "reason", rows=3)


class CountAgainForm(PanelForm):
    """Why it counts after all."""

    reason = long(c.CountAgain, "reason", rows=3)


class PurposeForm(PanelForm):
    """For what the force gets the list of open cases."""

    area_id = pick(Purpose, "area_id")
    recipient = short(Purpose, "recipient", "A person or a unit of the force")
    purpose = long(Purpose, "purpose", "It is kept with the disclosure of each child.", rows=3)


class PressForm(PanelForm):
    """A button: nothing to type."""
