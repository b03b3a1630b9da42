"""The rules of lifting a conflict, each just inside and just outside (PAN-6)."""

import pytest

from workflows.conflict import LiftFacts, against_lifting

RIGHT = {"conflicted_id": 1, "by_id": 2, "first_id": 3, "leads_now": True, "led_first": False}


@pytest.mark.parametrize(
    ("facts", "against"),
    [
        ({}, []),
        ({"first_id": None, "leads_now": False}, []),
        ({"leads_now": False, "led_first": True}, []),
        ({"by_id": 1}, ["not_their_own"]),
        ({"first_id": None, "by_id": 1}, ["not_their_own"]),
        ({"first_id": 2}, ["two_people"]),
        ({"leads_now": False}, ["chair_is_one"]),
    ],
)
def test_a_conflict_is_lifted_by_two_others_one_of_whom_chairs(
    facts: dict[str, object], against: list[str]
) -> None:
    found = against_lifting(LiftFacts(**{**RIGHT, **facts}))  # type: ignore[arg-type]
    assert [refusal.name for refusal in found] == against
