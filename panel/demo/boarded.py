"""Demonstration: two packs that the board has read, and what it asked for."""

from datetime import date, timedelta

from sqlmodel import Session

from panel.board_pack import asking, making, publishing
from panel.board_pack import commands as c
from panel.board_pack.models import BoardPack
from panel.board_pack.queries import pack_path
from panel.demo.people import Team
from panel.demo.profile import at, later
from panel.notifications.actions import finish_path
from workflows.board_pack import Answer
from workflows.quarters import Quarter

READ_AFTER = 20
ASKED = (
    (
        "The chief officer reports how the force tells the team of every disposal.",
        "Kelder Constabulary",
        True,
    ),
    ("A place for reparation on Saturdays in the west of the area.", "The head of service", False),
)


def board(db: Session, team: Team, *, today: date) -> None:
    """The packs of the last two whole quarters, the second one after the board had asked for two things."""
    manager, last = team["manager"], Quarter.of(today).moved(-1)
    first = _published(db, team, last.moved(-1), today)
    # The board has read this one; the newest is still to be read.
    finish_path(db, pack_path(first.reference), by=team["board"], at=at(min(last.last, today), 9))
    for wish, owner, done in ASKED:
        asked_on = min(last.moved(-1).last + timedelta(days=READ_AFTER + 7), today)
        due = min(last.last, today) if done else later(today, 15)
        command = c.Asked(wish=wish, owner=owner, due_on=due)
        action = asking.ask(db, first, command, by=manager, at=at(asked_on, 12))
        if done:
            said = c.Closed(
                answer=Answer.DONE,
                said="It was reported: since then an officer sends the list each Monday.",
                closed_on=min(last.last, today),
            )
            asking.close(db, action, said, seen=action.version, by=manager, at=at(min(last.last, today), 12))
    _published(db, team, last, today)


def _published(db: Session, team: Team, quarter: Quarter, today: date) -> BoardPack:
    day = min(quarter.last + timedelta(days=READ_AFTER), today)
    manager = team["manager"]
    pack = making.make(db, team.area_id, quarter, by=manager, at=at(day, 10))
    publishing.publish(db, pack, seen=pack.version, by=manager, at=at(day, 11))
    return pack
