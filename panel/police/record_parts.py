"""Blocks of the page of a record: rooms above add theirs to the list, and the page knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import User
from panel.forces.models import ForceSystem
from panel.police.models import PoliceDisposal, PoliceReport
from panel.police.words import still_open
from workflows.calendar import long_date
from workflows.police import Heard
from workflows.vocabulary import words

COMPARED = {
    "given_on": "the day",
    "offence": "the offence",
    "given_name": "the first names",
    "surname": "the last name",
    "date_of_birth": "the date of birth",
    "address": "the address",
}


@dataclass(frozen=True)
class Part:
    """One block: a heading and sentences, links of (words, address), and a sentence for when it is empty."""

    heading: str
    lines: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    empty: str = ""


# A part that has nothing to say to this reader gives None.
Maker = Callable[[Session, PoliceDisposal, Actor, date], Part | None]


def open_part(db: Session, disposal: PoliceDisposal, actor: Actor, today: date) -> Part:
    """What is still open."""
    return Part("What is still open", tuple(still_open(disposal, today)), empty="Nothing is open.")


def heard_part(db: Session, disposal: PoliceDisposal, actor: Actor, today: date) -> Part:
    """Each word that we heard of it: how, when, from whom, and what it says differently."""
    query = (
        select(PoliceReport, User.name, ForceSystem.name)
        .outerjoin(User, col(User.id) == PoliceReport.by_id)
        .outerjoin(ForceSystem, col(ForceSystem.id) == PoliceReport.system_id)
        .where(PoliceReport.disposal_id == disposal.id)
        .order_by(col(PoliceReport.id))
    )
    lines = [_heard(disposal, report, system or person or "") for report, person, system in db.exec(query)]
    return Part("How we heard of it", tuple(lines), empty="It stands on no list, and nobody told us.")


def _heard(disposal: PoliceDisposal, report: PoliceReport, who: str) -> str:
    by = f" ({who})" if who and report.how is not Heard.LIST else ""
    other = [
        f"{text} as {report.said[name]}"
        for name, text in COMPARED.items()
        if report.said.get(name) and str(report.said[name]) != str(getattr(disposal, name) or "")
    ]
    differs = f" It gives {', '.join(other)}." if other else ""
    return f"{long_date(report.said_on)}: {words(report.how)}{by}.{differs}"


PARTS: list[Maker] = [open_part, heard_part]


def parts_of(db: Session, disposal: PoliceDisposal, actor: Actor, today: date) -> list[Part]:
    """The blocks of the page, in order, for one reader."""
    made = (maker(db, disposal, actor, today) for maker in PARTS)
    return [part for part in made if part is not None]
