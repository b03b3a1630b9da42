"""The pages of scrutiny: what a scrutineer can reach, and that no word there tells who or where."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.agreed_actions.models import AgreedAction
from panel.db import transaction
from panel.history.models import AccessEntry
from panel.history.operations import Operation
from panel.referrals.models import Referral
from panel.scrutiny import actions
from panel.scrutiny import commands as c
from panel.scrutiny.report import report_of, report_pdf
from panel.web import PanelApp
from tests.panel.conftest import Visit, rows
from tests.panel.documents.disposal_papers import text_of
from tests.panel.documents.test_typeset import bytes_inside
from tests.panel.scrutiny.rounds import CANARIES, begun, drawn, finished, found, score
from tests.support.visitor import Visitor
from tests.support.world import NOW, TODAY, World

WORDS = [re.compile(rf"\b{re.escape(word)}") for word in CANARIES]
OPEN_TO_ALL = {"static", "healthz", "readyz", "accounts.sign_in", "home.accessibility"}


def addresses(app: PanelApp, engine: Engine, reference: str) -> Iterator[str]:
    """Every page of the service, for the rounds, cases, meetings and actions that there are."""
    with Session(engine) as db:
        case = db.exec(select(Referral.reference)).first()
        action = db.exec(select(AgreedAction.reference)).first() or "ANK-ZZZZZZ"
    bind = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in OPEN_TO_ALL:
            continue
        for number in (1, 2):
            values: dict[str, object] = {}
            for name, converter in rule._converters.items():
                items = getattr(converter, "items", None)
                values[name] = sorted(items)[0] if items else number if name in ("number", "place") else "1"
            for name in ("reference",):
                if name in values:
                    start = rule.rule.split("/")[1]
                    values[name] = {"scrutiny": reference, "actions": action}.get(start, case)
            yield bind.build(rule.endpoint, (rule.defaults or {}) | values)


def telling(said: str) -> list[str]:
    """The words that tell who or where, in a text."""
    return [found.group() for word in WORDS if (found := word.search(said))]


def read(visitor: Visitor, path: str) -> str:
    """Everything that an answer says, the insides of a PDF too."""
    answer = visitor.client.get(path)
    assert answer.status_code < 500, path
    data = answer.get_data()
    if answer.mimetype != "application/pdf":
        return f"{data.decode(errors='replace')} {answer.headers}"
    return f"{text_of(data)} {bytes_inside(data).decode('latin-1')} {answer.headers}"


@pytest.mark.parametrize("stage", [drawn, begun, found, finished], ids=lambda s: s.__name__)
def test_no_page_that_a_scrutineer_can_reach_tells_who_or_where(
    sqlite_app: PanelApp,
    small_visit: Visit,
    sqlite_engine: Engine,
    small_world: World,
    stage: object,
) -> None:
    with transaction(sqlite_engine) as db:
        reference = stage(db, small_world, 2).reference  # type: ignore[operator]
    scrutineer = small_visit("scrutineer")
    seen, wrong = set(), []
    for path in dict.fromkeys(addresses(sqlite_app, sqlite_engine, reference)):
        said = read(scrutineer, path)
        seen.add(scrutineer.client.get(path).status_code)
        wrong += [(path, word) for word in telling(said.replace(path, ""))]
    assert wrong == []
    assert seen <= {200, 303, 403, 404}
    inside = scrutineer.open(f"/scrutiny/sample/{reference}/1", status=None)
    assert ("is sorry" in inside.text) is (stage is not drawn), "the walk was where it leads to"


def test_the_walk_would_notice_a_text_that_was_not_masked(
    small_visit: Visit, sqlite_engine: Engine, small_world: World
) -> None:
    from panel.scrutiny.queries import case_at

    with transaction(sqlite_engine) as db:
        round_ = begun(db, small_world)
        case_at(db, round_.id, 1).reasons = "Quillon of Zanzibar Academy"
        reference = round_.reference
    said = read(small_visit("scrutineer"), f"/scrutiny/sample/{reference}/1")
    assert telling(said) == ["Quillon", "Zanzibar"]


def test_a_scrutineer_has_scrutiny_their_home_and_their_account_and_nothing_else(
    sqlite_app: PanelApp,
) -> None:
    from panel.gates import GATES
    from workflows.roles import Role

    opened = {name for name, gate in GATES.items() if Role.SCRUTINEER in gate.read | gate.act}
    assert opened == {
        *("home.index", "home.tasks", "accounts.sign_out", "accounts.password", "accounts.mail"),
        *("scrutiny.samples", "scrutiny.sample", "scrutiny.case", "scrutiny.tie", "scrutiny.find"),
        *("scrutiny.sample_report", "scrutiny.sample_printed"),
    }


def test_a_sample_is_seen_by_its_own_scrutineers_once_it_is_given_to_them(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        round_ = drawn(db, world, members=(world.users["scrutineer"], world.users["second_scrutineer"]))
        path = f"/scrutiny/sample/{round_.reference}"
    visit("scrutineer").open(path, status=404)
    visit("scrutineer").open(f"{path}/1", status=404)
    for key in ("manager", "board", "inspector", "case_manager", "officer", "admin"):
        visit(key).open(path, status=403)


def test_a_manager_draws_clears_and_gives_the_sample_on_the_pages(
    visit: Visit, engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.panel.scrutiny.rounds import cases

    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    with transaction(engine) as db:
        cases(db, world, 1)
    manager = visit("manager")
    today = {"until-day": str(TODAY.day), "until-month": str(TODAY.month), "until-year": str(TODAY.year)}
    form = {"size": "1", "per_cent": ""} | {
        name: [values, *[values] * 0][0] for name, values in _days(today).items()
    }
    page = manager.open("/scrutiny/new")
    assert "either how many cases or how many per cent" in manager.send(page, {"size": "3"}, status=422).text
    sent = manager.send("/scrutiny/new", form)
    page = manager.follow(sent)
    assert "A person has to clear the text" in page.text
    assert "the same sample" in page.text
    clearing = f"{sent.location}/1/clear"
    page = manager.open(clearing)
    assert "Tick that you have read both texts" in manager.send(page, {}, status=422).text
    bad = {"reasons": "Quillon did it", "looked": "y"}
    answer = manager.send(clearing, bad, status=422)
    assert "still tells the child's name" in answer.text.replace("’", "'")
    manager.send(clearing, {"looked": "y"})
    page = manager.open(str(sent.location))
    manager.send(page, action="/begin")
    assert "With the scrutineers" in manager.open(str(sent.location)).text


def _days(today: dict[str, str]) -> dict[str, object]:
    value = [today["until-day"], today["until-month"], today["until-year"]]
    return {"until": value, "since": value}


def test_scrutineers_see_what_the_others_said_only_after_their_own_score(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        round_ = begun(db, world)
        path = f"/scrutiny/sample/{round_.reference}"
        score(db, world, round_, "second_scrutineer")
    scrutineer = visit("scrutineer")
    assert "What each of you said" not in scrutineer.open(f"{path}/1").text
    assert "What each of you said" not in scrutineer.open(f"{path}/1/finding").text
    page = scrutineer.open(f"{path}/1")
    assert (
        "Choose an answer"
        in scrutineer.send(page, {"finding": "appropriate"}, button="Keep my score", status=422).text
    )
    answers = {name: "met" for name in page.form(button="Keep my score").names if name.startswith("answer_")}
    assert len(answers) == 7
    scrutineer.send(page, {"finding": "appropriate"} | answers, button="Keep my score")
    page = scrutineer.open(f"{path}/1")
    assert "What each of you said" in page.text
    assert "Abe Lunn" not in page.text
    scrutineer.send(f"{path}/1/finding", {"finding": "appropriate"})
    assert "Joint finding: Appropriate" in scrutineer.open(f"{path}/1").text


def test_whoever_steps_out_of_a_case_cannot_open_it_any_more(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        path = f"/scrutiny/sample/{begun(db, world).reference}"
    scrutineer = visit("scrutineer")
    scrutineer.send(f"{path}/1", action="/tie")
    assert "You have stepped out of 1 case." in scrutineer.open(path).text
    scrutineer.open(f"{path}/1", status=404)
    scrutineer.open(f"{path}/1/finding", status=404)


def test_learning_stands_on_the_case_for_case_manager_and_chair_and_leaves_the_list_when_read(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        round_ = found(db, world)
        told = c.FedBack(words="Say what was weighed.")
        actions.feed_back(db, round_, 1, told, by=world.actor("manager"), at=NOW)
        case = db.exec(select(Referral.reference)).one()
    path = f"/cases/{case}/learning"
    for key in ("case_manager", "chair"):
        person = visit(key)
        assert (
            person.open("/tasks").links["Independent scrutiny looked at a decision: read what is learned."]
            == path
        )
        assert person.open(f"/cases/{case}").links["What independent scrutiny found about this case"] == path
        page = person.open(path)
        assert "Say what was weighed." in page.text
        person.send(page, button="I have read this")
        assert "read what is learned" not in person.open("/tasks").text
    for key in ("officer", "scrutineer", "board", "victim_worker"):
        visit(key).open(path, status=403)
    visit("other_case_manager").open(path, status=404)


def test_a_screen_reader_can_read_the_report_and_no_word_in_it_tells(
    sqlite_engine: Engine, small_world: World, tmp_path: Path
) -> None:
    from pdfua import validate

    with transaction(sqlite_engine) as db:
        data = report_pdf(report_of(db, finished(db, small_world, 2)), day=TODAY, demo=True)
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    report = validate(str(file))
    assert report.exit_code == 0, report.findings
    said = text_of(data)
    assert "Reasons should say what was weighed." in said
    assert telling(said) == []
    assert len(PdfReader(io.BytesIO(data)).pages) <= 3


def test_each_download_of_a_report_is_logged_as_a_disclosure(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        reference = finished(db, world).reference
    for key, path in (
        ("manager", f"/scrutiny/rounds/{reference}/report.pdf"),
        ("scrutineer", f"/scrutiny/sample/{reference}/report.pdf"),
    ):
        answer = visit(key).client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    logged = rows(engine, select(AccessEntry).where(AccessEntry.operation == Operation.DISCLOSURE))
    assert [entry.page for entry in logged] == ["scrutiny.printed", "scrutiny.sample_printed"]  # type: ignore[attr-defined]


def test_empty_lists_say_why(visit: Visit) -> None:
    assert "No sample has been drawn yet." in visit("manager").open("/scrutiny").text
    assert "No sample has been given to you yet." in visit("scrutineer").open("/scrutiny/sample").text
    assert "There is no independent scrutineer yet." in visit("far_manager").open("/scrutiny/new").text
    visit("far_manager").open("/scrutiny/rounds/SNK-ZZZZZZ", status=404)
