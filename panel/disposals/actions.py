"""What officers do with a disposal: prepare the document, explain it, give it, or let it lapse."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import User
from panel.appointments import actions as appointments
from panel.decisions.standing import conditions_standing, standing_of
from panel.disposals import commands as c
from panel.disposals import family
from panel.disposals.explaining import all_words, how_words, keep_explanation, left_out
from panel.disposals.models import Disposal
from panel.disposals.paper import Issuer, paper_of, tells_of_victim, title_of
from panel.disposals.queries import disposal_for, disposal_of, document_at, facts_of, officer_of
from panel.disposals.requirements import keep_explained
from panel.documents.actions import keep
from panel.documents.models import Document, Kind
from panel.documents.typeset import disposal_pdf
from panel.documents.uploads import safe_filename
from panel.history.record import case_chain, record
from panel.notifications.actions import finish_for_case, notify
from panel.notifications.duties import About, tell_all
from panel.notifications.models import END_WITH_THE_CASE, Why
from panel.plans.actions import begin
from panel.referrals.clocks import acknowledge_clock
from panel.referrals.models import Referral
from panel.referrals.moves import move, settle, tell
from panel.referrals.queries import case_facts, child_of
from workflows.calendar import deadline, long_date, today_in_london
from workflows.case import Status as CaseStatus
from workflows.disposal import DISPOSAL, Status
from workflows.disposal_rules import DisposalFacts
from workflows.flow import NotYours, Refusal, Refused, Step
from workflows.roles import POLICE
from workflows.vocabulary import Outcome, words

TOO_LATE = Refusal(
    "too_late",
    "The document was signed or the disposal is over, so it can no longer be made again.",
    "EXP-3",
    "What was signed is what was shown",
    True,
)
NOT_DECIDED = Refusal(
    "not_decided",
    "There is no decision to give: the panel has not decided this case, or the case is over.",
    "WD-4",
    "The case flow of this service",
    True,
)


class NamesVictim(Exception):
    """The document would tell the child who the victim is or where; `places` say which parts do."""

    def __init__(self, places: list[str]) -> None:
        super().__init__("; ".join(places))
        self.places = places


def prepare(
    db: Session, referral: Referral, command: c.Prepare, issuer: Issuer, *, by: Actor, at: datetime
) -> Document:
    """Make the document that is shown and signed; again when something on it changes, until it is signed.

    Raises `IncompletePaper` when it would be half a document, `NamesVictim` when it may not be shown,
    `Refused` when the case is not at this point.
    """
    disposal = _begun(db, referral, by)
    if disposal.status not in (Status.PREPARED, Status.EXPLAINED):
        raise Refused("disposal", "prepare", (TOO_LATE,))
    changed = _changed(disposal, command)
    disposal.sqlmodel_update(command.model_dump())
    officer = db.exec(select(User).where(User.id == by.id)).one()
    paper = paper_of(db, referral, disposal, issuer, officer=officer, on=today_in_london(at))
    if places := tells_of_victim(db, referral, paper, family.offered(db, disposal)):
        raise NamesVictim(places)
    data = disposal_pdf(paper)
    held = document_at(db, disposal.document_id)
    if held is not None and hashlib.sha256(data).hexdigest() == held.digest:
        if changed:
            tell(db, referral, "change_adult", by=by, at=at, said={"what": "; ".join(changed)})
        return held
    document = keep(
        db,
        referral_id=referral.id,
        kind=Kind.DISPOSAL,
        title=title_of(disposal.outcome),
        filename=safe_filename(title_of(disposal.outcome), "pdf"),
        media_type="application/pdf",
        data=data,
        by=by,
        at=at,
    )
    disposal.document_id, disposal.document_digest = document.id, document.digest
    db.add(disposal)
    said = {"document": document.title, "paper": str(document.number), "digest": document.digest}
    said |= family.make(db, referral, disposal, paper, document, by=by, at=at)
    tell(db, referral, "prepare_disposal", by=by, at=at, said=said)
    return document


def _changed(disposal: Disposal, command: c.Prepare) -> list[str]:
    """What the officer now answers otherwise, by the titles of the fields."""
    fields = type(command).model_fields
    return [
        str(fields[name].title).rstrip("?")
        for name, value in command.model_dump().items()
        if getattr(disposal, name) != value
    ]


def explain(
    db: Session,
    referral: Referral,
    command: c.Explain,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Write down that the disposal was explained, how, to whom, and what the child said back (EXP-1)."""
    disposal = disposal_for(db, referral)
    officer = officer_of(db, disposal)
    unexplained, silent = left_out(disposal.outcome, today_in_london(at), command)
    facts = replace(
        now(db, referral, disposal, at),
        names_officer=officer is not None and officer.id == by.id,
        adult_here=command.adult_here,
        advice=command.advice,
        childs_words=all_words(command),
        unexplained=unexplained,
        not_played_back=silent,
        warned=command.warned,
        admitted_again=command.admitted_again,
    )
    step = take(referral, disposal, "explain", facts, by, overrides)
    kept = ("explained_place", "advice", "admitted_again", "warned", "case_manager_present")
    disposal.sqlmodel_update(command.model_dump(include=set(kept)))
    disposal.method, disposal.childs_words = how_words(command), all_words(command)
    disposal.explained_at, disposal.explained_by_id = at, by.id
    disposal.explained_digest = disposal.document_digest
    keep_explanation(db, referral, disposal, command, by=by, at=at)
    keep_explained(db, disposal, command, by=by, at=at)
    said = {
        "place": command.explained_place,
        "adult": disposal.adult_name or "nobody",
        "together": f"{'together with' if command.case_manager_present else 'without'} the case manager",
    }
    keep_step(db, referral, disposal, step, by=by, at=at, said=said)


def give(
    db: Session,
    referral: Referral,
    *,
    by: Actor,
    at: datetime,
    overrides: Mapping[str, str] | None = None,
    when: c.Give | None = None,
) -> None:
    """Give the disposal, start its plan and tell the YOT, all in one go (WD-4, YC-5, YCC-3, CR-7).

    Everything is judged on the day of giving; without `when` that is today.
    """
    disposal, today = disposal_for(db, referral), today_in_london(at)
    when = when or c.Give(took_place_on=today)
    facts = replace(
        now(db, referral, disposal, at),
        today=when.took_place_on,
        recorded_on=today,
        late_reason=when.late_reason,
    )
    step = take(referral, disposal, "give", facts, by, overrides)
    disposal.given_on, disposal.given_by_id, disposal.given_at = when.took_place_on, by.id, at
    disposal.given_late_reason = when.late_reason
    referral.given_on = when.took_place_on
    earlier = f", on {long_date(when.took_place_on)}" if when.took_place_on != today else ""
    said = {"outcome": words(disposal.outcome) + earlier}
    keep_step(db, referral, disposal, step, by=by, at=at, said=said)
    of_case = replace(case_facts(db, referral, today=today), disposal_given=disposal.status is Status.GIVEN)
    appointments.keep(db, referral, by=by, at=at)
    move(db, referral, "give", of_case, by=by, at=at, said=said)
    begin(db, referral, disposal.id, conditions_standing(db, disposal.decision_id), by=by, at=at)
    finish_for_case(db, referral.id, (Why.DISPOSAL_TO_GIVE,), by=by, at=at)
    _tell_everybody(db, referral, disposal, at)


def _tell_everybody(db: Session, referral: Referral, disposal: Disposal, at: datetime) -> None:
    outcome = disposal.outcome
    about = About(
        area_id=referral.area_id,
        referral_id=referral.id,
        reference=referral.reference,
        case_manager_id=referral.case_manager_id,
        looked_after=child_of(db, referral).looked_after,
        community_resolution=outcome is Outcome.CR,
        mark=f"given-{disposal.id}",
    )
    due = deadline(acknowledge_clock(outcome), today_in_london(at), "Acknowledge").due
    tell_all(db, Why.DISPOSAL_GIVEN, about, at=at, due_on=due)


def lapse(db: Session, referral: Referral, command: c.Lapse, *, by: Actor, at: datetime) -> None:
    """Send the case back to the police undone, for example because the child turned 18 (AGE-4)."""
    disposal = _begun(db, referral, by)
    facts = replace(now(db, referral, disposal, at), reason=command.reason)
    step = take(referral, disposal, "lapse", facts, by)
    disposal.reason = referral.reason = command.reason
    said = {"reason": command.reason}
    keep_step(db, referral, disposal, step, by=by, at=at, said=said)
    of_case = case_facts(db, referral, today=today_in_london(at), reason=command.reason)
    appointments.end(db, referral, by=by, at=at)
    move(db, referral, "lapse", of_case, by=by, at=at, said=said)
    finish_for_case(db, referral.id, END_WITH_THE_CASE, by=by, at=at)
    if referral.case_manager_id is not None:
        notify(
            db,
            why=Why.CASE_WITHDRAWN,
            area_id=referral.area_id,
            referral_id=referral.id,
            key=f"{referral.reference}-lapsed",
            at=at,
            to_user=referral.case_manager_id,
        )


def withdraw(db: Session, referral: Referral, reason: str, *, by: Actor, at: datetime) -> None:
    """Take back what was being prepared, because the decision behind it does not stand any more."""
    disposal = disposal_of(db, referral.id)
    if disposal is None:
        return
    step = take(referral, disposal, "withdraw", replace(now(db, referral, disposal, at), reason=reason), by)
    disposal.withdrawn_at, disposal.reason = at, reason[:300]
    keep_step(db, referral, disposal, step, by=by, at=at, said={"reason": reason})


def keep_step(
    db: Session,
    referral: Referral,
    disposal: Disposal,
    step: Step[Status],
    *,
    by: Actor,
    at: datetime,
    said: Mapping[str, str],
) -> None:
    """Write a step of the disposal into the history of its case, and raise the version of the case."""
    record(db, disposal, step, flow="disposal", chain=case_chain(referral.id), by=by, at=at, facts=said)
    db.add(disposal)
    settle(db, referral, by=by, at=at, page=f"disposal.{step.move}", retime=False)


def _begun(db: Session, referral: Referral, by: Actor) -> Disposal:
    """The disposal of a decided case, its row made on first use."""
    if not by.roles_in(referral.area_id) & set(POLICE):
        raise NotYours("disposal.prepare")
    found, stands = disposal_of(db, referral.id), standing_of(db, referral.id)
    if found is not None:
        return found
    if stands is None or referral.status is not CaseStatus.DECIDED:
        raise Refused("disposal", "prepare", (NOT_DECIDED,))
    found = Disposal(
        referral_id=referral.id,
        decision_id=stands.decision.id,
        outcome=stands.outcome,
        child_reasons=stands.reasons,
    )
    db.add(found)
    db.flush()
    return found


def now(db: Session, referral: Referral, disposal: Disposal, at: datetime) -> DisposalFacts:
    due = [step.due_on for step in conditions_standing(db, disposal.decision_id)]
    return facts_of(db, referral, disposal, due, today=today_in_london(at))


def take(
    referral: Referral,
    disposal: Disposal,
    name: str,
    facts: DisposalFacts,
    by: Actor,
    overrides: Mapping[str, str] | None = None,
) -> Step[Status]:
    """The move of the disposal flow for this person here, or `Refused` or `NotYours`."""
    return DISPOSAL.step(name, disposal.status, facts, by.roles_in(referral.area_id), overrides)
