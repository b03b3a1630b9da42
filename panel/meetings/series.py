"""Planning the meetings of a series at once."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from config.policy import number
from panel.access import Actor
from panel.errors import Missing
from panel.meetings import commands as c
from panel.meetings.actions import add
from panel.meetings.models import Meeting, Series
from workflows.meeting import Status
from workflows.meeting_days import SeriesDay, series_days


def days_of(rule: c.Rule, *, today: date) -> list[SeriesDay]:
    """The days that a rule gives, for a person to look at before anything is made."""
    longest = number("panel_series_longest", today)
    return series_days(
        rule.start,
        rule.weekday,
        rule.rhythm,
        rule.on_holiday,
        until=rule.until,
        times=min(rule.times or longest, longest),
    )


def add_series(
    db: Session, rule: c.Rule, command: c.SeriesDetails, area_id: int, *, by: Actor, at: datetime
) -> list[Meeting]:
    """Plan the meetings on the days that were left ticked. Raises `Missing` for a day never offered."""
    offered = {one.day for one in days_of(rule, today=rule.start)}
    if not set(command.days) <= offered:
        raise Missing()
    series = Series(
        area_id=area_id,
        weekday=rule.weekday,
        rhythm=rule.rhythm,
        on_holiday=rule.on_holiday,
        made_by_id=by.id,
        made_at=at,
    )
    db.add(series)
    db.flush()
    shared = command.model_dump(exclude={"days"}, exclude_unset=True)
    return [
        add(
            db,
            c.MeetingDetails.model_validate(shared | {"held_on": day}),
            area_id,
            by=by,
            at=at,
            series_id=series.id,
        )
        for day in sorted(set(command.days))
    ]


def following(db: Session, meeting: Meeting) -> list[Meeting]:
    """The later meetings of its series that have not begun, in the order of their numbers."""
    if meeting.series_id is None:
        return []
    query = select(Meeting).where(
        Meeting.series_id == meeting.series_id,
        Meeting.status == Status.PLANNED,
        Meeting.held_on > meeting.held_on,
        Meeting.id != meeting.id,
    )
    return list(db.exec(query.order_by(col(Meeting.id))))
