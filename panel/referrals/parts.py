"""The parts of a referral, one page each: which are done, which are asked for, which may stay empty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from panel.children.models import Carer
from panel.referrals.models import Offence, Origin, Referral
from panel.referrals.origins import is_complete
from workflows.case import Status
from workflows.papers import Paper
from workflows.source import WITHOUT_ADMISSION
from workflows.vocabulary import Admission, register


class Done(StrEnum):
    """How far one part is."""

    COMPLETED = "completed"
    TO_DO = "to_do"
    TO_PUT_RIGHT = "to_put_right"
    OPTIONAL = "optional"


register(
    (
        (Done.COMPLETED, "Completed"),
        (Done.TO_DO, "To do"),
        (Done.TO_PUT_RIGHT, "To put right"),
        (Done.OPTIONAL, "Optional"),
    )
)


@dataclass(frozen=True)
class Part:
    """One page; an event whose verb has one of `acts` in it has changed the page."""

    key: str
    title: str
    endpoint: str
    group: str
    acts: tuple[str, ...]


WHO, WHAT, ELSE = "The child", "What happened", "Victim and papers"
PARTS = (
    Part("child", "Who the child is", "referrals.child", WHO, ("child", "merge")),
    Part("source", "How the case came to us", "referrals.source", WHO, ("origin",)),
    Part("carer", "Parent or carer", "referrals.carer", WHO, ("carer",)),
    Part("offences", "Offences", "offences.index", WHAT, ("offence", "gravity")),
    Part("circumstances", "What happened", "referrals.circumstances", WHAT, ("circumstances",)),
    Part("admission", "What the child said", "referrals.admission", WHAT, ("admission",)),
    Part("tell_victim", "Victim", "victims.tell", ELSE, ("victim",)),
    Part("papers", "Police papers", "referrals.papers", ELSE, ("paper",)),
)


@dataclass(frozen=True)
class Written:
    """Everything that is on a referral so far."""

    referral: Referral
    child_name: str
    carer: Carer | None
    offences: Sequence[Offence]
    papers_missing: Collection[Paper]
    origin: Origin | None
    asked: Collection[str] = ()


@dataclass(frozen=True)
class PartDone:
    """One part with how far it is."""

    part: Part
    done: Done


def parts_done(written: Written) -> list[PartDone]:
    """Every part of a referral; `asked` of it are the parts that the YOT wants put right."""
    return [PartDone(part, _done(part.key, written)) for part in PARTS]


def _done(key: str, written: Written) -> Done:
    if key in written.asked and written.referral.status is Status.SENT_BACK:
        return Done.TO_PUT_RIGHT
    if _is_there(key, written):
        return Done.COMPLETED
    return Done.OPTIONAL if _may_be_missing(key, written) else Done.TO_DO


def _is_there(key: str, written: Written) -> bool:
    referral = written.referral
    there: dict[str, bool] = {
        "child": True,
        "source": is_complete(referral, written.origin),
        "carer": bool((written.carer and written.carer.name) or referral.no_carer_reason),
        "offences": bool(written.offences)
        and all(offence.gravity is not None for offence in written.offences),
        "circumstances": bool(referral.circumstances.strip()),
        "admission": bool(written.offences)
        and all(offence.admission is not Admission.NONE for offence in written.offences),
        "tell_victim": referral.victim_identified is not None
        and (referral.victim_named or not referral.victim_identified),
        "papers": not written.papers_missing,
    }
    return there[key]


def _may_be_missing(key: str, written: Written) -> bool:
    if key == "papers":
        return Paper.INTERVIEW not in written.papers_missing
    return key == "admission" and written.referral.source in WITHOUT_ADMISSION


def count_done(parts: Sequence[PartDone]) -> int:
    """How many parts are completed."""
    return sum(part.done is Done.COMPLETED for part in parts)
