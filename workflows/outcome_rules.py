"""What each outcome asks of the offence and of the case (law digest, sections 3 to 5 and 9)."""

from collections.abc import Callable

from config.outcomes import in_force
from config.policy import names
from workflows.before_panel import MAY_BE_CHARGED, SHOWS_OFFENCE, Evidence
from workflows.case_facts import CaseFacts, CaseGuard, OffenceFacts
from workflows.codes import Category
from workflows.vocabulary import CAUTIONS, Admission, ModeOfTrial, Outcome

COUNTING = "Home Office counting rules, outcome 22"


def _all_with(
    outcomes: tuple[Outcome, ...], holds: Callable[[OffenceFacts], bool]
) -> Callable[[CaseFacts], bool]:
    """Whether every offence for which one of these outcomes is chosen fulfils something."""
    return lambda facts: all(holds(o) for o in facts.offences if o.outcome in outcomes)


def needs_senior_review(facts: CaseFacts) -> bool:
    """Whether the case or one of its offences is of a kind that a senior person looks at (CAT-1)."""
    listed = set(names("senior_review_for", facts.today))
    found = {category.value for o in facts.offences for category in o.categories}
    if any(o.mode is ModeOfTrial.INDICTABLE for o in facts.offences):
        found.add(ModeOfTrial.INDICTABLE.value)
    if facts.looked_after:
        found.add("care_experienced")
    return bool(found & listed)


def needs_charge_form(facts: CaseFacts) -> bool:
    """Whether the Child Information Form goes with a case that is referred for charge on this day (CHG-1)."""
    return "child_information_form" in names("charge_papers", facts.today)


IN_FORCE = CaseGuard(
    "in_force",
    lambda f: all(in_force(outcome, f.today) for outcome in f.outcomes),
    "An outcome that is chosen is not in force on the day of the decision: choose another one.",
    "O23-1",
    "First and last days of the outcomes, config/outcomes.toml",
)
EVIDENCE_FOR_YC = CaseGuard(
    "evidence_for_yc",
    _all_with((Outcome.YC,), lambda o: o.evidence in MAY_BE_CHARGED),
    "A youth caution needs a constable's view that there is sufficient evidence to charge this offence.",
    "YC-1",
    "Crime and Disorder Act 1998 s.66ZA(1)(a)",
    where="before",
)
EVIDENCE_FOR_YCC = CaseGuard(
    "evidence_for_ycc",
    _all_with((Outcome.YCC,), lambda o: o.evidence in MAY_BE_CHARGED),
    "A youth conditional caution needs the authorised officer's view that there is evidence, and that it is "
    "sufficient to charge this offence.",
    "YCC-R2",
    "Crime and Disorder Act 1998 s.66B(1)-(2), which holds YCC-R1 as well",
    where="before",
)
POLICE_HOLD_SO = CaseGuard(
    "police_hold_so",
    lambda f: not f.outcomes & set(CAUTIONS) or f.police_position in (None, *CAUTIONS),
    "The police member holds that no caution is right, and it is the police who must think that one "
    "is: say why the panel goes on.",
    "YC-1",
    "Crime and Disorder Act 1998 ss.66ZA(1)(c), 66B(2)",
    hard=False,
    where="panel",
)
OFFENCE_SHOWN = CaseGuard(
    "offence_shown",
    _all_with((Outcome.CR,), lambda o: o.evidence in SHOWS_OFFENCE),
    "A community resolution needs an officer's view that there is enough evidence to show an offence.",
    "CR-1",
    "NPCC community resolution guidance",
    hard=False,
    where="before",
)
FULL_TEST_FOR_O23 = CaseGuard(
    "full_test_for_o23",
    _all_with((Outcome.O23,), lambda o: o.evidence is Evidence.FULL_TEST),
    "Outcome 23 holds back a prosecution: it needs an officer's view that the full code test is met.",
    "O23-1",
    "Outcome table of the law digest (not verified)",
    hard=False,
    where="before",
)
FULL_TEST_TO_DEFER = CaseGuard(
    "full_test_to_defer",
    _all_with((Outcome.O22_DEFERRED,), lambda o: o.evidence is Evidence.FULL_TEST),
    "A prosecution can only be deferred when the full code test is met. If it is a caution that is deferred, "
    "say so.",
    "O22-2",
    "Outcome table of the law digest (not verified)",
    hard=False,
    where="before",
)
DEFERRED_CAUTION = CaseGuard(
    "deferred_caution",
    _all_with((Outcome.O22_DEFERRED,), lambda o: o.admission is Admission.FULL),
    "There is no full admission: a caution cannot be deferred, only a prosecution. Say that it is one.",
    "O22-2",
    "Centre for Justice Innovation, outcome 22 guide",
    hard=False,
    where="admission",
)
ADULT_AT_ACCEPTANCE = CaseGuard(
    "adult_at_acceptance",
    _all_with((Outcome.CR,), lambda o: o.adult_present is not False),
    "No appropriate adult was there when the child was asked about the offence: a community "
    "resolution asks for one.",
    "CR-1",
    "NPCC community resolution guidance",
    hard=False,
    where="admission",
)
NOT_BETWEEN_PARTNERS = CaseGuard(
    "not_between_partners",
    _all_with((Outcome.CR,), lambda o: Category.DOMESTIC not in o.categories),
    "The offence is marked as domestic abuse. A community resolution is not for abuse between intimate "
    "partners: say why this is not that.",
    "CR-6",
    "Ask the Police",
    hard=False,
    where="before",
)
IN_TIME_TO_CHARGE = CaseGuard(
    "in_time_to_charge",
    lambda f: not any(_too_late(o, f) for o in f.offences if o.outcome in (Outcome.CHARGE, Outcome.O23)),
    "The time to prosecute this offence is over (six months for a summary offence): it can be "
    "neither charged nor held back for a charge.",
    "LIM-1",
    "Magistrates' Courts Act 1980 s.127",
    where="offences",
)
CPS_FOR_O23 = CaseGuard(
    "cps_for_o23",
    _all_with((Outcome.O23,), lambda o: o.mode is not ModeOfTrial.INDICTABLE or o.cps_authority),
    "This offence can only be tried in the Crown Court: outcome 23 holds back a prosecution that the Crown "
    "Prosecution Service decides.",
    "CPS-1",
    "DPP guidance on charging",
    hard=False,
    where="offences",
)
KNIFE_PLAN = CaseGuard(
    "knife_plan",
    lambda f: (
        bool(f.conditions)
        or not any(
            Category.KNIFE in o.categories and o.outcome not in (None, Outcome.CHARGE, Outcome.RETURNED)
            for o in f.offences
        )
    ),
    "There was a knife or a weapon, and nothing is planned with the child: every child caught with a knife "
    "gets a plan.",
    "KNF-1",
    "Government guidance on children caught with knives, February 2026",
    hard=False,
)
SENIOR_REVIEW = CaseGuard(
    "senior_review",
    lambda f: f.senior_review or not needs_senior_review(f),
    "A case of this kind (such as a knife, a sexual offence, hate, domestic abuse, the Crown Court only, or "
    "a looked-after child) is reviewed by a manager before the panel decides.",
    "CAT-1",
    "Local policy",
    hard=False,
    where="before",
)
CHARGE_FORM = CaseGuard(
    "charge_form",
    lambda f: Outcome.CHARGE not in f.outcomes or f.charge_form or not needs_charge_form(f),
    "A case that goes for charge needs the reference of its Child Information Form.",
    "CHG-1",
    "DPP guidance on charging, from 1 February 2025",
    hard=False,
    where="before",
)


def _too_late(offence: OffenceFacts, facts: CaseFacts) -> bool:
    last = offence.last_day_to_prosecute
    return last is not None and facts.today > last


OF_OUTCOMES = (
    IN_FORCE,
    EVIDENCE_FOR_YC,
    EVIDENCE_FOR_YCC,
    IN_TIME_TO_CHARGE,
    POLICE_HOLD_SO,
    OFFENCE_SHOWN,
    FULL_TEST_FOR_O23,
    FULL_TEST_TO_DEFER,
    DEFERRED_CAUTION,
    ADULT_AT_ACCEPTANCE,
    NOT_BETWEEN_PARTNERS,
    CPS_FOR_O23,
    KNIFE_PLAN,
    SENIOR_REVIEW,
    CHARGE_FORM,
)
