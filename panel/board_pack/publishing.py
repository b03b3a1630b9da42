"""Publishing a pack: the rules, what the board reads, and the version that nobody changes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from config.policy import number as policy
from panel.access import Actor
from panel.accounts.models import Area
from panel.accounts.queries import holders_of
from panel.board_pack.facts import begins
from panel.board_pack.making import shown
from panel.board_pack.models import BoardPack, BoardPackVersion
from panel.board_pack.pages import to_keep
from panel.board_pack.queries import actions_of, pack_chain, pack_path, quarter_of, versions
from panel.board_pack.told import told
from panel.children.models import Child
from panel.db import write_along
from panel.errors import expect_version
from panel.gap.board import taken as gap_taken
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.metrics.pinned import GAP, METRICS, TOLD, pin, taken
from panel.notifications.actions import finish_key, finish_path, notify
from panel.notifications.models import Why
from panel.referrals.models import Referral
from workflows.board_pack import PackFacts, refusals
from workflows.calendar import long_date, today_in_london
from workflows.flow import Refused
from workflows.masking import Known as KnownName
from workflows.masking import tells
from workflows.periods import Period
from workflows.quarters import Quarter
from workflows.roles import Role
from workflows.vocabulary import Outcome, words


def facts_of(db: Session, pack: BoardPack, *, at: datetime) -> PackFacts:
    """A draft as the rules of publishing see it."""
    quarter, said = quarter_of(pack), pack.words
    last = versions(db, pack.id)[-1:]
    texts = "\n".join([*said["sentences"], *said["decisions"], *said["texts"].values()])
    return PackFacts(
        today=today_in_london(at),
        last=quarter.last,
        sentences=sum(bool(one) for one in said["sentences"]),
        decisions=sum(bool(one) for one in said["decisions"]),
        # The days of meetings may be named.
        tells=tuple(one for one in tells(texts, _names(db, pack.area_id, quarter)) if one != "date"),
        same=bool(last) and _without_stamp(last[0].content) == _without_stamp(content_of(db, pack)),
    )


def _names(db: Session, area_id: int, quarter: Quarter) -> list[KnownName]:
    """Children whose case was decided or given in the quarter, by their whole names."""
    query = (
        select(Child)
        .join(Referral, col(Referral.child_id) == Child.id)
        .where(
            Referral.area_id == area_id,
            or_(
                col(Referral.given_on).between(quarter.first, quarter.last),
                and_(
                    col(Referral.decided_at) >= begins(quarter.first),
                    col(Referral.decided_at) < begins(quarter.moved(1).first),
                ),
            ),
        )
    )
    return [KnownName("the name of a child", "", child.name, parts=False) for child in db.exec(query)]


def _without_stamp(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "words": [content["sentences"], content["decisions"], content["actions"]],
        "figures": [{**one, "note": ""} for one in content["figures"]],
    }


def content_of(db: Session, pack: BoardPack) -> dict[str, Any]:
    """What the board reads if the draft is published now."""
    quarter, said = quarter_of(pack), pack.words
    area = db.exec(select(Area.name).where(Area.id == pack.area_id)).one()
    found = shown(db, pack)
    return {
        "area": area,
        "quarter": quarter.key,
        "period": quarter.words,
        "counted_on": long_date(pack.made_on),
        "least": policy("small_number_threshold", pack.made_on),
        "sentences": [one for one in said["sentences"] if one],
        "decisions": [one for one in said["decisions"] if one],
        "figures": [one | {"text": said["texts"].get(one["key"], "")} for one in found.figures],
        "past": found.past,
        "together": found.together,
        "actions": [
            {
                "asked": one.asked,
                "owner": one.owner,
                "due_on": long_date(one.due_on),
                "answer": words(one.answer),
                "said": one.said,
            }
            for one in actions_of(db, pack.area_id, until=quarter)
        ],
    }


def digest_of(content: Mapping[str, Any], behind: list[Any]) -> str:
    """SHA-256 over what the board reads and the numbers behind it."""
    text = json.dumps({"content": content, "behind": behind}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def publish(db: Session, pack: BoardPack, *, seen: int | None, by: Actor, at: datetime) -> BoardPackVersion:
    """Pin the pack as it stands: its next version, which nobody can change."""
    expect_version(pack, seen)
    unmet = refusals(facts_of(db, pack, at=at))
    if unmet:
        raise Refused("board_pack", "publish", unmet)
    content = content_of(db, pack)
    made = BoardPackVersion(
        pack_id=pack.id,
        number=len(versions(db, pack.id)) + 1,
        content=content,
        behind=pack.figures,
        digest=digest_of(content, pack.figures),
        by_id=by.id,
        by_words=f"{by.name} ({by.role_words})",
        at=at,
    )
    pack.changed_at = at
    db.add_all([made, pack])
    db.flush()
    facts = {"number": str(made.number), "digest": made.digest}
    note(db, "board_pack.publish", chain=pack_chain(pack.id), by=by, at=at, facts=facts)
    log_access(
        db,
        Operation.DISCLOSURE,
        pack_chain(pack.id),
        by=by,
        at=at,
        page="board_pack.publish",
        recipients="The board",
    )
    _pin(db, pack, at=at)
    _tell_the_board(db, pack, made, by=by, at=at)
    return made


def _pin(db: Session, pack: BoardPack, *, at: datetime) -> None:
    """With the first version, keep what else the board reads of the quarter as it stands today."""
    quarter = quarter_of(pack)
    said = to_keep(told(db, pack.area_id), quarter)
    pin(db, pack.area_id, quarter, TOLD, said, at=at)
    pin(db, pack.area_id, quarter, METRICS, taken(db, pack.area_id, quarter), at=at)
    period = Period(quarter.first, quarter.last)
    if gap := gap_taken(db, pack.area_id, Outcome.CR, period, today=today_in_london(at)):
        # A list may come after the first version: what was told until then is kept with it.
        pin(db, pack.area_id, quarter, GAP, gap | {"told": said}, at=at)


def _tell_the_board(db: Session, pack: BoardPack, made: BoardPackVersion, *, by: Actor, at: datetime) -> None:
    """A task for each board member of the area; what they had not read of an earlier version goes with it."""
    path = pack_path(pack.reference)
    finish_path(db, path, by=by, at=at)
    for user, _ in holders_of(db, pack.area_id, Role.BOARD, today_in_london(at)):
        notify(
            db,
            why=Why.PACK_PUBLISHED,
            area_id=pack.area_id,
            referral_id=None,
            key=_key(pack, made.number, user),
            at=at,
            to_user=user,
            path=path,
        )


def _key(pack: BoardPack, number: int, user: int) -> str:
    return f"{pack.reference}-{Why.PACK_PUBLISHED.value}-{number}-{user}"


def opened(db: Session, pack: BoardPack, number: int, *, by: Actor, at: datetime) -> None:
    """Who has opened a version has nothing more to do about it."""
    if Role.BOARD in by.roles_in(pack.area_id):
        key = _key(pack, number, by.id)
        write_along(db, lambda session: finish_key(session, key, by=by, at=at))
