"""Figures of feedback for managers: how many were asked, how many answered, and what."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import String, literal, literal_column, union_all
from sqlalchemy import cast as as_type
from sqlmodel import Session, col, func, select

from config.feedback import ANSWERS
from panel.access import Actor
from panel.closing.models import Feedback
from panel.counting import Number, many
from panel.referrals.models import Referral
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim
from workflows.closing import Side
from workflows.roles import Role

READERS = (Role.YOT_MANAGER, Role.INSPECTOR)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Said:
    """What so many people answered alike."""

    declined: bool
    answers: str
    people: int


@dataclass(frozen=True)
class SideFigures:
    """What one side said in a year, in counts."""

    asked: int
    declined: int
    lines: tuple[tuple[str, dict[str, int]], ...]

    @property
    def answered(self) -> int:
        """How many said something."""
        return self.asked - self.declined


def figures(db: Session, actor: Actor, *, today: date) -> dict[str, SideFigures]:
    """The last twelve months of the person's areas; of victims counts only, no word of theirs."""
    own = _of_family(_alike(Feedback, col(Feedback.side)), actor, today)
    victims = _of_victims(_alike(VictimFeedback, literal("victim")), actor, today)
    rows: dict[str, list[Said]] = {Side.CHILD: [], Side.PARENT: [], "victim": []}
    for side, *said in (*db.exec(own), *db.exec(victims)):
        rows[side].append(Said(*said))
    return {side: _counted(said) for side, said in rows.items()}


def _alike(table: type[Feedback | VictimFeedback], side: Any) -> Any:
    """How many people answered all questions alike, so that a year of answers is a few rows."""
    said = (side.label("side"), col(table.declined), as_type(table.answers, String).label("said"))
    query: Any = select(*said, func.count())
    return query.group_by(*(literal_column(str(place)) for place in range(1, len(said) + 1)))


def asked_counted(actor: Actor, *, today: date) -> Number:
    """How many people were asked in the last twelve months, up to `MOST`, to be asked with others."""
    family = _of_family(select(Feedback.id), actor, today)
    victims = _of_victims(select(VictimFeedback.id), actor, today)
    return many(union_all(family, victims))


def _of_family(query: Any, actor: Actor, today: date) -> Any:
    query = query.join(Referral, col(Referral.id) == Feedback.referral_id)
    here = col(Referral.area_id).in_(actor.areas_as(*READERS))
    return query.where(here, col(Feedback.given_on) > today - YEAR)


def _of_victims(query: Any, actor: Actor, today: date) -> Any:
    query = query.join(Victim, col(Victim.id) == VictimFeedback.victim_id)
    query = query.join(Referral, col(Referral.id) == Victim.referral_id)
    here = col(Referral.area_id).in_(actor.areas_as(*READERS))
    return query.where(here, col(VictimFeedback.given_on) > today - YEAR)


def _counted(said: Sequence[Said]) -> SideFigures:
    counts: dict[str, Counter[str]] = {}
    for row in said:
        for _, question, answer in json.loads(row.answers):
            counts.setdefault(question, Counter())[answer] += row.people
    lines = tuple((q, {word: found[word] for word in ANSWERS.values()}) for q, found in counts.items())
    declined = sum(row.people for row in said if row.declined)
    return SideFigures(sum(row.people for row in said), declined, lines)
