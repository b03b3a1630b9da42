"""Contacts with the child after the disposal: offered, attended or missed, and what was done."""
