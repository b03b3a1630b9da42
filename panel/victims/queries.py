"""Reading about victims: all of it for the victim worker, a cleared text for everybody else (VIC-9)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import User
from panel.db import once
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.referrals.models import Referral
from panel.victims.models import (
    Victim,
    VictimAttempt,
    VictimClearing,
    VictimConsent,
    VictimContact,
    VictimUpdate,
)
from workflows.case import Status
from workflows.roles import Role
from workflows.victim import Answer, agree_at_home
from workflows.vocabulary import View, words

WITH_THE_OFFICER = (Status.DRAFT, Status.SENT_BACK)
OBJECTED = "Objects to being contacted, so was not asked"
T = TypeVar("T", VictimAttempt, VictimClearing, VictimConsent, VictimUpdate)


@dataclass(frozen=True)
class PanelView:
    """What the panel may read of one victim: neither a name nor a way to reach them."""

    title: str
    status_words: str
    text: str = ""
    justice_words: str = ""
    reparation: str = ""


def victims_of(db: Session, referral_id: int) -> list[Victim]:
    """The victims of a case in their order, with all that is recorded: not for pages of other rooms."""
    query = select(Victim).where(Victim.referral_id == referral_id).order_by(col(Victim.place))
    return list(once(db, Victim, ("of", referral_id), lambda: db.exec(query).all()))


def contacts_of(db: Session, referral_id: int) -> dict[int, VictimContact]:
    """How to reach the victims of a case, by victim."""
    query = select(VictimContact).join(Victim, col(Victim.id) == VictimContact.victim_id)
    return {row.victim_id: row for row in db.exec(query.where(Victim.referral_id == referral_id))}


def victim_at(db: Session, referral: Referral, place: int) -> Victim:
    """The victim with this number in the case. Raises `Missing`."""
    query = select(Victim).where(Victim.referral_id == referral.id, Victim.place == place)
    found = db.exec(query).first()
    if found is None:
        raise Missing()
    return found


def victim_for(
    db: Session, actor: Actor, referral: Referral, place: int, *, at: datetime, page: str
) -> Victim:
    """One victim, for a victim worker of the area; each look is logged. Raises `Missing` otherwise."""
    if Role.VICTIM_WORKER not in actor.roles_in(referral.area_id):
        raise Missing()
    victim = victim_at(db, referral, place)
    subject = f"{case_chain(referral.id)}:victim:{place}"
    log_access(db, Operation.CONSULTATION, subject, by=actor, at=at, page=page)
    return victim


def contact_for(
    db: Session, actor: Actor, referral: Referral, victim: Victim, *, at: datetime, page: str
) -> VictimContact:
    """How to reach a victim; each look is logged as a subject of its own."""
    subject = f"{case_chain(referral.id)}:victim:{victim.place}:contact"
    log_access(db, Operation.CONSULTATION, subject, by=actor, at=at, page=page)
    return contact_of(db, victim)


def contact_of(db: Session, victim: Victim) -> VictimContact:
    """How to reach a victim; an empty row when nobody has said."""
    query = select(VictimContact).where(VictimContact.victim_id == victim.id)
    return db.exec(query).first() or VictimContact(victim_id=victim.id)


def rows_of(db: Session, kind: type[T], victim: Victim) -> list[T]:
    """The attempts, clearings, consents or updates of a victim, the newest first."""
    query: Any = select(kind).where(kind.victim_id == victim.id)
    return list(db.exec(query.order_by(col(kind.id).desc())))


def clearings(db: Session, referral_id: int) -> dict[int, VictimClearing]:
    """What the panel may read now, by victim: the newest clearing of each."""
    query = select(VictimClearing).join(Victim, col(Victim.id) == VictimClearing.victim_id)
    query = query.where(Victim.referral_id == referral_id).order_by(col(VictimClearing.id))
    rows = once(db, VictimClearing, ("of", referral_id), lambda: db.exec(query).all())
    return {row.victim_id: row for row in rows}


def cleared(db: Session, referral_id: int) -> list[PanelView]:
    """What the panel may read of each victim, as the victim worker cleared it."""
    texts = clearings(db, referral_id)
    return [_for_the_panel(victim, texts.get(victim.id)) for victim in victims_of(db, referral_id)]


def _for_the_panel(victim: Victim, text: VictimClearing | None) -> PanelView:
    title = f"Victim {victim.place}"
    if victim.objects_to_sharing:
        return PanelView(title, OBJECTED)
    if text is None:
        return PanelView(title, words(victim.view if victim.view is View.DECLINED else View.NOT_YET))
    return PanelView(
        title,
        words(text.view),
        text.text,
        "" if text.justice_answer is None else JUSTICE[text.justice_answer],
        text.reparation,
    )


def read_then(db: Session, numbers: Sequence[int]) -> dict[int, PanelView]:
    """What a panel read when it decided, by the number of the clearing; hidden where they object since."""
    query = select(VictimClearing, Victim).join(Victim, col(Victim.id) == VictimClearing.victim_id)
    found = db.exec(query.where(col(VictimClearing.id).in_(numbers))).all() if numbers else []
    return {text.id: _for_the_panel(victim, text) for text, victim in found}


JUSTICE = {
    Answer.YES: "Would take part in restorative justice.",
    Answer.NO: "Does not want restorative justice.",
    Answer.LATER: "Was offered restorative justice and has not answered yet.",
}


def is_dealt_with(victim: Victim, text: VictimClearing | None) -> bool:
    """Whether a panel may go ahead as far as this victim is concerned (VIC-2, VIC-10)."""
    if victim.objects_to_sharing:
        return True
    is_cleared = text is not None and text.view is victim.view and victim.view is not View.NOT_YET
    needs_plan = victim.same_household and not victim.safety_plan.strip()
    return (is_cleared or victim.view is View.DECLINED) and not needs_plan


def view_of(db: Session, referral: Referral) -> View:
    """Where asking the victims stands, for the rules of the case: not yet while one of them waits."""
    return _view(victims_of(db, referral.id), clearings(db, referral.id))


def views_of(db: Session, referral_ids: Collection[int]) -> dict[int, View]:
    """Where asking the victims stands in each of these cases, in two questions."""
    victims: dict[int, list[Victim]] = {number: [] for number in referral_ids}
    of_these = col(Victim.referral_id).in_(referral_ids)
    for victim in db.exec(select(Victim).where(of_these).order_by(col(Victim.place))):
        victims[victim.referral_id].append(victim)
    query = select(VictimClearing).join(Victim, col(Victim.id) == VictimClearing.victim_id).where(of_these)
    texts = {row.victim_id: row for row in db.exec(query.order_by(col(VictimClearing.id)))}
    return {number: _view(found, texts) for number, found in victims.items()}


def _view(victims: Sequence[Victim], texts: Mapping[int, VictimClearing]) -> View:
    if not victims or not all(is_dealt_with(v, texts.get(v.id)) for v in victims):
        return View.NOT_YET
    heard = [victim.view for victim in victims if victim.view is not View.NOT_YET]
    return View.GIVEN if View.GIVEN in heard else [*heard, View.NOT_SOUGHT][0]


def wishes_known(db: Session, referral: Referral) -> bool:
    """Whether everybody who gave a view was asked what they wish by way of reparation (CON-8)."""
    return not any(_never_said(victim) for victim in victims_of(db, referral.id))


def _never_said(victim: Victim) -> bool:
    heard = victim.view is View.GIVEN and not victim.objects_to_sharing
    return heard and victim.wants_reparation is None


def agrees_at_home(db: Session, referral: Referral) -> bool:
    """Whether a victim lives with the child and every such victim agrees to reparation there (VIC-10)."""
    return agree_at_home(victims_of(db, referral.id))


def told_by(victims: Sequence[Victim], referral: Referral, actor: Actor) -> list[Victim]:
    """What an officer typed, for that officer and only until the YOT has it."""
    if referral.referred_by_id != actor.id or referral.status not in WITH_THE_OFFICER:
        return []
    return [v for v in victims if v.told_by_id == actor.id and not v.taken_up]


def names_of(db: Session, ids: set[int]) -> dict[int, str]:
    """The names of the people who wrote something."""
    return {int(i): str(name) for i, name in db.exec(select(User.id, User.name).where(col(User.id).in_(ids)))}
