"""The pages that child and family read or take home: my plan, the calendar on paper and as a file."""

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Response, current_app

from panel.casepage import case_page
from panel.contacts import family
from panel.contacts.views import blueprint, case
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import case_chain, log_access
from panel.pages import page
from panel.plans.queries import plan_of
from panel.referrals.models import Referral
from panel.referrals.queries import header_of
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.web import PanelApp
from workflows.calendar import long_date


def _plan(referral: Referral) -> family.MyPlan:
    """The child's page. Raises `Missing` before there is a plan."""
    if plan_of(db(), referral.id) is None:
        raise Missing()
    return family.my_plan_of(db(), referral, now=at())


def _stopped(referral: Referral, plan: family.MyPlan, more: Sequence[str] = ()) -> Any:
    """A page that says why nothing is shown, when it would tell of a victim; else None."""
    places = [*family.tells(db(), referral, plan), *more]
    if not places:
        return None
    return case_page("contacts/tells.html", header_of(db(), referral, today=today()), places=places)


@blueprint.get("/cases/<reference>/my-plan")
def my_plan(reference: str) -> Any:
    """The plan in plain words and large type, for the child."""
    referral = case(reference)
    plan = _plan(referral)
    if stopped := _stopped(referral, plan):
        return stopped
    return page("contacts/my_plan.html", plan=plan, reference=reference, as_of=long_date(plan.as_of))


@blueprint.get("/cases/<reference>/my-plan.pdf")
def my_plan_printed(reference: str) -> Any:
    """The same on one side of paper."""
    referral = case(reference)
    plan = _plan(referral)
    if stopped := _stopped(referral, plan):
        return stopped
    data = family.my_plan_pdf(plan, demo=_settings().demo)
    return _handed_out(referral, data, "application/pdf", "my-plan.pdf")


@blueprint.get("/cases/<reference>/contacts/calendar.pdf")
def calendar(reference: str) -> Any:
    """The appointments on one side of paper."""
    referral = case(reference)
    plan = _plan(referral)
    if stopped := _stopped(referral, plan):
        return stopped
    data = family.calendar_pdf(plan, demo=_settings().demo)
    return _handed_out(referral, data, "application/pdf", "appointments.pdf")


@blueprint.get("/cases/<reference>/contacts/calendar.ics")
def calendar_file(reference: str) -> Any:
    """The appointments as a file for a telephone."""
    referral = case(reference)
    if stopped := _stopped(referral, _plan(referral), family.calendar_tells(db(), referral)):
        return stopped
    host = urlsplit(_settings().base_url).hostname or "localhost"
    data = family.calendar_file(db(), referral, host=host, now=at())
    return _handed_out(referral, data, "text/calendar; charset=utf-8", "appointments.ics")


def _settings() -> Any:
    return cast(PanelApp, current_app).settings


def _handed_out(referral: Referral, data: bytes, kind: str, name: str) -> Response:
    """A file that leaves the service, with its line in the access log."""
    chain = case_chain(referral.id)
    log_access(db(), Operation.DISCLOSURE, chain, by=actor(), at=at(), page=here(), recipients="the family")
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
