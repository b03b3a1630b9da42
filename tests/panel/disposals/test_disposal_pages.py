"""The pages of giving a disposal, as each person meets them."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import select

from panel.db import transaction
from panel.disposals.models import Disposal, Signature
from panel.documents import typeset
from panel.notifications.models import Notification, Why
from panel.web import PanelApp
from tests.panel.documents.disposal_papers import paper
from tests.support import given as cases
from tests.support.assessed import CANARIES, enter
from tests.support.explaining import last_step, walk
from tests.support.visitor import Visitor
from tests.support.world import build
from workflows.disposal import Status
from workflows.vocabulary import Outcome

EXPLAINED = {
    "adult_here": "y",
    "case_manager_present": "yes",
    "explained_place": "Keel Street",
    "method": "Read aloud in English",
    "advice": "declined",
    "admitted_again": "y",
    "warned": "y",
    "ways": ["read_aloud"],
    "ticked": list(cases.TOPICS),
    "said-what": "It is a telling-off from the police.",
    "said-failure": "I could go to court.",
    "said-record": "The police know. A job will not be told by itself.",
}
# What a letter does not ask.
ONLY_CAUTIONS = ("admitted_again", "warned", "said-failure", "said-record")
AUTHORISED = {
    "rank": "Constable",
    "authority": "trained_officer",
    "evidence": "Paint on his sleeve",
    "sufficient": "y",
    "decision": "The hours answer the harm",
}
DRAWN = {f"{who}_drawing": cases.drawn_url() for who in ("child", "adult", "officer", "manager")}


@dataclass
class Desk:
    """A case and whoever opens it."""

    app: PanelApp
    reference: str

    def at(self, page: str = "") -> str:
        return f"/cases/{self.reference}/disposal{page}"

    def enter(self, key: str) -> Visitor:
        return enter(self.app, key)

    def stands(self) -> Status | None:
        with transaction(self.app.engine) as db:
            return db.exec(select(Disposal.status)).first()


def desk(app: PanelApp, stage: Any, outcome: Outcome = Outcome.YCC, **more: Any) -> Desk:
    """A case at one stage."""
    with transaction(app.engine) as db:
        return Desk(app, stage(db, build(db), outcome, **more).reference)


def test_the_officer_walks_from_the_decision_to_the_giving(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided)
    officer = case.enter("officer")
    page = officer.follow(officer.send(case.at("/prepare"), {"adult_aged_18": "y"}))
    assert page.heading == "What the law asks before it is explained"
    page = officer.follow(officer.send(page, AUTHORISED))
    assert page.heading == "Who is here"
    page = officer.follow(walk(officer, page, EXPLAINED))
    assert page.heading == "Sign here"
    assert "I could go to court." in page.text
    page = officer.follow(officer.send(page, {"consented": "y"} | DRAWN))
    assert page.heading == "Check everything once more"
    page = officer.follow(officer.send(page))
    assert "given today. The YOT has been told." in page.text
    assert "Not shown automatically" in page.text
    assert case.stands() is Status.GIVEN


def test_pressing_give_twice_tells_the_yot_once(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.signed)
    officer = case.enter("officer")
    page = officer.open(case.at("/give"))
    first, second = officer.send(page), officer.send(page)
    assert first.location == second.location
    with transaction(sqlite_app.engine) as db:
        told = db.exec(select(Notification).where(Notification.why == Why.DISPOSAL_GIVEN)).all()
        assert len(told) == 3


def test_of_two_officers_who_give_at_once_the_second_is_told_so(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.signed)
    one, other = case.enter("officer"), case.enter("seconded")
    first, second = one.open(case.at("/give")), other.open(case.at("/give"))
    one.send(first)
    assert other.send(second, status=409).heading == "Somebody else changed this while you were writing"


def test_a_disposal_that_lapsed_meanwhile_is_not_given(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.signed)
    officer, other = case.enter("officer"), case.enter("seconded")
    page = officer.open(case.at("/give"))
    other.send(case.at("/lapse"), {"reason": "The child withdrew."})
    officer.send(page, status=409)
    assert case.stands() is Status.LAPSED


def test_what_was_not_asked_stands_at_its_field_with_everything_typed(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    silent = dict.fromkeys(("said-what", "said-failure", "said-record"), "")
    typed = EXPLAINED | {"warned": None, "admitted_again": None, "ticked": ["meaning"]} | silent
    page = walk(officer, case.at("/explain"), typed, status=422)
    assert page.errors == [
        "Each thing that the caution means has to be explained: tick what you have explained.",
        "The child must admit the offence to the officer who gives the caution.",
        "The child must be warned that failing to keep a condition may lead to prosecution.",
        "Write down how the child explained it back in their own words.",
    ]
    assert page.form().filled["explained_place"] == ["Keel Street"]
    assert page.form().filled["ticked"] == ["meaning"]
    assert case.stands() is Status.PREPARED


def test_guidance_asks_for_a_reason_and_takes_it(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    officer = case.enter("officer")
    silent = {name: value for name, value in EXPLAINED.items() if name != "advice"}
    page = walk(officer, case.at("/explain"), silent, status=409)
    assert "Record that free, independent legal advice was offered." in page.text
    reason = {"override-advice_offered": "The solicitor was on the telephone"}
    officer.send(page, reason, button="Go on with these reasons")
    assert case.stands() is Status.EXPLAINED


def test_names_and_drawings_come_back_with_an_error(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.explained)
    officer = case.enter("officer")
    page = officer.send(case.at("/sign"), DRAWN | {"adult_name": "Dana F."}, status=422)
    assert page.errors == ["A youth conditional caution needs the child's consent."]
    assert page.form().filled["adult_name"] == ["Dana F."]
    assert page.form().filled["child_drawing"] == [DRAWN["child_drawing"]]
    officer.send(page, {"consented": "y"})
    assert case.stands() is Status.SIGNED


def test_a_missing_signature_is_excused_by_a_reason_and_drawings_are_kept(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.explained)
    officer = case.enter("officer")
    most = {"consented": "y"} | {name: url for name, url in DRAWN.items() if "adult" not in name}
    page = officer.send(case.at("/sign"), most, status=422)
    assert "There is no signature in the box of the" in page.errors[0]
    assert len(set(page.errors)) == len(page.errors)
    assert "data:image" not in page.text
    page = officer.send(page, {"adult_how": "unable"}, status=422)
    assert "say what happened, and why they did not sign" in page.errors[0]
    officer.send(page, {"adult_why": "She had hurt her hand"})
    assert case.stands() is Status.SIGNED


@pytest.mark.parametrize("broken", ["data:image/png;base64,AAAA", "hello", "data:text/html;base64,PGI+"])
def test_a_drawing_that_is_none_is_refused_at_its_name(sqlite_app: PanelApp, broken: str) -> None:
    case = desk(sqlite_app, cases.explained)
    sent = DRAWN | {"child_drawing": broken, "consented": "y"}
    page = case.enter("officer").send(case.at("/sign"), sent, status=422)
    assert len(page.errors) == 1
    assert "#child_name" in page.html
    assert case.stands() is Status.EXPLAINED


def test_the_signed_paper_is_added_as_a_scan(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.explained)
    officer = case.enter("officer")
    where = case.at("/sign?how=paper")
    assert "Say whether the child signed" in officer.send(where, {"consented": "y"}, status=422).errors
    ticks = {f"{who}_how": "signed" for who in ("child", "adult", "officer", "manager")} | {"consented": "y"}
    page = officer.send(where, ticks, status=422)
    assert page.errors == ["Choose the scan or photo of the signed paper"]
    page = officer.send(page, {"scan": (io.BytesIO(b"MZ not a scan"), "signed.pdf")}, status=422)
    assert "cannot be read" in page.errors[0]
    scan = typeset.disposal_pdf(paper("youth_conditional_caution"))
    officer.send(page, {"scan": (io.BytesIO(scan), "signed.pdf")})
    with transaction(sqlite_app.engine) as db:
        assert [s.on_paper for s in db.exec(select(Signature))] == [True] * 4


def test_a_document_cannot_be_made_with_an_empty_name(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided)
    page = case.enter("officer").send(case.at("/prepare"), {"adult_name": ""}, status=422)
    assert page.errors == ["Their name is missing: enter the name of the appropriate adult"]


def test_reasons_that_name_the_victim_are_refused_where_they_are_typed(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided, victim=True)
    telling = {"adult_aged_18": "y", "child_reasons": "You frightened Marguerite."}
    page = case.enter("officer").send(case.at("/prepare"), telling, status=422)
    assert page.errors == [
        "The document would tell the child about the victim: look at the reasons (name). Say it without that."
    ]
    assert case.stands() is None


@pytest.mark.parametrize(
    ("stage", "path"),
    [
        (cases.decided, "/prepare"),
        (cases.prepared, "/explain"),
        (cases.explained, "/sign"),
        (cases.explained, "/sign?how=paper"),
        (cases.signed, "/give"),
        (cases.given, ""),
    ],
)
def test_nothing_of_the_victim_is_on_any_screen_of_the_giving(
    sqlite_app: PanelApp, stage: Any, path: str
) -> None:
    case = desk(sqlite_app, stage, victim=True)
    page = case.enter("officer").open(case.at(path))
    assert not [canary for canary in CANARIES if canary in page.html]


def test_an_adult_under_18_is_named_before_anybody_presses(sqlite_app: PanelApp) -> None:
    sister = cases.MOTHER.model_copy(update={"adult_aged_18": False})
    case = desk(sqlite_app, cases.prepared, command=sister)
    page = case.enter("officer").open(case.at("/explain"))
    assert "The appropriate adult must be 18 or over." in page.text
    assert not [form for form in page.forms() if form.method == "post"]


def test_opening_explain_or_sign_too_early_leads_to_the_document(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.decided)
    officer = case.enter("officer")
    assert officer.open(case.at("/explain"), status=303).location == case.at("/prepare")
    officer.open(case.at("/sign"), status=404)
    officer.open(case.at("/give"), status=404)


def test_opening_sign_before_it_was_explained_leads_to_explaining(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared)
    page = case.enter("officer").open(case.at("/sign"))
    assert "It is signed after it was explained" in page.text
    assert page.links["Explain it"] == case.at("/explain")
    assert "Somebody may have been first" not in page.text
    assert not [form for form in page.forms() if form.method == "post" and "child_how" in form.names]


def test_before_the_decision_the_page_says_so(sqlite_app: PanelApp) -> None:
    from tests.support.assessed import assessed

    case = desk(sqlite_app, lambda db, world, _outcome: assessed(db, world))
    page = case.enter("officer").open(case.at())
    assert "the panel has not decided this case" in page.text
    case.enter("officer").open(case.at("/prepare"), status=404)


def test_everybody_on_the_case_reads_where_it_stands(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.signed)
    for key in ("officer", "seconded", "case_manager", "manager", "victim_worker", "inspector"):
        page = case.enter(key).open(case.at())
        assert page.heading == "Youth conditional caution Signed"
        assert ("Check and give it" in page.links) is (key in ("officer", "seconded"))


def test_only_the_police_of_the_case_open_the_pages_of_giving(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.signed)
    strangers = dict.fromkeys(
        ("manager", "case_manager", "victim_worker", "inspector", "board", "admin"), 403
    )
    for key, answer in (strangers | {"far_officer": 404, "other_officer": 404}).items():
        visitor = case.enter(key)
        for page in ("/prepare", "/explain", "/sign", "/give", "/lapse"):
            visitor.open(case.at(page), status=answer)


def test_steps_that_no_document_asks_for_are_an_offer(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.prepared, Outcome.YC)
    offer = "What the youth justice team offers you"
    page = last_step(case.enter("officer"), case.at("/explain"), EXPLAINED, until=offer)
    assert page.heading == offer
    assert "It is your choice." in page.text


@pytest.mark.parametrize("outcome", [Outcome.NFA, Outcome.CHARGE])
def test_a_letter_goes_from_the_explanation_straight_to_the_giving(
    sqlite_app: PanelApp, outcome: Outcome
) -> None:
    case = desk(sqlite_app, cases.prepared, outcome)
    officer = case.enter("officer")
    page = officer.open(case.at("/explain"))
    asked = {name: value for name, value in EXPLAINED.items() if name not in ONLY_CAUTIONS}
    page = officer.follow(walk(officer, page, asked))
    assert page.heading == "Check everything once more"
    officer.send(page)
    officer.open(case.at("/sign"), status=404)
    assert case.stands() is Status.GIVEN


def test_a_youth_caution_is_acknowledged_and_not_agreed_to(sqlite_app: PanelApp) -> None:
    case = desk(sqlite_app, cases.explained, Outcome.YC)
    page = case.enter("officer").open(case.at("/sign"))
    assert "Explained and acknowledged" in page.text
    assert "consented" not in page.form().names
