"""Rooms that hear of what happens in rooms below them; each process imports this once, at its start.

A room adds itself to the list of the room that it listens to when it is imported. What is served, worked
off at night, typed in a shell or loaded for a demonstration must be heard alike.
"""

from panel.closing import actions as _closing
from panel.compliance import actions as _compliance
from panel.contacts import actions as _contacts
from panel.figures import touching as _figures
from panel.gap import record_part as _record_part
from panel.linking import waiting as _linking
from panel.metrics import audit_part as _audit_part
from panel.packs import making as _packs
from panel.placements import actions as _placements
from panel.police import panel_gives as _panel_gives
from panel.quality import keeping as _quality
from panel.victims import updates as _victims

ROOMS = (
    _figures,
    *(_closing, _compliance, _contacts, _record_part, _linking, _packs, _placements, _panel_gives, _victims),
    _quality,
    _audit_part,
)
