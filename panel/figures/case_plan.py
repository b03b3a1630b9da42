"""What the row of a case says of its plan: steps, contingency, other plans, conditions, what was missed."""

from datetime import date
from typing import Any

from panel.figures.case_parts import STEP
from panel.figures.json_rows import Gathered, day, loaded, london_day
from panel.plans.models import StepState
from panel.steps import StepFields
from workflows.calendar import deadline
from workflows.conditions import MONEY, StepKind
from workflows.contact import Attendance
from workflows.keeping import Rung
from workflows.plan_parts import LinkKind, Risk, says_too_little
from workflows.victim import agree_at_home
from workflows.vocabulary import Purpose

Row = dict[str, Any]
LINKED = frozenset((LinkKind.IN_NEED.value, LinkKind.PROTECTION.value, LinkKind.CARE.value))
NOT_THE_CHILDS = frozenset((Attendance.EXCUSED.value, Attendance.CANCELLED.value))
PAID = frozenset(kind.value for kind in MONEY)


def planned(of: Gathered, *, risky: bool) -> Row:
    """Steps, strengths and what goes with them; `risky` says whether another service has a plan too."""
    content = of.one("content")
    contingencies = loaded(content.contingencies) or [] if content else []
    links = loaded(content.links) or [] if content else []
    risks = {one["risk"] for one in contingencies if not says_too_little(one["action"])}
    steps = _steps(of)
    reparations = [one for one in steps if _is_reparation(one)]
    agreed = agree_at_home(of.all("victim"))
    return {
        "plans": int(of.one("plan") is not None),
        "steps": len(steps),
        "steps_complete": sum(_complete(one) for one in steps),
        "contingency_safety": bool(risks & {Risk.SAFETY.value, Risk.BOTH.value}),
        "contingency_harm": bool(risks & {Risk.OTHERS.value, Risk.BOTH.value}),
        "other_plan": risky,
        "other_plan_linked": any(one["kind"] in LINKED and one["fit"].strip() for one in links),
        "reparations": len(reparations),
        "reparations_suited": sum(agreed or not one.at_childs_home for one in reparations),
    }


def _steps(of: Gathered) -> list[Any]:
    return [one for one in of.all("step") if one.state != StepState.REMOVED.value]


def _complete(step: Any) -> bool:
    written = {name: getattr(step, name) for name in STEP} | {"kind": StepKind(step.kind)}
    return StepFields.model_construct(**written).is_complete()


def _is_reparation(step: Any) -> bool:
    """Work that puts something right; paying is no placement."""
    return bool(step.purpose == Purpose.REPARATION.value and step.kind not in PAID)


def conditions(of: Gathered, on: date, waits: set[date]) -> Row:
    """The steps that bind the child: how many were done by their day, and how many still have time."""
    bound = [(one, day(one.due_on)) for one in _steps(of) if one.binding]
    running = [due for one, due in bound if one.state == StepState.TO_DO.value and due and due >= on]
    waits.update(running)
    return {
        "conditions": len(bound),
        "conditions_running": len(running),
        "conditions_in_time": sum(_in_time(one, due) for one, due in bound),
        "conditions_due_on": max((due for _, due in bound if due), default=None),
    }


def _in_time(step: Any, due: date | None) -> bool:
    done = day(step.done_on)
    return step.state == StepState.DONE.value and done is not None and due is not None and done <= due


def kept_to(of: Gathered, on: date, waits: set[date]) -> Row:
    """Contacts: the first that was attended, and how each missed one was answered (YC-7)."""
    entries = sorted(of.all("entry"), key=lambda one: one.id)
    states = [_state(one, entries, on, waits) for one in entries if one.rung == Rung.MISSED.value]
    attended = [london_day(one.starts_at) for one in of.all("contact")]
    completion = of.one("completion")
    return {
        "first_contact_on": min((one for one in attended if one), default=None),
        "completed_on": day(completion.completed_on) if completion else None,
        "missed": len(states),
        "missed_answered": states.count("answered"),
        "missed_running": states.count("running"),
        "missed_excused": states.count("excused"),
    }


def _state(missed: Any, entries: list[Any], on: date, waits: set[date]) -> str:
    if missed.state in NOT_THE_CHILDS:
        return "excused"
    since = day(missed.happened_on)
    if since is None:
        return "late"
    due = deadline("missed_answer_due", since, "Answer").due
    answers = (
        day(one.happened_on)
        for one in entries
        if one.matter_id == missed.matter_id and one.id > missed.id and one.rung != Rung.MISSED.value
    )
    answered = next(answers, None)
    if answered is not None:
        return "answered" if answered <= due else "late"
    if due < on:
        return "late"
    waits.add(due)
    return "running"


def exits(of: Gathered) -> Row:
    """Ways into mainstream services that the plan has, and how many of them came about (3.3.1e)."""
    content = of.one("content")
    planned_ways = loaded(content.exits) or [] if content else []
    return {"exits": len(planned_ways), "exits_made": sum(bool(one.happened) for one in of.all("exit"))}
