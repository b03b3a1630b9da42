"""A disposal on its way to the child: prepared, explained, signed, given."""

from enum import StrEnum

from workflows.day_rules import (
    BEFORE_EXPLAINING,
    ITS_DAY,
    OF_THE_ADULT,
    WHEN_GIVEN,
    WHILE_EXPLAINING,
    WITHDRAWN_YCC,
)
from workflows.disposal_rules import (
    ADMITS_TO_OFFICER,
    ADULT_HERE,
    ADVICE_OFFERED,
    AGED_10_TO_17,
    CONDITIONS_AHEAD,
    DOCUMENT,
    NAMES_OFFICER,
    ON_THE_DAY,
    REASON,
    UNDERSTOOD,
    UNDERSTOOD_AGREEMENT,
    WARNED,
    DisposalFacts,
)
from workflows.flow import Flow, Move
from workflows.roles import POLICE, Role
from workflows.signing_rules import (
    AGREES,
    ALL_SIGNED,
    CHILD_SIGNED,
    CONSENTS,
    NO_GAP,
    SAME_DOCUMENT,
    SIGNED_COPY,
    SIGNED_COPY_EXPECTED,
)
from workflows.vocabulary import Outcome


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
                *OF_THE_ADULT,
                *BEFORE_EXPLAINING,
                *WHILE_EXPLAINING,
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
            guards=(
                *ON_THE_DAY,
                *OF_THE_ADULT,
                *WHEN_GIVEN,
                CHILD_SIGNED,
                SIGNED_COPY,
                SIGNED_COPY_EXPECTED,
            ),
        ),
        Move(
            "give",
            Status.EXPLAINED,
            Status.GIVEN,
            by=POLICE,
            guards=(DOCUMENT, SAME_DOCUMENT, *ITS_DAY),
            when=lambda f: not f.needs_signing,
        ),
        # Nothing but a conditional caution needs its signatures by law: the paper may follow, with a reason.
        Move(
            "give",
            Status.EXPLAINED,
            Status.GIVEN,
            by=POLICE,
            guards=(
                *ON_THE_DAY,
                *OF_THE_ADULT,
                *WHEN_GIVEN,
                DOCUMENT,
                SAME_DOCUMENT,
                AGREES,
                SIGNED_COPY_EXPECTED,
            ),
            when=lambda f: f.needs_signing and f.outcome is not Outcome.YCC,
        ),
        Move(
            "lapse",
            (Status.PREPARED, Status.EXPLAINED, Status.SIGNED),
            Status.LAPSED,
            by=POLICE,
            guards=(REASON,),
        ),
        # The child takes the consent back, at any time; what follows is for the police to decide (YCC-5).
        Move(
            "child_withdraws",
            (Status.PREPARED, Status.EXPLAINED, Status.SIGNED),
            Status.LAPSED,
            by=POLICE,
            guards=(WITHDRAWN_YCC, REASON),
        ),
        Move(
            "child_withdraws",
            Status.GIVEN,
            Status.GIVEN,
            by=(*POLICE, Role.YOT_MANAGER, Role.CASE_MANAGER),
            guards=(WITHDRAWN_YCC, REASON),
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
