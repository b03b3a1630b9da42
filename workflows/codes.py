"""The code lists that a force keeps: offences, outcomes, ethnicity, gravity (law digest, 6 and 16)."""

from enum import StrEnum

from workflows.vocabulary import register


class CodeList(StrEnum):
    """One kind of reference data; each has versions, and a day picks the version in force."""

    OFFENCES = "offences"
    OUTCOMES = "outcomes"
    ETHNICITY = "ethnicity"
    GRAVITY = "gravity"


class Category(StrEnum):
    """What sort of offence it is, for those that call for a closer look (CAT-1)."""

    KNIFE = "knife"
    DOMESTIC = "domestic_abuse"
    SEXUAL = "sexual"
    HATE = "hate_crime"
    VIOLENCE = "violence"
    DRUGS = "drugs"
    VEHICLE = "vehicle"


class GravityPart(StrEnum):
    """What a row of a gravity matrix tells."""

    LIMIT = "limit"
    SCORE = "score"
    FACTOR = "factor"
    PRESUMPTION = "presumption"


register(
    (
        (CodeList.OFFENCES, "Offences"),
        (CodeList.OUTCOMES, "Home Office outcomes"),
        (CodeList.ETHNICITY, "Ethnicity (18+1, as the person says it)"),
        (CodeList.GRAVITY, "Gravity matrix"),
        (Category.KNIFE, "Knife or weapon"),
        (Category.DOMESTIC, "Domestic abuse"),
        (Category.SEXUAL, "Sexual"),
        (Category.HATE, "Hate crime"),
        (Category.VIOLENCE, "Violence"),
        (Category.DRUGS, "Drugs"),
        (Category.VEHICLE, "Vehicle"),
    )
)
