"""What each role sees first: counted tiles that open what they count."""

from datetime import date

from flask import url_for
from sqlmodel import Session

from panel.access import Actor
from panel.agreed_actions.queries import MINE
from panel.agreed_actions.queries import count as count_actions
from panel.assessments.countersign_queries import count_to_countersign, second_readings
from panel.audits.queries import waiting_for
from panel.cases.queries import counts, filters
from panel.closing import queries as closing
from panel.closing.figures import count_asked
from panel.compliance import queries as compliance
from panel.concerns.queries import count_waiting
from panel.contacts.queries import count_today
from panel.counting import up_to
from panel.disposals.copies import MISSING
from panel.disposals.copies import count as count_copies
from panel.home.gap import manager_counts
from panel.home.metric_tiles import metric_tiles
from panel.home.police_tiles import police_tiles
from panel.home.tile import Tile
from panel.liaison import queries as liaison
from panel.linking import queries as linking
from panel.packs.queries import count_to_read
from panel.scrutiny.queries import to_score
from panel.telling import queries as telling
from panel.telling.queries import Show
from panel.victims.lists import count_to_ask, count_to_tell
from workflows.action import AGREES, HOLDERS
from workflows.audit import AUDITOR_ROLES
from workflows.calendar import long_date, today_in_london
from workflows.police import KEEPERS
from workflows.roles import SEAT_ROLES, Role, Seat

# For each role the lists in the order of its day; the words after the bar are the hint.
ROLE_LISTS: dict[Role, tuple[str, ...]] = {
    Role.OFFICER: ("draft", "sent_back", "sent", "decided", "near"),
    Role.SECONDED: ("decided", "to_appoint", "sent_back", "draft", "listed", "near", "open"),
    Role.CASE_MANAGER: ("mine", "accepted", "events", "given", "notified", "near", "late"),
    Role.YOT_MANAGER: (
        *(
            "submitted",
            "draft",
            "accepted",
            "assessed",
            "deferred",
            "listed",
            "to_appoint",
            "events",
            "given",
        ),
        *("near", "late"),
    ),
    Role.VICTIM_WORKER: ("listed", "near", "open"),
    Role.LIAISON: ("draft", "sent_back", "sent", "given", "notified", "near"),
    Role.INSPECTOR: ("all", "closed"),
}
KEEPING = (
    (
        compliance.POLICE,
        "Breaches waiting for the police",
        "A named person decides",
        frozenset({Role.SECONDED, Role.YOT_MANAGER}),
    ),
    (
        compliance.LATE,
        "Missed and not answered in time",
        "Speak with the child and family",
        frozenset({Role.CASE_MANAGER, Role.YOT_MANAGER}),
    ),
)
WARNS = frozenset({"late", "to_appoint", "sent_back", "given", "events"})
HINTS = {
    "draft": "Not sent yet",
    "submitted": "Accept or send back",
    "sent_back": "Put right and send again",
    "sent": "Where they stand",
    "decided": "Explain, sign, give",
    "to_appoint": "Plan a day, or move it",
    "mine": "By next deadline",
    "accepted": "Assessment due in 10 working days",
    "assessed": "Put on a panel meeting",
    "deferred": "Put on another meeting",
    "listed": "On an agenda",
    "given": "Confirm that the YOT knows",
    "notified": "Steps to do",
    "near": "Late, today, or in the next 3 working days",
    "late": "A deadline has passed",
    "open": "Everything that is not closed",
    "events": "Say what follows",
    "all": "Open and closed",
    "closed": "Finished",
}


def tiles(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """The tiles of all roles that the person holds, each once."""
    lists = filters(actor, today=today)
    names = dict.fromkeys(name for role in Role if role in actor.roles for name in ROLE_LISTS.get(role, ()))
    numbers = counts(db, actor, [lists[name][1] for name in names])
    counted = [_tile(name, lists[name][0], number) for name, number in zip(names, numbers, strict=True)]
    return [
        *_papers(db, actor),
        *_victims(db, actor),
        *_copies(db, actor, today=today),
        *_first(db, actor),
        *counted,
        *_safeguarding(db, actor),
        *_keeping(db, actor, today=today),
        *_ends(db, actor, today=today),
        *_contacts(db, actor, today=today),
        *_actions(db, actor, today=today),
        *_scrutiny(db, actor),
        *_audits(db, actor),
        *metric_tiles(db, actor, today=today),
        *police_tiles(db, actor, today=today),
        *_told(db, actor, today=today),
        *_pairs(db, actor),
        *(Tile(*told) for told in manager_counts(db, actor, today=today)),
    ]


def _told(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """What managers see of telling people: what nobody acknowledged, and mails that did not arrive."""
    if Role.YOT_MANAGER not in actor.roles:
        return []
    open_, late = telling.count_waiting(db, actor, today=today)
    dead = telling.count_dead(db, actor, today=today)
    return [
        Tile(
            up_to(open_),
            "Notifications not acknowledged",
            url_for("telling.index", show=Show.OPEN.value),
            f"{up_to(late)} late" if late else "None is late",
            "warn" if late else "normal",
        ),
        Tile(
            f"{dead:,}",
            "Mails that did not arrive",
            url_for("mails.index"),
            "Send again, or find out",
            "warn" if dead else "normal",
        ),
    ]


def _pairs(db: Session, actor: Actor) -> list[Tile]:
    if not actor.roles & {*KEEPERS}:
        return []
    number = linking.count(db, actor, waiting=True)
    text, hint = "On the police's list: is it the same?", "Look at two records side by side"
    return [Tile(up_to(number), text, url_for("linking.index"), hint, "normal")]


def _first(db: Session, actor: Actor) -> list[Tile]:
    if Role.YOT_MANAGER not in actor.roles:
        return []
    href = url_for("countersigning.index")
    (first, since), second = count_to_countersign(db, actor), second_readings(db, actor)
    waits = f"The first waits since {long_date(today_in_london(since))}" if since else "None waits"
    found = [Tile(f"{first:,}", "Assessments to countersign", href, waits, "normal")]
    return found + (
        [Tile(str(len(second)), "Second readings", href, "Judge again, on your own", "normal")]
        if second
        else []
    )


def _safeguarding(db: Session, actor: Actor) -> list[Tile]:
    if not actor.roles & {Role.YOT_MANAGER, Role.CASE_MANAGER}:
        return []
    waiting = count_waiting(db, actor)
    tone = "warn" if waiting else "normal"
    text, hint = "Safeguarding referrals without an answer", "Ask children's social care"
    return [Tile(up_to(waiting), text, url_for("concerns.waiting"), hint, tone)]


def _copies(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    if not actor.roles & {Role.SECONDED, Role.YOT_MANAGER}:
        return []
    lacking = count_copies(db, actor, MISSING, today=today)
    href, hint = url_for("disposals.signed_copies"), "Find the paper, or have it signed"
    return [Tile(f"{lacking:,}", "Signed copies missing", href, hint, "warn" if lacking else "normal")]


def _keeping(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """Breaches that wait for the police, and what was missed and is not answered in time."""
    found = []
    for name, text, hint, roles in KEEPING:
        if not actor.roles & roles:
            continue
        waits = compliance.count(db, actor, name, today=today)
        href, tone = url_for("compliance.index", list=name), "warn" if waits else "normal"
        found.append(Tile(f"{waits:,}", text, href, hint, tone))
    return found


def _ends(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """Children to reach for liaison and diversion; cases that are ready for the code 22."""
    found = []
    if actor.roles & {Role.LIAISON, Role.YOT_MANAGER}:
        waits = liaison.count(db, actor, liaison.TO_REACH)
        href, tone = url_for("liaison.index"), "warn" if waits else "normal"
        hint = "Community resolutions; first contact in 5 working days"
        found.append(Tile(up_to(waits), "Children to reach", href, hint, tone))
    if actor.roles & {Role.SECONDED, Role.YOT_MANAGER}:
        ready = closing.count_codes(db, actor, closing.READY)
        href, hint = url_for("closing.codes"), "An activity is on record"
        found.append(Tile(up_to(ready), "Ready for the code 22", href, hint, "normal"))
    if Role.YOT_MANAGER in actor.roles:
        asked = count_asked(db, actor, today=today)
        href, hint = url_for("closing.figures"), "In the last twelve months"
        found.append(Tile(up_to(asked), "People asked what they think of it", href, hint, "normal"))
    return found


def _contacts(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """A case manager's own appointments of the day."""
    if Role.CASE_MANAGER not in actor.roles:
        return []
    todays = count_today(db, actor, today=today)
    hint = "Then the week, and what waits to be written down"
    return [Tile(f"{todays:,}", "My contacts today", url_for("contacts.mine"), hint, "normal")]


def _papers(db: Session, actor: Actor) -> list[Tile]:
    if not actor.roles & {SEAT_ROLES[seat] for seat in Seat}:
        return []
    waiting = count_to_read(db, actor)
    hint = "For the panels in which you sit"
    tone = "warn" if waiting else "normal"
    return [Tile(up_to(waiting), "Papers to read", url_for("packs.unread"), hint, tone)]


def _victims(db: Session, actor: Actor) -> list[Tile]:
    if Role.VICTIM_WORKER not in actor.roles:
        return []
    asks, tells = count_to_ask(db, actor), count_to_tell(db, actor)
    return [
        Tile(
            up_to(asks),
            "Victims to ask before the panel",
            url_for("victims.to_ask"),
            "The nearest panel first",
            "warn" if asks else "normal",
        ),
        Tile(
            up_to(tells),
            "Victims to tell",
            url_for("victims.to_tell"),
            "Within 5 working days, or 1 with enhanced rights",
            "warn" if tells else "normal",
        ),
    ]


def _actions(db: Session, actor: Actor, *, today: date) -> list[Tile]:
    """What meetings gave this person to do: always for the panel, for others when there is something."""
    if not actor.roles & set(HOLDERS):
        return []
    mine = count_actions(db, actor, MINE, today=today)
    if not mine and not actor.roles & set(AGREES):
        return []
    href, hint = url_for("actions.index", list=MINE), "Agreed by the panel, the most urgent first"
    return [Tile(f"{mine:,}", "My actions", href, hint, "normal")]


def _scrutiny(db: Session, actor: Actor) -> list[Tile]:
    if Role.SCRUTINEER not in actor.roles:
        return []
    waits = to_score(db, actor)
    href, hint = url_for("scrutiny.samples"), "Each on your own first, then together"
    return [Tile(f"{waits:,}", "Cases to score", href, hint, "warn" if waits else "normal")]


def _audits(db: Session, actor: Actor) -> list[Tile]:
    """An auditor's own sample: always for inspectors, for others when they audit."""
    if not actor.roles & set(AUDITOR_ROLES):
        return []
    waits = len(waiting_for(db, actor))
    if not waits and Role.INSPECTOR not in actor.roles:
        return []
    href, hint = url_for("audits.index"), "My sample and the form"
    return [Tile(f"{waits:,}", "Cases to audit", href, hint, "warn" if waits else "normal")]


def _tile(name: str, text: str, number: int) -> Tile:
    tone = "warn" if name in WARNS and number else "normal"
    return Tile(up_to(number), text, url_for("cases.index", list=name), HINTS[name], tone)
