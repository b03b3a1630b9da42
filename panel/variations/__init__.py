"""Varying the conditions of a youth conditional caution (VAR-1)."""
