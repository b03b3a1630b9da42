"""The rules of merging two records, on both sides of each."""

from dataclasses import replace
from typing import Any

import pytest

from tests.workflows.ready import READY_MERGE
from workflows.merge import MERGE, Status

S = Status


@pytest.mark.parametrize(
    ("move", "source", "broken", "name", "hard"),
    [
        ("propose", S.SEEN, {"reason": " "}, "reason", True),
        ("propose", S.SEEN, {"one_area": False}, "one_area", True),
        ("propose", S.SEEN, {"both_free": False}, "both_free", True),
        ("confirm", S.PROPOSED, {"another_person": False}, "two_people", True),
        ("confirm", S.PROPOSED, {"unchanged": False}, "unchanged", True),
        ("confirm", S.PROPOSED, {"one_area": False}, "one_area", True),
        ("confirm", S.PROPOSED, {"both_free": False}, "both_free", True),
        ("confirm", S.PROPOSED, {"decided_open": True}, "not_decided", False),
        ("decline", S.PROPOSED, {"reason": ""}, "reason", True),
        ("undo", S.CONFIRMED, {"reason": ""}, "reason", True),
        ("undo", S.CONFIRMED, {"newest": False}, "newest", True),
        ("undo", S.CONFIRMED, {"decided_open": True}, "not_decided", False),
    ],
)
def test_each_rule_of_a_merge_stops_it_alone(
    move: str, source: Status, broken: dict[str, Any], name: str, hard: bool
) -> None:
    assert MERGE.refusals(move, source, READY_MERGE) == ()
    (refusal,) = MERGE.refusals(move, source, replace(READY_MERGE, **broken))
    assert (refusal.name, refusal.hard) == (name, hard)
