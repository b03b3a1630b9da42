"""Making a pack from the data, and writing its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from config.policy import number as policy
from panel.access import Actor
from panel.accounts.models import Area
from panel.board_pack import commands as c
from panel.board_pack import looking_back
from panel.board_pack.disparity import period_words, year_of
from panel.board_pack.facts import Scope
from panel.board_pack.figures import RATES, Figure, figures
from panel.board_pack.looking_back import added_up, numbers_shown, past_for_board, together_for_board
from panel.board_pack.models import BoardPack
from panel.board_pack.pages import everything
from panel.board_pack.queries import pack_chain, quarter_of, words_of
from panel.board_pack.sentences import TOO_SMALL, decisions, front, of_year, two
from panel.board_pack.showing import Known, for_board
from panel.board_pack.told import by_key
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
    scope = Scope(area_id, quarter, today)
    pack.figures, pack.past = figures(db, scope), looking_back.past(db, scope)
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
    says, found = words_of(quarter), shown(db, pack)
    before, year = by_key(found.past.get(quarter.moved(-1).key, ())), by_key(found.together)
    texts = {one["key"]: two(one, before, says[one["key"]]) for one in found.figures}
    for key in [key for key, text in texts.items() if text == TOO_SMALL and key in year]:
        texts[key] = f"By quarter they cannot be shown. {of_year(year[key], says[key])}"
    return {
        "sentences": _slots(front(found.figures, before, says, found.together), SENTENCES),
        "decisions": _slots(decisions(found.figures, says), MOST_DECISIONS),
        "texts": texts,
    }


def _slots(texts: list[str], most: int) -> list[str]:
    return [*texts[:most], *[""] * (most - len(texts))]


@dataclass(frozen=True)
class Shown:
    """A draft as the board would read it: the quarter, those before it, and four quarters together."""

    figures: list[Figure]
    past: dict[str, list[Figure]]
    together: list[Figure]


def shown(db: Session, pack: BoardPack) -> Shown:
    """The figures of a draft as the board would read them."""
    quarter, least = quarter_of(pack), policy("small_number_threshold", pack.made_on)
    known = everything(db, pack.area_id, on=pack.made_on, least=least)
    past = past_for_board(pack.past, known, least)
    ago = quarter.moved(-YEAR_AGO)
    year_ago = by_key(past[ago.key]) if ago.key in past else known.last(ago)
    knows = Known(
        versions=known.of(quarter),
        year=known.year(RATES, period_words(year_of(quarter.last))),
        year_ago=year_ago.get("outcomes"),
        hidden=added_up(quarter, known),
        numbers=known.numbers(quarter),
        ago=[*known.numbers(ago), *numbers_shown(past.get(ago.key, ()))],
    )
    figures = for_board(pack.figures, knows, least)
    counted, seen = {**pack.past, quarter.key: pack.figures}, {**past, quarter.key: figures}
    return Shown(figures, past, together_for_board(counted, seen, quarter.last, known, least))


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
