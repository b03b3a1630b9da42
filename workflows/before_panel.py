"""What is on record before a panel chooses an outcome: evidence, senior review, charge form."""

from enum import StrEnum

from workflows.vocabulary import register


class Evidence(StrEnum):
    """What the police hold that the evidence of an offence is enough for (YC-1, YCC-R2, CR-1, O23-1)."""

    NOT_RECORDED = "not_recorded"
    INSUFFICIENT = "insufficient"
    SHOWN = "shows_an_offence"
    CHARGEABLE = "sufficient_to_charge"
    FULL_TEST = "full_code_test"


# What each test includes: whoever may charge also knows that an offence happened.
SHOWS_OFFENCE = frozenset({Evidence.SHOWN, Evidence.CHARGEABLE, Evidence.FULL_TEST})
MAY_BE_CHARGED = frozenset({Evidence.CHARGEABLE, Evidence.FULL_TEST})


class Check(StrEnum):
    """What is said once about the whole case before the panel decides."""

    SENIOR_REVIEW = "senior_review"
    CHARGE_FORM = "charge_form"


register(
    (
        (Evidence.NOT_RECORDED, "Not recorded yet"),
        (Evidence.INSUFFICIENT, "Not enough to show that an offence happened"),
        (Evidence.SHOWN, "Enough to show that an offence happened"),
        (Evidence.CHARGEABLE, "Sufficient evidence to charge"),
        (
            Evidence.FULL_TEST,
            "The full code test is met: evidence, and the public interest in a prosecution",
        ),
        (Check.SENIOR_REVIEW, "Senior review"),
        (Check.CHARGE_FORM, "Child Information Form"),
    )
)
