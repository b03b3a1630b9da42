"""Held against each other: what stands on the force's list, and what we were told or hold."""
