"""Everything that tells who a case is about, or where: for texts that leave the circle of those who know."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from panel.accounts.models import User
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, child_of, offences_of
from panel.victims.queries import contacts_of, victims_of
from workflows.masking import Known, names, places

CHILD, CARER, SOMEBODY, STAFF = "[the child]", "[the parent or carer]", "[a person]", "[a member of staff]"


def identifiers_of(db: Session, referral: Referral, staff: Collection[int] = ()) -> list[Known]:
    """What is known of child, carer, victims and staff of a case: names, places, telephones, references."""
    child, carer = child_of(db, referral), carer_of(db, referral)
    known = [
        *names("the child's name", CHILD, child.name, child.other_names),
        *places("an address", "[an address]", child.address, child.postcode),
        *places("the school", "[the school]", child.school),
        *places("a reference", "[a reference]", referral.reference, child.pnc_id, child.upn),
        *places("a reference", "[a reference]", child.nhs_number, child.cro_number),
    ]
    if carer is not None:
        known += names("the parent's or carer's name", CARER, carer.name)
        known += places("an address", "[an address]", carer.address, carer.phone, carer.email)
    for offence in offences_of(db, referral):
        known += places("where it happened", "[a place]", offence.location)
        known += places("a reference", "[a reference]", offence.crime_reference, offence.asn)
    return [*known, *_of_victims(db, referral), *_of_staff(db, referral, staff)]


def _of_victims(db: Session, referral: Referral) -> list[Known]:
    victims, contacts = victims_of(db, referral.id), contacts_of(db, referral.id)
    found = [known for victim in victims for known in names("a victim's name", SOMEBODY, victim.name)]
    for contact in contacts.values():
        found += names("a victim's name", SOMEBODY, contact.speak_with)
        found += places("an address", "[an address]", contact.address, contact.phone, contact.email)
    return found


def _of_staff(db: Session, referral: Referral, staff: Collection[int]) -> list[Known]:
    ids = {referral.referred_by_id, referral.case_manager_id, *staff} - {None}
    people = db.exec(select(User.name, User.collar_number).where(col(User.id).in_(ids)))
    return [
        known
        for name, collar in people
        for known in (
            *names("the name of a member of staff", STAFF, name),
            *places("a collar number", STAFF, collar),
        )
    ]
