"""Reading what the child said: the answer that stands for each offence, with the account it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from panel.referrals.models import AdmissionAccount, AdmissionSaid, Offence, Referral
from panel.referrals.queries import offences_of
from workflows.calendar import long_date
from workflows.vocabulary import Admission, words


@dataclass(frozen=True)
class Said:
    """The newest answer to one offence, with the account that it comes from."""

    offence: Offence
    account: AdmissionAccount | None

    @property
    def where(self) -> str:
        """'on 7 November 2026 to PC Marsh 4411, in an interview…' as far as it is known; maybe empty."""
        if self.account is None:
            return ""
        day = long_date(self.account.said_on) if self.account.said_on else ""
        parts = (day, f"to {to_whom(self.account)}" if to_whom(self.account) else "")
        return ", ".join([part for part in parts if part] + [_lower(words(self.account.source))])

    @property
    def in_words(self) -> str:
        """'Full admission (12 November 2026, to PC Marsh 4411, voluntary interview with the police)'."""
        state = words(self.offence.admission)
        return f"{state} ({self.where})" if self.where else state


def to_whom(account: AdmissionAccount) -> str:
    """'PC Marsh 4411'."""
    return f"{account.told_name} {account.told_collar}".strip()


def newest_account(db: Session, referral_id: int) -> AdmissionAccount | None:
    """The account that was recorded last."""
    query = select(AdmissionAccount).where(AdmissionAccount.referral_id == referral_id)
    return db.exec(query.order_by(col(AdmissionAccount.id).desc()).limit(1)).first()


def said_about(db: Session, referral: Referral, offences: Sequence[Offence] | None = None) -> list[Said]:
    """The answer that stands for each offence, in the order of the offences."""
    listed = offences_of(db, referral) if offences is None else offences
    query = (
        select(AdmissionSaid.offence_id, AdmissionAccount)
        .join(AdmissionAccount, col(AdmissionAccount.id) == AdmissionSaid.account_id)
        .where(AdmissionAccount.referral_id == referral.id)
        .order_by(col(AdmissionAccount.id))
    )
    newest = dict(db.exec(query).all())
    return [
        Said(offence, newest.get(offence.id) if offence.admission is not Admission.NONE else None)
        for offence in listed
    ]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
