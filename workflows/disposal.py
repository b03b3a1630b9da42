"""A disposal on its way to the child: prepared, explained, signed, given."""

from enum import StrEnum

from workflows.disposal_rules import (
    ADMITS_TO_OFFICER,
    ADULT_HERE,
    ADVICE_OFFERED,
    AGED_10_TO_17,
    AGREES,
    ALL_SIGNED,
    CHILD_SIGNED,
    CONDITIONS_AHEAD,
    CONSENTS,
    DOCUMENT,
    NAMES_OFFICER,
    NO_GAP,
    ON_THE_DAY,
    REASON,
    SAME_DOCUMENT,
    SIGNED_COPY,
    SIGNED_COPY_EXPECTED,
    UNDERSTOOD,
    UNDERSTOOD_AGREEMENT,
    WARNED,
    DisposalFacts,
)
from workflows.flow import Flow, Move
from workflows.roles import POLICE, Role


class Status(StrEnum):
    """Where a disposal stands."""

    PREPARED = "prepared"
    EXPLAINED = "explained"
    SIGNED = "signed"
    GIVEN = "given"
    LAPSED = "lapsed"


DISPOSAL: Flow[Status, DisposalFacts] = Flow(
    "disposal",
    Status,
    Status.PREPARED,
    (
        Move(
            "explain",
            (Status.PREPARED, Status.EXPLAINED),
            Status.EXPLAINED,
            by=POLICE,
            guards=(
                *ON_THE_DAY,
                ADULT_HERE,
                DOCUMENT,
                NAMES_OFFICER,
                ADMITS_TO_OFFICER,
                UNDERSTOOD,
                WARNED,
                UNDERSTOOD_AGREEMENT,
                ADVICE_OFFERED,
                CONDITIONS_AHEAD,
            ),
        ),
        Move(
            "sign",
            Status.EXPLAINED,
            Status.SIGNED,
            by=POLICE,
            guards=(AGED_10_TO_17, CONSENTS, CHILD_SIGNED, SAME_DOCUMENT, NO_GAP, AGREES, ALL_SIGNED),
        ),
        Move(
            "give",
            Status.SIGNED,
            Status.GIVEN,
            by=POLICE,
            guards=(*ON_THE_DAY, CHILD_SIGNED, SIGNED_COPY, SIGNED_COPY_EXPECTED),
        ),
        Move(
            "give",
            Status.EXPLAINED,
            Status.GIVEN,
            by=POLICE,
            guards=(DOCUMENT, SAME_DOCUMENT),
            when=lambda f: not f.needs_signing,
        ),
        Move(
            "lapse",
            (Status.PREPARED, Status.EXPLAINED, Status.SIGNED),
            Status.LAPSED,
            by=POLICE,
            guards=(REASON,),
        ),
        # The decision behind it was rescinded, or the police decided otherwise: the draft is kept, not used.
        Move(
            "withdraw",
            (Status.PREPARED, Status.EXPLAINED, Status.SIGNED),
            Status.LAPSED,
            by=(*POLICE, Role.YOT_MANAGER),
            guards=(REASON,),
        ),
    ),
)
