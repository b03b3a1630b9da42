"""The register of placements as people see it."""

import pytest
from sqlalchemy import Engine

from panel.db import transaction
from tests.panel.conftest import Visit
from tests.support.placements import place
from tests.support.world import NOW, World

FARM = {
    "name": "Orchard Farm",
    "address": "Mill Lane, Kelder",
    "work": "Weeding",
    "days": ["saturday", "sunday"],
    "starts_at": "10:00",
    "ends_at": "13:00",
    "girls_only": "no",
    "min_age": "12",
    "capacity": "2",
    "supervisor": "The farm's youth team",
    "ratio": "1 to 2",
    "contact": "01632 960888",
    "active_from": ["1", "1", "2026"],
}


@pytest.fixture(autouse=True)
def _on_that_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)


def test_a_manager_adds_a_placement_and_others_read_it(visit: Visit) -> None:
    manager = visit("manager")
    assert "No placement is in the register yet. Add the first one" in manager.open("/placements").text
    address = manager.send("/placements/new", FARM, button="Save the placement").location
    page = manager.open(address)
    assert "Saturday, Sunday, 10:00 to 13:00" in page.text
    for key in ("case_manager", "seconded", "victim_worker", "inspector"):
        shown = visit(key).open(address)
        assert "01632 960888" in shown.text
        assert "Change this placement" not in shown.text
    for key in ("officer", "board", "admin"):
        visit(key).open("/placements", status=403)
        visit(key).open("/placements/1", status=403)
    visit("case_manager").open("/placements/1/change", status=403)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " "}, "Enter the name of the placement"),
        ({"days": []}, "Tick at least one day"),
        ({"starts_at": "25:00"}, "Starts at must be a time, such as 16:30"),
        ({"ends_at": "10:00"}, "Ends at must be after the start"),
        ({"capacity": "0"}, "Children in one session must be 1 or more"),
        ({"min_age": "9"}, "Youngest age must be 10 or more"),
        ({"active_until": ["31", "12", "2025"]}, "Open until must not be before the first day"),
        ({"risk_assessed_on": ["25", "11", "2026"]}, "must be today or in the past"),
        ({"girls_only": ""}, "Say who may come"),
    ],
)
def test_each_mistake_is_said_at_its_field(
    small_visit: Visit, values: dict[str, object], sentence: str
) -> None:
    page = small_visit("manager").send(
        "/placements/new", FARM | values, button="Save the placement", status=422
    )
    assert any(sentence in error for error in page.errors), page.errors
    assert "Mill Lane" in str(page.form(button="Save the placement").filled)


def test_the_register_is_searched_and_says_when_nothing_fits(
    small_visit: Visit, small_world: World, sqlite_engine: Engine
) -> None:
    with transaction(sqlite_engine) as db:
        place(db, small_world)
        place(db, small_world, name="Canal path", days=["wednesday"])
        place(db, small_world, name="Old mill", active_until="2026-02-01")
    reader = small_visit("case_manager")
    page = reader.open("/placements")
    assert "Canal path" in page.text
    assert "Orchard Farm" in page.text
    assert "Old mill" not in page.text
    assert "Canal path" not in reader.open("/placements?weekend=1").text
    assert "Old mill" in reader.open("/placements?ended=1").text
    assert "No placement is like that." in reader.open("/placements?q=zebra").text
    assert "Orchard Farm" not in reader.open("/placements?after=1.Orchard%20Farm").text
    reader.open("/placements?after=x.%00")


def test_of_two_managers_the_second_is_told(visit: Visit, world: World, engine: Engine) -> None:
    with transaction(engine) as db:
        number = place(db, world).id
    first, second = visit("manager"), visit("manager")
    address = f"/placements/{number}/change"
    typed = second.open(address).form(button="Save the placement").filled
    first.send(address, {"capacity": "5"}, button="Save the placement")
    page = second.send(address, {"capacity": "6", "version": typed["version"]}, status=409)
    assert "6" in page.text


def test_a_manager_of_another_area_finds_nothing(
    small_visit: Visit, small_world: World, sqlite_engine: Engine
) -> None:
    with transaction(sqlite_engine) as db:
        number = place(db, small_world).id
    stranger = small_visit("far_manager")
    stranger.open(f"/placements/{number}", status=404)
    assert "Orchard Farm" not in stranger.open("/placements").text
