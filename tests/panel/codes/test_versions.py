"""Versions of code lists: the day of the event picks one, and what was loaded never changes."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.codes import actions, queries
from panel.codes.commands import LoadDetails
from panel.codes.models import CodeRow, CodeVersion
from panel.codes.reading import read
from panel.codes.table import as_csv
from panel.db import transaction
from panel.history.models import Event
from tests.support.world import NOW, TODAY, World
from workflows.codes import CodeList
from workflows.flow import Refused
from workflows.vocabulary import Outcome

OFFENCES = CodeList.OFFENCES
DAY = date(2026, 12, 1)
BEFORE = date(2026, 11, 30)


def load(db: Session, name: str, text: str, since: date, kind: CodeList = OFFENCES) -> CodeVersion:
    """Load a list as an operator."""
    details = LoadDetails(name=name, in_force_from=since)
    return actions.load(db, read(kind, text.encode()), details, by=actions.OPERATOR, at=NOW)


def test_each_list_has_its_invented_default_from_the_beginning_and_gets_it_once(engine: Engine) -> None:
    assert actions.load_defaults(engine, at=NOW) == []
    with Session(engine) as db:
        found = queries.versions(db)
        assert {version.kind for version in found} == set(CodeList)
        assert {version.kind: version.name for version in found} == actions.DEFAULT_NAMES
        for version in found:
            assert version.size == len(queries.rows_of(db, version.id))


def test_a_new_version_counts_from_its_first_day_on(engine: Engine) -> None:
    with transaction(engine) as db:
        load(db, "2026", "code,title,mode\nZD71001,Damage,summary\n", DAY)
        old = queries.entry(db, OFFENCES, "ZD71001", BEFORE)
        new = queries.entry(db, OFFENCES, "ZD71001", DAY)
        assert old is not None
        assert new is not None
        assert (old.title, new.title) == ("Criminal damage", "Damage")
        assert (queries.mode_of(old), queries.mode_of(new)) == ("either_way", "summary")
        assert queries.entry(db, OFFENCES, "ZA88001", DAY) is None
        assert queries.version_on(db, OFFENCES, date(1999, 12, 31)) is None


def test_of_two_versions_with_one_first_day_the_later_load_counts(engine: Engine) -> None:
    with transaction(engine) as db:
        load(db, "with a slip", "code,title,mode\nZD71001,Damadge,summary\n", DAY)
        load(db, "put right", "code,title,mode\nZD71001,Damage,summary\n", DAY)
        found = queries.entry(db, OFFENCES, "ZD71001", DAY)
        assert found is not None
        assert found.title == "Damage"


def test_a_file_with_one_fault_leaves_nothing_behind(engine: Engine) -> None:
    text = "code,title,mode\nZD71001,Damage,summary\nZD71002,Damage,never\n"
    with transaction(engine) as db, pytest.raises(Refused, match="row 3, mode"):
        load(db, "half", text, DAY)
    with Session(engine) as db:
        assert len(queries.versions(db)) == len(CodeList)


def test_a_name_is_used_once(engine: Engine) -> None:
    text = "code,title,mode\nZD71001,Damage,summary\n"
    with transaction(engine) as db:
        load(db, "A", text, DAY)
        with pytest.raises(Refused, match="already"):
            load(db, "A", text, DAY)


def test_five_thousand_offences_are_loaded_and_found(engine: Engine) -> None:
    rows = "".join(f"ZD{n:05},Offence number {n},summary\n" for n in range(5000))
    with transaction(engine) as db:
        version = load(db, "long", f"code,title,mode\n{rows}", DAY)
        assert version.size == 5000
        count, best = queries.search(db, "offence number 4321", DAY)
        assert (count, best[0].code) == (1, "ZD04321")
        count, best = queries.search(db, "offence", DAY)
        assert (count, len(best)) == (5000, queries.MOST_SHOWN)


def test_a_version_that_is_downloaded_can_be_loaded_again_as_it_is(engine: Engine) -> None:
    with Session(engine) as db:
        for version in queries.versions(db):
            again = read(version.kind, as_csv(version.kind, queries.rows_of(db, version.id)))
            rows = queries.rows_of(db, version.id)
            assert again.problems == ()
            assert [(e.part, e.code, e.title, dict(e.details)) for e in again.entries] == [
                (row.part, row.code, row.title, row.details) for row in rows
            ]


def test_what_an_administrator_loads_is_in_a_history_of_its_own(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        reading = read(OFFENCES, b"code,title,mode\nZD71001,Damage,summary\n")
        details = LoadDetails(name="Force", in_force_from=DAY)
        upload = actions.keep(db, OFFENCES, details, b"old", by=world.actor("admin"), at=NOW)
        again = actions.keep(db, OFFENCES, details, b"new", by=world.actor("admin"), at=NOW)
        assert queries.upload(db, again.id, world.users["admin"]).content == b"new"
        version = actions.load(db, reading, details, by=world.actor("admin"), at=NOW)
        assert version.loaded_by == "Ed Stone (Administrator)"
        (event,) = db.exec(select(Event).where(Event.chain == "codes:offences"))
        assert event.facts["rows"] == "1"
        assert upload.name == again.name


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("criminal damage", "ZD71001"),
        ("DAMAGE criminal", "ZD71001"),
        ("zd71001", "ZD71001"),
        ("ZD 71001", "ZD71001"),
        ("ZD7100", "ZD71003"),
        ("damag", "ZD71001"),
        ("take vehicle", "ZT68013"),
        ("common assault", "ZA88001"),
        ("assault", "ZA61047"),
        ("owner's consent", "ZT68012"),
    ],
)
def test_offences_are_found_by_words_in_any_order_or_by_code(
    sqlite_engine: Engine, words: str, first: str
) -> None:
    with Session(sqlite_engine) as db:
        count, found = queries.search(db, words, TODAY)
        assert count == len(found) >= 1
        assert found[0].code == first


def test_what_begins_with_the_words_comes_first(sqlite_engine: Engine) -> None:
    with Session(sqlite_engine) as db:
        _, found = queries.search(db, "sexual assault", TODAY)
        assert found[0].title == "Sexual assault"
        _, found = queries.search(db, "assault", TODAY)
        titles = [row.title for row in found]
        ahead = [title.startswith("Assault") for title in titles]
        assert ahead == sorted(ahead, reverse=True)
        assert any(not begins for begins in ahead)


@pytest.mark.parametrize(
    "words", ["", "   ", "%", "_", "flying saucer", "%%%", "'; drop table code_row", "ß"]
)
def test_signs_that_mean_something_to_a_database_find_nothing(sqlite_engine: Engine, words: str) -> None:
    with Session(sqlite_engine) as db:
        assert queries.search(db, words, TODAY) == (0, [])


def test_the_panels_outcomes_have_their_home_office_codes(sqlite_engine: Engine) -> None:
    with Session(sqlite_engine) as db:
        assert queries.home_office_codes(db, TODAY) == {
            Outcome.CHARGE: "1",
            Outcome.YC: "2",
            Outcome.YCC: "2",
            Outcome.CR: "8",
            Outcome.NFA: "21",
            Outcome.O22: "22",
            Outcome.O22_DEFERRED: "22",
            Outcome.O23: "23",
        }


def test_an_older_ethnicity_code_stands_for_the_one_that_replaced_it(sqlite_engine: Engine) -> None:
    with Session(sqlite_engine) as db:
        offered = queries.ethnicities(db, TODAY)
        assert len(offered) == 19
        assert "O1" not in offered
        codes = ("o1", "A4", " w1", "ZZ", "")
        assert [queries.ethnicity_code(db, code, TODAY) for code in codes] == ["A4", "A4", "W1", None, None]
        assert queries.ethnicity_words(db, "M1", TODAY) == "M1, Mixed: White and Black Caribbean"
        assert queries.ethnicity_words(db, "", TODAY) == ""


def test_the_matrix_of_a_day_brings_its_own_scale_factors_and_base_score(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        rows = "\n".join(
            [
                "part,key,words,value",
                *("limit,lowest,,1", "limit,highest,,4", "limit,lower_by,,1", "limit,raise_by,,1"),
                *(f"presumption,{score},,youth_caution" for score in range(1, 5)),
                *("score,ZD71001,,4", "score,ZA88001,,1"),
            ]
        )
        load(db, "ACPO 2013", rows, date(2013, 4, 8), CodeList.GRAVITY)
        load(db, "later", rows.replace("score,ZD71001,,4", "score,ZD71001,,3"), DAY, CodeList.GRAVITY)
        now, later = (queries.matrix_on(db, day, "ZD71001") for day in (BEFORE, DAY))
        assert now is not None
        assert later is not None
        assert (now.name, now.highest, now.listed, now.factors) == ("ACPO 2013", 4, 4, ())
        assert (later.name, later.listed) == ("later", 3)
        unknown = queries.matrix_on(db, DAY, "ZZ99999")
        assert unknown is not None
        assert unknown.listed is None
        assert queries.matrix_on(db, date(1999, 1, 1), "ZD71001") is None


def test_the_rows_of_a_version_stand_in_the_order_of_its_file(sqlite_engine: Engine) -> None:
    with Session(sqlite_engine) as db:
        version = queries.version_on(db, CodeList.ETHNICITY, TODAY)
        assert version is not None
        first = db.exec(
            select(CodeRow.code).where(CodeRow.version_id == version.id).order_by(col(CodeRow.id))
        )
        assert first.first() == queries.rows_of(db, version.id)[0].code == "W1"
