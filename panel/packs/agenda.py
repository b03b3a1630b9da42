"""The papers of all cases of a meeting, in a fixed number of questions however many cases there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, and_, col, func, select

from panel.access import Actor
from panel.children.models import Child
from panel.history.models import Event
from panel.history.record import case_chain
from panel.meetings.models import AgendaItem, Meeting
from panel.packs.manifest import sha256_of
from panel.packs.models import Pack
from panel.referrals.conflicts import shut_out
from panel.referrals.models import Referral
from panel.referrals.queries import scope

# What is written in a case without changing its papers: reading, taking positions, publishing itself.
WITHOUT_CHANGE = ("case.read_papers", "case.position", "case.publish_papers", "case.list", "case.decide")


@dataclass(frozen=True)
class CasePapers:
    """One case of the agenda with its newest papers; `shut_out` when its reader has a conflict in it."""

    place: int
    referral: Referral
    child_name: str
    pack: Pack | None
    shut_out: bool
    finished: bool

    @property
    def shown(self) -> Pack | None:
        """The papers, for a reader without a conflict."""
        return None if self.shut_out else self.pack


def papers_of(db: Session, actor: Actor, meeting: Meeting) -> list[CasePapers]:
    """The cases of a meeting in their order, as far as the person may see them."""
    newest = (
        select(func.max(Pack.number))
        .where(col(Pack.referral_id) == AgendaItem.referral_id, col(Pack.meeting_id) == AgendaItem.meeting_id)
        .correlate(AgendaItem)
        .scalar_subquery()
    )
    of_item = and_(col(Pack.referral_id) == AgendaItem.referral_id, col(Pack.number) == newest)
    shown: Any = (AgendaItem, Referral, Child, Pack, shut_out(actor.id))
    query = (
        select(*shown)
        .join(Referral, col(Referral.id) == AgendaItem.referral_id)
        .join(Child, col(Child.id) == Referral.child_id)
        .outerjoin(Pack, of_item)
        .where(AgendaItem.meeting_id == meeting.id, scope(actor))
        .order_by(col(AgendaItem.place), col(AgendaItem.id))
    )
    return [
        CasePapers(place, referral, child.name, pack, bool(shut), item.finished_at is not None)
        for place, (item, referral, child, pack, shut) in enumerate(db.exec(query), 1)
    ]


def written_since(db: Session, found: Sequence[CasePapers]) -> frozenset[int]:
    """The waiting cases in which something was written after their papers were made."""
    waiting = {case_chain(one.referral.id): one for one in found if one.shown and not one.finished}
    if not waiting:
        return frozenset()
    query = (
        select(Event.chain, func.max(Event.at))
        .where(col(Event.chain).in_(waiting), col(Event.verb).not_in(WITHOUT_CHANGE))
        .group_by(col(Event.chain))
    )
    return frozenset(
        waiting[chain].referral.id
        for chain, at in db.exec(query)
        if (pack := waiting[chain].pack) is not None and at > pack.made_at
    )


def digest_of(found: Sequence[CasePapers]) -> str:
    """One digest over the papers of all cases, in the order of the agenda."""
    papers = [[one.referral.reference, one.shown.number, one.shown.digest] for one in found if one.shown]
    return sha256_of(papers)
