"""What the document of a disposal says: taken from the decision, never from the victim's record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from panel.accounts.models import Area, User
from panel.decisions.standing import conditions_standing, outcomes_standing
from panel.disposals.models import Disposal
from panel.documents.typeset import (
    SIGNED,
    WITH_CONDITIONS,
    ConditionLine,
    Copy,
    DisposalPaper,
    Kind,
    OffenceLine,
    SignatureLine,
    implications,
)
from panel.referrals.models import Referral
from panel.referrals.queries import child_of, offences_of
from panel.referrals.said import Said, said_about, to_whom
from panel.steps import StepFields, pounds
from panel.victims.screening import places_that_tell
from workflows.calendar import long_date
from workflows.conditions import NEEDS
from workflows.vocabulary import Admission, Outcome, Signer, words

TITLES = {
    Outcome.O22: "Diversion (outcome 22)",
    Outcome.O22_DEFERRED: "Deferred prosecution or caution (outcome 22)",
    Outcome.O23: "Deferred prosecution (outcome 23)",
    Outcome.CHARGE: "Referred for a charging decision",
    Outcome.RETURNED: "Returned to the police",
}
ROLES = {
    Signer.CHILD: "Child",
    Signer.ADULT: "Appropriate adult",
    Signer.OFFICER: "Police officer",
    Signer.CASE_MANAGER: "Case manager, when it is given together",
}
THE_CASE_MANAGER = "The case manager"
SAID = {
    Admission.FULL: "You told {who}{when} that you did this.",
    Admission.PARTIAL: "You told {who}{when} that you did part of this.",
    Admission.ACCEPTS: "You told {who}{when} that you were responsible for what happened.",
}
OPEN = "To be agreed with you"
READ_OUT = "The officer reads out to you what exactly this means. It is not written here."


@dataclass(frozen=True)
class Issuer:
    """Who issues documents in this installation."""

    force_name: str
    demo: bool


def title_of(outcome: Outcome) -> str:
    """What the document is called."""
    return TITLES.get(outcome) or words(outcome)


def binds(outcome: Outcome) -> bool:
    """Whether the steps stand on the document; otherwise they are an offer (YC-7)."""
    return outcome.value in WITH_CONDITIONS


def places_of(disposal: Disposal) -> tuple[Signer, ...]:
    """Who has a place to sign on the document; whether the case manager comes is only known on the day."""
    if disposal.outcome.value not in SIGNED:
        return ()
    return tuple(s for s in Signer if s is not Signer.ADULT or disposal.adult_name)


def signers_of(disposal: Disposal) -> tuple[Signer, ...]:
    """Who is there to sign."""
    there = disposal.case_manager_present
    return tuple(s for s in places_of(disposal) if s is not Signer.CASE_MANAGER or there)


def paper_of(
    db: Session,
    referral: Referral,
    disposal: Disposal,
    issuer: Issuer,
    *,
    officer: User,
    on: date,
    copy: Copy = "for the child",
    signed: Sequence[SignatureLine] | None = None,
) -> DisposalPaper:
    """The paper as it is on a day; the same rows and day give the same paper."""
    child, outcome = child_of(db, referral), disposal.outcome
    kind: Kind = outcome.value
    conditions = conditions_standing(db, disposal.decision_id) if binds(outcome) else []
    manager = _name(db, referral.case_manager_id)
    names = {
        Signer.CHILD: child.name,
        Signer.ADULT: disposal.adult_name,
        Signer.OFFICER: officer.name,
        Signer.CASE_MANAGER: manager or THE_CASE_MANAGER,
    }
    unsigned = [SignatureLine(ROLES[signer], names[signer]) for signer in places_of(disposal)]
    return DisposalPaper(
        reference=referral.reference,
        outcome_words=title_of(outcome),
        kind=kind,
        child_name=child.name,
        date_of_birth=child.date_of_birth,
        offences=_offences(db, referral, disposal),
        admission_words=_admission(db, referral),
        reasons=disposal.child_reasons,
        conditions=condition_lines(conditions),
        explanation=implications(kind, on),
        adult_name=disposal.adult_name,
        adult_relationship=_adult(disposal),
        officer_name=officer.name,
        officer_collar=officer.collar_number,
        case_manager_name=manager,
        area_name=db.exec(select(Area.name).where(Area.id == referral.area_id)).one(),
        force_name=issuer.force_name,
        prepared_on=on,
        signatures=tuple(unsigned if signed is None else signed),
        copy=copy,
        demo=issuer.demo,
    )


def tells_of_victim(
    db: Session, referral: Referral, paper: DisposalPaper, offered: Sequence[ConditionLine] = ()
) -> list[str]:
    """Where paper or pages would tell the child who the victim is or where; empty when nowhere (E6)."""
    places: dict[str, Iterable[str]] = {
        "the reasons": [paper.reasons],
        "an offence": [text for line in paper.offences for text in (line.title, line.place)],
        "a condition": [
            text
            for line in (*paper.conditions, *offered)
            for text in (*_head(line), *(said for _, said in line.more))
        ],
    }
    return places_that_tell(db, referral, places)


def _head(line: ConditionLine) -> Iterable[str]:
    return (text for text in (line.what, line.who, line.where, line.when, line.done_when) if text)


def _offences(db: Session, referral: Referral, disposal: Disposal) -> tuple[OffenceLine, ...]:
    outcomes = outcomes_standing(db, disposal.decision_id)
    return tuple(
        OffenceLine(o.title, o.committed_on, o.location, words(outcomes.get(o.id, disposal.outcome)))
        for o in offences_of(db, referral)
    )


def condition_lines(steps: Iterable[StepFields]) -> tuple[ConditionLine, ...]:
    """Steps as lines of a paper."""
    return tuple(condition_line(step) for step in steps)


def condition_line(step: StepFields) -> ConditionLine:
    """A condition as the child reads it."""
    needs = NEEDS[step.kind]
    who, where, when = (
        getattr(step, name) or (OPEN if name in needs else None) for name in ("who", "where_at", "when_at")
    )
    return ConditionLine(
        what=step.what,
        who=who,
        where=where,
        when=when,
        done_when=step.done_when or OPEN,
        due_on=step.due_on,
        purpose_words=words(step.purpose),
        more=tuple((label, said) for label, said in _more(step) if said),
    )


def _more(step: StepFields) -> Iterable[tuple[str, str]]:
    """The lines that only some conditions have, in the child's words."""
    yield "How often", step.how_often
    yield "Sessions", str(step.sessions or "")
    yield "Hours", str(step.hours or "")
    yield "Amount", pounds(step.amount_pence) if step.amount_pence else ""
    yield "Pay to", step.payee
    yield "How to pay", step.pay_how
    yield "Checked by", step.checked_by
    if getattr(step, "sealed", ""):
        yield "Which", READ_OUT


def _admission(db: Session, referral: Referral) -> str:
    """What the child told the police, in one sentence for each answer that differs."""
    found: dict[str, list[str]] = {}
    for said in said_about(db, referral):
        if sentence := _told(said):
            found.setdefault(sentence, []).append(said.offence.title)
    if len(found) == 1 and sum(map(len, found.values())) == len(offences_of(db, referral)):
        return next(iter(found))
    return " ".join(f"{sentence.rstrip('.')}: {', '.join(titles)}." for sentence, titles in found.items())


def _told(said: Said) -> str:
    template, account = SAID.get(said.offence.admission, ""), said.account
    when = f" on {long_date(account.said_on)}" if account and account.said_on else ""
    return template.format(who=(account and to_whom(account)) or "the police", when=when)


def _adult(disposal: Disposal) -> str:
    chosen = disposal.adult_relationship or disposal.adult
    if chosen is None or not disposal.adult_name:
        return ""
    said = words(chosen)
    return said[0].lower() + said[1:]


def _name(db: Session, user_id: int | None) -> str:
    return db.exec(select(User.name).where(User.id == user_id)).first() or ""
