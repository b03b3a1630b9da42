"""The access policy of holding the force's list against what we hold: a named person decides (DP-8)."""

from panel.access import Gate
from panel.gate_kinds import KEEPERS, acts, reads

LINKING: dict[str, Gate] = {
    "linking.index": reads(KEEPERS),
    "linking.review": acts(*KEEPERS),
    "linking.take_back": acts(*KEEPERS),
}
