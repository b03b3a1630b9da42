"""The pages of the gap: who reads what, the lists, asking the force, late referrals, follow-ups."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from panel.db import transaction
from panel.gap import actions, asking
from panel.gap import commands as c
from panel.gap.models import ForceAnswer, ForceQuery, ForceQueryRow, GapExport, GapFollowUp
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.police.models import PoliceDisposal
from panel.referrals.models import Offence, Referral
from tests.panel.conftest import Visit
from tests.panel.documents.disposal_papers import text_of
from tests.support.gaps import SUMMER, sent_list, stands
from tests.support.police import force
from tests.support.visitor import Page
from tests.support.world import NOW, TODAY, World, accepted
from workflows.flow import NotYours, Refused
from workflows.gap import Place
from workflows.gap_work import Became, Reply
from workflows.police import Heard, Notice, NotOurs, Standing
from workflows.source import Source

DAY = {"answered_on": [str(TODAY.day), str(TODAY.month), str(TODAY.year)]}


@pytest.fixture
def rows(engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three community resolutions of which nobody told us, on the force's list."""
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    names = ("Ada", "Bo", "Cy")
    with transaction(engine) as db:
        of = force(db, world)
        sent_list(db, world, of)
        return [
            stands(db, world, of, Place.UNTOLD, n, given_name=name, surname="Quillon").reference
            for n, name in enumerate(names)
        ]


def one(db: Session, reference: str) -> PoliceDisposal:
    """The record with this reference."""
    return db.exec(select(PoliceDisposal).where(PoliceDisposal.reference == reference)).one()


def period(page: Page) -> dict[str, list[str]]:
    """What stands in the boxes of the form with which one chooses another period."""
    return next(form.filled for form in page.forms() if form.method == "get")


def asked(visit: Visit, *picked: str) -> Page:
    """The manager's page of a new query about these rows, or about all."""
    manager = visit("manager")
    pick = "".join(f"&pick={reference}" for reference in picked)
    return manager.follow(manager.send(f"/gap/ask?group=untold{pick}", button="Make the query"))


def test_managers_inspectors_and_the_seconded_officer_read_the_gap_of_their_area_only(
    visit: Visit, rows: list[str]
) -> None:
    for key in ("manager", "seconded", "inspector"):
        assert "We were not told about 3 of them (100 %)" in visit(key).open("/gap").text
    assert "The force sent no list" in visit("far_manager").open("/gap").text
    for key in ("officer", "board", "victim_worker", "scrutineer", "admin"):
        visit(key).open("/gap", status=403)
    other = visit("far_manager").open("/gap/disposals")
    assert other.heading == "Not told until today: 0"
    with_area = visit("manager").open("/gap").links["All of which we are not told until today"]
    visit("far_manager").open(with_area, status=404)
    assert visit("manager").open(with_area).heading == "Not told until today: 3"


def test_what_is_typed_wrongly_in_the_address_is_said(visit: Visit, rows: list[str]) -> None:
    manager = visit("manager")
    wrong = manager.open("/gap?first=2026-09-30&last=2026-07-01", status=422)
    assert wrong.errors == ["The first day comes before the last, and both lie within five years"]
    boxes = "first=31&first=9&first=2026&last=30&last=9&last=2026"
    wrong = manager.open(f"/gap?{boxes}", status=422)
    assert wrong.errors == ["First day must be a real date, such as 27 3 2026"]
    assert period(wrong)["first"] == ["31", "9", "2026"]
    typed = manager.open("/gap?first=1&first=8&first=2026&last=31&last=8&last=2026")
    assert period(typed)["last"] == ["31", "8", "2026"]
    manager.open("/gap?outcome=refer_for_charge", status=422)
    for address in ("group=nothing", "by=surname&value=x", "first=2026-07-01", "became=happy", "area=99"):
        manager.open(f"/gap/disposals?{address}", status=404)


def test_the_home_page_counts_what_nobody_told_us_and_what_the_force_owes(
    visit: Visit, rows: list[str]
) -> None:
    home = visit("manager").open("/").text
    assert "3 Disposals of which we were not told" in home
    assert "0 Answers that the force owes us" in home
    asked(visit, rows[0])
    assert "1 Answers that the force owes us" in visit("manager").open("/").text


def test_a_query_is_a_letter_and_a_table_with_initials_and_no_names(
    engine: Engine, visit: Visit, rows: list[str]
) -> None:
    page = asked(visit)
    assert "3 disposals, 3 without an answer" in page.text
    manager = visit("manager")
    letter = manager.open(page.links["The letter (PDF)"]).response.get_data()
    table = manager.open(page.links["The table to fill in (CSV)"]).response.get_data().decode("utf-8-sig")
    for paper in (text_of(letter), table):
        assert "Quillon" not in paper
        assert rows[0] in paper
        assert "A.Q." in paper
    with Session(engine) as db:
        disclosed = select(func.count(col(AccessEntry.id))).where(
            AccessEntry.operation == Operation.DISCLOSURE, AccessEntry.recipients == "Kelder Constabulary"
        )
        assert db.exec(disclosed).one() == 2
        assert {one(db, reference).asked_on for reference in rows} == {TODAY}
    assert "There is nothing to ask" in manager.open("/gap/ask?group=untold").text


def test_what_the_force_answers_makes_it_told_only_after_we_asked(
    engine: Engine, visit: Visit, rows: list[str]
) -> None:
    page, manager = asked(visit, rows[0]), visit("manager")
    form = page.links["Write down the answer about Ada Quillon"]
    said = {"reply": "told", "said": "PC Holt gave it.", "officer": "PC Holt", **DAY}
    done = manager.follow(manager.send(form, said))
    assert "1 disposal, 0 without an answer" in done.text
    with Session(engine) as db:
        row = one(db, rows[0])
        assert (row.told_on, row.told_how, row.officer) == (TODAY, Heard.ANSWER, "PC Holt")
        assert actions.state_of(row, TODAY) is Notice.AFTER_ASKING
        assert db.exec(select(func.count(col(PoliceDisposal.id)))).one() == 3
    assert "We were not told about 3 of them" in manager.open("/gap").text
    assert "Of those, 1 we were told only after we had asked" in manager.open("/gap").text


def test_not_ours_sets_aside_and_a_force_that_cannot_say_leaves_it_open(
    engine: Engine, visit: Visit, rows: list[str]
) -> None:
    page, manager = asked(visit, rows[0], rows[1]), visit("manager")
    first = page.links["Write down the answer about Ada Quillon"]
    wrong = manager.send(first, {"reply": "not_ours", "said": "Lives elsewhere.", **DAY}, status=422)
    assert wrong.errors == ["Choose why it does not count here."]
    missing = {"reply": "not_ours", "said": "Twice.", "not_ours": "duplicate", "duplicate_of": "PD-ZZZZZZ"}
    assert "No other record" in manager.send(first, {**missing, **DAY}, status=422).errors[0]
    manager.send(first, {"reply": "not_ours", "said": "Lives elsewhere.", "not_ours": "other_area", **DAY})
    second = page.links["Write down the answer about Bo Quillon"]
    manager.send(second, {"reply": "unknown", "said": "They look for it.", **DAY})
    with Session(engine) as db:
        assert (one(db, rows[0]).status, one(db, rows[0]).not_ours) == (
            Standing.SET_ASIDE,
            NotOurs.OTHER_AREA,
        )
        assert db.exec(select(func.count(col(ForceAnswer.id)))).one() == 2
        waits = select(ForceQueryRow).where(col(ForceQueryRow.answered_on).is_(None))
        assert db.exec(waits).one().disposal_id == one(db, rows[1]).id
    assert "We were not told about 2 of them" in manager.open("/gap").text
    visit("far_manager").open(page.path, status=404)


def test_an_answer_before_the_question_is_refused(engine: Engine, world: World, rows: list[str]) -> None:
    manager = world.actor("manager")
    early = {"reply": Reply.TOLD, "answered_on": TODAY - timedelta(days=1), "said": "Yes."}
    with transaction(engine) as db:
        made = asking.ask(db, [one(db, rows[0])], TODAY, by=manager, at=NOW)
        row = asking.rows_of(db, made)[0][0]
        with pytest.raises(Refused):
            asking.answer(db, made, row, c.AnswerOfForce.model_validate(early), by=manager, at=NOW)
        good = c.AnswerOfForce.model_validate(early | {"answered_on": TODAY})
        for key in ("case_manager", "liaison", "far_manager"):
            with pytest.raises(NotYours):
                asking.answer(db, made, row, good, by=world.actor(key), at=NOW)
        asking.answer(db, made, row, good, by=manager, at=NOW)
        with pytest.raises(Refused):
            asking.answer(db, made, row, good, by=manager, at=NOW)


CHILD = {"looked_after": "no", "gender": "male"}


@pytest.mark.parametrize("key", ["manager", "seconded", "liaison"])
def test_a_late_referral_is_filled_from_the_row_and_leaves_the_gap_as_it_is(
    engine: Engine, visit: Visit, rows: list[str], key: str
) -> None:
    worker = visit(key)
    link = worker.open("/gap/disposals").links["Open a late referral for Ada Quillon"]
    page = worker.open(link)
    assert page.form().filled["given_name"] == ["Ada"]
    offence = worker.follow(worker.send(page, CHILD))
    assert "does not change that we were not told" in offence.text
    filled = offence.form().filled
    assert (filled["title"], filled["crime_reference"]) == (["Theft from a shop"], ["13260000000"])
    assert rows[0] in filled["by_hand_reason"][0]
    when = {"committed_on": ["28", "6", "2026"], "location": "Mill Road shops", "mode": "either_way"}
    tasks = worker.send(offence, when)
    with Session(engine) as db:
        row, case = one(db, rows[0]), db.exec(select(Referral)).one()
        assert tasks.location == f"/cases/{case.reference}/tasks"
        assert (row.referral_id, row.child_id, case.source) == (case.id, case.child_id, Source.LIST)
        assert row.told_on is None
        assert (
            db.exec(select(Offence.title).where(Offence.referral_id == case.id)).one() == "Theft from a shop"
        )
    assert "We were not told about 3 of them" in visit("manager").open("/gap").text
    worker.open(link, status=404)
    visit("case_manager").open(link, status=403)


def test_a_similar_child_that_is_held_is_asked_about_first(
    engine: Engine, world: World, visit: Visit, rows: list[str]
) -> None:
    with transaction(engine) as db:
        held = accepted(db, world)
        row = one(db, rows[0])
        row.given_name, row.surname = "Robin", "Fielding"
        reference, child_id = held.reference, held.child_id
    manager = visit("manager")
    sent = manager.send(f"/gap/disposals/{rows[0]}/refer", CHILD)
    question = manager.follow(sent)
    assert "Robin Fielding" in question.text
    answered = manager.send(question, {"answer": str(child_id)})
    if "/offence" not in answered.location:
        answered = manager.send(manager.follow(answered))
    assert answered.location == f"/gap/disposals/{rows[0]}/offence"
    with Session(engine) as db:
        assert one(db, rows[0]).child_id == child_id
        assert db.get_one(Referral, one(db, rows[0]).referral_id or 0).reference != reference


def test_what_became_of_a_child_is_kept_and_counted_once_for_each_kind(
    engine: Engine, visit: Visit, rows: list[str]
) -> None:
    worker = visit("liaison")
    path = f"/gap/disposals/{rows[0]}/follow-up"
    day = {"happened_on": ["1", "9", "2026"]}
    for _ in range(2):
        worker.send(path, {"became": "reached", **day})
    wrong = worker.send(path, {"became": "reoffended", **day}, status=422)
    assert wrong.errors == ["Enter the crime reference of the new offence."]
    worker.send(path, {"became": "reoffended", "crime_reference": "13260009999", **day})
    early = {"became": "accepted", "happened_on": ["30", "6", "2026"]}
    assert worker.send(path, early, status=422).errors == ["This cannot be before the disposal was given."]
    page = visit("manager").open("/gap")
    assert "We reached the child 1 of 3" in page.text
    assert "Offended again before we knew 1 of 3" in page.text
    assert "Help was accepted 0 of 3" in page.text
    opened = visit("manager").open(
        f"/gap/disposals?group=missed&became={Became.REOFFENDED}&outcome=community_resolution"
    )
    assert opened.heading == "We were not told: 1"
    assert "Ada Quillon" in opened.text
    with Session(engine) as db:
        assert db.exec(select(func.count(col(GapFollowUp.id)))).one() == 3


def test_only_a_manager_exports_names_and_the_disclosure_is_logged(
    engine: Engine, visit: Visit, rows: list[str]
) -> None:
    for key in ("inspector", "liaison"):
        visit(key).open("/gap/export", status=403)
    visit("seconded").open("/gap/export-with-names", status=403)
    seconded = visit("seconded")
    unsaid = seconded.send("/gap/export", {"kind": "csv"}, status=422)
    assert unsaid.errors == ["Say what it is for and who gets it"]
    values = {"kind": "csv", "reason": "The meeting with the superintendent"}
    bare = seconded.send("/gap/export", values, status=200).response.get_data().decode("utf-8-sig")
    named = visit("manager").send("/gap/export-with-names", values, status=200)
    text = named.response.get_data().decode("utf-8-sig")
    for secret in ("Quillon", "13260000000", "2011-03-04", rows[0]):
        assert secret in text
        assert secret not in bare
    assert "with-names" in named.response.headers["Content-Disposition"]
    with Session(engine) as db:
        kept = db.exec(select(GapExport).order_by(col(GapExport.id))).all()
        assert [(row.named, row.rows) for row in kept] == [(False, 3), (True, 3)]
        disclosed = db.exec(
            select(AccessEntry.subject).where(AccessEntry.operation == Operation.DISCLOSURE)
        ).all()
        assert set(disclosed) == {
            *(f"gap_export:{row.id}" for row in kept),
            *(f"police:{one(db, reference).id}" for reference in rows),
        }


def test_the_picture_of_the_trend_says_itself_in_words(visit: Visit, rows: list[str]) -> None:
    manager = visit("manager")
    page = manager.open("/gap")
    source = next(img.get("src", "") for img in page.tree.iter("img"))
    picture = manager.open(source).response
    assert picture.mimetype == "image/svg+xml"
    text = picture.get_data(as_text=True)
    assert "<title>" in text
    assert "Jul 2026: 100 %" in text
    assert "style=" not in text
    said = next(img.get("alt", "") for img in page.tree.iter("img"))
    assert "Jul 2026: 100 %" in said
    assert "Dec 2025: no list" in said


def test_a_query_asks_of_one_area_and_only_by_who_may(engine: Engine, world: World, rows: list[str]) -> None:
    with transaction(engine) as db:
        for key in ("liaison", "inspector", "far_manager"):
            with pytest.raises(NotYours):
                asking.ask(db, [one(db, rows[0])], TODAY, by=world.actor(key), at=NOW)
        assert db.exec(select(ForceQuery)).all() == []
        assert SUMMER.first == one(db, rows[0]).given_on
