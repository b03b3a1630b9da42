"""What is written and what is missing: the facts for the rules, and the task list for people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from panel.access import Actor
from panel.assessments.models import Assessment
from panel.assessments.queries import JUDGEMENTS, missing_judgements
from panel.assessments.reading import Written, everything
from panel.referrals.models import Referral
from workflows.assessment import AssessmentFacts
from workflows.assessment_parts import (
    AGENCIES,
    ANSWERED,
    CLOSE_TO_THE_CHILD,
    GROUPS,
    JUDGED,
    SECTIONS,
    WRITTEN_BY_US,
    Answer,
    Screen,
    SourceKind,
)
from workflows.vocabulary import Level, words

LOWEST = Level.LOW


def submission_facts(
    db: Session, referral: Referral, assessment: Assessment, *, by: Actor, today: date
) -> AssessmentFacts:
    """What the rules look at when the assessment is handed in."""
    return facts_of(everything(db, referral, assessment, today=today), by=by, referral=referral)


def facts_of(written: Written, *, by: Actor, referral: Referral) -> AssessmentFacts:
    """The facts of what is written."""
    a = written.assessment
    asked = frozenset(source.kind for source in written.sources)
    return AssessmentFacts(
        missing_sections=tuple(key for key in WRITTEN_BY_US if not written.text(key)),
        judgements_given=not missing_judgements(a),
        raised=is_raised(a),
        at_risk_named=all(_named(a, name) for name in ("safety", "harm")),
        contingency=bool(a.contingency_signs.strip() and a.contingency_actions.strip()),
        child_heard=bool(written.text("child_words")) or _child_answered(written),
        parent_heard=bool(written.text("parent_words")),
        beyond_the_family=any(
            s.answer in ANSWERED and s.kind not in CLOSE_TO_THE_CHILD for s in written.sources
        ),
        asked=asked,
        social_care_open=written.social_care_open,
        social_care_asked=any(
            s.kind is SourceKind.SOCIAL_CARE and s.answer is not Answer.NOT_ASKED for s in written.sources
        ),
        plans_linked=bool(written.plans),
        screens_answered=set(written.screens) == set(Screen),
        assetplus_needed=bool(written.assetplus_because),
        assetplus_done=_full_done(written),
        recommends=a.recommended is not None and bool(a.recommended_why.strip()),
        steps_complete=all(step.is_complete() and step.how.strip() for step in written.steps),
        by_author=by.id in (a.author_id, referral.case_manager_id),
    )


def is_raised(assessment: Assessment) -> bool:
    """Whether any judgement is medium or above."""
    return any(getattr(assessment, name) not in (None, LOWEST) for name in JUDGEMENTS)


def _named(assessment: Assessment, name: str) -> bool:
    raised = getattr(assessment, name) not in (None, LOWEST)
    return not raised or bool(getattr(assessment, f"{name}_who").strip())


def _child_answered(written: Written) -> bool:
    return any(answer.text.strip() for answer in written.answers)


def _full_done(written: Written) -> bool:
    full = written.asset_plus
    return full is not None and None not in (full.completed_on, full.reoffending, full.safety, full.harm)


@dataclass(frozen=True)
class Task:
    """One line of the task list; `endpoint` and `values` are where it is done."""

    text: str
    done: bool
    endpoint: str
    values: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    optional: bool = False


def task_groups(written: Written) -> list[tuple[str, list[Task]]]:
    """Everything that belongs to an assessment, in the order in which people work."""
    heard, *others = [(group, _sections(written, group)) for group in GROUPS]
    heard[1].append(
        Task(
            "The child's own answers",
            _child_answered(written),
            "child",
            hint="The child answers on a tablet",
            optional=True,
        )
    )
    sources = ("Sources of information", [_sources(written)])
    return [heard, sources, *others, ("Judgements", _judgements(written)), ("Plan", _plan(written))]


def _sections(written: Written, group: str) -> list[Task]:
    found = []
    for section in SECTIONS:
        if section.group != group:
            continue
        found.append(Task(section.title, bool(written.text(section.key)), "section", (("key", section.key),)))
        if section.screen:
            done = section.screen in written.screens
            found.append(Task(words(section.screen), done, "screen", (("kind", section.screen.value),)))
    return found


def _sources(written: Written) -> Task:
    kinds = {source.kind for source in written.sources}
    left = [words(kind) for kind in AGENCIES if kind not in kinds]
    waiting = sum(source.answer is Answer.WAITING for source in written.sources)
    hint = f"Not asked yet: {', '.join(left)}" if left else ""
    if not left and waiting:
        hint = f"{waiting} answer{'s' if waiting != 1 else ''} still to come"
    heard = any(s.answer in ANSWERED and s.kind not in CLOSE_TO_THE_CHILD for s in written.sources)
    return Task("Who was asked, and what they answered", not left and heard, "sources", hint=hint)


def _judgements(written: Written) -> list[Task]:
    a = written.assessment
    missing = missing_judgements(a)
    tasks = [
        Task(
            title,
            name not in missing and _named(a, name) if name in ("safety", "harm") else name not in missing,
            "judgement",
            (("name", name),),
            words(getattr(a, name)) if getattr(a, name) else "",
        )
        for name, title in JUDGED.items()
    ]
    if written.assetplus_because:
        tasks.append(
            Task("Full AssetPlus", _full_done(written), "assetplus", hint=written.assetplus_because[0])
        )
    return tasks


def _plan(written: Written) -> list[Task]:
    a = written.assessment
    steps = written.steps
    complete = all(step.is_complete() and step.how.strip() for step in steps)
    plural = "s" if len(steps) != 1 else ""
    tasks = [
        Task("Other plans for the child", _linked(written), "plans"),
        Task("Recommendation", bool(a.recommended and a.recommended_why.strip()), "recommendation"),
        Task(
            "Proposed steps",
            bool(steps) and complete,
            "steps",
            hint=f"{len(steps)} step{plural} so far" if steps else "",
            optional=not steps,
        ),
    ]
    written_down = bool(a.contingency_signs.strip() and a.contingency_actions.strip())
    text = "If things get worse"
    hint = "A judgement is medium or above" if is_raised(a) else "Only needed from medium on"
    return [*tasks, Task(text, written_down, "contingency", hint=hint, optional=not is_raised(a))]


def _linked(written: Written) -> bool:
    if written.social_care_open:
        return bool(written.plans)
    return written.assessment.social_care_open is not None


def count_words(groups: list[tuple[str, list[Task]]]) -> str:
    """'14 of 18 done'; what is optional counts only once it is done."""
    tasks = [task for _, items in groups for task in items if task.done or not task.optional]
    return f"{sum(task.done for task in tasks)} of {len(tasks)} done"


def shown(groups: list[tuple[str, list[Task]]], address: Callable[[Task], str]) -> list[dict[str, object]]:
    """The groups as the page lists them: done plain, the others tagged."""
    return [
        {
            "title": title,
            "items": [
                {"text": t.text, "href": address(t), "status": _status(t), "hint": t.hint} for t in tasks
            ],
        }
        for title, tasks in groups
    ]


def _status(task: Task) -> object:
    if task.done:
        return "Completed"
    return {"text": "Optional", "colour": "grey"} if task.optional else {"text": "To do", "colour": "blue"}
