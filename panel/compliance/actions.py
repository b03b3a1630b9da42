"""What people do when something was not kept: each act is one entry, and each end a person's decision."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from config.contacts import reason
from panel.access import Actor
from panel.compliance import commands as c
from panel.compliance.models import Entry, Matter
from panel.compliance.queries import entries_of, facts_of, matters_of, may_begin, open_matter
from panel.compliance.telling import tell_people
from panel.contacts.actions import LISTENERS
from panel.contacts.models import Contact
from panel.errors import Missing
from panel.history.record import case_chain, record
from panel.plans.queries import steps_of
from panel.referrals.models import Referral
from panel.referrals.moves import settle, tell
from panel.victims.screening import places_that_tell
from workflows.calendar import clock_words, deadline, today_in_london
from workflows.compliance import COMPLIANCE, MatterFacts
from workflows.flow import NotYours, Refusal, Refused, Step
from workflows.keeping import OPEN, WITH_THE_POLICE, Rung, Status
from workflows.roles import Role
from workflows.vocabulary import words

NO_PLAN = Refusal(
    "no_plan",
    "No plan is under way, so nothing can be missed.",
    "BR-3",
    "The plan flow of this service",
    True,
    "plan",
)
STARTERS = (Role.CASE_MANAGER, Role.YOT_MANAGER)
Lines = list[list[str]]


class NotCleared(Exception):
    """A text that the child reads would tell who the victim is; `fields` are its names."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__("a text gives the victim away")
        self.fields = fields


def missed(db: Session, referral: Referral, contact: Contact, *, by: Actor, at: datetime) -> Entry:
    """An appointment was missed: it begins a matter, or is added to the one that is open."""
    local = clock_words(contact.starts_at)
    command = c.Miss(
        happened_on=today_in_london(contact.starts_at),
        said=f"Missed: {words(contact.kind)} on {local}. {contact.reason}".strip()[:2000],
    )
    return miss(db, referral, command, contact=contact, by=by, at=at)


def miss(
    db: Session,
    referral: Referral,
    command: c.Miss,
    *,
    contact: Contact | None = None,
    by: Actor,
    at: datetime,
) -> Entry:
    """Write down that something was missed. Raises `Refused` when no plan is under way."""
    if not by.roles_in(referral.area_id) & set(STARTERS):
        raise NotYours("matter.miss")
    if may_begin(db, referral) is None:
        raise Refused("matter", "miss", (NO_PLAN,))
    matter, day = open_matter(db, referral.id), today_in_london(at)
    entry = Entry(rung=Rung.MISSED, contact_id=contact.id if contact else None, **_texts(command))
    if matter is None:
        number = len(matters_of(db, referral.id)) + 1
        matter = Matter(referral_id=referral.id, number=number, opened_on=day, changed_at=at)
        db.add(matter)
        db.flush()
        tell(db, referral, "missed", by=by, at=at, said={"number": str(number)})
    elif COMPLIANCE.may("miss_again", matter.status, by.roles_in(referral.area_id)):
        step = COMPLIANCE.step("miss_again", matter.status, _none(at), by.roles_in(referral.area_id))
        record(db, matter, step, flow="matter", chain=case_chain(referral.id), by=by, at=at)
    else:
        tell(db, referral, "missed_more", by=by, at=at, said={"number": str(matter.number)})
    return _keep(db, referral, matter, entry, by=by, at=at)


def _none(at: datetime) -> MatterFacts:
    return MatterFacts(today=today_in_london(at))


def _texts(command: c.Dated) -> dict[str, Any]:
    kept = {"happened_on", "said", "who", "level", "excused", "choice"}
    return command.model_dump(include=kept)


def answer(
    db: Session, referral: Referral, matter: Matter, command: c.Answer, *, by: Actor, at: datetime
) -> Entry:
    """Somebody spoke with the child and family."""
    entry = Entry(rung=Rung.ANSWER, more=[["How", words(command.way)]], **_texts(command))
    return act(db, referral, matter, "answer", entry, {}, by=by, at=at)


def warn(
    db: Session,
    referral: Referral,
    matter: Matter,
    command: c.Warn,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Entry:
    """Give a warning; its wording is kept and printed. Raises `NotCleared` when it tells of the victim."""
    read = {name: getattr(command, name) for name in ("said", "must", "help", "who")}
    told = tuple(name for name, text in read.items() if places_that_tell(db, referral, {name: [text]}))
    if told:
        raise NotCleared(told)
    more = [["Which warning", words(command.level)], ["What has to happen", command.must]]
    entry = Entry(rung=Rung.WARNING, more=[*more, ["Who helps", command.help]], **_texts(command))
    return act(
        db, referral, matter, "warn", entry, {"level": command.level}, by=by, at=at, overrides=overrides
    )


def meet(
    db: Session, referral: Referral, matter: Matter, command: c.Meet, *, by: Actor, at: datetime
) -> Entry:
    """A meeting to find out what stood in the way, and what changes."""
    lines: Lines = [["What kind of thing", ", ".join(words(barrier) for barrier in command.barriers)]]
    if command.needs:
        lines.append(["What the child needs", command.needs])
    lines.append(["What changes", command.changes])
    entry = Entry(rung=Rung.MEETING, more=lines, **_texts(command))
    return act(db, referral, matter, "meet", entry, {}, by=by, at=at)


ENDS = {
    "settle": Rung.SETTLED,
    "report": Rung.REPORT,
    "end_voluntary": Rung.NOT_ENFORCED,
    "return": Rung.RETURNED,
}


def end(
    db: Session,
    referral: Referral,
    matter: Matter,
    name: str,
    command: c.Said,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Entry:
    """Settle it, report it for the file, end what was voluntary, or return it to the police."""
    more: dict[str, Any] = {"reason": command.said}
    if name == "return":
        more["told_by"] = deadline("breach_told", command.happened_on, "Tell the police").due
    entry = Entry(rung=ENDS[name], **_texts(command))
    return act(db, referral, matter, name, entry, more, by=by, at=at, overrides=overrides)


def allege(
    db: Session,
    referral: Referral,
    matter: Matter,
    command: c.Allege,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Entry:
    """Report a possible breach to the police with its evidence (BR-4, BR-6)."""
    steps = {step.place: step.what for step in steps_of(db, referral.id) if step.binding}
    named = [f"{place}. {steps[place]}" for place in command.conditions if place in steps]
    lines: Lines = [["Condition not kept", "; ".join(named)]]
    lines += [["Missed", said] for said in _missed_words(db, matter, referral, command)]
    lines += [["What was tried", command.tried], ["What the child and family say", command.childs_side]]
    entry = Entry(rung=Rung.ALLEGED, more=lines, **_texts(command))
    more = {
        "conditions_named": bool(named),
        "told_by": deadline("breach_told", command.happened_on, "Tell the police").due,
    }
    return act(db, referral, matter, "allege", entry, more, by=by, at=at, overrides=overrides)


def _missed_words(db: Session, matter: Matter, referral: Referral, command: c.Allege) -> list[str]:
    chosen = set(command.contacts)
    return [e.said for e in entries_of(db, [matter])[matter.id] if e.contact_id in chosen and e.contact_id]


def act(
    db: Session,
    referral: Referral,
    matter: Matter,
    name: str,
    entry: Entry,
    more: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> Entry:
    """Make one move of the ladder with its entry. Raises `Refused` or `NotYours`."""
    facts = replace(
        facts_of(db, referral, entries_of(db, [matter])[matter.id], today=today_in_london(at)), **more
    )
    step: Step[Status] = COMPLIANCE.step(name, matter.status, facts, by.roles_in(referral.area_id), overrides)
    said = {"number": str(matter.number)}
    record(db, matter, step, flow="matter", chain=case_chain(referral.id), by=by, at=at, facts=said)
    says = {r.name: r.says for r in COMPLIANCE.refusals(name, step.before, facts)}
    entry.overridden = [[says[rule], why] for rule, why in step.overridden.items()]
    return _keep(db, referral, matter, entry, by=by, at=at)


def _keep(db: Session, referral: Referral, matter: Matter, entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Add the entry; keep on the case whose turn it is and since when, and tell them."""
    day, status = today_in_london(at), matter.status
    entry.matter_id, entry.by_id, entry.at = matter.id, by.id, at
    entry.by_words = f"{by.name} ({by.role_words})"
    matter.changed_at = at
    if status not in OPEN:
        matter.over_at, matter.due_on = at, None
        referral.keeping_since, referral.keeping_with_police = None, False
    elif status in WITH_THE_POLICE:
        if not referral.keeping_with_police:
            referral.keeping_since, referral.keeping_with_police = day, True
        matter.due_on = deadline("breach_decided", referral.keeping_since or day, "Decide").due
    else:
        since = entry.happened_on if status is Status.MISSED and entry.rung is Rung.MISSED else None
        if since is not None and matter.due_on is not None and referral.keeping_since is not None:
            since = min(since, referral.keeping_since)  # an unanswered miss is no less late for the next one
        referral.keeping_since, referral.keeping_with_police = since, False
        matter.due_on = deadline("missed_answer_due", since, "Answer").due if since else None
    db.add_all((matter, entry))
    settle(db, referral, by=by, at=at, page=f"matter.{entry.rung.value}")
    tell_people(db, referral, matter, entry, by=by, at=at)
    return entry


def the_open(db: Session, referral: Referral, number: int) -> Matter:
    """The open matter with this number. Raises `Missing`."""
    found = open_matter(db, referral.id)
    if found is None or found.number != number:
        raise Missing()
    return found


def _hear(db: Session, referral: Referral, contact: Contact, by: Actor, at: datetime) -> None:
    """A contact that was missed: when it is the child's doing and a plan runs, the ladder has it at once."""
    if reason(contact.reason_code).fault == "child" and may_begin(db, referral) is not None:
        missed(db, referral, contact, by=by, at=at)


if _hear not in LISTENERS:
    LISTENERS.append(_hear)
