"""The two pages about how a case came to us: from where, and what that source needs."""

from typing import Any

from flask import redirect, request, url_for

from panel.errors import expect_version
from panel.forms import offer
from panel.referrals import actions
from panel.referrals import forms as f
from panel.referrals.origins import CALLED, answers, origin_of
from panel.referrals.source_commands import SourceDetails
from panel.referrals.source_forms import details_form
from panel.referrals.views import blueprint, draft_page, mine, onward
from panel.request import actor, at, db, today
from workflows.source import sources_for
from workflows.vocabulary import words


@blueprint.route("/cases/<reference>/source", methods=["GET", "POST"])
def source(reference: str) -> Any:
    """How did this case come to us?"""
    referral = mine(reference)
    form = f.SourceForm(version=referral.version, source=referral.source)
    offered = sources_for(actor().roles_in(referral.area_id))
    kept = (referral.source,) if referral.source not in (None, *offered) else ()
    offer(form.source, [(one.value, words(one)) for one in (*kept, *offered) if one is not None])
    if command := form.read(SourceDetails, today=today()):
        expect_version(referral, form.seen, {"source": referral.source, "version": referral.version})
        if command.source is not referral.source or not CALLED[command.source]:
            actions.save_source(db(), referral, command, by=actor(), at=at())
        if not CALLED[command.source]:
            return onward(referral, "referrals.carer")
        came_from = request.args.get("from")
        details = url_for("referrals.source_details", reference=reference)
        return redirect(f"{details}?from={came_from}" if came_from in ("check", "tasks") else details, 303)
    return draft_page("referrals/source.html", referral, form=form)


@blueprint.route("/cases/<reference>/source/details", methods=["GET", "POST"])
def source_details(reference: str) -> Any:
    """What the source needs."""
    referral = mine(reference)
    if referral.source is None or not CALLED[referral.source]:
        return redirect(url_for("referrals.source", reference=reference), 303)
    before = answers(referral, origin_of(db(), referral.id))
    form = details_form(referral.source, before | {"version": referral.version})
    command = form.read(SourceDetails, today=today(), source=referral.source)
    missing = command.missing() if command else {}
    for name, sentence in missing.items():
        form.complain(name, sentence)
    if command and not missing:
        expect_version(referral, form.seen, before | {"version": referral.version})
        actions.save_source(db(), referral, command, by=actor(), at=at())
        return onward(referral, "referrals.carer")
    return draft_page("referrals/source_details.html", referral, form=form, title=words(referral.source))
