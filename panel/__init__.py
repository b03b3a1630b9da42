"""The out-of-court disposal panel service: what did happen, and the pages for it."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings
    from panel.web import PanelApp


def create_app(settings: "Settings | None" = None) -> "PanelApp":
    """The web application. Raises `NoGate` for a route without a row, `SettingsError` on bad settings."""
    from config.settings import Settings
    from panel.assembly import assemble

    return assemble(settings or Settings.from_environment(os.environ))
