"""Demonstration: a weekly series of meetings in each area, with deputies and two people from outside."""

from datetime import date, timedelta

from sqlmodel import Session

from panel.demo.people import Team
from panel.demo.profile import at, earlier
from panel.meetings import answering, outside, series
from panel.meetings import commands as c
from workflows.meeting import Reply
from workflows.meeting_days import OnHoliday, Rhythm, Weekday
from workflows.roles import Invited

WEEKS = 8
OUTSIDE = (
    ("Ivy Stone", Invited.EDUCATION, "ivy.stone@schools.kelder.example"),
    ("Noor Bell", Invited.HEALTH, "noor.bell@health.kelder.example"),
)


def meet_weekly(db: Session, team: Team, weekday: Weekday, *, after: date, today: date) -> None:
    """Plan the coming weeks; one member has said that they cannot come, one from outside that they do."""
    manager, planned = team["manager"], earlier(today, 2)
    guests = [
        outside.add_person(
            db,
            c.Outsider(name=name, agency=agency, email=email.replace("@", f".{team.area_id}@")),
            team.area_id,
            by=manager,
            at=at(planned),
        )
        for name, agency, email in OUTSIDE
    ]
    rule = c.Rule(
        start=after + timedelta(days=1),
        weekday=weekday,
        rhythm=Rhythm.WEEK,
        on_holiday=OnHoliday.MOVE,
        until=after + timedelta(weeks=WEEKS),
    )
    days = tuple(one.day for one in series.days_of(rule, today=today) if one.proposed)
    details = _details(team, days, tuple(person.id for person in guests))
    made = series.add_series(db, rule, details, team.area_id, by=manager, at=at(planned))
    answering.guest_reply(db, made[0], guests[0].id, Reply.ACCEPTED, by=manager, at=at(planned, 15))
    answering.reply(db, made[0], Reply.ACCEPTED, by=team["victims"], at=at(planned, 16))
    answering.reply(db, made[0], Reply.DECLINED, by=team["seconded"], at=at(planned, 17))


def _details(team: Team, days: tuple[date, ...], guests: tuple[int, ...]) -> c.SeriesDetails:
    return c.SeriesDetails.model_validate(
        {
            "days": days,
            "starts_at": "10:00",
            "location": "Keel Street station, room 2",
            "joining": "https://meet.kelder.example/panel",
            "capacity": 9,
            "chair_id": team["chair"].id,
            "yot_manager": team["chair"].id,
            "yot_manager_deputy": team["manager"].id,
            "police": team["seconded"].id,
            "police_deputy": team["seconded2"].id,
            "victim_worker": team["victims"].id,
            "victim_worker_deputy": team["victims2"].id,
            "guests": guests,
        }
    )
