"""The deadlines of a case, worked out from its dates; lateness is never stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from config.policy import number
from panel.children.models import Child
from panel.referrals.models import Offence, Referral
from workflows import calendar, stopped_clock
from workflows.calendar import Deadline, deadline, long_date, today_in_london
from workflows.case import BEFORE_DECISION, ENDED, Status
from workflows.source import Source
from workflows.vocabulary import CAUTIONS, DEFERRED_OUTCOMES, SIGNED_OUTCOMES, Outcome

WITH_NOBODY_YET = (Status.DRAFT, Status.SUBMITTED, Status.SENT_BACK)
ACKNOWLEDGE = "YOT to acknowledge"
AS_DECIDED = "The day that the panel set for this step of the plan."
SIX_MONTHS = "A summary offence can be prosecuted for six months."
LAST_DAY_AS_A_CHILD = (
    "The last day on which a youth caution can be given is the day before the 18th birthday."
)


def deadlines(
    referral: Referral, child: Child, offences: Sequence[Offence], *, today: date | None = None
) -> tuple[Deadline, ...]:
    """Every deadline of the case as it stands, the nearest first (law digest, section 8)."""
    if referral.status in ENDED:
        return ()
    found = [*_by_status(referral, today), *_by_source(referral), *_by_law(referral, child, offences)]
    return tuple(sorted(found, key=lambda clock: clock.due))


def assessment_due(referral: Referral, today: date | None) -> Deadline | None:
    """When the assessment has to be finished (ASM-1), with the days on which an agency kept it waiting."""
    if referral.reopened_at is not None:
        return deadline("reassessment_due", today_in_london(referral.reopened_at), "Assessment due again")
    if referral.submitted_at is None:
        return None
    clock = deadline(assessment_clock(referral), today_in_london(referral.submitted_at), "Assessment due")
    on = today or today_in_london(referral.changed_at)
    over, since = referral.assessment_stopped_days, referral.assessment_stopped_since
    days = stopped_clock.so_far(over, since, on, stopped_clock.at_most(on))
    if not days:
        return clock
    plural = "s" if days != 1 else ""
    rule = (
        f"{clock.rule} First due {long_date(clock.due)}; moved by {days} working day{plural} while "
        f"{referral.assessment_stopped_for} did not answer."
    )
    return replace(clock, due=calendar.add_working_days(clock.due, days), rule=rule)


def _by_status(referral: Referral, today: date | None) -> list[Deadline]:
    found: list[Deadline] = []
    if referral.bailed_on and referral.status is Status.DRAFT:
        found.append(deadline("police_notify", referral.bailed_on, "YOT to be told"))
    due = assessment_due(referral, today)
    if due and referral.status in (Status.SUBMITTED, Status.ACCEPTED):
        found.append(due)
    if referral.bailed_on and referral.status in BEFORE_DECISION:
        found.append(deadline("police_told", referral.bailed_on, "Police told the result"))
    if referral.assessed_at and referral.status in (Status.ASSESSED, Status.LISTED, Status.DEFERRED):
        found.append(deadline("panel_after_assessment", today_in_london(referral.assessed_at), "Panel due"))
    if referral.decided_at and referral.status is Status.DECIDED:
        found.append(
            deadline("delivery_after_panel", today_in_london(referral.decided_at), "Disposal to be given")
        )
        if referral.outcome in SIGNED_OUTCOMES and referral.appointed_on is None:
            decided = today_in_london(referral.decided_at)
            found.append(deadline("appointment_after_panel", decided, "Appointment to be planned"))
    if referral.given_on and referral.status is Status.GIVEN:
        found.append(deadline(acknowledge_clock(referral.outcome), referral.given_on, ACKNOWLEDGE))
    if referral.plan_due_on and referral.status is Status.NOTIFIED:
        found.append(
            Deadline("plan", "Next step", referral.plan_due_on, AS_DECIDED, "The decision", "soft", "days")
        )
    return found + _by_keeping(referral)


def _by_keeping(referral: Referral) -> list[Deadline]:
    """What waits because something was not kept (YC-7, BR-1)."""
    if referral.keeping_since is None:
        return []
    if referral.keeping_with_police:
        return [deadline("breach_decided", referral.keeping_since, "Police to decide")]
    return [deadline("missed_answer_due", referral.keeping_since, "Missed: to be answered")]


def assessment_clock(referral: Referral) -> str:
    """The policy figure for the assessment."""
    return "liaison_assessment_due" if referral.source is Source.LIAISON else "assessment_due"


def _by_source(referral: Referral) -> list[Deadline]:
    """What whoever passed the case on is waiting for (RET-1, PAN-3)."""
    began, source = referral.source_on or today_in_london(referral.created_at), referral.source
    if source is Source.COURT and referral.status in BEFORE_DECISION:
        return [_before_court(referral, began)]
    if source is Source.PRE_CHARGE and referral.status in BEFORE_DECISION:
        usual = deadline("pre_charge_answer_due", began, "Answer before the charge")
        return [replace(usual, due=referral.source_due_on) if referral.source_due_on else usual]
    if source is Source.TRANSFER and referral.status in WITH_NOBODY_YET:
        return [deadline("transfer_answer_due", began, "Transfer to be taken up")]
    return []


def _before_court(referral: Referral, began: date) -> Deadline:
    if referral.source_due_on is None:
        return deadline("court_answer_due", began, "Answer to the court")
    # The policy figure counts back from the hearing, so its clock starts at the end.
    clock = deadline("court_answer_before", referral.source_due_on, "Answer to the court", began)
    days = number("court_answer_before", began)
    return replace(clock, due=calendar.take_working_days(referral.source_due_on, days))


def acknowledge_clock(outcome: Outcome | None) -> str:
    """The policy figure for telling the YOT of a disposal: by law or by local rule."""
    if outcome in CAUTIONS:
        return "police_refer_after_caution"
    return "notify_community_resolution" if outcome is Outcome.CR else "acknowledge_notification"


def _by_law(referral: Referral, child: Child, offences: Sequence[Offence]) -> list[Deadline]:
    if referral.status not in (*BEFORE_DECISION, Status.DECIDED):
        return _limitation(offences) if _may_be_prosecuted(referral) else []
    adult = calendar.birthday(child.date_of_birth, number("adult_age", referral_day(referral)))
    found = [
        Deadline(
            "adult",
            "Turns 18",
            adult,
            LAST_DAY_AS_A_CHILD,
            "Crime and Disorder Act 1998 s.117",
            "hard",
            "days",
        )
    ]
    return found + _limitation(offences)


def _may_be_prosecuted(referral: Referral) -> bool:
    """Whether the time to prosecute matters after the giving: a breach is open, or it was only held back."""
    return referral.keeping_with_police or referral.outcome in DEFERRED_OUTCOMES


def _limitation(offences: Sequence[Offence]) -> list[Deadline]:
    found: list[Deadline] = []
    limits = [(day, o) for o in offences if (day := o.last_day_to_prosecute) is not None]
    if limits:
        last, offence = min(limits, key=lambda pair: pair[0])
        by_hand = offence.prosecute_by is not None
        found.append(
            Deadline(
                "limitation",
                "Last day to prosecute",
                last,
                "Set by hand for this offence." if by_hand else SIX_MONTHS,
                offence.prosecute_source if by_hand else "Magistrates' Courts Act 1980 s.127",
                "hard",
                "days",
            )
        )
    return found


def worth_showing(clock: Deadline, today: date) -> bool:
    """Whether a deadline is near enough for the header: those of the law only in their last months."""
    months = last_months(clock.key, today)
    return months is None or today >= calendar.add_months(clock.due, -months[0])


def state(clock: Deadline, today: date) -> str:
    """'ok', 'soon' or 'late'; deadlines of the law are 'soon' from their second alert on (LIM-1)."""
    months = last_months(clock.key, today)
    if months is None or today > clock.due:
        return clock.state(today, number("due_soon", today))
    return "soon" if today >= calendar.add_months(clock.due, -months[1]) else "ok"


def last_months(key: str, today: date) -> tuple[int, int] | None:
    """How many months before a deadline of the law its first and its second alert come."""
    if key == "adult":
        return number("adult_alert", today), 1
    if key == "limitation":
        limit, first = number("limitation_months", today), number("limitation_alert_first", today)
        return limit - first, limit - number("limitation_alert_second", today)
    return None


def referral_day(referral: Referral) -> date:
    """The day that picks the policy for a case: the day of referral, or of the draft before that."""
    return today_in_london(referral.submitted_at or referral.created_at)
