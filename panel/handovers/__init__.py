"""Giving a case to another case manager."""
