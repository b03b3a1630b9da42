"""What is known of a victim stands on the pages of the victim worker and nowhere else (E6, A4, N5, X3-X5)."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from config.settings import Settings
from panel.alerts import job
from panel.assessments import asking
from panel.db import open_session, transaction
from panel.decisions.commands import Deferral
from panel.decisions.deferring import defer
from panel.notifications.deliver import compose
from panel.notifications.deliver_counts import compose_digest
from panel.notifications.letters import Letter, compose_letter
from panel.notifications.models import Digest, Notification
from panel.notifications.queries import recipients, reference_of
from panel.packs import contents
from panel.referrals import actions as referrals
from panel.referrals.commands import WithReason
from panel.referrals.models import Referral
from panel.victims import actions, recording
from panel.victims import commands as v
from panel.victims.models import Victim, VictimUpdate
from panel.victims.queries import PanelView, victims_of
from panel.web import PanelApp
from tests.conftest import app_on, settings_for
from tests.panel.assessments.test_sources import MAILBOX
from tests.panel.victims.canaries import (
    FIELDS,
    Place,
    Sighting,
    before_sending,
    elsewhere,
    found,
    objecting,
    pages,
    places,
    plant,
    token,
    unhurried,
    walk,
    written,
)
from tests.support import assessed as stages
from tests.support.databases import open_engine
from tests.support.decided import decided, open_meeting
from tests.support.given import closed, given, notified
from tests.support.world import NOW, PEOPLE, World, build, give_back
from workflows.case import Status
from workflows.victim import Agreement, Happened, Kind

WHY = WithReason(reason="The papers are not complete.")
PUT_OFF = Deferral(code="report_missing", reason="The papers are not complete.")
CHILD = v.Told(
    kind=Kind.PERSON, name="Ivy", speak_with="Ada", phone="01632 960112", under_18=True, same_household=True
)
SHOP = v.Told(kind=Kind.BUSINESS, name="Shop", speak_with="Una", phone="01632 960113")
# What the panel is meant to read, and where.
FOR_THE_PANEL = ("VictimClearingText", "VictimClearingReparation")
MEETS = {
    "victim_worker": "victims.contact",
    "officer": "victims.tell",
    "manager": "packs.print_out",
    "inspector": "packs.meeting_print_out",
}
TYPED_BY_THE_OFFICER = ("victims.tell", "victims.tell_one")


def named(db: Session, world: World, **more: object) -> Referral:
    """A draft with a person and, apart from them, a child of the same household and a business."""
    referral = told(db, world, **more)
    for command in (CHILD, SHOP):
        actions.tell(db, referral, command, by=world.actor("officer"), at=NOW)
    plant(db)
    return referral


def heard(db: Session, world: World, referral: Referral) -> None:
    """All of them are asked, one objects, and every field of all that is kept has its own word."""
    asked(db, world, referral)
    worker = world.actor("victim_worker")
    for victim in victims_of(db, referral.id):
        agreed = v.Consented(agreement=Agreement.PANEL, agreed_on=NOW.date())
        recording.consent(db, referral, victim, agreed, by=worker, at=NOW)
    recording.objects(db, referral, victims_of(db, referral.id)[-1], by=worker, at=NOW)
    plant(db)


def sent_back(db: Session, world: World) -> Referral:
    referral = stages.told(db, world)
    referrals.submit(db, referral, by=world.actor("officer"), at=NOW, overrides={})
    give_back(db, world, referral)
    return referral


def sent(db: Session, world: World) -> Referral:
    referral = stages.told(db, world)
    referrals.submit(db, referral, by=world.actor("officer"), at=NOW, overrides={})
    return referral


def withdrawn(db: Session, world: World) -> Referral:
    referral = stages.assessed(db, world, victim=True)
    referrals.withdraw(db, referral, WHY, by=world.actor("officer"), at=NOW)
    return referral


def chased(db: Session, world: World) -> Referral:
    """Somebody who was asked about the child is reminded by mail."""
    referral = stages.accepted_with_victim(db, world)
    by = world.actor("case_manager")
    asking.keep_contact(db, MAILBOX, None, area_id=referral.area_id)
    asked_first = asking.ask(db, referral, stages.ASKED, by=by, at=NOW)
    for source in asked_first:
        asking.chase(db, referral, source.id, by=by, at=NOW)
    return referral


def deferred(db: Session, world: World) -> Referral:
    referral = open_meeting(db, world, victim=True)
    defer(db, referral, PUT_OFF, by=world.actor("chair"), at=NOW)
    return referral


def with_victims(stage: Callable[..., Referral]) -> Callable[[Session, World], Referral]:
    return lambda db, world: stage(db, world, victim=True)


BUILDERS = (
    lambda db, world: stages.told(db, world),
    sent_back,
    sent,
    chased,
    with_victims(stages.handed_in),
    with_victims(stages.assessed),
    with_victims(open_meeting),
    deferred,
    with_victims(decided),
    with_victims(given),
    with_victims(notified),
    with_victims(closed),
    withdrawn,
)
told, asked = stages.told, stages.asked


@pytest.fixture(scope="module")
def district(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, World]]:
    """A case in each state, its victims' fields full of planted words from the first draft on."""
    path = tmp_path_factory.mktemp("canaries") / "panel.db"
    shutil.copy(sqlite_template, path)
    with open_engine(f"sqlite:///{path}") as engine, pytest.MonkeyPatch.context() as patch:
        unhurried(engine)
        patch.setattr(stages, "told", named)
        patch.setattr(stages, "asked", heard)
        with transaction(engine) as db:
            world = build(db)
            for builder in BUILDERS:
                builder(db, world)
            for update in db.exec(select(VictimUpdate).where(VictimUpdate.happened == Happened.DECIDED)):
                update.told_on = NOW.date()
            plant(db)
            written(db, world)
        job.run(engine, (NOW + timedelta(days=14)).date(), at=NOW)
        yield engine, world


@pytest.fixture
def app(
    district: tuple[Engine, World], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PanelApp]:
    monkeypatch.setattr("panel.clock.now", lambda: NOW + timedelta(hours=3))
    yield from app_on(district[0], data_dir)


@pytest.fixture
def there(district: tuple[Engine, World]) -> Place:
    return places(district[0])


def is_for_the_panel(word: str) -> bool:
    """Whether the victim worker cleared it for the panel to read."""
    return word.startswith(tuple(f"Zq{name}q" for name in FOR_THE_PANEL))


def astray(sighting: Sighting, there: Place, hidden: set[int]) -> set[str]:
    """The words of a page that do not belong there."""
    words = set(sighting.words)
    if sighting.who == "victim_worker" and sighting.endpoint.startswith("victims."):
        return {
            word for word in words if word.startswith("ZqVictimName") and int(word.split("q")[-2]) in hidden
        }
    if sighting.endpoint.startswith(("decisions.", "packs.", "rulings.record", "rulings.pdf")):
        return {word for word in words if not is_for_the_panel(word)}
    mine = sighting.who == "officer" and sighting.endpoint in TYPED_BY_THE_OFFICER
    if mine and sighting.path.split("/")[2] in before_sending(there):
        return set()
    return words


def _worth_it(endpoint: str, path: str, there: Place) -> bool:
    """The pages about victims and of an assessment are alike in most states: a few are enough."""
    states = ENOUGH.get(endpoint.split(".")[0])
    some = {r for r, (state, _) in there.cases.items() if states is None or state in states}
    of_no_case = path.count("/") < 2 or path.startswith("/meetings/")
    return states is None or of_no_case or not some.isdisjoint(path.split("/"))


ENOUGH = {
    "victims": ("listed", "given", "withdrawn"),
    "assessments": ("accepted", "listed"),
    "packs": ("listed", "decided"),
}


# Who sees the same pages as somebody else, or hardly any: they try only the cases of these states.
ALIKE = {"chair": ("listed", "decided"), "other_officer": ("decided",), "other_case_manager": ("decided",)}
LEFT_OUT = ("far_officer", "far_case_manager")


@pytest.mark.parametrize("who", [key for key in PEOPLE if key not in LEFT_OUT])
def test_no_page_holds_a_word_about_a_victim_that_does_not_belong_there(
    app: PanelApp, district: tuple[Engine, World], there: Place, who: str
) -> None:
    states = ALIKE.get(who) or tuple(Status)
    some = Place({r: case for r, case in there.cases.items() if case[0] in states}, there.meetings)
    hidden = objecting(district[0])
    opened = [
        (endpoint, path)
        for endpoint, path in pages(app, who, some)
        if (who != "victim_worker" and endpoint.startswith("victims.")) or _worth_it(endpoint, path, there)
    ]
    seen = list(walk(app, who, opened))
    assert {(s.path, word) for s in seen for word in astray(s, there, hidden)} == set()
    met = {s.endpoint for s in seen}
    assert who not in MEETS or MEETS[who] in met, "the walk itself must have been where it leads to"
    if who == "victim_worker":
        kinds = {word.split("q")[1] for s in seen for word in s.words}
        missed = {field for field in FIELDS if token(*field, 1).split("q")[1] not in kinds}
        assert missed == set(), "a field that not even the victim worker can see"


def test_no_other_table_holds_a_word_about_a_victim(district: tuple[Engine, World]) -> None:
    seen = elsewhere(district[0])
    # The papers of the panel hold what was cleared for it, and of that more than nothing.
    assert {(name, is_for_the_panel(word)) for name, word in seen} == {("pack", True)}


def test_no_mail_holds_a_word_about_a_victim(district: tuple[Engine, World], data_dir: Path) -> None:
    settings: Settings = settings_for("sqlite:////no/where", data_dir)
    with open_session(district[0], writing=False) as db:
        mails = [
            compose(settings, task, reference_of(db, task), person).as_string()
            for task in db.exec(select(Notification))
            for person in recipients(db, task, NOW)
        ]
        digests = [compose_digest(settings, row, "a@example.test") for row in db.exec(select(Digest))]
        letters = [compose_letter(settings, row) for row in db.exec(select(Letter))]
    assert len(mails) > 20
    assert digests
    assert letters
    assert found(" ".join([*mails, *(mail.as_string() for mail in (*digests, *letters))])) == set()


@pytest.mark.parametrize(("table", "column"), FIELDS)
def test_a_field_that_is_leaked_on_purpose_is_noticed(
    app: PanelApp, there: Place, monkeypatch: pytest.MonkeyPatch, table: str, column: str
) -> None:
    where = SQLModel.metadata.tables[table]

    def leaking(db: Session, _case: int) -> list[PanelView]:
        return [PanelView("Victim 1", str(db.execute(select(where.c[column])).scalars().first()))]

    monkeypatch.setattr(contents, "cleared", leaking)
    # What the panel has decided on was pinned before the leak: a case that is on no agenda is read as it is.
    one = next(r for r, (state, _) in there.cases.items() if state == "deferred")
    (seen,) = walk(app, "manager", [("decisions.view", f"/cases/{one}/panel")])
    meant = table == "victim_clearing"
    assert bool(astray(seen, there, set())) is not meant, "only what was cleared belongs before the panel"


def test_a_name_in_the_history_would_be_noticed(app: PanelApp, district: tuple[Engine, World]) -> None:
    engine, _ = district
    with open_session(engine, writing=True) as db:
        victim = db.exec(select(Victim)).first()
        assert victim is not None
        name = victim.name
        db.exec(select(Notification)).first().key = name  # type: ignore[union-attr]
        db.flush()
        rows = db.connection().exec_driver_sql("SELECT key FROM notification").fetchall()
        db.rollback()
    assert found(str(rows)) == {name}
