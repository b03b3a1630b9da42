"""The access policy of the ratings of our own work."""

from panel.access import Gate
from panel.gate_kinds import MANAGER, acts, posts, reads
from workflows.self_rating import READERS

LOOKERS = frozenset(READERS)
RATINGS: dict[str, Gate] = {
    "ratings.index": reads(LOOKERS),
    "ratings.start": acts(MANAGER),
    "ratings.elsewhere": reads(LOOKERS),
    "ratings.view": reads(LOOKERS),
    "ratings.answer": acts(MANAGER),
    "ratings.judge": acts(MANAGER),
    "ratings.lift": acts(MANAGER),
    "ratings.take_back": acts(MANAGER),
    "ratings.read": reads(LOOKERS),
    "ratings.version": reads(LOOKERS),
    "ratings.draft": reads(LOOKERS),
    "ratings.edit": acts(MANAGER),
    "ratings.publish": posts(MANAGER),
    "ratings.printed": reads(LOOKERS),
    "ratings.workbook": reads(LOOKERS),
}
