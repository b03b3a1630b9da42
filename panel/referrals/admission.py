"""What the child said about each offence: recorded with its source, kept for ever, never quietly raised."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from panel.access import Actor
from panel.history.record import add_event, case_chain
from panel.notifications.models import Why
from panel.referrals.actions import tell_managers
from panel.referrals.commands import AdmissionDetails
from panel.referrals.models import AdmissionAccount, AdmissionSaid, Offence, Referral
from panel.referrals.moves import settle
from panel.referrals.queries import offences_of
from panel.referrals.writers import editable
from workflows.admission import ADMISSION, AccountFacts, Standing
from workflows.roles import POLICE
from workflows.vocabulary import words


def account_facts(
    referral: Referral, offences: Sequence[Offence], command: AdmissionDetails, *, by: Actor
) -> AccountFacts:
    """One account as the rules see it."""
    return AccountFacts(
        changes=tuple((o.admission, command.states[o.id]) for o in offences if o.id in command.states),
        with_yot=referral.submitted_at is not None,
        by_police=bool(by.roles_in(referral.area_id) & set(POLICE)),
        told=bool(command.told_name),
        adult_named=bool(command.adult_name),
        **command.model_dump(
            include={
                *("source", "said_on", "adult_present", "adult", "adult_aged_18", "adult_is_police"),
                *("adult_involved", "advice", "advice_on", "defence_raised", "offered_first", "reason"),
            }
        ),
    )


def record_admission(
    db: Session,
    referral: Referral,
    command: AdmissionDetails,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Add an account and let its answers stand (ADM-1). Raises `Refused`, nothing being written (ADM-2)."""
    editable(referral, by)
    offences = offences_of(db, referral)
    facts = account_facts(referral, offences, command, by=by)
    step = ADMISSION.step("record", Standing.OPEN, facts, by.roles_in(referral.area_id), overrides)
    account = AdmissionAccount(
        referral_id=referral.id,
        recorded_by_id=by.id,
        recorded_at=at,
        **command.model_dump(exclude={"states"}),
    )
    db.add(account)
    db.flush()
    told = _let_stand(db, account, offences, command)
    if facts.with_yot:
        referral.admission_changed_at = at
        told |= {"source": words(command.source), "reason": command.reason}
    settle(db, referral, by=by, at=at, page="admission.record", retime=False)
    verb = "admission.change" if facts.with_yot else "admission.record"
    chain = case_chain(referral.id)
    add_event(db, verb, chain=chain, by=by, at=at, facts=told, overrides=step.overridden)
    if facts.with_yot:
        tell_managers(db, referral, Why.ADMISSION_CHANGED, at)


def _let_stand(
    db: Session, account: AdmissionAccount, offences: Sequence[Offence], command: AdmissionDetails
) -> dict[str, str]:
    before, after = [], []
    for offence in offences:
        state = command.states.get(offence.id)
        if state is None:
            continue
        row = AdmissionSaid(
            account_id=account.id,
            offence_id=offence.id,
            offence_title=offence.title,
            before=offence.admission,
            state=state,
        )
        before.append(f"{offence.title}: {words(offence.admission).lower()}")
        after.append(f"{offence.title}: {words(state).lower()}")
        offence.admission = state
        db.add_all((row, offence))
    return {"before": "; ".join(before), "after": "; ".join(after)}
