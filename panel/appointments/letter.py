"""The letter that invites a family: what, when, where, who will be there; no offence and nobody harmed."""

from sqlmodel import Session

from panel.appointments.models import Appointment
from panel.documents.typst import DEMO_WORDS, pdf
from panel.notifications.queries import phone_of
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, child_of, names_of
from workflows.calendar import clock_words, day_date, today_in_london
from workflows.vocabulary import CAUTIONS


def letter_pdf(
    db: Session, referral: Referral, row: Appointment, area: str, *, force_name: str, demo: bool
) -> bytes:
    """The letter as an accessible PDF, as the appointment stands now."""
    child, carer = child_of(db, referral), carer_of(db, referral)
    names = names_of(db, [row.officer_id, row.case_manager_id])
    there = [f"{names[row.officer_id]}, police officer"]
    if row.case_manager_id in names:
        there.append(f"{names[row.case_manager_id]}, youth justice team")
    if row.interpreter:
        there.append(f"{row.interpreter}, interpreter{f' ({row.language})' if row.language else ''}")
    made = today_in_london(row.changed_at)
    return pdf(
        "invitation.typ",
        {
            "reference": referral.reference,
            "area": area,
            "phone": phone_of(db, referral.area_id),
            "force": force_name,
            "day": [made.year, made.month, made.day],
            "made": clock_words(row.changed_at),
            "child": child.name,
            "carer": carer.name if carer else "",
            "address": child.address,
            "when": f"{day_date(row.held_on)} at {row.starts_at:%H:%M}",
            "minutes": row.minutes,
            "place": row.place,
            "there": there,
            "adult": row.adult_name,
            "must": referral.outcome in CAUTIONS,
            "easy_read": row.easy_read,
            "moved": row.moved > 0,
            "demo_words": DEMO_WORDS if demo else "",
        },
    )
