"""The interface does what its OpenAPI document says, whatever is sent: schemathesis, all checks."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig
from sqlalchemy import Engine

from panel.db import transaction
from panel.web import PanelApp
from tests.support.api import ADDRESS, token_of
from tests.support.police import force
from tests.support.world import NOW, World

# What the document cannot say: days in the future (422), a key that was sent with other contents (409).
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]}}}
# What the document cannot say, and chance would hardly find: an area of the force, and days that fit.
WITHIN_REACH = {"area": "NK", "given_on": "2026-11-10", "date_of_birth": "2011-03-04"}
OFTEN = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_document_promises(
    sqlite_app: PanelApp,
    sqlite_engine: Engine,
    small_world: World,
    monkeypatch: pytest.MonkeyPatch,
    mode: schemathesis.GenerationMode,
) -> None:
    monkeypatch.setattr("panel.clock.now", lambda: NOW)
    monkeypatch.setattr("panel.police.api_limits.number", lambda _key, _on: 10**9)
    with transaction(sqlite_engine) as db:
        of = force(db, small_world).id
    token = token_of(sqlite_engine, small_world, of)
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", sqlite_app, config=config)
    operation = schema[ADDRESS]["POST"]
    seen: set[int] = set()

    @OFTEN
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        if isinstance(case.body, dict) and mode is schemathesis.GenerationMode.POSITIVE:
            case.body |= WITHIN_REACH
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
        seen.add(answer.status_code)

    run()
    assert seen & ({201} if mode is schemathesis.GenerationMode.POSITIVE else {400, 415, 422})
