"""What the police may tell of a disposal, whichever way it comes."""

from datetime import date

from pydantic import Field, ValidationInfo, field_validator, model_validator

from config.joint_policy import Side, versions
from panel.commands import Command, Text, asked, chosen, optional
from panel.referrals.commands import PastDay
from workflows import identifiers
from workflows.calendar import age_on, long_date
from workflows.police import POLICE_OUTCOMES, NotOurs
from workflows.vocabulary import Gender, Outcome, words

YOUNGEST, OLDEST = 10, 17


class DisposalSaid(Command):
    """One disposal as the police tell it: the form, the interface and a row of a list are checked by this."""

    outcome: Outcome = chosen("What was given", "Choose what was given")
    given_on: PastDay = chosen("Day on which it was given", "Enter the day on which it was given")
    crime_reference: Text = optional("Crime reference", longest=20)
    force_reference: Text = optional("Number of the disposal in the force's system", longest=40)
    offence: Text = asked("Offence", "Enter the offence", longest=200)
    given_name: Text = asked("First names", "Enter the child's first names", longest=100)
    surname: Text = asked("Last name", "Enter the child's last name", longest=100)
    date_of_birth: PastDay | None = Field(default=None, title="Date of birth")
    gender: Gender = Field(default=Gender.NOT_STATED, title="Gender")
    ethnicity: Text = optional("Ethnic group, as the child describes it", longest=4)
    address: Text = optional("Address", longest=300)
    postcode: Text = optional("Postcode", longest=10)
    ward: Text = optional("Ward", longest=60)
    pnc_id: Text = optional("PNC ID", longest=20)
    station: Text = optional("Station", longest=60)
    team: Text = optional("Team", longest=60)
    officer: Text = optional("Officer", longest=120)
    first_time: bool | None = Field(
        default=None, title="Is it the first time that the police dealt with the child?"
    )
    support: Text = optional("Support that was offered", longest=300)

    @field_validator("outcome")
    @classmethod
    def _by_the_police(cls, value: Outcome) -> Outcome:
        if value not in POLICE_OUTCOMES:
            raise ValueError(f"is not something that the police give out of court: {words(value)}")
        return value

    @field_validator("given_on")
    @classmethod
    def _since_there_is_a_policy(cls, value: date) -> date:
        first = versions(Side.JOINT)[0].since
        if value < first:
            raise ValueError(f"must be on or after {long_date(first)}")
        return value

    @field_validator("postcode")
    @classmethod
    def _one_way_to_write_a_postcode(cls, value: str) -> str:
        return identifiers.postcode(value)

    @field_validator("pnc_id")
    @classmethod
    def _pnc_id(cls, value: str, info: ValidationInfo) -> str:
        # Soft (ID-1): a number that does not check is kept as it was typed, it only finds nobody.
        today = (info.context or {}).get("today") or info.data.get("given_on") or date.max
        return identifiers.pnc_id(value, today=today) or value[:14]

    @field_validator("crime_reference")
    @classmethod
    def _crime_reference(cls, value: str) -> str:
        return identifiers.crime_reference(value) or value

    @model_validator(mode="after")
    def _born_before(self) -> "DisposalSaid":
        if self.date_of_birth is not None and self.date_of_birth >= self.given_on:
            raise ValueError("The date of birth must be before the day on which it was given")
        return self

    @property
    def age(self) -> int | None:
        """Age in years on the day of giving; None without a date of birth (AGE-2)."""
        return None if self.date_of_birth is None else age_on(self.date_of_birth, self.given_on)


class SetAside(Command):
    """Why a record does not count here."""

    not_ours: NotOurs = chosen("Why does it not count here?", "Choose why it does not count here")
    reason: Text = asked("What you looked at", "Say what you looked at", longest=300)
    duplicate_of: Text = optional(
        "If it is on the list twice: the reference of the one that stays", longest=12
    )


class CountAgain(Command):
    """Why a record that was set aside counts after all."""

    reason: Text = asked("Why does it count after all?", "Say why it counts after all", longest=300)
