"""The words of the field: the values that rows hold and the words that people read for them."""

from collections.abc import Sequence
from enum import StrEnum


class Admission(StrEnum):
    """What the child said (ADM-1); accepting responsibility is less than a full admission (CR-4)."""

    NONE = "none"
    NO_COMMENT = "no_comment"
    DENIES = "denies"
    PARTIAL = "partial"
    ACCEPTS = "accepts_responsibility"
    FULL = "full_admission"


class ModeOfTrial(StrEnum):
    """How an adult would be tried for the offence (CAT-2)."""

    SUMMARY = "summary"
    EITHER_WAY = "either_way"
    INDICTABLE = "indictable_only"


class Outcome(StrEnum):
    """What a panel may decide for an offence (law digest, section 16)."""

    NFA = "no_further_action"
    CR = "community_resolution"
    O22 = "outcome_22"
    O22_DEFERRED = "outcome_22_deferred"
    O23 = "outcome_23"
    YC = "youth_caution"
    YCC = "youth_conditional_caution"
    CHARGE = "refer_for_charge"
    RETURNED = "returned_to_police"


CAUTIONS = (Outcome.YC, Outcome.YCC)
# Work that must be done, or the decision that was held back comes alive (O22-2, O23-1).
DEFERRED_OUTCOMES = (Outcome.O22_DEFERRED, Outcome.O23)
AGREEMENTS = (Outcome.CR, Outcome.O22, *DEFERRED_OUTCOMES)
SIGNED_OUTCOMES = (*AGREEMENTS, *CAUTIONS)


class View(StrEnum):
    """Where asking the victim stands (VIC-2)."""

    NOT_YET = "not_yet_asked"
    GIVEN = "given"
    DECLINED = "declined"
    NOT_CONTACTABLE = "not_contactable"
    NOT_SOUGHT = "not_sought"


class Level(StrEnum):
    """The four classifications that an assessment gives (ASM-3)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Purpose(StrEnum):
    """The object of a condition (CON-1)."""

    REHABILITATION = "rehabilitation"
    REPARATION = "reparation"
    PUNISHMENT = "punishment"


class Adult(StrEnum):
    """Who may be the appropriate adult, in the order of AA-1."""

    PARENT = "parent_or_guardian"
    CARE = "care_representative"
    SOCIAL_WORKER = "social_worker"
    OTHER = "other_responsible_adult"


class Advice(StrEnum):
    """What became of the offer of free, independent legal advice (ADV-1)."""

    NOT_RECORDED = "not_recorded"
    WANTED = "wanted"
    TAKEN = "taken"
    DECLINED = "declined"


class Signer(StrEnum):
    """Who signs a disposal (YC-9, YCC-R5)."""

    CHILD = "child"
    ADULT = "appropriate_adult"
    OFFICER = "officer"
    CASE_MANAGER = "case_manager"


class Answer(StrEnum):
    """What somebody who was asked to sign did."""

    SIGNED = "signed"
    REFUSED = "refused"
    UNABLE = "unable"


class Relationship(StrEnum):
    """Who cares for the child."""

    MOTHER = "mother"
    FATHER = "father"
    STEP_PARENT = "step_parent"
    GRANDPARENT = "grandparent"
    FOSTER = "foster_carer"
    RESIDENTIAL = "residential_worker"
    OTHER = "other"


class Gender(StrEnum):
    """As recorded by the police; used for equality figures and for placements that are for girls only."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_STATED = "not_stated"


# Pairs, because in a dict two members with one value would be one key: View.DECLINED equals Advice.DECLINED.
WORDS: tuple[tuple[StrEnum, str], ...] = (
    (Admission.NONE, "Not asked yet"),
    (Admission.NO_COMMENT, "No comment"),
    (Admission.DENIES, "Denies it"),
    (Admission.PARTIAL, "Admits part of it"),
    (Admission.ACCEPTS, "Accepts responsibility"),
    (Admission.FULL, "Full admission"),
    (ModeOfTrial.SUMMARY, "Summary only"),
    (ModeOfTrial.EITHER_WAY, "Either way"),
    (ModeOfTrial.INDICTABLE, "Indictable only"),
    (Outcome.NFA, "No further action"),
    (Outcome.CR, "Community resolution"),
    (Outcome.O22, "Outcome 22: diversion"),
    (Outcome.O22_DEFERRED, "Outcome 22: deferred prosecution or caution"),
    (Outcome.O23, "Outcome 23: deferred prosecution"),
    (Outcome.YC, "Youth caution"),
    (Outcome.YCC, "Youth conditional caution"),
    (Outcome.CHARGE, "Refer for charge"),
    (Outcome.RETURNED, "Return to the police"),
    (View.NOT_YET, "Not asked yet"),
    (View.GIVEN, "Gave a view"),
    (View.DECLINED, "Asked, does not want to give a view"),
    (View.NOT_CONTACTABLE, "Could not be contacted"),
    (View.NOT_SOUGHT, "Not asked, with a reason"),
    (Level.LOW, "Low"),
    (Level.MEDIUM, "Medium"),
    (Level.HIGH, "High"),
    (Level.VERY_HIGH, "Very high"),
    (Purpose.REHABILITATION, "Rehabilitation"),
    (Purpose.REPARATION, "Reparation"),
    (Purpose.PUNISHMENT, "Punishment"),
    (Adult.PARENT, "Parent or guardian"),
    (Adult.CARE, "Representative of the authority or organisation that cares for the child"),
    (Adult.SOCIAL_WORKER, "Local authority social worker"),
    (Adult.OTHER, "Another responsible person aged 18 or over, not police"),
    (Advice.NOT_RECORDED, "Not recorded yet"),
    (Advice.WANTED, "Wanted first: the explanation waits"),
    (Advice.TAKEN, "Offered and taken"),
    (Advice.DECLINED, "Offered and declined"),
    (Signer.CHILD, "The child"),
    (Signer.ADULT, "The appropriate adult"),
    (Signer.OFFICER, "The officer"),
    (Signer.CASE_MANAGER, "The case manager"),
    (Answer.SIGNED, "Signed"),
    (Answer.REFUSED, "Refused to sign"),
    (Answer.UNABLE, "Is not able to sign"),
    (Relationship.MOTHER, "Mother"),
    (Relationship.FATHER, "Father"),
    (Relationship.STEP_PARENT, "Step-parent"),
    (Relationship.GRANDPARENT, "Grandparent"),
    (Relationship.FOSTER, "Foster carer"),
    (Relationship.RESIDENTIAL, "Residential worker"),
    (Relationship.OTHER, "Other"),
    (Gender.FEMALE, "Female"),
    (Gender.MALE, "Male"),
    (Gender.OTHER, "Other"),
    (Gender.NOT_STATED, "Not stated"),
)
_SAID = {(type(value), value.value): said for value, said in WORDS}


def register(pairs: Sequence[tuple[StrEnum, str]]) -> None:
    """Add the words of a list that another module of this package holds."""
    _SAID.update({(type(value), value.value): said for value, said in pairs})


# A case may hold several outcomes: the document and the clocks follow the most serious one.
SERIOUSNESS = (
    Outcome.NFA,
    Outcome.RETURNED,
    Outcome.CR,
    Outcome.O22,
    Outcome.O22_DEFERRED,
    Outcome.O23,
    Outcome.YC,
    Outcome.YCC,
    Outcome.CHARGE,
)


def words(value: StrEnum) -> str:
    """What a person reads for a stored value."""
    return _SAID.get((type(value), value.value)) or value.value.replace("_", " ").capitalize()


def most_serious(outcomes: frozenset[Outcome]) -> Outcome:
    """The outcome that the document and the clocks of a case follow; ValueError when there is none."""
    return max(outcomes, key=SERIOUSNESS.index)
