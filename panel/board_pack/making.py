"""Making a pack from the data, and writing its words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from config.policy import number as policy
from panel.access import Actor
from panel.accounts.models import Area
from panel.board_pack import commands as c
from panel.board_pack.disparity import period_words, year_of
from panel.board_pack.facts import Scope
from panel.board_pack.figures import RATES, Figure, figures
from panel.board_pack.models import BoardPack
from panel.board_pack.queries import (
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
from panel.errors import expect_version
from panel.history.operations import Operation
from panel.history.record import log_access, note
from panel.references import new_reference
from workflows.board_pack import MOST_DECISIONS, SENTENCES, kept_words
from workflows.calendar import today_in_london
from workflows.quarters import Quarter

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
