"""The deadlines of a case, worked out from its dates; lateness is never stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from config.policy import number
from panel.children.models import Child
from panel.referrals.models import NEVER, Offence, Referral
from workflows import calendar
from workflows.calendar import Deadline, deadline, today_in_london
from workflows.case import BEFORE_DECISION, ENDED, Status
from workflows.source import Source
from workflows.vocabulary import CAUTIONS, ModeOfTrial, Outcome

WITH_NOBODY_YET = (Status.DRAFT, Status.SUBMITTED, Status.SENT_BACK)
ACKNOWLEDGE = "YOT to acknowledge"
AS_DECIDED = "The day that the panel set for this step of the plan."
LAST_DAY_AS_A_CHILD = (
    "The last day on which a youth caution can be given is the day before the 18th birthday."
)


def deadlines(referral: Referral, child: Child, offences: Sequence[Offence]) -> tuple[Deadline, ...]:
    """Every deadline of the case as it stands, the nearest first (law digest, section 8)."""
    if referral.status in ENDED:
        return ()
    found = [*_by_status(referral), *_by_source(referral), *_by_law(referral, child, offences)]
    return tuple(sorted(found, key=lambda clock: clock.due))


def _by_status(referral: Referral) -> list[Deadline]:
    found: list[Deadline] = []
    if referral.bailed_on and referral.status is Status.DRAFT:
        found.append(deadline("police_notify", referral.bailed_on, "YOT to be told"))
    if referral.submitted_at and referral.status in (Status.SUBMITTED, Status.ACCEPTED):
        sent = today_in_london(referral.submitted_at)
        found.append(deadline(assessment_clock(referral), sent, "Assessment due"))
    if referral.bailed_on and referral.status in BEFORE_DECISION:
        found.append(deadline("police_told", referral.bailed_on, "Police told the result"))
    if referral.assessed_at and referral.status in (Status.ASSESSED, Status.LISTED, Status.DEFERRED):
        found.append(deadline("panel_after_assessment", today_in_london(referral.assessed_at), "Panel due"))
    if referral.decided_at and referral.status is Status.DECIDED:
        found.append(
            deadline("delivery_after_panel", today_in_london(referral.decided_at), "Disposal to be given")
        )
    if referral.given_on and referral.status is Status.GIVEN:
        found.append(deadline(acknowledge_clock(referral.outcome), referral.given_on, ACKNOWLEDGE))
    if referral.plan_due_on and referral.status is Status.NOTIFIED:
        found.append(
            Deadline("plan", "Next step", referral.plan_due_on, AS_DECIDED, "The decision", "soft", "days")
        )
    return found


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
        return []
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
    summary = [o.committed_on for o in offences if o.mode is ModeOfTrial.SUMMARY]
    if summary:
        last = calendar.limitation_date(min(summary))
        rule = "A summary offence can be prosecuted for six months."
        found.append(
            Deadline(
                "limitation",
                "Last day to prosecute",
                last,
                rule,
                "Magistrates' Courts Act 1980 s.127",
                "hard",
                "days",
            )
        )
    return found


def worth_showing(clock: Deadline, today: date) -> bool:
    """Whether a deadline is near enough for the header: those of the law only in their last months."""
    months = _last_months(clock.key, today)
    return months is None or today >= calendar.add_months(clock.due, -months[0])


def state(clock: Deadline, today: date) -> str:
    """'ok', 'soon' or 'late'; deadlines of the law are 'soon' from their second alert on (LIM-1)."""
    months = _last_months(clock.key, today)
    if months is None or today > clock.due:
        return clock.state(today, number("due_soon", today))
    return "soon" if today >= calendar.add_months(clock.due, -months[1]) else "ok"


def _last_months(key: str, today: date) -> tuple[int, int] | None:
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


def next_due(referral: Referral, child: Child, offences: Sequence[Offence]) -> date:
    """The nearest deadline or `NEVER`, kept on the row so that work lists can be sorted by it."""
    clocks = deadlines(referral, child, offences)
    return clocks[0].due if clocks else NEVER
