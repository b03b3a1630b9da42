"""What each role sees first: counted tiles that open what they count."""

from datetime import date, datetime
from itertools import islice

from flask import url_for
from sqlmodel import Session

from panel.access import Actor
from panel.agreed_actions import queries as actions
from panel.agreed_actions.queries import MINE
from panel.assessments.countersign_queries import second_readings_counted, to_countersign_counted
from panel.audits.queries import waiting_for
from panel.cases.queries import counted, filters
from panel.closing import queries as closing
from panel.closing.figures import asked_counted
from panel.compliance import queries as compliance
from panel.concerns.queries import waiting_counted
from panel.contacts.queries import todays_counted
from panel.counting import answers, up_to
from panel.disposals.copies import missing_counted
from panel.home.gap import manager_counts
from panel.home.metric_tiles import metric_tiles
from panel.home.police_tiles import police_tiles
from panel.home.tile import Asked, Tile, counting, tone
from panel.liaison import queries as liaison
from panel.linking import queries as linking
from panel.packs.queries import to_read_counted
from panel.scrutiny.queries import score_counted
from panel.telling import queries as telling
from panel.telling.queries import Show
from panel.victims.lists import asking_counted, telling_counted
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
    """The tiles of all roles that the person holds, each once; their numbers are one question."""
    asked = _asked(db, actor, today=today)
    numbers = iter(answers(db, [number for one in asked if isinstance(one, Asked) for number in one.numbers]))
    made = [one.tile(*islice(numbers, len(one.numbers))) if isinstance(one, Asked) else one for one in asked]
    return [one for one in made if one is not None]


def _asked(db: Session, actor: Actor, *, today: date) -> list[Asked | Tile]:
    return [
        *_papers(actor),
        *_victims(actor),
        *_copies(actor),
        *_first(actor),
        *_lists(actor, today=today),
        *_safeguarding(actor),
        *_keeping(actor, today=today),
        *_ends(actor, today=today),
        *_contacts(actor, today=today),
        *_actions(actor, today=today),
        *_scrutiny(actor),
        *_audits(db, actor),
        *metric_tiles(db, actor, today=today),
        *police_tiles(actor, today=today),
        *_told(actor, today=today),
        *_pairs(actor),
        *manager_counts(actor, today=today),
    ]


def _lists(actor: Actor, *, today: date) -> list[Asked]:
    lists = filters(actor, today=today)
    names = dict.fromkeys(name for role in Role if role in actor.roles for name in ROLE_LISTS.get(role, ()))
    return [
        counting(
            counted(actor, lists[name][1]),
            lists[name][0],
            url_for("cases.index", list=name),
            HINTS[name],
            warns=name in WARNS,
        )
        for name in names
    ]


def _told(actor: Actor, *, today: date) -> list[Asked]:
    """What managers see of telling people: what nobody acknowledged, and mails that did not arrive."""
    if Role.YOT_MANAGER not in actor.roles:
        return []
    text, href = "Notifications not acknowledged", url_for("telling.index", show=Show.OPEN.value)
    waiting = tuple(telling.counted(actor, show, today=today) for show in (Show.OPEN, Show.LATE))
    dead, mails = telling.dead_counted(actor, today=today), url_for("mails.index")
    return [
        Asked(
            waiting,
            lambda found, late: Tile(
                up_to(found), text, href, f"{up_to(late)} late" if late else "None is late", tone(late)
            ),
        ),
        counting(dead, "Mails that did not arrive", mails, "Send again, or find out", warns=True),
    ]


def _pairs(actor: Actor) -> list[Asked]:
    if not actor.roles & {*KEEPERS}:
        return []
    text, hint = "On the police's list: is it the same?", "Look at two records side by side"
    return [counting(linking.counted(actor, waiting=True), text, url_for("linking.index"), hint)]


def _first(actor: Actor) -> list[Asked]:
    if Role.YOT_MANAGER not in actor.roles:
        return []
    href, text = url_for("countersigning.index"), "Assessments to countersign"

    def second(found: int) -> Tile | None:
        hint = "Judge again, on your own"
        return Tile(up_to(found), "Second readings", href, hint, "normal") if found else None

    return [
        Asked(
            to_countersign_counted(actor),
            lambda found, since: Tile(up_to(found), text, href, _since(since), "normal"),
        ),
        Asked((second_readings_counted(actor),), second),
    ]


def _since(since: datetime | None) -> str:
    return f"The first waits since {long_date(today_in_london(since))}" if since else "None waits"


def _safeguarding(actor: Actor) -> list[Asked]:
    if not actor.roles & {Role.YOT_MANAGER, Role.CASE_MANAGER}:
        return []
    text, hint = "Safeguarding referrals without an answer", "Ask children's social care"
    return [counting(waiting_counted(actor), text, url_for("concerns.waiting"), hint, warns=True)]


def _copies(actor: Actor) -> list[Asked]:
    if not actor.roles & {Role.SECONDED, Role.YOT_MANAGER}:
        return []
    lacking = missing_counted(actor)
    href, hint = url_for("disposals.signed_copies"), "Find the paper, or have it signed"
    return [counting(lacking, "Signed copies missing", href, hint, warns=True)]


def _keeping(actor: Actor, *, today: date) -> list[Asked]:
    """Breaches that wait for the police, and what was missed and is not answered in time."""
    return [
        counting(
            compliance.counted(actor, name, today=today),
            text,
            url_for("compliance.index", list=name),
            hint,
            warns=True,
        )
        for name, text, hint, roles in KEEPING
        if actor.roles & roles
    ]


def _ends(actor: Actor, *, today: date) -> list[Asked]:
    """Children to reach for liaison and diversion; cases that are ready for the code 22."""
    found = []
    if actor.roles & {Role.LIAISON, Role.YOT_MANAGER}:
        waits, href = liaison.counted(actor, liaison.TO_REACH), url_for("liaison.index")
        hint = "Community resolutions; first contact in 5 working days"
        found.append(counting(waits, "Children to reach", href, hint, warns=True))
    if actor.roles & {Role.SECONDED, Role.YOT_MANAGER}:
        ready, href = closing.codes_counted(actor, closing.READY), url_for("closing.codes")
        found.append(counting(ready, "Ready for the code 22", href, "An activity is on record"))
    if Role.YOT_MANAGER in actor.roles:
        people, href = asked_counted(actor, today=today), url_for("closing.figures")
        text, hint = "People asked what they think of it", "In the last twelve months"
        found.append(counting(people, text, href, hint))
    return found


def _contacts(actor: Actor, *, today: date) -> list[Asked]:
    """A case manager's own appointments of the day."""
    if Role.CASE_MANAGER not in actor.roles:
        return []
    hint = "Then the week, and what waits to be written down"
    todays, href = todays_counted(actor, today=today), url_for("contacts.mine")
    return [counting(todays, "My contacts today", href, hint)]


def _papers(actor: Actor) -> list[Asked]:
    if not actor.roles & {SEAT_ROLES[seat] for seat in Seat}:
        return []
    waiting, href = to_read_counted(actor), url_for("packs.unread")
    return [counting(waiting, "Papers to read", href, "For the panels in which you sit", warns=True)]


def _victims(actor: Actor) -> list[Asked]:
    if Role.VICTIM_WORKER not in actor.roles:
        return []
    asks, tells = url_for("victims.to_ask"), url_for("victims.to_tell")
    before, after = "The nearest panel first", "Within 5 working days, or 1 with enhanced rights"
    return [
        counting(asking_counted(actor), "Victims to ask before the panel", asks, before, warns=True),
        counting(telling_counted(actor), "Victims to tell", tells, after, warns=True),
    ]


def _actions(actor: Actor, *, today: date) -> list[Asked]:
    """What meetings gave this person to do: always for the panel, for others when there is something."""
    if not actor.roles & set(HOLDERS):
        return []
    always, href = bool(actor.roles & set(AGREES)), url_for("actions.index", list=MINE)
    hint = "Agreed by the panel, the most urgent first"

    def mine(found: int) -> Tile | None:
        return Tile(up_to(found), "My actions", href, hint, "normal") if found or always else None

    return [Asked((actions.counted(actor, MINE, today=today),), mine)]


def _scrutiny(actor: Actor) -> list[Asked]:
    if Role.SCRUTINEER not in actor.roles:
        return []
    href, hint = url_for("scrutiny.samples"), "Each on your own first, then together"
    return [counting(score_counted(actor), "Cases to score", href, hint, warns=True)]


def _audits(db: Session, actor: Actor) -> list[Tile]:
    """An auditor's own sample: always for inspectors, for others when they audit."""
    if not actor.roles & set(AUDITOR_ROLES):
        return []
    waits = len(waiting_for(db, actor))
    if not waits and Role.INSPECTOR not in actor.roles:
        return []
    href, hint = url_for("audits.index"), "My sample and the form"
    return [Tile(f"{waits:,}", "Cases to audit", href, hint, tone(waits))]
