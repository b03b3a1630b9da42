import pytest
from panel.db import transaction
from tests.support.given import closed
from tests.support.world import build
from workflows.vocabulary import Outcome
@pytest.mark.parametrize("outcome", list(Outcome))
def test_path(sqlite_engine, outcome):
    with transaction(sqlite_engine) as db:
        world = build(db)
        r = closed(db, world, outcome)
        assert r.status.value == "closed"
