"""When two are said to be the same, what waits beside them is settled; taken back, it is offered again."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from panel.db import transaction
from panel.history.verify import verify
from panel.linking.actions import judge, link_all, take_back
from panel.linking.queries import pair_for
from panel.linking.rivals import SETTLED
from panel.police.models import PoliceDisposal, PoliceLink
from tests.panel.conftest import Visit
from tests.support.police import GIVEN, force, listed, told
from tests.support.world import NOW, World
from workflows.police import Fit, Standing, Verdict

HOME = {"address": "12 Mill Road", "postcode": "ZZ1 1AA"}
LIKELY = {"crime_reference": "", "date_of_birth": date(2009, 12, 30), **HOME}
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def pairs(engine: Engine, world: World) -> list[int]:
    """Two rows of the list and two records that we were told of: each may be each."""
    with transaction(engine) as db:
        of = force(db, world)
        for day in (1, 2):
            told(db, world, of, given_on=GIVEN + timedelta(days=day), **LIKELY)
        first = listed(db, world, of, **HOME)
        second = listed(db, world, of, crime_reference="13260001235", **HOME)
        link_all(db, [first.id, second.id], by=world.actor("manager"), at=NOW)
        found = db.exec(select(PoliceLink).order_by(col(PoliceLink.id))).all()
        assert len({(one.disposal_id, one.other_id) for one in found}) == 4
        assert {one.verdict for one in found} == {Verdict.UNSURE}
        return [one.id for one in found]


def last(db: Session) -> dict[tuple[int, Any], tuple[Verdict, str]]:
    """The last word on each pair, with its reason."""
    words = db.exec(select(PoliceLink).order_by(col(PoliceLink.id)))
    return {(one.disposal_id, one.other_id): (one.verdict, one.reason) for one in words}


def test_the_same_settles_its_rivals_on_both_sides_and_leaves_the_others(
    engine: Engine, world: World, pairs: list[int], visit: Visit
) -> None:
    manager = world.actor("manager")
    with transaction(engine) as db:
        pair = pair_for(db, manager, pairs[0])
        row, other = pair.disposal.id, pair.link.other_id
        judge(db, pair, Verdict.SAME, "By the custody record.", by=manager, at=LATER)
    with Session(engine) as db:
        for (disposal, event), (verdict, reason) in last(db).items():
            if (disposal, event) == (row, other):
                assert verdict is Verdict.SAME
            elif disposal == row or event == other:
                assert (verdict, reason) == (Verdict.APART, SETTLED)
            else:
                assert verdict is Verdict.UNSURE
        fits = {one.id: one.fit for one in db.exec(select(PoliceDisposal)) if one.listed_on}
        assert fits[row] is Fit.LINKED
        assert [fit for number, fit in fits.items() if number != row] == [Fit.TO_REVIEW]
    assert "To look at (1)" in visit("manager").open("/police/pairs").text
    assert SETTLED in visit("manager").open(f"/police/pairs/{pairs[1]}").text
    assert verify(engine) == []


def test_taking_it_back_offers_just_what_it_had_settled(
    engine: Engine, world: World, pairs: list[int], visit: Visit
) -> None:
    manager = world.actor("manager")
    with transaction(engine) as db:
        judge(db, pair_for(db, manager, pairs[3]), Verdict.APART, "A cousin.", by=manager, at=LATER)
    with transaction(engine) as db:
        judge(db, pair_for(db, manager, pairs[0]), Verdict.SAME, "", by=manager, at=LATER)
        assert {verdict for verdict, _ in last(db).values()} == {Verdict.SAME, Verdict.APART}
    with transaction(engine) as db:
        take_back(db, pair_for(db, manager, pairs[0]), "Read wrongly.", by=manager, at=LATER)
        db.flush()
        said = sorted(verdict.value for verdict, _ in last(db).values())
        assert said == ["apart", "undone", "undone", "undone"]
        counted = db.exec(select(PoliceDisposal.status).distinct()).all()
        assert counted == [Standing.COUNTED]
        fits = db.exec(select(PoliceDisposal.fit).where(col(PoliceDisposal.listed_on).is_not(None))).all()
        assert set(fits) == {Fit.TO_REVIEW}
    assert "To look at (3)" in visit("manager").open("/police/pairs").text
    assert verify(engine) == []
