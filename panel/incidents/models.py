"""Cases of several children of one incident: linked, each with its own decision (CAT-3)."""

from datetime import datetime

from panel.columns import link, moment
from panel.tables import Row


class Incident(Row, table=True):
    """One incident in which several children took part."""

    __tablename__ = "incident"
    begun_at: datetime = moment()


class CaseLink(Row, table=True):
    """One child's case as part of an incident."""

    __tablename__ = "case_link"
    incident_id: int = link("incident.id")
    referral_id: int = link("referral.id", unique=True)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
