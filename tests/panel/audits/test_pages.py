"""The pages of case audits: who may open which, what is kept, and that nobody sees the other's answers."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from panel.audits import actions
from panel.audits.models import AuditRound, CaseAudit, CaseAuditAnswer
from panel.db import transaction
from panel.referrals.models import Referral
from tests.panel.audits.rounds import ITEMS, audited, cases, opened, whole, write
from tests.panel.conftest import Visit, rows
from tests.support.visitor import Page
from tests.support.world import NOW, TODAY, World
from workflows.audit import Answer

OUTSIDE = ("officer", "seconded", "victim_worker", "liaison", "board", "scrutineer", "admin")


def test_a_manager_opens_a_round_on_the_page(
    visit: Visit, engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    with transaction(engine) as db:
        cases(db, world, 2)
    manager = visit("manager")
    page = manager.open("/audits/new")
    assert "Ina Vale (Inspector)" in page.text
    day = [str(TODAY.day), str(TODAY.month), str(TODAY.year)]
    form = {"since": day, "until": day, "members": [str(world.users["inspector"])]}
    assert "Choose the auditors" in manager.send(page, form | {"members": []}, status=422).text
    assert "Framework 2025 cannot be chosen: No round can be opened under it" in page.text
    assert "in the last 12 months is left out" in page.text
    assert "there is no form for it" in manager.send(page, form | {"framework": "2025"}, status=409).text
    for wrong, says in (
        ({"since": ["1", "1", "2027"]}, "must be today or in the past"),
        ({"until": ["1", "1", "2020"]}, "The last day must not be before the first day"),
        ({"whole": "70", "share": ""}, "Enter how much of the fixed total is out of court"),
        ({"whole": "1", "share": "40"}, "Of that total not one case is out of court"),
        ({"whole": "0"}, "A fixed total of cases must be 1 or more"),
    ):
        assert says in manager.send(page, form | wrong, status=422).text
    page = manager.follow(manager.send("/audits/new", form))
    assert "0 of 2 cases are fully audited" in page.text
    assert "the same sample" in page.text
    assert "Gender: Male" in page.text
    for key in (*OUTSIDE, "inspector", "case_manager"):
        visit(key).open("/audits/new", status=403)
    visit("far_manager").open(page.path, status=404)


def test_an_auditor_begins_writes_part_by_part_and_finishes(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
    path = f"/audits/sample/{made.reference}"
    inspector = visit("inspector")
    assert "Cases to audit" in inspector.open("/").text
    assert "1 case waits for your audit." in inspector.open("/audits").text
    case = f"{path}/1"
    inspector.open(f"{case}/form/3.1", status=404)
    page = inspector.follow(inspector.send(case, button="Begin this audit"))
    assert "Answer every prompt" in page.text
    page = inspector.open(f"{case}/form/3.1")
    assert "Below each prompt stands what the service finds" in page.text
    assert "3.1.1a" in page.text
    ticked = [
        name for name, values in page.form().filled.items() if name.startswith("answer_") and any(values)
    ]
    assert ticked == [], "a hint fills nothing in"
    wrong = inspector.send(page, {"answer_3.1.1a": "perhaps"}, status=422)
    assert "Choose one of the answers" in wrong.text
    inspector.send(page, {"answer_3.1.1a": "yes", "note_3.1.1a": "Page 2"})
    again = inspector.send(f"{case}/form/3.1", {"answer_3.1.1b": "no"})
    assert again.location == case
    audit = rows(engine, select(CaseAudit))[0]
    assert audit.draft["answers"] == {"3.1.1a": "yes", "3.1.1b": "no"}  # type: ignore[attr-defined]
    assert audit.draft["notes"] == {"3.1.1a": "Page 2"}  # type: ignore[attr-defined]
    for chapter in ("3.1", "3.2", "3.3", "3.4"):
        page = inspector.open(f"{case}/form/{chapter}")
        inspector.send(page, {name: "yes" for name in page.form().names if name.startswith("answer_")})
    inspector.send(
        f"{case}/form/overall", {"safety_class": "low", "harm_class": "low", "disposal_right": "yes"}
    )
    inspector.send(case, button="Finish this audit")
    assert len(rows(engine, select(CaseAuditAnswer))) == len(ITEMS) + 1
    assert "Your audit is finished." in inspector.open(case).text
    inspector.send(f"{case}/form/overall", {"comment": "Later"}, status=409)


def test_two_windows_on_one_part_do_not_meet(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        write(db, world, made, "inspector")
    inspector = visit("inspector")
    path = f"/audits/sample/{made.reference}/1/form/3.1"
    first, second = inspector.open(path), inspector.open(path)
    inspector.send(first, {"answer_3.1.1a": "no"})
    lost = inspector.send(second, {"note_3.1.1a": "What the second window said"}, status=409)
    assert "What the second window said" in lost.text


def test_who_worked_on_a_case_is_kept_out_of_it_and_strangers_find_nothing(
    visit: Visit, engine: Engine, world: World
) -> None:
    people = ("inspector", "other_case_manager", "case_manager", "manager")
    with transaction(engine) as db:
        made = opened(db, world, members=tuple(world.users[key] for key in people))
    path = f"/audits/sample/{made.reference}"
    for key in ("case_manager", "manager"):
        page = visit(key).open(path)
        assert "1 case on which you worked is not shown" in page.text
        for name in ("", "/paper", "/file"):
            visit(key).open(f"{path}/1{name}", status=403)
    visit("chair").open(path, status=404)
    visit("far_case_manager").open(path, status=404)
    for key in OUTSIDE:
        visit(key).open(path, status=403)
        visit(key).open("/audits", status=403)
    for key in ("inspector", "other_case_manager"):
        for name in ("", "/paper", "/file"):
            visit(key).open(f"{path}/1{name}")
        visit(key).open(f"{path}/2", status=404)


def test_nobody_sees_an_answer_before_both_are_finished(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        audited(db, world, made, "inspector", a3_1_1=Answer.NO)
    path = f"/audits/{made.reference}"
    for key in ("manager", "inspector"):
        visit(key).open(f"{path}/1/result", status=404)
        visit(key).open(f"{path}/1/settle", status=404)
        assert "Nothing can be compared yet" in visit(key).open(f"{path}/differences").text
    assert "Seen in the file" not in visit("other_case_manager").open(f"/audits/sample{path[7:]}/1").text
    with transaction(engine) as db:
        audited(db, world, db.exec(select(AuditRound)).one(), "other_case_manager")
    page = visit("manager").open(f"{path}/1/result")
    assert "They differ on 1 key question" in page.text
    assert "Agreed on 10 of 11 answers. Cohen’s kappa: 0.00." in visit("manager").open(path).text
    visit("other_case_manager").open(f"{path}/1/result", status=403)
    visit("far_manager").open(f"{path}/1/result", status=404)


def test_a_third_person_settles_on_the_page(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        audited(db, world, made, "inspector", a3_1_1=Answer.NO)
        audited(db, world, made, "other_case_manager")
    path = f"/audits/{made.reference}/1"
    for key in ("inspector", "manager"):
        assert "A third person settles it" in visit(key).open(f"{path}/settle").text
    chair = visit("chair")
    page = chair.open(f"{path}/settle")
    assert "Seen in the file" in page.text
    assert "Beside “No”: Seen in the file" in page.text
    assert chair.send(page, {}, status=422).errors == ["Choose one of the two answers", "Give the reason"]
    assert "Choose one of the two answers" in chair.send(page, {"words": "Read it"}, status=422).text
    page = chair.follow(chair.send(page, {"settled_3.1.1": "no", "words": "Read it"}))
    assert "Tell the case manager" in page.links
    visit("other_case_manager").open(f"{path}/settle", status=403)


def test_the_case_manager_reads_what_was_found_and_answers_once(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = whole(db, world)
        reference = db.exec(select(Referral.reference)).one()
    manager, path = visit("manager"), f"/audits/{made.reference}/1/feed-back"
    page = manager.open(path)
    assert "Good work with the family." in page.form().filled["words"][0]
    half = {"words": "Contingency is thin", "action": "Show it"}
    assert "Choose who does the action" in manager.send(page, half, status=422).text
    assert "Enter by which day" in manager.send(page, half | {"due_on": ["", "", ""]}, status=422).text
    told = {"holder_id": str(world.users["manager"]), "due_on": ["1", "12", "2027"]}
    manager.send(path, half | told)
    result = manager.open(f"/audits/{made.reference}/1/result")
    assert "by 1 December 2027" in result.text
    manager.open(result.links["Show it"])
    few = manager.open(result.links["Show only the 0 with a no or a difference"])
    assert "0 of 64 answers are shown" in few.text
    assert "3.1.1a" in result.text
    assert "3.1.1a" not in few.text
    case = f"/cases/{reference}/audit"
    worker = visit("case_manager")
    assert worker.open("/tasks").links["A case of yours was audited: read what was found."] == case
    assert worker.open(f"/cases/{reference}").links["What audits found about this case"] == case
    page = worker.open(case)
    assert "Contingency is thin" in page.text
    assert "Ina Vale" not in page.text
    assert "Write your answer" in worker.send(page, {}, status=422).text
    worker.send(page, {"words": "I have mended it"})
    assert "A case of yours was audited" not in worker.open("/tasks").text
    assert "I have mended it" in manager.open(f"/audits/{made.reference}/1/result").text
    for key in OUTSIDE:
        visit(key).open(case, status=403)
    visit("other_case_manager").open(case, status=404)
    visit("far_case_manager").open(case, status=404)


def test_only_managers_leave_out_and_end(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = opened(db, world, 2)
    path, manager = f"/audits/{made.reference}", visit("manager")
    page = manager.open(f"{path}/1/leave-out")
    assert "Give the reason" in manager.send(page, {"left_out": "proceedings"}, status=422).text
    manager.send(page, {"left_out": "proceedings", "words": "A complaint"})
    assert "Proceedings or a complaint are running: A complaint" in manager.open(path).text
    manager.send(f"{path}/1/leave-out", {"left_out": "other", "words": "Again"}, status=409)
    manager.send(f"{path}/finish", {"words": "Learned"}, status=409)
    manager.send(f"{path}/drop", {"words": "The list was wrong"})
    assert "The list was wrong" in manager.open(path).text
    for key in ("inspector", "case_manager"):
        for name in ("finish", "drop", "1/leave-out"):
            visit(key).open(f"{path}/{name}", status=403)


def test_each_number_of_service_against_auditor_opens_its_cases(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = whole(db, world)
        found = actions.round_facts(db, made, at=NOW)
        assert (found.waiting, found.to_moderate) == (0, 0)
    inspector = visit("inspector")
    page = inspector.open(f"/audits/{made.reference}/differences")
    few, all_ = (_numbers(inspector.open(f"{page.path}{show}")) for show in ("", "?show=all"))
    assert 0 < len(few) < len(all_)
    assert {href for _, href in few} < {href for _, href in all_}
    for number, href in all_:
        shown = inspector.open(href)
        assert "Case 1" in shown.links
        assert f"{number} of " in shown.text
    for show in ("differ", "system_says_no", "auditor_says_no", "all"):
        listed = inspector.open(f"{page.path}?show={show}")
        count = len(listed.tree.findall(".//tbody/tr"))
        assert f"{count} of " in listed.text or not count
        assert ("There is no such item" in listed.text) is (count == 0)
    for wrong in ("item=nothing", "show=nothing", "show=all&item=nothing"):
        inspector.open(f"/audits/{made.reference}/differences?{wrong}", status=404)
    visit("case_manager").open(f"/audits/{made.reference}/differences", status=403)


def _numbers(page: Page) -> list[tuple[str, str]]:
    """The numbers of a list of items, each with the list that it opens."""
    return [(words.split()[0], href) for words, href in page.links.items() if "item=" in href]


def test_whoever_worked_on_a_case_is_told_so_and_not_of_a_conflict(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = opened(db, world, members=(world.users["inspector"], world.users["case_manager"]))
    page = visit("case_manager").open(f"/audits/sample/{made.reference}/1", status=403)
    assert "you worked on it: author, author of a version, case manager" in page.text
    assert "conflict of interest" not in page.text
    assert page.links["Go to the cases that you can audit"] == "/audits"


def test_the_history_of_a_round_leaves_out_each_time_an_answer_was_kept(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = whole(db, world)
    page = visit("manager").open(f"/audits/{made.reference}")
    assert "Began to audit case 1" in page.text
    assert "Wrote in the audit" not in page.text
    assert "Drew 1 of 1 cases for audit" in page.text


def test_a_round_that_was_dropped_says_what_counts_no_more_and_what_stays(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        made = whole(db, world)
    manager = visit("manager")
    ask = manager.open(f"/audits/{made.reference}/drop")
    assert "1 case is fully audited. What was answered stays" in ask.text
    page = manager.follow(manager.send(ask, {"words": "The wrong period"}))
    assert "This round was dropped" in page.text
    assert page.links["M7 The disposal fits the case"] == "/metrics/M7"
    sample = visit("inspector").open(f"/audits/sample/{made.reference}")
    assert "This round is over: nothing waits for you" in sample.text
    assert "Take the next one" not in sample.text
    result = manager.open(f"/audits/{made.reference}/1/result")
    assert result.text.count("Not counted: the round was dropped") == 3
    assert "Tell the case manager" in result.links


def test_the_list_asks_as_often_for_many_cases_as_for_few(engine: Engine, world: World, visit: Visit) -> None:
    from sqlalchemy import event

    counts = []
    for count in (2, 4):
        with transaction(engine) as db:
            made = opened(db, world, count, again=True)
        seen: list[str] = []

        def note(*said: object, kept: list[str] = seen) -> None:
            kept.append(str(said[2]))

        manager = visit("manager")
        event.listen(engine, "before_cursor_execute", note)
        manager.open(f"/audits/{made.reference}")
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[0] == counts[1]
