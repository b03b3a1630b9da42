"""A letter to a victim: written, read as it is, and sent, by the victim worker alone."""

from typing import Any, cast

from flask import Response, current_app, redirect, url_for

from panel.documents.queries import Altered, content
from panel.documents.typst import IncompletePaper
from panel.errors import Missing
from panel.forms import offer
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.referrals.frame import shows
from panel.referrals.models import Referral
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.victims import commands as c
from panel.victims import forms as f
from panel.victims import letters, lists, updates
from panel.victims.desk import ONE, back, blueprint, one, unchanged
from panel.victims.models import Victim, VictimUpdate
from panel.victims.queries import contact_for
from panel.victims.working import update_in
from panel.web import PanelApp
from workflows.calendar import long_date
from workflows.vocabulary import words

LETTER = f"{ONE}/told/<happened>/letter"


@blueprint.route(LETTER, methods=["GET", "POST"])
def letter(reference: str, place: int, happened: str) -> Any:
    """Write a letter about a decision: to whom, and why it was decided, in words for the victim."""
    referral, victim, update = _open(reference, place, happened)
    contact = contact_for(db(), actor(), referral, victim, at=at(), page=here())
    to = letters.recipients(victim, contact)
    before = letters.letters_of(db(), update)
    start = before[0].reasons if before else lists.reasons_of(db(), referral)
    form = f.LetterForm(data={"reasons": start, "recipient": to[0].value, "version": referral.version})
    offer(form.recipient, [(one.value, words(one)) for one in to])
    if command := form.read(c.LetterText):
        unchanged(referral, form, {})
        settings = cast(PanelApp, current_app).settings
        try:
            made = letters.write(
                db(), referral, victim, update, command,
                force_name=settings.force_name, demo=settings.demo, by=actor(), at=at(),
            )  # fmt: skip
        except letters.TellsOfChild as told:
            about = ", ".join(told.what)
            form.complain("reasons", f"This tells the victim about the child: {about}. Say it without that.")
        except IncompletePaper as lacks:
            form.complain("reasons", str(lacks))
        else:
            values: dict[str, Any] = {
                "reference": reference,
                "place": place,
                "happened": happened,
                "number": made.number,
            }
            return redirect(url_for("victims.send_letter", **values), 303)
    return shows("victims/letter.html", referral, form=form, victim=victim, update=update)


@blueprint.get(f"{LETTER}/<int(max=9999):number>")
def letter_paper(reference: str, place: int, happened: str, number: int) -> Any:
    """The letter as it goes out."""
    referral, victim, update = _open(reference, place, happened, ended=True)
    _, document = letters.paper_of(db(), update, number)
    try:
        data = content(db(), document)
    except Altered:
        raise Missing() from None
    subject = f"{case_chain(referral.id)}:victim:{victim.place}"
    log_access(db(), Operation.DISCLOSURE, subject, by=actor(), at=at(), page=here(), recipients=actor().name)
    response = Response(data, mimetype=document.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.route(f"{LETTER}/<int(max=9999):number>/send", methods=["GET", "POST"])
def send_letter(reference: str, place: int, happened: str, number: int) -> Any:
    """Read the letter, check to whom it goes, and write down that it was sent."""
    referral, victim, update = _open(reference, place, happened)
    found, _ = letters.paper_of(db(), update, number)
    form = f.SendLetterForm(version=referral.version)
    if command := form.read(c.SendLetter):
        unchanged(referral, form, {})
        try:
            letters.send(db(), referral, victim, update, number, command.late_reason, by=actor(), at=at())
        except updates.ToldLate:
            form.complain("late_reason", "Say why they are told late")
        else:
            return back(referral, victim, "Written down: the letter was sent today.")
    contact = contact_for(db(), actor(), referral, victim, at=at(), page=here())
    rows = [
        {
            "key": "Goes to",
            "value": f"{words(found.recipient)}: {letters.name_of(found.recipient, victim, contact)}",
        },
        {"key": "First line of the address", "value": letters.first_line(contact)},
        {"key": "Safe ways and times", "value": contact.safe_ways},
        {"key": "Due", "value": long_date(update.due_on)},
    ]
    return shows(
        "victims/send_letter.html",
        referral,
        form=form,
        victim=victim,
        update=update,
        number=number,
        rows=rows,
        late=today() > update.due_on,
    )


def _open(
    reference: str, place: int, happened: str, *, ended: bool = False
) -> tuple[Referral, Victim, VictimUpdate]:
    """The case, the victim and the decision that they are told of; only while they still have to be."""
    referral, victim = one(reference, place)
    update = update_in(victim, happened)
    waits = update.told_on is None and update.not_owed is None
    if update.happened not in letters.WITH_LETTER or not (waits or ended):
        raise Missing()
    return referral, victim, update
