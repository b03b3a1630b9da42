"""Every table in one place, for migrations and tests."""

from panel.accounts import models as accounts
from panel.agreed_actions import models as agreed_actions
from panel.appointments import models as appointments
from panel.assessments import models as assessments
from panel.assessments import version_models as versions
from panel.assessments import written
from panel.audits import models as audits
from panel.board_pack import models as board_pack
from panel.children import models as children
from panel.closing import models as closing
from panel.codes import models as codes
from panel.compliance import models as compliance
from panel.concerns import models as concerns
from panel.contacts import models as contacts
from panel.decisions import beforehand
from panel.decisions import models as decisions
from panel.decisions import standing_models as standing
from panel.disposals import ceased, day_models
from panel.disposals import models as disposals
from panel.documents import models as documents
from panel.extracts import models as extracts
from panel.figures import models as figures
from panel.forces import models as forces
from panel.gap import models as gap
from panel.history import models as history
from panel.incidents import models as incidents
from panel.liaison import models as liaison
from panel.meetings import models as meetings
from panel.meetings import urgent_models as urgent
from panel.merges import models as merges
from panel.metrics import models as metrics
from panel.minutes import models as minutes
from panel.notifications import dispatch_models, invitations, letters
from panel.notifications import models as notifications
from panel.once import ActKey
from panel.packs import models as packs
from panel.placements import models as placements
from panel.plans import models as plans
from panel.police import models as police
from panel.quality import models as quality
from panel.ratings import models as ratings
from panel.referrals import conflict_models as conflicts
from panel.referrals import models as referrals
from panel.rulings import models as rulings
from panel.scrutiny import models as scrutiny
from panel.tables import metadata
from panel.variations import models as variations
from panel.victims import feedback_models as victim_feedback
from panel.victims import models as victims

__all__ = [
    "ActKey",
    "accounts",
    "agreed_actions",
    "appointments",
    "assessments",
    "audits",
    "beforehand",
    "board_pack",
    "ceased",
    "children",
    "closing",
    "codes",
    "compliance",
    "concerns",
    "conflicts",
    "contacts",
    "day_models",
    "decisions",
    "dispatch_models",
    "disposals",
    "documents",
    "extracts",
    "figures",
    "forces",
    "gap",
    "history",
    "incidents",
    "invitations",
    "letters",
    "liaison",
    "meetings",
    "merges",
    "metadata",
    "metrics",
    "minutes",
    "notifications",
    "packs",
    "placements",
    "plans",
    "police",
    "quality",
    "ratings",
    "referrals",
    "rulings",
    "scrutiny",
    "standing",
    "urgent",
    "variations",
    "versions",
    "victim_feedback",
    "victims",
    "written",
]
