"""The rules of giving a disposal, each with the sentence that a person reads and its source."""

from dataclasses import dataclass
from datetime import date

from config.policy import number
from workflows import calendar
from workflows.flow import Guard
from workflows.requirements import Requirement, RightToGive
from workflows.vocabulary import CAUTIONS, SIGNED_OUTCOMES, Adult, Advice, Outcome, Signer

CDA = "Crime and Disorder Act 1998"


@dataclass(frozen=True, kw_only=True)
class DisposalFacts:
    """What the rules of giving a disposal may look at."""

    today: date
    date_of_birth: date
    outcome: Outcome
    reason: str = ""
    document_made: bool = False
    names_officer: bool = True
    conditions_due: tuple[date, ...] = ()
    adult: Adult | None = None
    adult_named: bool = False
    adult_here: bool = True
    adult_aged_18: bool = False
    adult_is_police: bool = False
    adult_involved: bool = False
    advice: Advice = Advice.NOT_RECORDED
    childs_words: str = ""
    warned: bool = False
    consented: bool = False
    admitted_again: bool = False
    signed_by: frozenset[Signer] = frozenset()
    did_not_sign: frozenset[Signer] = frozenset()
    jointly: bool = False
    signed_copy_kept: bool = False
    signed_document_is_shown_document: bool = True
    looked_after: bool = False
    adult_order_reason: str = ""
    adult_interprets: bool = False
    adult_advises: bool = False
    adult_objected: bool = False
    adult_was_told: bool = False
    requirements: frozenset[Requirement] = frozenset()
    authority: RightToGive | None = None
    indictable_only: bool = False
    cps_reference: str = ""
    yot_consulted: bool = False
    exception: str = ""
    unexplained: tuple[str, ...] = ()
    not_played_back: tuple[str, ...] = ()
    decided_on: date | None = None
    signed_on: date | None = None
    recorded_on: date | None = None
    late_reason: str = ""

    @property
    def is_caution(self) -> bool:
        """Whether the outcome is a youth caution or a youth conditional caution."""
        return self.outcome in CAUTIONS

    @property
    def needs_adult(self) -> bool:
        """Whether the law asks for an appropriate adult; at 17 it does since 13 April 2015 (YC-2)."""
        age = calendar.age_on(self.date_of_birth, self.today)
        return self.is_caution and age < number("adult_presence_age", self.today)

    @property
    def has_adult(self) -> bool:
        """Whether somebody is named as the appropriate adult."""
        return self.adult is not None and self.adult_named

    @property
    def should_sign(self) -> frozenset[Signer]:
        """Who should sign; the case manager only when it is given together with them."""
        return frozenset(s for s in Signer if s is not Signer.CASE_MANAGER or self.jointly)

    @property
    def asked_to_sign(self) -> frozenset[Signer]:
        """Who is there to be asked: nobody is asked in place of an adult whom the document does not name."""
        return frozenset(s for s in self.should_sign if s is not Signer.ADULT or self.adult_named)

    @property
    def needs_signing(self) -> bool:
        """Whether somebody signs for this outcome at all."""
        return self.outcome in SIGNED_OUTCOMES


DisposalGuard = Guard[DisposalFacts]
AGED_10_TO_17 = DisposalGuard(
    "aged_10_to_17",
    lambda f: (
        not f.is_caution
        or number("minimum_age", f.today)
        <= calendar.age_on(f.date_of_birth, f.today)
        < number("adult_age", f.today)
    ),
    "The child is not 10 to 17 today: a youth caution cannot be given. The case goes back to the police.",
    "AGE-2",
    f"{CDA} ss.66ZA, 66A, 117",
)
DOCUMENT = DisposalGuard(
    "document",
    lambda f: f.document_made,
    "The document has not been made yet.",
    "YCC-R5",
    f"{CDA} s.66B(6)",
    where="disposal",
)
NAMES_OFFICER = DisposalGuard(
    "names_officer",
    lambda f: f.names_officer,
    "The document names another officer: make it again in your own name.",
    "YCC-1",
    "DPP guidance on youth conditional cautions: who explains and gives it is named",
    where="disposal",
)
CONDITIONS_AHEAD = DisposalGuard(
    "conditions_ahead",
    lambda f: all(due >= f.today for due in f.conditions_due),
    "A condition was due before today, so the child can no longer keep it in time.",
    "CON-2",
    "Youth Conditional Caution Code of Practice 2013: conditions are achievable",
    hard=False,
)
ADULT_PRESENT = DisposalGuard(
    "adult_present",
    lambda f: not f.needs_adult or f.has_adult,
    "An appropriate adult must be present when a caution is explained and given to a child.",
    "YC-2",
    f"{CDA} ss.66ZA(2), 66B(5), as amended by the Criminal Justice and Courts Act 2015 s.41",
    where="disposal",
)
ADULT_HERE = DisposalGuard(
    "adult_here",
    lambda f: not f.adult_named or f.adult_here,
    "The appropriate adult whom the document names is not here: wait for them, or change who it names.",
    "YC-3",
    f"{CDA} ss.66ZA(2)-(3), 66B(5): the effect is explained to the child in the adult's presence",
    where="disposal",
)
ADULT_FOR_AGREEMENT = DisposalGuard(
    "adult_for_agreement",
    lambda f: f.is_caution or not f.needs_signing or f.has_adult,
    "An appropriate adult should be present when the child agrees.",
    "CR-1",
    "NPCC community resolution guidance",
    hard=False,
    where="disposal",
)
ADULT_IS_ADULT = DisposalGuard(
    "adult_is_adult",
    lambda f: not f.adult_named or f.adult_aged_18,
    "The appropriate adult must be 18 or over.",
    "AA-1",
    "Crime and Disorder Act 1998 s.65(7)",
    where="disposal",
)
ADULT_NOT_POLICE = DisposalGuard(
    "adult_not_police",
    lambda f: not f.adult_named or not f.adult_is_police,
    "The appropriate adult must not be a police officer or work for the police.",
    "AA-1",
    "Crime and Disorder Act 1998 s.65(7)",
    where="disposal",
)
ADULT_NOT_INVOLVED = DisposalGuard(
    "adult_not_involved",
    lambda f: not f.adult_named or not f.adult_involved,
    "The appropriate adult should not be the victim, a witness, or involved in the offence.",
    "AA-2",
    "PACE Code C",
    hard=False,
    where="disposal",
)
ADVICE_OFFERED = DisposalGuard(
    "advice_offered",
    lambda f: not f.needs_signing or f.advice is not Advice.NOT_RECORDED,
    "Record that free, independent legal advice was offered.",
    "ADV-1",
    "Youth Justice Legal Centre, youth cautions",
    hard=False,
    where="disposal",
)
UNDERSTOOD = DisposalGuard(
    "understood",
    lambda f: not f.is_caution or bool(f.childs_words.strip()),
    "Write down how the child explained it back in their own words.",
    "EXP-1",
    f"{CDA} ss.66ZA(3), 66B(5)",
    where="disposal",
)
UNDERSTOOD_AGREEMENT = DisposalGuard(
    "understood_agreement",
    lambda f: f.is_caution or not f.needs_signing or bool(f.childs_words.strip()),
    "Write down how the child explained it back in their own words.",
    "EXP-1",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
    hard=False,
    where="disposal",
)
WARNED = DisposalGuard(
    "warned",
    lambda f: f.outcome is not Outcome.YCC or f.warned,
    "The child must be warned that failing to keep a condition may lead to prosecution.",
    "YCC-R4",
    f"{CDA} s.66B(5)",
    where="disposal",
)
ADMITS_TO_OFFICER = DisposalGuard(
    "admits_to_officer",
    lambda f: not f.is_caution or f.admitted_again,
    "The child must admit the offence to the officer who gives the caution.",
    "YCC-R3",
    f"{CDA} ss.66ZA(1)(b), 66B(4)",
    where="disposal",
)
REASON = DisposalGuard(
    "reason",
    lambda f: bool(f.reason.strip()),
    "Give a reason.",
    "AGE-4",
    "Decision record minimum",
)

ON_THE_DAY = (
    AGED_10_TO_17,
    ADULT_PRESENT,
    ADULT_IS_ADULT,
    ADULT_NOT_POLICE,
    ADULT_FOR_AGREEMENT,
    ADULT_NOT_INVOLVED,
)
