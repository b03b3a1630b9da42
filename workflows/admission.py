"""Recording what a child said about each offence: reliable at first, and never quietly raised later."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.flow import Flow, Guard, Move
from workflows.roles import REFERRERS
from workflows.said import ADVICE_GIVEN, POLICE_SOURCES, TAKES_RESPONSIBILITY, LegalAdvice, SaidIn, is_more
from workflows.vocabulary import Admission, Adult

PACE = "PACE Code C"
YJB = "YJB case management guidance 2014: no admission is sought to make an outcome possible"


class Standing(StrEnum):
    """An account may be added as long as the case is open; earlier ones stay as they are."""

    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """One account as the rules see it; `changes` holds each offence's answer before and after."""

    changes: tuple[tuple[Admission, Admission], ...]
    with_yot: bool = False
    by_police: bool = True
    source: SaidIn = SaidIn.INTERVIEW
    said_on: date | None = None
    told: bool = False
    adult_present: bool | None = None
    adult: Adult | None = None
    adult_named: bool = False
    adult_aged_18: bool = False
    adult_is_police: bool = False
    adult_involved: bool = False
    advice: LegalAdvice = LegalAdvice.NOT_OFFERED
    advice_on: date | None = None
    defence_raised: bool | None = None
    offered_first: bool | None = None
    reason: str = ""

    @property
    def full(self) -> bool:
        """Whether an offence is admitted in full."""
        return any(after is Admission.FULL for _, after in self.changes)

    @property
    def responsible(self) -> bool:
        """Whether the child takes responsibility for an offence in any way."""
        return any(after in TAKES_RESPONSIBILITY for _, after in self.changes)

    @property
    def raised(self) -> bool:
        """Whether an answer is more than the one before."""
        return any(is_more(before, after) for before, after in self.changes)

    @property
    def judged_strictly(self) -> bool:
        """Whether an answer is raised where the YOT has the case or writes it itself."""
        return self.raised and (self.with_yot or not self.by_police)

    @property
    def advised_before(self) -> bool:
        """Whether advice was offered on a known day, not after the child spoke."""
        if self.advice not in ADVICE_GIVEN or self.advice_on is None:
            return False
        return self.said_on is None or self.advice_on <= self.said_on


AccountGuard = Guard[AccountFacts]
CLEAR = AccountGuard(
    "clear",
    lambda f: not f.full or f.defence_raised is False,
    "A full admission must be clear and raise no defence. Say that no defence was raised, or choose another "
    "answer for the offence.",
    "ADM-1",
    "Crime and Disorder Act 1998 ss.66ZA(1)(b), 66B(3); PACE Code C",
    where="admission",
)
FULL_TO_POLICE = AccountGuard(
    "full_to_police",
    lambda f: not f.full or f.source in POLICE_SOURCES,
    "A full admission counts when it was made to the police: in an interview or in a statement to them.",
    "YC-1",
    "Crime and Disorder Act 1998 s.66ZA(1)(b)",
    where="admission",
)
NOT_INDUCED = AccountGuard(
    "not_induced",
    lambda f: not f.responsible or f.offered_first is False,
    "Nobody may promise an outcome before the child admits anything: such an admission may not be reliable.",
    "ADM-1",
    "Case law on cautions: an admission must not be induced by the offer",
    hard=False,
    where="admission",
)
SAID_WHEN = AccountGuard(
    "said_when",
    lambda f: f.said_on is not None and f.told,
    "Say when the child said this, and to whom.",
    "ADM-1",
    YJB,
    hard=False,
    where="admission",
)
ADULT_THERE = AccountGuard(
    "adult_there",
    lambda f: not f.responsible or f.adult_present is True,
    "An appropriate adult should be there when a child admits an offence or accepts responsibility.",
    "CR-1",
    f"NPCC community resolution guidance; {PACE}",
    hard=False,
    where="admission",
)
ADULT_NAMED = AccountGuard(
    "account_adult_named",
    lambda f: not f.adult_present or (f.adult_named and f.adult is not None),
    "Name the appropriate adult and say who they are to the child.",
    "AA-1",
    "Crime and Disorder Act 1998 s.65(7)",
    hard=False,
    where="admission",
)
ADULT_IS_ADULT = AccountGuard(
    "account_adult_aged_18",
    lambda f: not f.adult_present or f.adult is not Adult.OTHER or f.adult_aged_18,
    "An appropriate adult who is neither parent nor social worker must be 18 or over.",
    "AA-1",
    "Crime and Disorder Act 1998 s.65(7)",
    where="admission",
)
ADULT_NOT_POLICE = AccountGuard(
    "account_adult_not_police",
    lambda f: not f.adult_present or not f.adult_is_police,
    "The appropriate adult must not be a police officer or work for the police.",
    "AA-1",
    "Crime and Disorder Act 1998 s.65(7)",
    where="admission",
)
ADULT_NOT_INVOLVED = AccountGuard(
    "account_adult_not_involved",
    lambda f: not f.adult_present or not f.adult_involved,
    "The appropriate adult should not be the victim, a witness, or involved in the offence.",
    "AA-2",
    PACE,
    hard=False,
    where="admission",
)
LEGAL_ADVICE = AccountGuard(
    "legal_advice",
    lambda f: not f.responsible or f.advised_before,
    "Free, independent legal advice should be offered before the child admits anything: record that it was, "
    "and on which day.",
    "ADV-1",
    "Youth Justice Legal Centre, youth cautions",
    hard=False,
    where="admission",
)
RAISED_BY_POLICE = AccountGuard(
    "raised_by_police",
    lambda f: not (f.raised and f.with_yot) or f.by_police,
    "Once the YOT has the case, only the police may record that the child now admits more than before.",
    "ADM-2",
    YJB,
    where="admission",
)
RAISED_FROM_POLICE = AccountGuard(
    "raised_from_police",
    lambda f: not f.judged_strictly or f.source in POLICE_SOURCES,
    "That the child admits more than before must come from an interview with the police or a statement to "
    "them, never from the panel or a talk with the YOT.",
    "ADM-2",
    YJB,
    where="admission",
)
RAISED_WITH_DETAILS = AccountGuard(
    "raised_with_details",
    lambda f: not f.judged_strictly or (f.said_on is not None and f.told),
    "Say on which day the child admitted more than before, and to whom.",
    "ADM-2",
    YJB,
    where="admission",
)
RAISED_WITH_ADULT = AccountGuard(
    "raised_with_adult",
    lambda f: not f.judged_strictly or f.adult_present is True,
    "An appropriate adult must have been there when the child admitted more than before.",
    "ADM-2",
    f"{YJB}; {PACE}",
    where="admission",
)
WHY_CHANGED = AccountGuard(
    "why_changed",
    lambda f: not f.with_yot or bool(f.reason.strip()),
    "The YOT has seen this referral: say why what the child said is changed now.",
    "ADM-2",
    YJB,
    where="admission",
)
RELIABLE = (
    CLEAR,
    FULL_TO_POLICE,
    ADULT_IS_ADULT,
    ADULT_NOT_POLICE,
    RAISED_BY_POLICE,
    RAISED_FROM_POLICE,
    RAISED_WITH_DETAILS,
    RAISED_WITH_ADULT,
    WHY_CHANGED,
    SAID_WHEN,
    ADULT_THERE,
    ADULT_NAMED,
    ADULT_NOT_INVOLVED,
    LEGAL_ADVICE,
    NOT_INDUCED,
)

ADMISSION: Flow[Standing, AccountFacts] = Flow(
    "admission",
    Standing,
    Standing.OPEN,
    (Move("record", Standing.OPEN, Standing.OPEN, by=REFERRERS, guards=RELIABLE),),
)
