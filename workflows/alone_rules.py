"""The police gave it without the panel: a fact, which only what is impossible can refuse."""

from workflows.case_facts import CaseGuard
from workflows.case_rules import REASON
from workflows.police import POLICE_OUTCOMES

BY_POLICE = CaseGuard(
    "alone_by_police",
    lambda f: f.alone.outcome in POLICE_OUTCOMES,
    "Choose something that the police give out of court: this is not one of them.",
    "PAN-2",
    "Police powers to give disposals out of court",
)
NOT_AHEAD = CaseGuard(
    "alone_not_ahead",
    lambda f: f.alone.given_on is not None and f.alone.given_on <= f.today,
    "It cannot have been given on a day that has not come yet.",
    "CR-7",
    "A disposal is told once it was given",
)
AFTER_OFFENCE = CaseGuard(
    "alone_after_offence",
    lambda f: (
        f.alone.given_on is None
        or not f.offences
        or f.alone.given_on >= min(o.committed_on for o in f.offences)
    ),
    "It cannot have been given before the offence of this case.",
    "CR-1",
    "A disposal is given for an offence that happened",
)
CODED = CaseGuard(
    "alone_coded",
    lambda f: f.alone.coded,
    "Choose from the list why it was given without the panel.",
    "PAN-2",
    "Joint policy of YOT and police: exceptions are recorded with their reason",
)
FORCE_KNOWN = CaseGuard(
    "alone_force_known",
    lambda f: f.alone.force_known,
    "An administrator has to name the police force of this area first: what it gave is counted as its own.",
    "CR-7",
    "Each disposal of the police belongs to a force",
)
TO_BE_GIVEN_ALONE = (BY_POLICE, NOT_AHEAD, AFTER_OFFENCE, CODED, REASON, FORCE_KNOWN)
