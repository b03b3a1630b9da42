"""The papers of the police that a case rests on."""

from enum import StrEnum

from workflows.vocabulary import register


class Paper(StrEnum):
    """What a police paper is."""

    INTERVIEW = "interview_record"
    SUMMARY = "case_summary"
    STATEMENT = "statement"
    PNC = "pnc_record"
    CUSTODY = "custody_record"
    VIDEO = "body_worn_video_note"
    OTHER = "other"


register(
    (
        (Paper.INTERVIEW, "Interview record"),
        (Paper.SUMMARY, "Case summary (MG5)"),
        (Paper.STATEMENT, "Statement"),
        (Paper.PNC, "PNC record"),
        (Paper.CUSTODY, "Custody record"),
        (Paper.VIDEO, "Note of body-worn video"),
        (Paper.OTHER, "Another paper"),
    )
)
