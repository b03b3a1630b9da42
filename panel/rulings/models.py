"""Corrections of a record, and concerns about a decision that can no longer be undone."""

from datetime import datetime

from panel.columns import line, link, moment, prose, word
from panel.tables import Row, Versioned
from workflows.ruling import Place, Status


class Correction(Versioned, table=True):
    """A slip in a record, put right beside it by two people; the old text stays where it is."""

    __tablename__ = "correction"
    decision_id: int = link("decision.id")
    status: Status = word(Status, default=Status.OPEN)
    place: Place = word(Place)
    before: str = prose("the old words, as they stand in the record")
    after: str = prose()
    reason: str = prose()
    asked_by_id: int = link("user_account.id", index=False)
    asked_by: str = line(200)
    asked_at: datetime = moment()
    answered_by_id: int | None = link("user_account.id", null=True, index=False)
    answered_by: str = line(200)
    answered_at: datetime | None = moment(null=True)
    answer: str = prose("why it was declined")


class DecisionConcern(Row, table=True):
    """A concern about a decision that was given: it changes nothing and is kept for police and scrutiny."""

    __tablename__ = "decision_concern"
    decision_id: int = link("decision.id")
    text: str = prose()
    passed_to: str = line(200)
    by_id: int = link("user_account.id", index=False)
    by_words: str = line(200)
    at: datetime = moment()
