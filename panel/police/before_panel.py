"""The police gave a disposal to a child whose case waits for the panel: a fact, and written down (PAN-2)."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from config.coded import EXCEPTIONS
from panel.access import Actor
from panel.forces.queries import force_of
from panel.history.record import note
from panel.meetings.queries import lock_case
from panel.notifications.actions import finish_for_case
from panel.notifications.models import END_WITH_THE_CASE, Why
from panel.police import commands as c
from panel.police.actions import hear
from panel.police.before_commands import GivenAlone
from panel.police.models import PoliceDisposal, PoliceLink
from panel.police.queries import police_chain
from panel.referrals.actions import tell_managers, tell_person
from panel.referrals.models import Referral
from panel.referrals.moves import move
from panel.referrals.queries import case_facts, child_of, offences_of
from workflows.calendar import long_date, today_in_london
from workflows.case_facts import CaseFacts
from workflows.given_alone import AloneFacts
from workflows.police import Fit, Heard, Verdict
from workflows.vocabulary import words


def facts_of(db: Session, referral: Referral, command: GivenAlone, *, at: datetime) -> CaseFacts:
    """What the rules look at."""
    today = today_in_london(at)
    alone = AloneFacts(
        outcome=command.outcome,
        given_on=command.given_on,
        coded=command.code in {code.key for code in EXCEPTIONS.codes(today)},
        force_known=force_of(db, referral.area_id) is not None,
    )
    return replace(case_facts(db, referral, today=today, reason=command.reason), alone=alone)


def given_alone(
    db: Session, referral: Referral, command: GivenAlone, *, by: Actor, at: datetime
) -> PoliceDisposal:
    """The case leaves the panel and the disposal counts as an exception. Raises `Refused`.

    The YOT knew of the child, but hears of the disposal only now: the day of telling is today.
    """
    lock_case(db, referral)
    facts = facts_of(db, referral, command, at=at)
    said = {
        "outcome": words(command.outcome),
        "day": long_date(command.given_on),
        "code": EXCEPTIONS.code(command.code).says if facts.alone.coded else command.code,
        "reason": command.reason,
    }
    referral.reason = "The police gave it without the panel: {outcome}, {day}. {code}. {reason}".format(
        **said
    )
    move(db, referral, "police_gave", facts, by=by, at=at, said=said)
    disposal = _counted(db, referral, command, by=by, at=at)
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)
    _tell(db, referral, by=by, at=at)
    return disposal


def _counted(
    db: Session, referral: Referral, command: GivenAlone, *, by: Actor, at: datetime
) -> PoliceDisposal:
    force = force_of(db, referral.area_id)
    assert force is not None  # a rule of the move
    disposal = hear(
        db,
        said_of(db, referral, command),
        force_id=force.id,
        area_id=referral.area_id,
        how=Heard.REFERRAL,
        by=by,
        at=at,
        said_on=today_in_london(at),
    )
    disposal.consulted, disposal.exception = False, command.code
    disposal.exception_reason = command.reason
    if disposal.referral_id is None:
        disposal.referral_id, disposal.child_id, disposal.fit = referral.id, referral.child_id, Fit.LINKED
        db.add(
            PoliceLink(
                disposal_id=disposal.id,
                verdict=Verdict.SAME,
                child_id=referral.child_id,
                referral_id=referral.id,
                because="It was written down on the case itself",
                by_id=by.id,
                at=at,
            )
        )
    db.add(disposal)
    facts = {"code": EXCEPTIONS.code(command.code).says}
    note(db, "police_disposal.before_panel", chain=police_chain(disposal.id), by=by, at=at, facts=facts)
    return disposal


def said_of(db: Session, referral: Referral, command: GivenAlone) -> c.DisposalSaid:
    """The disposal as the case tells it: child and offences are known here already."""
    child, offences = child_of(db, referral), offences_of(db, referral)
    numbers = [offence.crime_reference for offence in offences if offence.crime_reference]
    return c.DisposalSaid(
        outcome=command.outcome,
        given_on=command.given_on,
        crime_reference=numbers[0] if numbers else "",
        offence="; ".join(offence.title for offence in offences)[:200] or "Not recorded",
        given_name=child.given_name,
        surname=child.surname,
        date_of_birth=child.date_of_birth if child.date_of_birth < command.given_on else None,
        gender=child.gender,
        ethnicity=child.ethnicity,
        address=child.address,
        postcode=child.postcode,
        pnc_id=child.pnc_id,
    )


def _tell(db: Session, referral: Referral, *, by: Actor, at: datetime) -> None:
    tell_managers(db, referral, Why.GIVEN_BEFORE_PANEL, at)
    if referral.referred_by_id not in (by.id, referral.case_manager_id):
        tell_person(db, referral, Why.CASE_WITHDRAWN, referral.referred_by_id, at)
