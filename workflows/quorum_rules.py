"""The rule of an urgent decision: nobody speaks for the people who were named for it (PAN-1)."""

from config.policy import names
from workflows.case_facts import CaseFacts, CaseGuard
from workflows.roles import Seat


def _needed(facts: CaseFacts) -> frozenset[Seat]:
    return frozenset(map(Seat, names("panel_quorum", facts.today)))


OWN_POSITIONS = CaseGuard(
    "own_positions",
    lambda f: not f.urgent or not (_needed(f) & f.seats_written_for),
    "An urgent decision counts only positions that each member took from their own account.",
    "PAN-1",
    "Joint panel terms of reference",
    where="panel",
)
