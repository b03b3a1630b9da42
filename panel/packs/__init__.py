"""The papers of a case for the panel. Loading the room lets it hear when a case goes on an agenda."""

from panel.packs import making

__all__ = ["making"]
