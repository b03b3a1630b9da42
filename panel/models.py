"""Every table in one place, for migrations and tests."""

from panel.accounts import models as accounts
from panel.assessments import models as assessments
from panel.assessments import version_models as versions
from panel.assessments import written
from panel.children import models as children
from panel.codes import models as codes
from panel.concerns import models as concerns
from panel.decisions import beforehand
from panel.decisions import models as decisions
from panel.disposals import models as disposals
from panel.documents import models as documents
from panel.history import models as history
from panel.incidents import models as incidents
from panel.meetings import models as meetings
from panel.merges import models as merges
from panel.notifications import letters
from panel.notifications import models as notifications
from panel.once import ActKey
from panel.plans import models as plans
from panel.referrals import models as referrals
from panel.tables import metadata
from panel.victims import models as victims

__all__ = [
    "ActKey",
    "accounts",
    "assessments",
    "beforehand",
    "children",
    "codes",
    "concerns",
    "decisions",
    "disposals",
    "documents",
    "history",
    "incidents",
    "letters",
    "meetings",
    "merges",
    "metadata",
    "notifications",
    "plans",
    "referrals",
    "versions",
    "victims",
    "written",
]
