"""The victims of a case. Loading the room lets it hear of every decision that a victim is told of."""

from panel.victims import updates

__all__ = ["updates"]
