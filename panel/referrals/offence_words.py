"""How an offence and its gravity are told, on every page alike."""

from collections.abc import Sequence
from typing import Any

from panel.referrals.models import Offence
from workflows.calendar import long_date
from workflows.codes import Category
from workflows.vocabulary import SERIOUSNESS, Outcome, words

NO_SCORE = "No gravity score yet"


def when_words(offence: Offence) -> str:
    """'6 November 2026', or from when to when."""
    if offence.ended_on is None:
        return long_date(offence.committed_on)
    return f"{long_date(offence.committed_on)} to {long_date(offence.ended_on)}"


def title_words(offence: Offence) -> str:
    """The title, with the code when it is from the list."""
    return f"{offence.title} ({offence.code})" if offence.code else offence.title


def mode_words(offence: Offence) -> str:
    """How it would be tried, and why not as the list says."""
    said = words(offence.mode)
    if offence.mode_reason:
        return f"{said}, not as in the list: {offence.mode_reason}"
    return f"{said}, typed by hand: {offence.by_hand_reason}" if offence.by_hand_reason else said


def gravity_words(offence: Offence) -> str:
    """'Gravity score 3 (base score 2, raised by 1), which presumes a youth caution'."""
    if offence.gravity is None:
        return NO_SCORE
    said = f"Gravity score {offence.gravity}"
    if offence.gravity_base is not None:
        said += f" (base score {offence.gravity_base}, {_moved(offence.gravity_adjustment)})"
    if offence.gravity_presumes:
        said += f", which presumes: {presumed_words(offence)}"
    return said


def presumed_words(offence: Offence) -> str:
    """The outcomes that the score presumes, the least serious first."""
    outcomes = sorted(map(Outcome, offence.gravity_presumes), key=SERIOUSNESS.index)
    return " or ".join(words(outcome).lower() for outcome in outcomes)


def gravity_rows(offence: Offence) -> list[str]:
    """Everything about the gravity of an offence, one line each."""
    lines = [gravity_words(offence)]
    for title, found in (("More serious", factors(offence, 1)), ("Less serious", factors(offence, -1))):
        if found:
            lines.append(f"{title}: {'; '.join(found)}")
    if offence.gravity_reason:
        lines.append(f"Reason: {offence.gravity_reason}")
    if offence.gravity_matrix:
        lines.append(f"Matrix: {offence.gravity_matrix}")
    return lines


def factors(offence: Offence, sign: int) -> list[str]:
    """The ticked factors that raise (1) or lower (-1) the score."""
    return [factor["words"] for factor in offence.gravity_factors if factor["value"] * sign > 0]


def offence_lines(offence: Offence) -> list[str]:
    """An offence read back."""
    lines = [title_words(offence), f"{when_words(offence)}, {offence.location}", mode_words(offence)]
    lines += [words(Category(name)) for name in offence.categories]
    if offence.crime_reference:
        lines.append(f"Crime reference {offence.crime_reference}")
    if offence.asn:
        lines.append(f"Arrest summons number {asn_words(offence.asn)}")
    if offence.prosecute_by:
        said = f"{offence.prosecute_source}. {offence.prosecute_reason}"
        lines.append(f"Last day to prosecute {long_date(offence.prosecute_by)}, set by hand: {said}")
    if offence.cps_authority:
        lines.append("The Crown Prosecution Service has authorised an out-of-court disposal")
    return lines


def offence_rows(offences: Sequence[Offence]) -> list[tuple[str, Any]]:
    """The offences for "check your answers"."""
    return [
        row
        for number, offence in enumerate(offences, 1)
        for row in (
            (f"Offence {number}", offence_lines(offence)),
            (f"How serious offence {number} is", gravity_rows(offence)),
        )
    ] or [("Offence", "")]


def asn_words(asn: str) -> str:
    """'11/01ZD/01/448754K', as people write it."""
    return f"{asn[:2]}/{asn[2:6]}/{asn[6:8]}/{int(asn[8:-1])}{asn[-1]}"


def _moved(adjustment: int) -> str:
    if adjustment == 0:
        return "left as it is"
    return f"{'raised' if adjustment > 0 else 'lowered'} by {abs(adjustment)}"
