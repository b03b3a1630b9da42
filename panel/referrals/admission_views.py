"""The page about what the child said."""

from typing import Any

from flask import redirect, request, url_for
from sqlmodel import select

from panel.accounts.models import User
from panel.errors import expect_version
from panel.forms import overrides_from
from panel.referrals.admission import record_admission
from panel.referrals.admission_forms import AdmissionForm, admission_form
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.referrals.said import newest_account
from panel.referrals.views import blueprint, draft_page, mine, onward, saved
from panel.request import actor, at, db, today
from panel.troubles import refusal_items
from workflows.flow import Refusal, Refused
from workflows.roles import POLICE

# At which question each rule is put right.
QUESTION = {
    "clear": "defence_raised",
    "full_to_police": "source",
    "account_adult_aged_18": "adult_aged_18",
    "account_adult_not_police": "adult_is_police",
    "raised_from_police": "source",
    "raised_with_details": "said_on",
    "raised_with_adult": "adult_present",
    "why_changed": "reason",
}


@blueprint.route("/cases/<reference>/admission", methods=["GET", "POST"])
def admission(reference: str) -> Any:
    """What the child said about each offence."""
    referral = mine(reference)
    offences = offences_of(db(), referral)
    if not offences:
        return redirect(url_for("referrals.offences", reference=reference), 303)
    account = newest_account(db(), referral.id)
    form = admission_form(referral, offences, account, _officer(referral))
    unmet: tuple[Refusal, ...] = ()
    if command := form.read_all(today()):
        expect_version(referral, form.seen, saved(account, referral))
        overrides = overrides_from(request.form)
        try:
            record_admission(db(), referral, command, by=actor(), at=at(), overrides=overrides)
        except Refused as refused:
            if not _explain(form, refused.refusals):
                raise
            unmet = refused.refusals
        else:
            return onward(referral, "victims.tell")
    return draft_page(
        "referrals/admission.html",
        referral,
        form=form,
        answers=form.answer_fields(),
        refusals=refusal_items(unmet),
        sent=referral.submitted_at is not None,
        typed=request.form,
    )


def _explain(form: AdmissionForm, refusals: tuple[Refusal, ...]) -> bool:
    """Say at each question what is missing; False when no answer on this page could mend it."""
    if any(refusal.name == "decided" for refusal in refusals):
        return False
    for refusal in refusals:
        if refusal.hard:
            form.complain(QUESTION.get(refusal.name, ""), refusal.says)
    if not any(refusal.hard for refusal in refusals):
        form.complain("", "Answer what is missing, or give your reason for going on without it")
    return True


def _officer(referral: Referral) -> dict[str, Any]:
    """The officer's own name and number, as they were mostly the one to whom the child spoke."""
    if not actor().roles_in(referral.area_id) & set(POLICE):
        return {}
    collar = db().exec(select(User.collar_number).where(User.id == actor().id)).one()
    return {"told_name": actor().name, "told_collar": collar}
