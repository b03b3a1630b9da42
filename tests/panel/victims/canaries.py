"""Every text about a victim replaced by a word that stands nowhere else, and a walk through all pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from sqlalchemy import Engine, String, Table, event, inspect, text, update
from sqlmodel import Session, SQLModel, col, select
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from panel.cases.queries import LIST_WORDS
from panel.columns import Word
from panel.db import transaction
from panel.documents.models import Document
from panel.meetings.models import Meeting
from panel.referrals.models import Referral
from panel.victims.feedback_models import VictimFeedback
from panel.victims.models import Victim, VictimLetter, VictimUpdate
from panel.web import PanelApp
from tests.panel.documents.disposal_papers import text_of
from tests.support.assessed import enter
from tests.support.world import NOW, PEOPLE, World
from workflows.assessment_parts import BY_KEY, JUDGED, Screen
from workflows.case import Status
from workflows.codes import CodeList
from workflows.victim import Happened, Recipient

TOKEN = re.compile(r"Zq([A-Za-z]+?)q(\d+)q", re.IGNORECASE)
OPEN_TO_ALL = ("static", "healthz", "readyz", "accounts.sign_in", "home.accessibility", "api.openapi")
LISTS = ("open", "mine", "sent", "late", "all", *LIST_WORDS)
TABLES = [t for name, t in sorted(SQLModel.metadata.tables.items()) if name.split("_")[0] == "victim"]


def texts(table: Table) -> list[str]:
    """The columns of a table into which people type."""
    return [c.name for c in table.columns if isinstance(c.type, String) and not isinstance(c.type, Word)]


# What may stand for a word in an address; a new kind of word has to be named here, or the walk stops.
WORDS: dict[str, list[str]] = {
    "happened": [word.value for word in Happened],
    "code": ["other"],
    "key": list(BY_KEY),
    "kind": [screen.value for screen in Screen],
    "list": [kind.value for kind in CodeList],
    "name": list(JUDGED),
    "token": ["1"],
    "standard": ["1.1", "3.1"],
    "question": ["3.1.1"],
    "metric": ["M1", "M16", "M27"],
    "side": ["failing", "passing", "excluded"],
    "extract": ["1"],
    "check": ["ethnicity_missing", "victim_missing"],
}
FIELDS = [(table.name, column) for table in TABLES for column in texts(table)]


def token(table: str, column: str, row: int) -> str:
    """The word that stands in this field of this row and nowhere else."""
    letters = "".join(part.title() for part in f"{table}_{column}".split("_"))
    return f"Zq{letters}q{row}q"


def plant(db: Session) -> None:
    """Put its own word into every text field of every row about a victim."""
    db.flush()
    for table in TABLES:
        for (row,) in db.execute(select(table.c.id)).all():
            words = {column: token(table.name, column, row) for column in texts(table)}
            if words:
                db.execute(update(table).where(table.c.id == row).values(**words))
    db.expire_all()


def written(db: Session, world: World) -> None:
    """A letter to a victim and what one thinks of it at the end: rows that are written with their words."""
    told = db.exec(select(VictimUpdate).where(VictimUpdate.happened == Happened.GIVEN)).first()
    paper = db.exec(select(Document)).first()
    assert told is not None
    assert paper is not None
    same = {"id": 1, "by_id": world.users["victim_worker"], "at": NOW}
    more: dict[type[SQLModel], dict[str, object]] = {
        VictimLetter: {"update_id": told.id, "number": 1, "recipient": Recipient.VICTIM},
        VictimFeedback: {"victim_id": told.victim_id, "answers": [], "given_on": NOW.date()},
    }
    more[VictimLetter]["document_id"] = paper.id
    for model, values in more.items():
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        db.add(model(**same, **values, **{name: token(table.name, name, 1) for name in texts(table)}))
    db.flush()


def found(answer: str) -> set[str]:
    """The planted words in a text, however they are written."""
    return {match.group() for match in TOKEN.finditer(answer)}


@dataclass(frozen=True)
class Sighting:
    """Planted words on one page that one person opened."""

    who: str
    endpoint: str
    path: str
    words: frozenset[str]


@dataclass(frozen=True)
class Place:
    """What stands in the addresses of the pages of the invented district."""

    cases: dict[str, tuple[str, list[int]]]
    meetings: list[str]


def places(engine: Engine) -> Place:
    """The cases with their state and papers, the meetings and the accounts."""
    with Session(engine) as db:
        papers: dict[int, list[int]] = {}
        for case, number in db.exec(select(Document.referral_id, Document.number)):
            papers.setdefault(case, []).append(number)
        cases = {r.reference: (r.status.value, papers.get(r.id, [])) for r in db.exec(select(Referral))}
        return Place(cases, list(db.exec(select(Meeting.reference))))


def addresses(app: PanelApp, rule: Rule, there: Place) -> Iterator[str]:
    """Every address of a route, for everything that there is."""
    if rule.endpoint == "cases.document":
        for reference, (_, numbers) in there.cases.items():
            yield from (f"/cases/{reference}/documents/{number}" for number in numbers)
        return
    names = sorted(rule._converters)
    for chosen in product(*(_values(rule, name, there) for name in names)):
        values: dict[str, Any] = dict(zip(names, chosen, strict=True))
        yield app.url_map.bind("localhost").build(rule.endpoint, (rule.defaults or {}) | values)


def _values(rule: Rule, name: str, there: Place) -> list[Any]:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    if name == "reference":
        return there.meetings if rule.rule.startswith("/meetings") else list(there.cases)
    if isinstance(converter, IntegerConverter):
        return [1, 2, 3]
    other = {"/codes": "list", "/data-quality": "check"}
    return WORDS[next((kind for start, kind in other.items() if rule.rule.startswith(start)), name)]


def pages(app: PanelApp, who: str, there: Place) -> Iterator[tuple[str, str]]:
    """Every page that this person's role may open, with its endpoint, and every list of cases."""
    role = PEOPLE[who][2]
    for rule in app.url_map.iter_rules():
        gate = app.gates[rule.endpoint]
        if "GET" in (rule.methods or ()) and rule.endpoint not in OPEN_TO_ALL and role in gate.read:
            yield from ((rule.endpoint, path) for path in addresses(app, rule, there))
    if role in app.gates["cases.index"].read:
        yield from (("cases.index", f"/cases?list={name}") for name in LISTS)


def walk(app: PanelApp, who: str, opened: Iterable[tuple[str, str]]) -> Iterator[Sighting]:
    """Open these pages as one person, and tell where planted words stand."""
    visitor = enter(app, who)
    for endpoint, path in opened:
        response = visitor.client.get(path)
        assert response.status_code < 500, (who, path)
        data = response.get_data()
        is_pdf = response.mimetype == "application/pdf"
        says = words_of(data) if is_pdf else data.decode(errors="replace")
        if words := found(f"{says} {response.headers}"):
            yield Sighting(who, endpoint, path, frozenset(words))


words_of = cache(text_of)


def elsewhere(engine: Engine) -> list[tuple[str, str]]:
    """Planted words in tables that are not about victims: history, access log, tasks, jobs, documents."""
    seen = []
    with engine.connect() as connection:
        for name in inspect(engine).get_table_names():
            if name.split("_")[0] != "victim":
                rows = connection.execute(text(f'SELECT * FROM "{name}"'))
                seen += [(name, word) for row in rows for word in found(str(tuple(row)))]
    return seen


def unhurried(engine: Engine) -> None:
    """Let SQLite not wait for the disk: thousands of pages are opened, and each writes the access log."""
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))


def objecting(engine: Engine) -> set[int]:
    """The victims who object, whose words may stand nowhere at all."""
    with transaction(engine) as db:
        return set(db.exec(select(Victim.id).where(col(Victim.objects_to_sharing))))


def before_sending(there: Place) -> set[str]:
    """The cases whose victims the officer is still writing down."""
    return {r for r, (state, _) in there.cases.items() if state in (Status.DRAFT, Status.SENT_BACK)}
