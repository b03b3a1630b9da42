"""What stands twice in a list is told apart, and what is not on the list of a round is counted."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from panel.audits import auditing
from panel.db import transaction
from tests.panel.audits.rounds import again, audited, cases, opened, whole, write
from tests.panel.conftest import Visit
from tests.support.given import given
from tests.support.world import NOW, TODAY, World
from workflows.calendar import long_date
from workflows.quarters import Quarter
from workflows.vocabulary import Level, Outcome

THIS = f"quarter={Quarter.of(TODAY).key}"


@pytest.mark.parametrize("metric", ["M18", "M19"])
def test_the_two_audits_of_a_case_are_told_apart_in_a_list_of_audits(
    visit: Visit, engine: Engine, world: World, metric: str
) -> None:
    with transaction(engine) as db:
        made = opened(db, world)
        # Whoever began first finishes last, and is the second.
        write(db, world, made, "inspector", safety=Level.MEDIUM)
        audited(db, world, made, "other_case_manager", safety=Level.MEDIUM)
        auditing.finish(db, made, 1, by=world.actor("inspector"), at=NOW + timedelta(days=1))
    sides = [visit("manager").open(f"/metrics/{metric}/{side}?{THIS}") for side in ("passing", "failing")]
    links = [text for page in sides for text in page.links]
    name = f"Case 1 of {made.reference}"
    assert [text for text in links if text.startswith(name)] == [
        f"{name}, second audit, finished on {long_date(TODAY + timedelta(days=1))}",
        f"{name}, first audit, finished on {long_date(TODAY)}",
    ]


def test_one_audit_of_a_case_is_called_by_the_case_alone(visit: Visit, engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        made = whole(db, world, 2)
    page = visit("manager").open(f"/metrics/M7/passing?{THIS}")
    found = [text for text in page.links if text.startswith("Case ")]
    assert sorted(found) == [f"Case {place} of {made.reference}" for place in (1, 2)]


def test_what_is_not_on_the_list_of_a_round_is_said_and_counted(
    visit: Visit, engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        full = opened(db, world)
        alone = f"/audits/{full.reference}"
    manager = visit("manager")
    assert "Every disposal of the period is on the list." in manager.open(alone).text
    with transaction(engine) as db:
        cases(db, world)
        for outcome in (Outcome.NFA, Outcome.NFA, Outcome.CHARGE):
            given(db, world, outcome)
        made = again(db, world)
    page = manager.open(f"/audits/{made.reference}")
    assert "Of 5 cases with a decision carried out in the period, 1 is on the list" in page.text
    assert "and 4 are left out." in page.text
    assert "Every disposal of the period is on the list." not in page.text
    rows = [[cell.strip() for cell in row.itertext() if cell.strip()] for row in page.tree.findall(".//tr")]
    shown = {row[0]: row[-1] for row in rows}
    carried = "no disposal that is carried out with the child, so it is not audited"
    assert shown["It was audited lately"] == "1"
    assert shown[f"No further action: {carried}"] == "2"
    assert shown[f"Refer for charge: {carried}"] == "1"
    later = "Youth conditional caution: recorded as given after the list was made, or ended otherwise"
    assert later in manager.open(alone).text
