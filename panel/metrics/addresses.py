"""Where the figures of a choice are."""

from typing import Any

from flask import url_for

from panel.metrics.choosing import Choice


def address(endpoint: str, choice: Choice, **more: Any) -> str:
    """Where the figures of a choice are."""
    return url_for(endpoint, **{**choice.parts, **more})
