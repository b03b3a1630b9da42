"""The case of an address, and a page of it, as every room above shows them."""

from typing import Any

from flask import request

from panel.casepage import case_page
from panel.referrals.models import Referral
from panel.referrals.queries import header_of, referral_for
from panel.request import actor, at, db, today
from panel.request import page as here


def case(reference: str) -> Referral:
    """The case of this page, if the signed-in person may see it; locked where the request acts on it."""
    return referral_for(db(), actor(), reference, at=at(), page=here(), lock=request.method == "POST")


def shows(template: str, referral: Referral, **context: Any) -> Any:
    """A page of one case."""
    return case_page(template, header_of(db(), referral, today=today()), **context)
