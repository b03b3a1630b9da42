"""What each role sees first: counted tiles that open what they count."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlmodel import Session

from panel.access import Actor
from panel.cases.queries import count, filters
from panel.victims.lists import count_to_ask, count_to_tell
from workflows.roles import Role

# For each role the lists in the order of its day; the words after the bar are the hint.
ROLE_LISTS: dict[Role, tuple[str, ...]] = {
    Role.OFFICER: ("draft", "sent_back", "sent", "decided", "near"),
    Role.SECONDED: ("decided", "sent_back", "draft", "listed", "near", "open"),
    Role.CASE_MANAGER: ("mine", "accepted", "given", "notified", "near", "late"),
    Role.YOT_MANAGER: ("submitted", "accepted", "assessed", "deferred", "listed", "given", "near", "late"),
    Role.VICTIM_WORKER: ("listed", "near", "open"),
    Role.LIAISON: ("given", "notified", "near"),
    Role.INSPECTOR: ("all", "closed"),
}
WARNS = frozenset({"late", "sent_back", "given"})
HINTS = {
    "draft": "Not sent yet",
    "submitted": "Accept or send back",
    "sent_back": "Put right and send again",
    "sent": "Where they stand",
    "decided": "Explain, sign, give",
    "mine": "By next deadline",
    "accepted": "Assessment due in 10 working days",
    "assessed": "Put on a panel meeting",
    "deferred": "Put on another meeting",
    "listed": "On an agenda",
    "given": "Confirm that the YOT knows",
    "notified": "Steps to do",
    "near": "Late, today, or in the next 3 working days",
    "late": "A deadline has passed",
    "open": "Everything that is not closed",
    "all": "Open and closed",
    "closed": "Finished",
}


@dataclass(frozen=True)
class Tile:
    """A count that opens the list behind it."""

    count: str
    text: str
    href: str
    hint: str
    tone: str


def tiles(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """The tiles of all roles that the person holds, each once."""
    lists = filters(actor, today=today)
    names = dict.fromkeys(name for role in Role if role in actor.roles for name in ROLE_LISTS.get(role, ()))
    of_cases = [_tile(name, lists[name][0], count(db, actor, lists[name][1])) for name in names]
    return [*(_victims(db, actor) if Role.VICTIM_WORKER in actor.roles else []), *of_cases]


def _victims(db: Session, actor: Actor) -> list[Tile]:
    asks, tells = count_to_ask(db, actor), count_to_tell(db, actor)
    return [
        Tile(
            f"{asks:,}",
            "Victims to ask before the panel",
            url_for("victims.to_ask"),
            "The nearest panel first",
            "warn" if asks else "normal",
        ),
        Tile(
            f"{tells:,}",
            "Victims to tell",
            url_for("victims.to_tell"),
            "Within 5 working days, or 1 with enhanced rights",
            "warn" if tells else "normal",
        ),
    ]


def _tile(name: str, text: str, number: int) -> Tile:
    words = "1,000 or more" if number >= 1000 else f"{number:,}"
    tone = "warn" if name in WARNS and number else "normal"
    return Tile(words, text, url_for("cases.index", list=name), HINTS[name], tone)
