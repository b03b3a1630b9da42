"""When a breach is prosecuted the victim is told; and no letter says who else was harmed."""

from sqlalchemy import Engine
from sqlmodel import col, select

from panel.compliance import actions, police
from panel.compliance import commands as c
from panel.db import transaction
from panel.notifications.models import Notification, Why
from panel.victims import recording, updates
from panel.victims.commands import Told
from panel.victims.models import VictimLetter, VictimUpdate
from panel.web import PanelApp
from tests.panel.documents.disposal_papers import text_of
from tests.panel.victims.test_letters import PLAIN
from tests.support.assessed import CANARIES, enter
from tests.support.decided import decided
from tests.support.kept import BREACH, DAY, MISSED_AT, WHO, matter, tried
from tests.support.world import NOW, build
from workflows.keeping import Choice
from workflows.victim import Happened, Kind

OTHER = Told(kind=Kind.PERSON, name="Philippa Zimmerman", phone="01632 960555", address="4 Mill Row, KD3 4ZZ")


def test_the_victim_worker_has_a_task_once_proceedings_begin(engine: Engine) -> None:
    with transaction(engine) as db:
        world = build(db)
        referral = tried(db, world, victim=True)
        row, worker, officer = matter(db, referral), world.actor("case_manager"), world.actor("seconded")
        actions.allege(db, referral, row, BREACH, by=worker, at=MISSED_AT)
        excuse = c.Excuse(happened_on=DAY, excused=False, said="No reason was given.", **WHO)
        police.consider(db, referral, row, excuse, by=officer, at=MISSED_AT)
        prosecute = c.Decide(happened_on=DAY, choice=Choice.PROSECUTE, said="Every chance was given.", **WHO)
        police.decide(db, referral, row, prosecute, by=officer, at=MISSED_AT)
        happened = [one.happened for one in db.exec(select(VictimUpdate))]
        assert Happened.PROSECUTED not in happened  # decided is not yet begun
        began = c.Proceedings(happened_on=DAY, said="Requisition 26/114", **WHO)
        police.start_proceedings(db, referral, row, began, by=officer, at=MISSED_AT)
        query = select(VictimUpdate).where(VictimUpdate.happened == Happened.PROSECUTED)
        update = db.exec(query).one()
        assert update.told_on is None
        tasks = db.exec(
            select(Notification).where(
                Notification.why == Why.VICTIM_TO_TELL, col(Notification.done_at).is_(None)
            )
        ).all()
        assert [(task.role, task.referral_id) for task in tasks if task.due_on == update.due_on] == [
            ("victim_worker", referral.id)
        ]
        assert not [task for task in tasks for canary in CANARIES if canary in f"{task.about}{task.path}"]


def test_the_page_says_that_the_police_tell_of_the_court_and_offers_no_letter(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        referral = tried(db, build(db), victim=True)
        updates.owe(db, referral, Happened.PROSECUTED, at=MISSED_AT)
    base = f"/cases/{referral.reference}/victim/1/told"
    worker = enter(sqlite_app, "victim_worker")
    page = worker.open(f"{base}/prosecuted")
    assert "the police and the Crown Prosecution Service decide and tell the victim" in page.text
    assert "VIC-1, Right 6 of the Victims' Code; CHG-1" in page.text
    assert "Write a letter to them" not in page.links
    worker.open(f"{base}/prosecuted/letter", status=404)
    other = worker.open(f"{base}/decided")
    assert "Crown Prosecution Service" not in other.text
    assert "Write a letter to them" in other.links


def test_a_letter_that_names_another_victim_is_refused_and_none_is_kept(sqlite_app: PanelApp) -> None:
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        referral = decided(db, world, victim=True)
        recording.add(db, referral, OTHER, by=world.actor("victim_worker"), at=NOW)
        base = f"/cases/{referral.reference}/victim/1/told/decided"
    worker = enter(sqlite_app, "victim_worker")
    for told, what in (("Philippa was hurt as well.", "name"), ("Call 01632 960555.", "telephone number")):
        page = worker.send(f"{base}/letter", {"reasons": f"{PLAIN} {told}"}, status=422)
        assert f"another victim's {what}" in page.errors[0]
        assert page.form().filled["reasons"] == [f"{PLAIN} {told}"]
    with transaction(sqlite_app.engine) as db:
        assert db.exec(select(VictimLetter)).all() == []
    own = worker.follow(worker.send(f"{base}/letter", {"reasons": PLAIN}))
    assert own.heading == "Read and send letter 1"
    letter = text_of(worker.open(f"{base}/letter/1").response.get_data())
    assert not [word for word in ("Philippa", "Zimmerman", "Robin", "Fielding", "960555") if word in letter]
