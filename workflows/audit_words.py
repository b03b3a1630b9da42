"""The words of case audits: where rounds, cases and audits stand, answers, reasons for leaving out."""

from enum import StrEnum

from workflows.vocabulary import register


class RoundStatus(StrEnum):
    """Where a round stands."""

    NEW = "new"
    OPEN = "open"
    FINISHED = "finished"
    DROPPED = "dropped"


class CaseStatus(StrEnum):
    """Where one case of the sample stands."""

    DRAWN = "drawn"
    EXCLUDED = "excluded"
    MODERATED = "moderated"
    FED_BACK = "fed_back"


class AuditStatus(StrEnum):
    """Where the audit of one auditor stands."""

    NEW = "new"
    WRITING = "writing"
    FINISHED = "finished"


class Answer(StrEnum):
    """What an auditor answers; what does not apply leaves the denominator."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class LeftOut(StrEnum):
    """Why a case is not in the sample although it was given in the period."""

    PROCEEDINGS = "proceedings"
    SERIOUS = "serious_incident"
    NO_AUDITOR = "no_independent_auditor"
    TRANSFERRED = "transferred"
    RECENT = "audited_lately"
    OTHER = "other"


IN_SAMPLE = (CaseStatus.DRAWN, CaseStatus.MODERATED, CaseStatus.FED_BACK)
register(
    (
        (RoundStatus.NEW, "Being written"),
        (RoundStatus.OPEN, "With the auditors"),
        (RoundStatus.FINISHED, "Finished"),
        (RoundStatus.DROPPED, "Dropped"),
        (CaseStatus.DRAWN, "In the sample"),
        (CaseStatus.EXCLUDED, "Left out"),
        (CaseStatus.MODERATED, "Settled by a third person"),
        (CaseStatus.FED_BACK, "Case manager told"),
        (AuditStatus.NEW, "Not begun"),
        (AuditStatus.WRITING, "Being written"),
        (AuditStatus.FINISHED, "Finished"),
        (Answer.YES, "Yes"),
        (Answer.NO, "No"),
        (Answer.NOT_APPLICABLE, "Not applicable"),
        (LeftOut.PROCEEDINGS, "Proceedings or a complaint are running"),
        (LeftOut.SERIOUS, "A serious incident is being reviewed"),
        (LeftOut.NO_AUDITOR, "No auditor is independent of it"),
        (LeftOut.TRANSFERRED, "The case moved to another service"),
        (LeftOut.RECENT, "It was audited lately"),
        (LeftOut.OTHER, "Something else, as written"),
    )
)
