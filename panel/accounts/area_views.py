"""Whom an area tells, and how one's own mails come."""

from typing import Any

from flask import flash, redirect, url_for

from panel.accounts import actions, queries
from panel.accounts import commands as c
from panel.accounts import forms as f
from panel.accounts.views import blueprint
from panel.errors import expect_version
from panel.forms import offer
from panel.history.record import account_chain, note
from panel.notifications.queries import wants_daily
from panel.notifications.wishes import set_wish
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.vocabulary import words


@blueprint.get("/accounts/areas")
def areas() -> Any:
    """The areas that one administers."""
    return page("accounts/areas.html", areas=queries.areas_of(db(), actor()))


@blueprint.route("/accounts/areas/<code>", methods=["GET", "POST"])
def area(code: str) -> Any:
    """Whom one area tells outside of the service, and its head of service."""
    found, setting = queries.area_with(db(), actor(), code)
    form = f.AreaForm(obj=setting, duty_mailbox=found.duty_mailbox, version=setting.version)
    managers = queries.managers_of(db(), found.id, today())
    offer(form.head_id, managers, first="Nobody yet")
    if (command := form.read(c.AreaDetails)) and _is_manager(form, command, managers):
        expect_version(setting, form.seen, {"social_care_mailbox": setting.social_care_mailbox})
        actions.set_area(db(), found, setting, command, by=actor(), at=at())
        flash(f"Whom {found.name} tells has been changed.", "success")
        return redirect(url_for("accounts.areas"), 303)
    return page("accounts/area.html", form=form, area=found)


def _is_manager(form: f.AreaForm, command: c.AreaDetails, managers: list[tuple[int, str]]) -> bool:
    if command.head_id is None or command.head_id in dict(managers):
        return True
    form.complain("head_id", "The head of service must be a YOT manager of the area")
    return False


@blueprint.route("/my-mails", methods=["GET", "POST"])
def mail() -> Any:
    """Each mail at once, or one a day."""
    now = c.Comes.DAILY if wants_daily(db(), actor().id) else c.Comes.AT_ONCE
    form = f.MailForm(how=now.value)
    if command := form.read(c.MailWishDetails):
        set_wish(db(), actor().id, daily=command.how is c.Comes.DAILY, at=at())
        facts = {"how": words(command.how)}
        note(db(), "account.mail", chain=account_chain(actor().id), by=actor(), at=at(), facts=facts)
        flash(f"Your mails come like this from now on: {words(command.how).lower()}.", "success")
        return redirect(url_for("accounts.mail"), 303)
    return page("accounts/mail.html", form=form)
