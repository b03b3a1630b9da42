import pytest
from panel.db import transaction
from tests.support.assessed import enter
from tests.support.given import decided, drawn_url
from tests.support.world import build
from workflows.vocabulary import Outcome

def test_walk(sqlite_app):
    with transaction(sqlite_app.engine) as db:
        world = build(db)
        ref = decided(db, world).reference
    officer = enter(sqlite_app, "officer")
    at = f"/cases/{ref}/disposal"
    page = officer.open(at)
    print(page.text[:1500])
    page = officer.send(at + "/prepare", {"adult_aged_18": "y"})
    page = officer.follow(page); print(page.text[:3000])
    page = officer.send(at+"/explain", {"adult_here":"y","case_manager_present":"yes","explained_place":"Keel Street","method":"Aloud","advice":"declined","admitted_again":"y","warned":"y","childs_words":"I do six hours"})
    page = officer.follow(page); print(page.text[:1500])
    url=drawn_url()
    page = officer.send(at+"/sign", {"consented":"y","child_drawing":url,"adult_drawing":url,"officer_drawing":url})
    page = officer.follow(page); print(page.text[:1500])
    page = officer.send(page, {})
    page = officer.follow(page); print(page.text[:3000])
    cm = enter(sqlite_app, "case_manager")
    page = cm.open(f"/cases/{ref}/plan"); print(page.text)
    page = cm.send(page, {}, action="acknowledge")
    page = cm.open(f"/cases/{ref}/plan"); print(page.text)
    page = cm.send(f"/cases/{ref}/plan/steps/1", {"state":"done","done_on": ["","",""],"evidence":"seen"}, status=422); print(page.errors)
    page = cm.send(f"/cases/{ref}/plan/steps/1", {"state":"done","done_on": ["22","11","2026"],"evidence":"seen"})
    page = cm.open(f"/cases/{ref}/plan/close"); print(page.text)
    page = cm.send(f"/cases/{ref}/plan/steps/2", {"state":"ended","evidence":"moved"})
    page = cm.send(f"/cases/{ref}/plan/close", {"reason":"well"})
    page = cm.follow(page); print(page.text)
