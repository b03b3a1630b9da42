"""References that people can read out and nobody can guess or count."""

import secrets

# No vowels, so that no word appears; no 0, 1, 5, 8 beside letters that look like them.
ALPHABET = "BCDFGHJKLMNPQRTVWXZ234679"
LENGTH = 6


def new_reference(prefix: str) -> str:
    """A prefix and six characters drawn at random, such as KV-7T3M9Q."""
    drawn, signs = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        drawn, place = divmod(drawn, len(ALPHABET))
        signs += ALPHABET[place]
    return f"{prefix}-{signs}"
