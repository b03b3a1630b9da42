"""Who may take case-level fields out of the service, and in which shape."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from workflows.roles import Role
from workflows.victim import Kind as VictimKind
from workflows.vocabulary import Admission, Gender, Outcome, View, register, words

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
# The one group of legal outcomes that was seen in public texts; what a court decides is in none of ours.
PRE_COURT = "Pre-court"
PRE_COURT_OUTCOMES = frozenset(
    {
        *(Outcome.CR, Outcome.YC, Outcome.YCC),
        *(Outcome.O22, Outcome.O22_DEFERRED, Outcome.O23),
    }
)


def _of(kind: type[StrEnum]) -> Sequence[tuple[str, str]]:
    return [(one.value, words(one)) for one in kind]


# The code sets that are ours; those of the force are lists with versions of their own.
CODE_SETS: Mapping[str, Sequence[tuple[str, str]]] = {
    "yes_no": (("yes", "Yes"), ("no", "No")),
    "gender": _of(Gender),
    "admission": _of(Admission),
    "outcome": _of(Outcome),
    "order_type": [(one, one) for one in (*DISPOSAL_TYPES.values(), NON_SUBSTANTIVE)],
    "outcome_group": ((PRE_COURT, "Dealt with out of court"),),
    "victim_type": _of(VictimKind),
    "victim_view": _of(View),
}
