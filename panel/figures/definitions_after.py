"""The giving, the plan and what became of it: M10 to M12 and M20 to M29."""

from sqlmodel import col

from panel.figures.measure import Measure, both, yes
from panel.figures.models import Milestone
from workflows.vocabulary import CAUTIONS, SIGNED_OUTCOMES, Level

M = Milestone
GIVEN = col(M.given_on)
PLANNED = col(M.plans) > 0
RISKY = [level.value for level in Level if level is not Level.LOW]

GIVING = (
    Measure(id="M10", model=M, day=GIVEN, met=yes(both(M.explained_child, M.explained_adult))),
    Measure(
        id="M11",
        model=M,
        day=GIVEN,
        of=col(M.outcome).in_([outcome.value for outcome in SIGNED_OUTCOMES]),
        met=yes(M.copy_on_file),
        excluded=(("still_time", col(M.copy_running)),),
    ),
    Measure(
        id="M12",
        model=M,
        day=GIVEN,
        of=col(M.outcome).in_([outcome.value for outcome in CAUTIONS]),
        met=yes(M.case_manager_present),
    ),
)
PLANNING = (
    Measure(id="M20", model=M, day=GIVEN, counted=col(M.steps), met=col(M.steps_complete)),
    Measure(id="M21", model=M, day=GIVEN, of=PLANNED, met=yes(M.plan_signed)),
    Measure(id="M22", model=M, day=GIVEN, of=PLANNED, met=yes(col(M.strengths) > 0)),
    Measure(
        id="M23",
        model=M,
        day=GIVEN,
        of=both(PLANNED, col(M.safety).in_(RISKY)),
        met=yes(M.contingency_safety),
    ),
    Measure(
        id="M24",
        model=M,
        day=GIVEN,
        of=both(PLANNED, col(M.harm).in_(RISKY)),
        met=yes(M.contingency_harm),
    ),
    Measure(id="M25", model=M, day=GIVEN, of=both(PLANNED, M.other_plan), met=yes(M.other_plan_linked)),
)
KEEPING = (
    Measure(
        id="M26",
        model=M,
        day=col(M.conditions_due_on),
        counted=col(M.conditions) - col(M.conditions_running),
        met=col(M.conditions_in_time),
        apart=col(M.conditions_running),
        apart_because="still_time",
    ),
    Measure(
        id="M27",
        model=M,
        day=GIVEN,
        counted=col(M.missed) - col(M.missed_running) - col(M.missed_excused),
        met=col(M.missed_answered),
        excluded=(("excused", both(col(M.missed) > 0, col(M.missed) == col(M.missed_excused))),),
        apart=col(M.missed_running),
        apart_because="still_time",
    ),
    Measure(
        id="M28",
        model=M,
        day=col(M.closed_on),
        of=col(M.exits) > 0,
        met=yes(col(M.exits_made) > 0),
    ),
    Measure(id="M29", model=M, day=GIVEN, counted=col(M.reparations), met=col(M.reparations_suited)),
)
AFTER = (*GIVING, *PLANNING, *KEEPING)
