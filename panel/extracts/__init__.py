"""Extracts: national case-level fields as files, with or without personal data."""
