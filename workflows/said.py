"""What a child said about an offence: from where we know it, and which answer is more than another."""

from enum import StrEnum

from workflows.vocabulary import Admission, register


class SaidIn(StrEnum):
    """From where an account is known (ADM-1). No panel and no YOT interview is among them (ADM-2)."""

    INTERVIEW = "police_interview"
    VOLUNTARY = "voluntary_interview"
    STATEMENT = "written_statement"
    DEFENCE = "defence_representation"
    COURT = "court_hearing"
    NOT_KEPT = "not_kept"


class LegalAdvice(StrEnum):
    """What became of the right to free, independent legal advice (ADV-1)."""

    NOT_RECORDED = "not_recorded"
    NOT_OFFERED = "not_offered"
    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"


register(
    (
        (SaidIn.INTERVIEW, "Interview at a police station"),
        (SaidIn.VOLUNTARY, "Voluntary interview with the police"),
        (SaidIn.STATEMENT, "Written statement to the police"),
        (SaidIn.DEFENCE, "Letter or call from the child's lawyer"),
        (SaidIn.COURT, "Said in court"),
        (SaidIn.NOT_KEPT, "Recorded earlier, the source was not kept"),
        (LegalAdvice.NOT_RECORDED, "Not recorded"),
        (LegalAdvice.NOT_OFFERED, "Not offered"),
        (LegalAdvice.OFFERED, "Offered, and no answer is known"),
        (LegalAdvice.TAKEN, "Offered and taken"),
        (LegalAdvice.DECLINED, "Offered and declined"),
    )
)

ADVICE_GIVEN = (LegalAdvice.OFFERED, LegalAdvice.TAKEN, LegalAdvice.DECLINED)
# What a form may offer: the rest only marks accounts from before this was kept.
ADVICE = (LegalAdvice.NOT_OFFERED, *ADVICE_GIVEN)
SOURCES = tuple(source for source in SaidIn if source is not SaidIn.NOT_KEPT)
POLICE_SOURCES = (SaidIn.INTERVIEW, SaidIn.VOLUNTARY, SaidIn.STATEMENT)
# To accept responsibility is not an admission (CR-4), and to admit a part is not a full one: neither is more.
_STEP = {Admission.PARTIAL: 1, Admission.ACCEPTS: 1, Admission.FULL: 2}
TAKES_RESPONSIBILITY = tuple(_STEP)


def is_more(before: Admission, after: Admission) -> bool:
    """Whether `after` could open an outcome that `before` could not."""
    return _STEP.get(after, 0) > _STEP.get(before, 0)
