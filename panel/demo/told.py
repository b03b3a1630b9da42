"""A demonstration's telling: whom an area tells, who acknowledged, and mails that did not arrive."""

from datetime import datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.accounts.models import AreaSetting
from panel.demo.people import Team
from panel.notifications.dispatch_models import Channel, Delivery, Dispatch, Sends, Stage, Trouble
from panel.notifications.models import Mail, Notification, Party, Why
from panel.referrals.models import Referral
from panel.telling.actions import acknowledge
from workflows.roles import Role

# One in so many is left open, so that a manager sees what that looks like.
LEFT_OPEN = 6


def addresses(db: Session, team: Team) -> None:
    """The duty address of children's social care, the number to call, and the head of service."""
    head = team.holding(Role.YOT_MANAGER)[0]
    db.add(
        AreaSetting(
            area_id=team.area_id,
            social_care_mailbox="duty.social.care@kelder.example",
            phone="01632 960 001",
            head_id=head.id,
        )
    )


def read(db: Session, team: Team, referral: Referral, why: Why, at: datetime) -> None:
    """Let those who were told acknowledge it, but for one case in a few."""
    if referral.id % LEFT_OPEN == 0:
        return
    query = select(Notification).where(
        Notification.referral_id == referral.id,
        Notification.why == why,
        col(Notification.done_at).is_(None),
    )
    for row in db.exec(query.order_by(col(Notification.id))).all():
        reader = _reader(team, row)
        if reader is not None:
            acknowledge(db, referral, row, by=reader, at=at)


def _reader(team: Team, row: Notification) -> Actor | None:
    if row.role is not None:
        return next(iter(team.holding(row.role)), None)
    return next((actor for actor in team.people.values() if actor.id == row.user_id), None)


def mails_in_doubt(db: Session, team: Team) -> None:
    """Two mails for the list of those that did not arrive: one refused, one of which nobody knows."""
    query = (
        select(Notification, Referral.reference)
        .join(Referral, col(Referral.id) == Notification.referral_id)
        .where(Notification.area_id == team.area_id, Notification.party == Party.DUTY)
        .order_by(col(Notification.queued_at).desc(), col(Notification.id).desc())
        .limit(2)
    )
    ends = (
        (Stage.UNCERTAIN, Trouble.BROKEN_OFF, None, Mail.UNCERTAIN),
        (Stage.FAILED, Trouble.REFUSED, 550, Mail.FAILED),
    )
    for (row, reference), (stage, trouble, code, mail) in zip(db.exec(query).all(), ends, strict=False):
        row.mail = mail
        db.add(row)
        db.add(
            Dispatch(
                message_id=f"<notification-{row.id}-duty@localhost>",
                sends=Sends.TASK,
                row_id=row.id,
                area_id=row.area_id,
                reference=reference,
                channel=Channel.SMTP,
                delivery=Delivery.HOLD,
                stage=stage,
                fence=1,
                tries=1,
                trouble=trouble,
                reply_code=code,
                queued_at=row.queued_at,
                settled_at=row.queued_at,
            )
        )
    db.flush()
