"""Who may take case-level fields out of the service, and in which shape."""

from enum import StrEnum

from workflows.roles import Role
from workflows.vocabulary import Outcome, register

# Two permissions, each with its own route: case rows are personal data even without names, because age,
# months and offence together can tell who it is. Nobody but a manager takes either.
TAKERS = (Role.YOT_MANAGER,)
NAMERS = (Role.YOT_MANAGER,)
LONGEST_YEARS = 10


class Kind(StrEnum):
    """The kind of file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


register(
    (
        (Kind.CSV, "CSV, a file for each item"),
        (Kind.XLSX, "Excel workbook (XLSX), a sheet for each item"),
        (Kind.JSON, "JSON, a file for each item"),
    )
)
# The order types of the national template that were seen in public texts.
DISPOSAL_TYPES: dict[Outcome, str] = {
    Outcome.YC: "Youth Cautions with YJS intervention",
    Outcome.YCC: "Youth Conditional Cautions",
}
NON_SUBSTANTIVE = "Non-substantive out of court disposals with YJS intervention"
