"""Demonstration: the force's lists of a year, and of what it told us in time, late, when asked, or never."""

import hashlib
from datetime import date, datetime, timedelta
from random import Random

from sqlmodel import Session, col, select

from panel.children.models import Child
from panel.demo.people import Team
from panel.demo.profile import at
from panel.demo.stories import ETHNICITIES, STREETS, person
from panel.documents.models import StoredFile
from panel.forces.models import Force
from panel.forces.queries import force_of
from panel.gap import actions, asking
from panel.gap import commands as c
from panel.gap.models import ForceQuery
from panel.gap.queries import DONE
from panel.police import commands as p
from panel.police.actions import fresh, hear
from panel.police.models import PoliceDisposal, PoliceLink, PoliceList, PoliceReport
from panel.references import new_reference
from panel.referrals.models import Referral
from workflows.calendar import add_months, add_working_days, is_working_day
from workflows.case import Status
from workflows.gap_work import Became, Reply
from workflows.periods import Period, month_of, quarter_of
from workflows.police import Fit, Heard, Verdict
from workflows.police_list import RowResult
from workflows.vocabulary import Outcome

CODE = "13"
INVENTED = "Invented for the demonstration: what stood in its rows is not kept."
# Of each station: how many of ten we are told of at once, and how many late.
STATIONS = {"Keel Street": (8, 1), "Mill Lane": (6, 1), "Harbour": (4, 1)}
TEAMS = ("Response", "Neighbourhood", "Schools")
WARDS = ("Harbour", "Old Town", "Weir", "Beacon")
OFFENCES = ("Theft from a shop", "Criminal damage", "Common assault", "Possession of cannabis")
OUTCOMES = (*[Outcome.CR] * 12, Outcome.YC, Outcome.YCC, Outcome.O22, Outcome.NFA)
IN_QUARTER, BEFORE = 156, 44
MONTHS, WITHOUT_LIST = 12, 8


def gap(db: Session, team: Team, draw: Random, *, today: date) -> None:
    """A year of lists, one month without; one query with some answers; what became of a few children."""
    force = force_of(db, team.area_id)
    if force is None:
        raise LookupError("the demonstration names its force before it counts the gap")
    quarter = quarter_of(quarter_of(today).first - timedelta(days=1))
    first = add_months(quarter.last.replace(day=1), 1 - MONTHS)
    months = [month_of(add_months(first, number)) for number in range(MONTHS)]
    rows: list[PoliceDisposal] = []
    for number, month in enumerate(months):
        many = IN_QUARTER // 3 + (month == months[-1]) if month.first >= quarter.first else BEFORE
        sent = None if MONTHS - number == WITHOUT_LIST else _list(db, team, force, month)
        made = [_disposal(db, team, force, month, sent, draw, today=today) for _ in range(many)]
        rows += made
        if sent is not None:
            brought = sum(row.listed_on is not None for row in made)
            sent.counts = {"rows": brought, RowResult.NEW.value: brought}
    untold = [row for row in rows if row.told_on is None and row.listed_on and row.given_on >= quarter.first]
    _alike(db, team, untold[:3], today=today)
    _afterwards(db, team, untold[3:], today=today)


def _alike(db: Session, team: Team, rows: list[PoliceDisposal], *, today: date) -> None:
    """Some look like children known here: a person has to say whether they are."""
    known = select(Child).join(Referral, col(Referral.child_id) == Child.id)
    known = known.where(Referral.area_id == team.area_id, Referral.status == Status.CLOSED)
    for row, child in zip(rows, db.exec(known.order_by(col(Referral.id)).limit(len(rows))), strict=False):
        row.given_name, row.surname, row.fit = child.given_name, f"{child.surname}e", Fit.TO_REVIEW
        row.date_of_birth, row.gender, row.address = child.date_of_birth, child.gender, ""
        db.add(
            PoliceLink(
                disposal_id=row.id,
                verdict=Verdict.UNSURE,
                child_id=child.id,
                score=0.9,
                because="same date of birth, same first name, last name one letter off",
                at=at(today, 6),
            )
        )


def _list(db: Session, team: Team, force: Force, month: Period) -> PoliceList:
    data = f"The list of the force for {month.words}, area {team.area_id}\n".encode()
    file = StoredFile(digest=hashlib.sha256(data).hexdigest(), size=len(data), content=data)
    db.add(file)
    db.flush()
    supplied = add_working_days(month.last, 6)
    made = PoliceList(
        reference=new_reference("PL"),
        force_id=force.id,
        area_id=team.area_id,
        status=DONE,
        file_id=file.id,
        file_name=f"disposals {month.words}.csv",
        digest=file.digest,
        mapping={"profile": {"notes": [INVENTED], "columns": [], "from_1904": False}, "turn": 1},
        first_on=month.first,
        last_on=month.last,
        supplied_on=supplied,
        by_id=team["manager"].id,
        at=at(supplied),
        done_at=at(supplied),
    )
    db.add(made)
    db.flush()
    return made


def _said(team: Team, month: Period, draw: Random) -> p.DisposalSaid:
    child, given = person(draw), month.first + timedelta(days=draw.randrange(month.last.day))
    while not is_working_day(given):
        given = (
            given - timedelta(days=1)
            if given > month.first
            else month.first + timedelta(days=draw.randrange(20))
        )
    return p.DisposalSaid(
        outcome=draw.choice(OUTCOMES),
        given_on=given,
        crime_reference=f"{CODE}{given:%y}{draw.randrange(10**7):07}",
        force_reference=f"KC/{team.area_id}/{draw.randrange(10**8):08}",
        offence=draw.choice(OFFENCES),
        given_name=child.given_name,
        surname=child.surname,
        date_of_birth=given - timedelta(days=draw.randint(11 * 366, 17 * 365)),
        gender=child.gender,
        ethnicity=draw.choice(ETHNICITIES),
        address=f"{draw.randint(1, 90)} {draw.choice(STREETS)}, Kelder",
        ward=draw.choice(WARDS),
        station=draw.choice(tuple(STATIONS)),
        team=draw.choice(TEAMS),
        officer=f"PC {draw.randint(4000, 5000)}",
        first_time=draw.choice((True, True, False, None)),
    )


def _disposal(
    db: Session,
    team: Team,
    force: Force,
    month: Period,
    sent: PoliceList | None,
    draw: Random,
    *,
    today: date,
) -> PoliceDisposal:
    said, chance = _said(team, month, draw), draw.randrange(10)
    at_once, late = STATIONS[said.station]
    if sent is None or chance < at_once + late:
        told_on = add_working_days(
            said.given_on, draw.choice((0, 1)) if chance < at_once else draw.randint(4, 15)
        )
        row = _told(db, team, force, said, min(told_on, today), today=today)
    else:
        row = fresh(said, force_id=force.id, area_id=team.area_id, at=sent.at)
        db.add(row)
    if sent is not None and draw.random() < 0.95:
        row.listed_on = sent.supplied_on
        db.flush()
        report = PoliceReport(disposal_id=row.id, how=Heard.LIST, said_on=sent.supplied_on, at=sent.at)
        report.said, report.list_id = said.model_dump(mode="json"), sent.id
        db.add(report)
    elif row.told_on is None:
        row.listed_on = sent.supplied_on if sent else None
    return row


def _told(
    db: Session, team: Team, force: Force, said: p.DisposalSaid, day: date, *, today: date
) -> PoliceDisposal:
    """Told by an officer by the form; what is older than the service was taken over with its day only."""
    if day < add_months(quarter_of(today).first, -3):
        row = fresh(said, force_id=force.id, area_id=team.area_id, at=at(day, 16))
        row.told_on, row.told_how = day, Heard.FORM
        db.add(row)
        return row
    return hear(
        db,
        said,
        force_id=force.id,
        area_id=team.area_id,
        how=Heard.FORM,
        by=team["officer"],
        at=at(day, 16),
        said_on=day,
    )


def _afterwards(db: Session, team: Team, untold: list[PoliceDisposal], *, today: date) -> None:
    """Asked about ten, answered about six; reached some children, who took help or not."""
    asked_on = add_working_days(quarter_of(today).first, 10)
    if len(untold) < 16 or add_working_days(asked_on, 5) > today:
        return
    manager, liaison = team["manager"], team["liaison"]
    answered = add_working_days(asked_on, 4)
    made = asking.ask(db, untold[:10], add_working_days(asked_on, 10), by=manager, at=at(asked_on, 11))
    for number in range(6):
        _answer(db, team, made, number, answered)
    for number, row in enumerate(untold[:5]):
        for became in (Became.REACHED, Became.OFFERED, Became.ACCEPTED if number % 2 else Became.DECLINED):
            said = c.FollowUp(
                became=became, happened_on=answered, said="Spoke with the child and the mother."
            )
            actions.follow_up(db, row, said, by=liaison, at=at(answered, 15))
    again = c.FollowUp(
        became=Became.REOFFENDED, happened_on=untold[12].given_on, crime_reference=f"{CODE}260099887"
    )
    actions.follow_up(db, untold[12], again, by=liaison, at=at(answered, 16))
    missed = c.FollowUp(became=Became.NOT_REACHED, happened_on=answered, said="Two visits, nobody at home.")
    actions.follow_up(db, untold[13], missed, by=liaison, at=at(answered, 16))


def _answer(db: Session, team: Team, made: ForceQuery, number: int, day: date) -> None:
    when: datetime = at(day, 12)
    reply = Reply.UNKNOWN if number == 5 else Reply.TOLD
    said = "They look for the file." if number == 5 else "Given at the station; nobody told the YOT."
    command = c.AnswerOfForce(reply=reply, answered_on=day, said=said)
    row = asking.rows_of(db, made)[number][0]
    asking.answer(db, made, row, command, by=team["manager"], at=when)
