"""What the law and guidance ask on the day a disposal is given, beyond the document and its signatures."""

from collections.abc import Callable

from config.policy import number
from workflows.disposal_rules import CDA, DisposalFacts, DisposalGuard
from workflows.requirements import Requirement, RightToGive
from workflows.vocabulary import CAUTIONS, Adult, Advice, Outcome

CODE_C = "PACE Code C, notes on appropriate adults"


def _in_order(f: DisposalFacts) -> bool:
    """Whether the adult is the first of AA-1, or it is written down why nobody earlier could come."""
    first = f.adult in (None, Adult.PARENT) or (f.adult is Adult.CARE and f.looked_after)
    return not f.adult_named or first or bool(f.adult_order_reason.strip())


ADULT_IN_ORDER = DisposalGuard(
    "adult_in_order",
    _in_order,
    "Say why nobody earlier in the list could be the appropriate adult, a parent or guardian first.",
    "AA-1",
    "Crime and Disorder Act 1998 s.65(7)",
    hard=False,
    where="disposal",
)
ADULT_ONLY_ADULT = DisposalGuard(
    "adult_only_adult",
    lambda f: not f.adult_named or not (f.adult_interprets or f.adult_advises),
    "The appropriate adult must not also be the interpreter or the child's lawyer.",
    "AA-2",
    CODE_C,
    where="disposal",
)
ADULT_NOT_OBJECTED = DisposalGuard(
    "adult_not_objected",
    lambda f: not f.adult_named or not f.adult_objected,
    "An estranged parent to whom the child objects cannot be the appropriate adult: find somebody else.",
    "AA-2",
    CODE_C,
    where="disposal",
)
ADULT_NOT_TOLD = DisposalGuard(
    "adult_not_told",
    lambda f: not f.adult_named or not f.adult_was_told,
    "The child admitted the offence to this adult before, so somebody else should be the appropriate adult.",
    "AA-2",
    CODE_C,
    hard=False,
    where="disposal",
)
OF_THE_ADULT = (ADULT_ONLY_ADULT, ADULT_NOT_OBJECTED, ADULT_IN_ORDER, ADULT_NOT_TOLD)


def _met(outcome: Outcome, requirement: Requirement) -> Callable[[DisposalFacts], bool]:
    return lambda f: f.outcome is not outcome or requirement in f.requirements


YCC_EVIDENCE = DisposalGuard(
    "ycc_evidence",
    _met(Outcome.YCC, Requirement.R1),
    "The authorised person has not recorded yet that there is evidence that the child did it.",
    "YCC-R1",
    f"{CDA} s.66B(1)",
    where="authorise",
)
YCC_DECIDED = DisposalGuard(
    "ycc_decided",
    _met(Outcome.YCC, Requirement.R2),
    "The authorised person or a prosecutor has not recorded yet that the evidence is sufficient to charge "
    "and that a youth conditional caution should be given.",
    "YCC-R2",
    f"{CDA} s.66B(2)",
    where="authorise",
)
YCC_ADMITTED = DisposalGuard(
    "ycc_admitted",
    _met(Outcome.YCC, Requirement.R3),
    "It is not on record that the child admitted the offence to the authorised person.",
    "YCC-R3",
    f"{CDA} s.66B(3)",
    where="disposal",
)
YCC_WARNED = DisposalGuard(
    "ycc_warned",
    _met(Outcome.YCC, Requirement.R4),
    "It is not on record that the effect of this document was explained and the child warned.",
    "YCC-R4",
    f"{CDA} s.66B(4)-(5)",
    where="disposal",
)
YCC_SIGNED = DisposalGuard(
    "ycc_signed",
    _met(Outcome.YCC, Requirement.R5),
    "It is not on record that the child signed this document.",
    "YCC-R5",
    f"{CDA} s.66B(6)",
    where="disposal",
)
YC_EVIDENCE = DisposalGuard(
    "yc_evidence",
    _met(Outcome.YC, Requirement.EVIDENCE),
    "A constable has not recorded yet that there is sufficient evidence to charge.",
    "YC-1",
    f"{CDA} s.66ZA(1)(a)",
    where="authorise",
)
YC_RIGHT = DisposalGuard(
    "yc_right",
    _met(Outcome.YC, Requirement.RIGHT),
    "A constable has not recorded yet that neither prosecution nor a youth conditional caution is right.",
    "YC-1",
    f"{CDA} s.66ZA(1)(c)",
    where="authorise",
)
YC_ADMITTED = DisposalGuard(
    "yc_admitted",
    _met(Outcome.YC, Requirement.ADMISSION),
    "It is not on record that the child admitted the offence to the constable.",
    "YC-1",
    f"{CDA} s.66ZA(1)(b)",
    where="disposal",
)
PROSECUTOR = DisposalGuard(
    "prosecutor_authorised",
    lambda f: f.outcome is not Outcome.YCC or not f.indictable_only or bool(f.cps_reference.strip()),
    "An offence is indictable only: the Crown Prosecution Service has to authorise the caution first.",
    "YCC-4",
    "DPP guidance on youth conditional cautions",
    where="authorise",
)
PROSECUTOR_ASKED = DisposalGuard(
    "prosecutor_asked",
    lambda f: f.outcome is not Outcome.YC or not f.indictable_only or bool(f.cps_reference.strip()),
    "An offence is indictable only: get the decision of the Crown Prosecution Service before the caution.",
    "YC-10",
    "Youth Cautions: guidance for police and youth offending teams, 2013",
    hard=False,
    where="authorise",
)
YOT_CONSULTED = DisposalGuard(
    "yot_consulted",
    lambda f: f.outcome is not Outcome.YCC or f.yot_consulted or bool(f.exception.strip()),
    "The police decided this otherwise than the panel, so the YOT's view of it is not on record.",
    "YCC-2",
    "DPP guidance on youth conditional cautions; HM Inspectorate of Probation, Bradford, January 2020",
    hard=False,
    where="authorise",
)
MAY_AUTHORISE = DisposalGuard(
    "may_authorise",
    lambda f: f.outcome is not Outcome.YCC or f.authority is not RightToGive.OTHER,
    "It should be given by a sergeant or above, or by an officer who was trained for it.",
    "YCC-1",
    "DPP guidance on youth conditional cautions",
    hard=False,
    where="authorise",
)
BEFORE_EXPLAINING = (
    YCC_EVIDENCE,
    YCC_DECIDED,
    YC_EVIDENCE,
    YC_RIGHT,
    PROSECUTOR,
    PROSECUTOR_ASKED,
    YOT_CONSULTED,
    MAY_AUTHORISE,
)
ADVICE_HAD = DisposalGuard(
    "advice_had",
    lambda f: f.advice is not Advice.WANTED,
    "The child wants legal advice first: the explanation waits until they have had it.",
    "ADV-1",
    "Youth Justice Legal Centre, youth cautions: advice comes before anything is accepted",
    where="disposal",
)
EVERYTHING_EXPLAINED = DisposalGuard(
    "everything_explained",
    lambda f: f.outcome not in CAUTIONS or not f.unexplained,
    "Each thing that the caution means has to be explained: tick what you have explained.",
    "YC-3",
    f"{CDA} ss.66ZA(3), 66B(5)",
    where="disposal",
)
AGREEMENT_EXPLAINED = DisposalGuard(
    "agreement_explained",
    lambda f: f.outcome in CAUTIONS or not f.unexplained,
    "Not everything that this means is ticked as explained.",
    "EXP-1",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
    hard=False,
    where="disposal",
)
PLAYED_BACK = DisposalGuard(
    "played_back",
    lambda f: not f.needs_signing or not f.not_played_back,
    "Write down what the child said back about each part that is asked for.",
    "EXP-1",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
    hard=False,
    where="disposal",
)
WHILE_EXPLAINING = (ADVICE_HAD, EVERYTHING_EXPLAINED, AGREEMENT_EXPLAINED, PLAYED_BACK)
GIVEN_BY_NOW = DisposalGuard(
    "given_by_now",
    lambda f: f.recorded_on is None or f.today <= f.recorded_on,
    "It cannot have been given on a day that is still to come.",
    "WD-4",
    "Rehabilitation of Offenders Act 1974 Sch.2 para.1: the day of giving counts",
)
GIVEN_AFTER_DECISION = DisposalGuard(
    "given_after_decision",
    lambda f: f.decided_on is None or f.today >= f.decided_on,
    "It cannot have been given before the day on which it was decided.",
    "WD-4",
    "Rehabilitation of Offenders Act 1974 Sch.2 para.1: the day of giving counts",
)
GIVEN_LATE_EXPLAINED = DisposalGuard(
    "given_late_explained",
    lambda f: (
        f.recorded_on is None
        or (f.recorded_on - f.today).days <= number("giving_recorded_within", f.recorded_on)
        or bool(f.late_reason.strip())
    ),
    "It was given more than a day before it is recorded: say why it is recorded only now.",
    "WD-4",
    "Decision record minimum",
)
GIVEN_AFTER_SIGNING = DisposalGuard(
    "given_after_signing",
    lambda f: f.signed_on is None or f.today >= f.signed_on,
    "It cannot have been given before the day on which it was explained and signed here on the screen.",
    "EXP-3",
    "R (Stratton) v Thames Valley Police [2013] EWHC 1561 (Admin)",
)
ITS_DAY = (GIVEN_BY_NOW, GIVEN_AFTER_DECISION, GIVEN_AFTER_SIGNING, GIVEN_LATE_EXPLAINED)
WHEN_GIVEN = (
    *BEFORE_EXPLAINING,
    YCC_ADMITTED,
    YCC_WARNED,
    YCC_SIGNED,
    YC_ADMITTED,
    ADVICE_HAD,
    *ITS_DAY,
)
WITHDRAWN_YCC = DisposalGuard(
    "withdraws_from_ycc",
    lambda f: f.outcome is Outcome.YCC,
    "A child withdraws from a youth conditional caution only: a youth caution asks for no consent.",
    "YCC-5",
    "Youth Justice Legal Centre, A to Z of youth conditional cautions",
)
