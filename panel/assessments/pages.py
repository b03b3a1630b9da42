"""All pages of the room, registered on one blueprint."""

from panel.assessments import views_asking, views_finding, views_steps, views_tablet, views_writing
from panel.assessments.views import blueprint

__all__ = ["blueprint", "views_asking", "views_finding", "views_steps", "views_tablet", "views_writing"]
