"""Liaison and diversion work after a community resolution: reach, ask, offer, end."""
