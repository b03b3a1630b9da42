"""An administrator names a force, says for which areas it speaks, and makes and ends tokens."""

import re
from hashlib import sha256

from sqlalchemy import Engine
from sqlmodel import Session, select

from panel.db import transaction
from panel.forces.models import Force, ForceSystem
from panel.forces.queries import areas_of, force_of
from tests.panel.conftest import Visit
from tests.support.police import force
from tests.support.world import World


def test_naming_a_force_gives_its_area_to_it(engine: Engine, world: World, visit: Visit) -> None:
    admin = visit("admin")
    assert "nobody of the police can tell us" in admin.open("/forces").text
    form = admin.open("/forces/new")
    values = {"name": "Kelder Constabulary", "areas": [str(world.areas["north"])]}
    page = admin.follow(admin.send(form, values))
    assert page.heading == "Kelder Constabulary"
    assert "North Kelder" in page.text
    assert "Added the force Kelder Constabulary; its areas: North Kelder" in page.text
    with Session(engine) as db:
        named = force_of(db, world.areas["north"])
        assert named is not None
        assert named.name == "Kelder Constabulary"
        assert force_of(db, world.areas["south"]) is None


def test_two_forces_have_neither_a_name_nor_an_area_in_common(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        force(db, world)
    admin = visit("admin")
    form = admin.open("/forces/new")
    taken = admin.send(form, {"name": "Kelder Constabulary"}, status=422)
    assert taken.errors == ["There is a force of this name already"]
    assert "areas" not in form.form().names
    stolen = {**form.form().filled, "name": "Moor Police", "areas": str(world.areas["north"])}
    assert admin.client.post("/forces/new", data=stolen).status_code == 422


def test_areas_of_somebody_else_stay_when_a_force_is_changed(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        number = force(db, world).id
    admin = visit("admin")
    admin.send(admin.open(f"/forces/{number}/change"), {"name": "Kelder Police", "areas": []})
    with Session(engine) as db:
        assert areas_of(db, number) == [world.areas["south"]]
        assert db.exec(select(Force.name)).all() == ["Kelder Police"]


def test_a_token_is_shown_once_and_only_its_digest_is_kept(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        number = force(db, world).id
    admin = visit("admin")
    form = admin.open(f"/forces/{number}/systems/new")
    page = admin.send(form, {"name": "Niche RMS"}, status=200)
    found = re.search(r'id="token">([\w-]{40,})<', page.html)
    assert found is not None
    token = found[1]
    again = admin.follow(admin.send(form, {"name": "Niche RMS"}))
    assert token not in again.html
    shown = admin.open(f"/forces/{number}")
    assert token not in shown.html
    assert "Niche RMS" in shown.text
    assert "Never" in shown.text
    with Session(engine) as db:
        assert [system.token_digest for system in db.exec(select(ForceSystem))] == [
            sha256(token.encode()).hexdigest()
        ]
    ended = admin.follow(admin.send(shown, action="/end"))
    assert "Nobody gets in with it any more" in ended.text
    assert "Ended the token of the system Niche RMS" in ended.text


def test_who_administers_no_area_of_a_force_makes_no_token_for_it(
    engine: Engine, world: World, visit: Visit
) -> None:
    with transaction(engine) as db:
        db.add(Force(name="Moor Police"))
    admin = visit("admin")
    assert "Say for which areas it speaks" in admin.open("/forces/1").text
    admin.send(admin.open("/forces/1/systems/new"), {"name": "X"}, status=403)
