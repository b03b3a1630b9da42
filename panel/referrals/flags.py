"""What stands in words beside the child's name on every page of a case."""

from panel.children.models import Child
from panel.referrals.models import Referral
from panel.referrals.words import Tag
from workflows.calendar import long_date
from workflows.case import Status
from workflows.source import Source
from workflows.vocabulary import words

# From here on an assessment or an agenda rests on what the child was recorded to have said.
RESTS_ON_IT = (Status.ASSESSED, Status.LISTED, Status.DEFERRED)


def flags_of(child: Child, referral: Referral) -> tuple[Tag, ...]:
    """The flags of a case."""
    flags = [Tag("Looked after", "purple")] if child.looked_after else []
    if referral.source not in (None, Source.POLICE):
        flags.append(Tag(words(referral.source), "turquoise"))
    if referral.event_open_on is not None:
        flags.append(
            Tag(f"Significant event on {long_date(referral.event_open_on)}, not answered yet", "red")
        )
    if changed_since_assessed(referral):
        flags.append(Tag("What the child said was changed since", "orange"))
    return tuple(flags + ([Tag("Communication needs", "blue")] if child.needs else []))


def changed_since_assessed(referral: Referral) -> bool:
    """Whether the assessment or the agenda rests on an older account (ADM-2)."""
    changed, assessed = referral.admission_changed_at, referral.assessed_at
    if changed is None or assessed is None or referral.status not in RESTS_ON_IT:
        return False
    return changed >= assessed
