"""Evidence found by itself, beside the prompts on delivery and joint working; and all hints of a case."""

from workflows.audit_hints import ASSESSING, PLANNING, Look
from workflows.audit_seen import Hint, Kind, Seen, StepSeen, fails, judge, there
from workflows.plan_parts import Serves


def _late(s: Seen, steps: tuple[StepSeen, ...]) -> int:
    """Steps that were done after their day, or are open although it has passed."""
    return sum(
        bool(step.due_on and (step.done_on or (s.today if step.open else step.due_on)) > step.due_on)
        for step in steps
    )


def _delivered(s: Seen) -> Hint:
    if not s.steps:
        return Hint(Kind.ABSENT, "There is no plan with a step.")
    done, late = sum(step.done_on is not None for step in s.steps), _late(s, s.steps)
    return fails(
        late,
        f"{done} of {len(s.steps)} steps are done; {late} were or are late.",
        f"{done} of {len(s.steps)} steps are done, none late.",
    )


def _answered(s: Seen) -> Hint:
    if not s.missed:
        return judge("No contact was missed.")
    return fails(
        s.unanswered,
        f"{s.unanswered} of {s.missed} missed contacts have no response in time.",
        f"All {s.missed} missed contacts have a response.",
    )


def _exits(s: Seen) -> Hint:
    if not s.exits:
        return Hint(Kind.ABSENT, "No way into mainstream services was planned.")
    return fails(
        s.over and s.exits_made < s.exits,
        f"The case is over, and {s.exits - s.exits_made} of {s.exits} referrals were not made.",
        f"{s.exits_made} of {s.exits} referrals to mainstream services are made.",
    )


def _kept(aim: Serves, words: str) -> Look:
    def look(s: Seen) -> Hint:
        steps = s.serving(aim)
        undone = sum(step.dropped or bool(_late(s, (step,))) for step in steps)
        if aim is Serves.SAFETY and s.events_open:
            return Hint(Kind.FAIL, f"{s.events_open} event(s) about the child wait for a review.")
        if not steps:
            return judge(f"No step of the plan is for {words}.")
        return fails(
            undone,
            f"{undone} of {len(steps)} steps for {words} were late or not delivered.",
            f"{len(steps)} step(s) for {words}, none late or dropped.",
        )

    return look


def _victims(s: Seen) -> Hint:
    if not s.victim:
        return judge("No victim is identified.")
    return fails(
        s.updates_late,
        f"{s.updates_late} update(s) to a victim were late or are not made.",
        "No update to a victim is late.",
    )


def _others(s: Seen) -> Hint:
    return there(
        s.with_others,
        f"{s.with_others} contact(s) together with somebody else.",
        "No contact together with another agency is recorded.",
    )


def _recommended(s: Seen) -> Hint:
    count = s.written("recommended_why")
    if s.recommended is None or not count:
        return Hint(Kind.ABSENT, "No recommendation with reasons is recorded.")
    said = f"A recommendation with {count} words of reasons{', and a gravity score' if s.gravity else ''}."
    return fails(
        not s.presumed, "The outcome is not one that the matrix presumes, and no reason is recorded.", said
    )


def _contributed(s: Seen) -> Hint:
    if s.panel_on is None:
        return Hint(Kind.FAIL, "No panel decided it.")
    if s.given_on and s.given_on < s.panel_on:
        return Hint(Kind.FAIL, "The disposal was given before the panel.")
    return fails(not s.yot_there, "Nobody of the YOT was at the panel.", "The YOT was at the panel.")


def _understood(s: Seen) -> Hint:
    lacking = [
        words
        for words, there_ in (
            ("no explanation on record", s.explained),
            ("no adult was there when it was explained", s.explained_to_adult or not s.explained),
            ("the child did not sign", s.signed_child),
            ("no adult signed", s.signed_adult),
        )
        if not there_
    ]
    return fails(
        lacking, f"On record: {'; '.join(lacking)}.", "Explained to the child and an adult; both signed."
    )


def _in_time(s: Seen) -> Hint:
    by = s.papers_by or s.panel_on
    if by is None:
        return Hint(Kind.ABSENT, "No panel decided it.")
    return fails(
        s.submitted_on is None or s.submitted_on > by,
        "The assessment came after the panel or after its papers were due.",
        "The assessment came before the panel and its papers.",
    )


def _reasoned(s: Seen) -> Hint:
    if not s.written("reasons"):
        return Hint(Kind.FAIL, "No reason for the decision is recorded.")
    differ = " Members differed, and each view is on record." if s.dissent else ""
    return Hint(Kind.PRESENT, f"Reasons of {s.written('reasons')} words.{differ}")


def _told(s: Seen) -> Hint:
    if s.completion_late is None:
        return judge("The plan is not over yet, or nothing had to be told.")
    return fails(
        s.completion_late, "The police were told of the end after its day.", "The police were told in time."
    )


def _enforced(s: Seen) -> Hint:
    undone = sum(bool(step.open and step.due_on and step.due_on < s.today) for step in s.steps)
    if not undone and not s.breaches_open:
        return Hint(
            Kind.PRESENT, "No condition is past its day without a result, and no breach is undecided."
        )
    return Hint(
        Kind.FAIL,
        f"{undone} condition(s) are past their day without a result; {s.breaches_open} breach(es) wait.",
    )


DELIVERING: dict[str, Look] = {
    "3.3.1a": _delivered,
    "3.3.1b": lambda s: there(
        s.fitted or s.with_carer,
        f"{s.fitted} contact(s) say how the time fits; {s.with_carer} with a parent or carer.",
        "Neither adjusted times nor contacts with a parent or carer are recorded.",
    ),
    "3.3.1c": lambda s: there(
        s.attended,
        f"{s.attended} contact(s) took place, with {s.workers} worker(s).",
        "No contact that took place is recorded.",
    ),
    "3.3.1d": _answered,
    "3.3.1e": _exits,
    "3.3.2a": _kept(Serves.SAFETY, "the child's safety"),
    "3.3.2b": _others,
    "3.3.3a": _kept(Serves.OTHERS, "the safety of others"),
    "3.3.3b": _victims,
    "3.3.3c": _others,
}
TOGETHER: dict[str, Look] = {
    "3.4.1a": _recommended,
    "3.4.1b": lambda s: fails(
        not s.admitted,
        "Neither an admission nor acceptance of responsibility is recorded.",
        "What the child admits or accepts is recorded.",
    ),
    "3.4.1c": _contributed,
    "3.4.1d": _understood,
    "3.4.1e": _in_time,
    "3.4.1f": _reasoned,
    "3.4.2a": _told,
    "3.4.2b": _enforced,
    "signed_copy": lambda s: fails(
        not s.copy_kept, "No signed document is on the file.", "A signed document is on the file."
    ),
}
LOOKS: dict[str, Look] = ASSESSING | PLANNING | DELIVERING | TOGETHER


def hints(seen: Seen) -> dict[str, Hint]:
    """What the recorded data show beside each prompt."""
    return {key: look(seen) for key, look in LOOKS.items()}
