"""What an assessment must hold before it is submitted: its sections, sources, judgements and plan."""

from dataclasses import dataclass
from typing import Any

from workflows.assessment_parts import AGENCIES, SourceKind
from workflows.flow import Guard

HMIP = "HM Inspectorate of Probation, standards for out-of-court work"
BRADFORD = "HM Inspectorate of Probation, Bradford inspection, January 2020"


@dataclass(frozen=True, kw_only=True)
class WrittenFacts:
    """What is written so far."""

    missing_sections: tuple[str, ...] = ()
    judgements_given: bool = False
    raised: bool = False
    at_risk_named: bool = True
    contingency: bool = False
    child_heard: bool = False
    parent_heard: bool = False
    beyond_the_family: bool = False
    asked: frozenset[SourceKind] = frozenset()
    social_care_open: bool = False
    social_care_asked: bool = False
    plans_linked: bool = False
    screens_answered: bool = False
    assetplus_needed: bool = False
    assetplus_done: bool = False
    recommends: bool = False
    steps_complete: bool = True


# Facts that hold more than these are judged by the same rules.
WrittenGuard = Guard[Any]


def _soft(name: str, test: Any, says: str, rule: str = "ASM-3", source: str = HMIP) -> WrittenGuard:
    return WrittenGuard(name, test, says, rule, source, hard=False, where="assessment")


def _hard(name: str, test: Any, says: str, rule: str = "ASM-3", source: str = HMIP) -> WrittenGuard:
    return WrittenGuard(name, test, says, rule, source, where="assessment")


SECTIONS = _hard("sections", lambda f: not f.missing_sections, "Some sections are still empty.")
JUDGEMENTS = _hard(
    "judgements",
    lambda f: f.judgements_given,
    "Give all three judgements, each with its level and its analysis.",
)
CONTINGENCY = _hard(
    "contingency",
    lambda f: f.contingency or not f.raised,
    "A judgement is medium or above: say what would be done, by whom, if things get worse.",
)
RECOMMENDS = _hard(
    "recommends",
    lambda f: f.recommends,
    "Recommend an outcome and say why.",
    "PAN-5",
    "Decision record minimum",
)
CHILD_HEARD = _soft(
    "child_heard",
    lambda f: f.child_heard,
    "The child's own words are missing, and the child has answered no questions of their own.",
)
PARENT_HEARD = _soft("parent_heard", lambda f: f.parent_heard, "The parent's or carer's words are missing.")
MORE_THAN_THE_CHILD = _soft(
    "more_than_the_child",
    lambda f: f.beyond_the_family,
    "The assessment rests on the account of the child and the family alone: nobody else has answered.",
)
AGENCIES_ASKED = _soft(
    "agencies_asked",
    lambda f: set(AGENCIES) <= f.asked,
    "Police, children's social care, education and health have not all been asked, and it is not said why.",
)
SOCIAL_CARE_ASKED = _soft(
    "social_care_asked",
    lambda f: f.social_care_asked or not f.social_care_open,
    "Children's social care works with this child, but has not been asked.",
)
PLANS_LINKED = _soft(
    "plans_linked",
    lambda f: f.plans_linked or not f.social_care_open,
    "Children's social care works with this child, but no plan of theirs is linked.",
)
AT_RISK_NAMED = _soft(
    "at_risk_named",
    lambda f: f.at_risk_named,
    "A judgement on safety or on harm is medium or above, but does not say who is at risk.",
)
SCREENS = _soft(
    "screens",
    lambda f: f.screens_answered,
    "The questions on alcohol, on speech and language and on exploitation are not all answered, and it is "
    "not said why.",
)
ASSETPLUS = _soft(
    "assetplus",
    lambda f: f.assetplus_done or not f.assetplus_needed,
    "A full AssetPlus is needed: the child is looked after, or the offence is a high-risk one.",
    "ASM-2",
    BRADFORD,
)
STEPS_COMPLETE = _soft(
    "steps_complete",
    lambda f: f.steps_complete,
    "A proposed step does not say who, how, where, when and when it is done.",
)

TO_SUBMIT = (
    SECTIONS,
    JUDGEMENTS,
    CONTINGENCY,
    RECOMMENDS,
    CHILD_HEARD,
    PARENT_HEARD,
    MORE_THAN_THE_CHILD,
    AGENCIES_ASKED,
    SOCIAL_CARE_ASKED,
    PLANS_LINKED,
    AT_RISK_NAMED,
    SCREENS,
    ASSETPLUS,
    STEPS_COMPLETE,
)
