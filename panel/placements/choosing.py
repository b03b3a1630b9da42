"""Choosing a placement on the form of a condition or step."""

from datetime import date, timedelta
from typing import TypeVar

from sqlmodel import Session

from config.policy import number
from panel.forms import offer
from panel.placements.models import Placement
from panel.placements.queries import Option, need_of, options
from panel.placements.words import when_words
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from panel.stepcommand import StepCommand
from panel.stepform import StepForm

S = TypeVar("S", bound=StepCommand)


def offered(db: Session, referral: Referral, form: StepForm, *, today: date) -> dict[int, Option]:
    """Put the placements onto the form, with why some do not fit; without any the question goes."""
    if "placement_id" not in form:
        return {}
    due = form.due_on.data or today + timedelta(days=number("ycc_completion_normal", today))
    found = options(db, referral.area_id, need_of(child_of(db, referral), today, max(due, today)))
    if not found:
        del form.placement_id
        return {}
    none = [("0", "No placement: another place")]
    offer(form.placement_id, none + [(o.placement.id, _label(o)) for o in found])
    if form.placement_id.data in (None, "", "None"):
        form.placement_id.data = "0"
    return {option.placement.id: option for option in found}


def _label(option: Option) -> str:
    place = option.placement
    said = f"{place.name}: {place.work}. {when_words(place)}"
    reasons = "; ".join(one.says for one in option.against)
    return f"{said}. Does not fit: {reasons}" if reasons else said


def settle(form: StepForm, command: S, found: dict[int, Option]) -> S | None:
    """The command with place and times of the placement, or None with the sentence that says why not."""
    if command.placement_id is None:
        return command
    option = found.get(command.placement_id)
    if option is None:
        form.complain("placement_id", "Choose one of these placements")
        return None
    if command.at_childs_home:
        form.complain("placement_id", "Choose a placement or the child's own home, not both")
        return None
    if option.full:
        says = next(one.says for one in option.against if one.full)
        form.complain("placement_id", f"{option.placement.name} is full. {says}: choose another")
        return None
    return command.model_copy(update=_from(option.placement, command))


def _from(place: Placement, command: StepCommand) -> dict[str, str]:
    where = command.where_at or f"{place.name}, {place.address}"
    return {
        "where_at": where[:200],
        "when_at": (command.when_at or when_words(place))[:200],
        "who": command.who or place.supervisor,
    }
