"""What `Flow` promises, on a small table of its own."""

from dataclasses import dataclass
from enum import StrEnum

import pytest

from workflows.flow import Flow, FlowError, Guard, Move, NotYours, Refused
from workflows.roles import Role

MANAGER, OFFICER = Role.YOT_MANAGER, Role.OFFICER


class State(StrEnum):
    """Three states."""

    A = "a"
    B = "b"
    LOST = "lost"


class Two(StrEnum):
    """Two states."""

    A = "a"
    B = "b"


@dataclass(frozen=True)
class Facts:
    """What the small table looks at."""

    hard: bool = False
    soft: bool = False
    left: bool = True


HARD = Guard[Facts]("hard", lambda f: f.hard, "The hard rule is not met.", "X-1", "An Act")
SOFT = Guard[Facts]("soft", lambda f: f.soft, "The soft rule is not met.", "X-2", "Some guidance", hard=False)
GO = Flow("small", Two, Two.A, (Move("go", Two.A, Two.B, by=(MANAGER,), guards=(SOFT, HARD)),))


def test_all_unmet_rules_are_told_at_once_the_hard_ones_first() -> None:
    assert [(r.name, r.says, r.source, r.hard) for r in GO.refusals("go", Two.A, Facts())] == [
        ("hard", "The hard rule is not met.", "An Act", True),
        ("soft", "The soft rule is not met.", "Some guidance", False),
    ]


def test_guidance_gives_way_to_a_reason_and_the_reason_is_kept() -> None:
    step = GO.step("go", Two.A, Facts(hard=True), {MANAGER}, {"soft": " The judge asked for it. "})
    assert step.overridden == {"soft": "The judge asked for it."}


def test_a_blank_reason_is_no_reason() -> None:
    with pytest.raises(Refused) as refused:
        GO.step("go", Two.A, Facts(hard=True), {MANAGER}, {"soft": "   "})
    assert [r.name for r in refused.value.refusals] == ["soft"]


def test_no_reason_moves_a_hard_rule() -> None:
    with pytest.raises(Refused) as refused:
        GO.step("go", Two.A, Facts(soft=True), {MANAGER}, {"hard": "Please"})
    assert [r.name for r in refused.value.refusals] == ["hard"]


def test_a_reason_for_a_rule_that_is_met_is_not_recorded() -> None:
    assert (
        GO.step("go", Two.A, Facts(hard=True, soft=True), {MANAGER}, {"soft": "Not needed"}).overridden == {}
    )


def test_a_role_that_is_not_in_the_table_is_turned_away_before_the_rules_are_read() -> None:
    with pytest.raises(NotYours):
        GO.step("go", Two.A, Facts(), {OFFICER})


def test_a_state_that_no_way_leads_to_is_found_when_the_table_is_built() -> None:
    with pytest.raises(FlowError, match="no way leads to lost"):
        Flow("bad", State, State.A, (Move("go", State.A, State.B, by=(MANAGER,)),))


def test_a_move_that_nobody_may_make_is_found_when_the_table_is_built() -> None:
    with pytest.raises(FlowError, match="nobody may make this move"):
        Flow("bad", Two, Two.A, (Move("go", Two.A, Two.B, by=()),))


def test_a_state_of_another_flow_is_found_when_the_table_is_built() -> None:
    with pytest.raises(FlowError, match="is not a state of this flow"):
        Flow("bad", Two, Two.A, (Move("go", Two.A, State.LOST, by=(MANAGER,)),))  # type: ignore[arg-type]


def test_a_move_that_is_not_in_the_table_is_an_error_of_the_programmer() -> None:
    with pytest.raises(FlowError, match="no move 'fly'"):
        GO.refusals("fly", Two.A, Facts())


def test_when_picks_the_way() -> None:
    fork = Flow(
        "fork",
        State,
        State.A,
        (
            Move("go", State.A, State.B, by=(MANAGER,), when=lambda f: f.left),
            Move("go", State.A, State.LOST, by=(MANAGER,), when=lambda f: not f.left),
        ),
    )
    assert fork.step("go", State.A, Facts(left=True), {MANAGER}).after is State.B
    assert fork.step("go", State.A, Facts(left=False), {MANAGER}).after is State.LOST


def test_the_drawing_comes_from_the_table() -> None:
    assert GO.mermaid() == "stateDiagram-v2\n    [*] --> a\n    a --> b: go (yot manager)\n"
