"""What a column of a list may hold: our fields, and those of them that hold few words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.list_words import plain, values
from panel.accounts.models import Area
from panel.codes.queries import ethnicities
from panel.forces.queries import areas_of
from panel.police.commands import DisposalSaid
from workflows.police import POLICE_OUTCOMES
from workflows.vocabulary import Gender, words

FULL_NAME, AREA = "full_name", "area"
SKIP, ELSEWHERE, UNKNOWN = "skip", "elsewhere", "unknown"
DAYS = ("given_on", "date_of_birth")
NAMES = ("given_name", "surname")
TITLES: dict[str, str] = {
    **{name: field.title or name for name, field in DisposalSaid.model_fields.items()},
    FULL_NAME: "Whole name, such as MARLOW, Kayden or Kayden Marlow",
    AREA: "District or area",
}
# In the order in which the page for mapping asks for them.
FIELDS = (
    *("outcome", "given_on", "offence", "surname", "given_name", FULL_NAME, "date_of_birth"),
    *("crime_reference", "force_reference", "gender", "ethnicity", "address", "postcode", "ward", "pnc_id"),
    *("station", "team", "officer", "first_time", "support", AREA),
)


@dataclass(frozen=True)
class Choices:
    """What the words in the cells of a field may mean, and what is known of them."""

    title: str
    options: Mapping[str, str]
    known: Mapping[str, str]
    required: bool = False

    def meaning(self, said: str, chosen: Mapping[str, str]) -> str | None:
        """What a word means: as a person said, or as everybody says; None when nobody knows yet."""
        word = plain(said)
        found = chosen.get(word) or self.known.get(word)
        return found if found in self.options else None


def choices(db: Session, *, force_id: int, today: date) -> dict[str, Choices]:
    """The fields whose cells hold few words, for one force."""
    outcomes = {outcome.value: words(outcome) for outcome in POLICE_OUTCOMES}
    groups = ethnicities(db, today)
    areas = areas_by_number(db, areas_of(db, force_id))
    known = {**values("outcome"), **{plain(says): value for value, says in outcomes.items()}}
    return {
        "outcome": Choices(
            TITLES["outcome"], outcomes | {SKIP: "Nothing that we count: leave these rows out"}, known, True
        ),
        "gender": Choices(TITLES["gender"], {g.value: words(g) for g in Gender}, values("gender")),
        "first_time": Choices(
            TITLES["first_time"], {"yes": "Yes", "no": "No", UNKNOWN: "Not known"}, values("first_time")
        ),
        "ethnicity": Choices(
            TITLES["ethnicity"], groups | {UNKNOWN: "Not known"}, _by_code_and_title(groups)
        ),
        AREA: Choices(
            TITLES[AREA],
            {str(area.id): area.name for area in areas} | {ELSEWHERE: "None of these: another area"},
            _by_code_and_title({str(area.id): area.name for area in areas})
            | {plain(area.code): str(area.id) for area in areas},
            True,
        ),
    }


def areas_by_number(db: Session, numbers: list[int]) -> list[Area]:
    """Areas by name."""
    return list(db.exec(select(Area).where(col(Area.id).in_(numbers)).order_by(col(Area.name))))


def _by_code_and_title(options: Mapping[str, str]) -> dict[str, str]:
    by_code = {plain(code): code for code in options}
    return {plain(title): code for code, title in options.items()} | by_code
