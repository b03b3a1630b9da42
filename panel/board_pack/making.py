"""Making a pack from the data, writing its words, and publishing it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from config.policy import number as policy
from panel.access import Actor
from panel.accounts.models import Area
from panel.board_pack import commands as c
from panel.board_pack.disparity import period_words, year_of
from panel.board_pack.facts import Scope
from panel.board_pack.figures import RATES, Figure, figures
from panel.board_pack.models import BoardPack, BoardPackVersion
from panel.board_pack.queries import (
    actions_of,
    by_key,
    first_of_period,
    pack_chain,
    published,
    quarter_of,
    versions,
    words_of,
)
from panel.board_pack.sentences import decisions, front, two
from panel.board_pack.showing import Known, for_board
from panel.children.models import Child
from panel.errors import expect_version
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.references import new_reference
from panel.referrals.models import Referral
from workflows.board_pack import MOST_DECISIONS, SENTENCES, PackFacts, kept_words, refusals
from workflows.calendar import long_date, today_in_london
from workflows.flow import Refused
from workflows.masking import Known as KnownName
from workflows.masking import tells
from workflows.quarters import Quarter
from workflows.vocabulary import words

YEAR_AGO = 4


def make(db: Session, area_id: int, quarter: Quarter, *, by: Actor, at: datetime) -> BoardPack:
    """Count everything anew and draft the words; what a person wrote stays."""
    today = today_in_london(at)
    pack = _locked(db, area_id, quarter)
    if pack is None:
        pack = BoardPack(
            reference=new_reference("BP"),
            area_id=area_id,
            quarter=quarter.key,
            made_on=today,
            made_by_id=by.id,
            changed_at=at,
        )
    pack.figures = figures(db, Scope(area_id, quarter, today))
    anew = draft_words(db, pack)
    pack.words = _kept(pack.words, pack.drafted, anew)
    pack.drafted = anew
    pack.made_on, pack.made_by_id, pack.changed_at = today, by.id, at
    db.add(pack)
    db.flush()
    note(db, "board_pack.make", chain=pack_chain(pack.id), by=by, at=at, facts={"quarter": quarter.words})
    log_access(db, Operation.ALTERATION, pack_chain(pack.id), by=by, at=at, page="board_pack.make")
    return pack


def _locked(db: Session, area_id: int, quarter: Quarter) -> BoardPack | None:
    # The row of the area stands in for the pack while there is none, so that two people make one.
    db.exec(select(Area.id).where(Area.id == area_id).with_for_update()).one()
    query = select(BoardPack).where(BoardPack.area_id == area_id, BoardPack.quarter == quarter.key)
    return db.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def _kept(written: Mapping[str, Any], drafted: Mapping[str, Any], anew: Mapping[str, Any]) -> dict[str, Any]:
    """By slot: the text of a person where there is one, else the new draft."""
    if not written:
        return dict(anew)
    kept: dict[str, Any] = {}
    for name in ("sentences", "decisions"):
        rows = zip(written[name], drafted[name], anew[name], strict=True)
        kept[name] = [kept_words(*row) for row in rows]
    kept["texts"] = {
        key: kept_words(written["texts"].get(key, ""), drafted["texts"].get(key, ""), text)
        for key, text in anew["texts"].items()
    }
    return kept


def draft_words(db: Session, pack: BoardPack) -> dict[str, Any]:
    """What the numbers say that the board may see."""
    quarter = quarter_of(pack)
    says, shown = words_of(quarter), shown_figures(db, pack)
    before = published(db, pack.area_id, quarter.moved(-1))
    return {
        "sentences": _slots(front(shown, before, says), SENTENCES),
        "decisions": _slots(decisions(shown, says), MOST_DECISIONS),
        "texts": {one["key"]: two(one, before, says[one["key"]]) for one in shown},
    }


def _slots(texts: list[str], most: int) -> list[str]:
    return [*texts[:most], *[""] * (most - len(texts))]


def shown_figures(db: Session, pack: BoardPack) -> list[Figure]:
    """The figures of a draft as the board would read them."""
    quarter = quarter_of(pack)
    told = [by_key(one.content) for one in versions(db, pack.id)] if pack.id else []
    known = Known(
        versions=told,
        year=first_of_period(db, pack.area_id, RATES, period_words(year_of(quarter.last))),
        year_ago=published(db, pack.area_id, quarter.moved(-YEAR_AGO)).get("outcomes"),
    )
    return for_board(pack.figures, known, policy("small_number_threshold", pack.made_on))


def write_front(
    db: Session, pack: BoardPack, command: c.Front, *, seen: int | None, by: Actor, at: datetime
) -> None:
    """Keep the sentences and the decisions of the first page."""
    expect_version(pack, seen, {"sentences": pack.words["sentences"], "decisions": pack.words["decisions"]})
    more = {"sentences": list(command.sentences), "decisions": list(command.decisions)}
    _write(db, pack, pack.words | more, by=by, at=at)


def write_text(
    db: Session, pack: BoardPack, key: str, command: c.Text2, *, seen: int | None, by: Actor, at: datetime
) -> None:
    """Keep the two sentences under a figure."""
    expect_version(pack, seen, {"text": pack.words["texts"].get(key, "")})
    _write(db, pack, pack.words | {"texts": pack.words["texts"] | {key: command.text}}, by=by, at=at)


def _write(db: Session, pack: BoardPack, texts: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    pack.words, pack.changed_at = dict(texts), at
    db.add(pack)
    note(db, "board_pack.write", chain=pack_chain(pack.id), by=by, at=at)
    log_access(db, Operation.ALTERATION, pack_chain(pack.id), by=by, at=at, page="board_pack.write")
    db.flush()


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
        .where(Referral.area_id == area_id, col(Referral.given_on).between(quarter.first, quarter.last))
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
    return {
        "area": area,
        "quarter": quarter.key,
        "period": quarter.words,
        "counted_on": long_date(pack.made_on),
        "least": policy("small_number_threshold", pack.made_on),
        "sentences": [one for one in said["sentences"] if one],
        "decisions": [one for one in said["decisions"] if one],
        "figures": [one | {"text": said["texts"].get(one["key"], "")} for one in shown_figures(db, pack)],
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
    return made
