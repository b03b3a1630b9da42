"""The six operations that must be logged (Data Protection Act 2018 s.62(1))."""

from enum import StrEnum


class Operation(StrEnum):
    """What was done with personal data."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
