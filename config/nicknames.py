"""Names that belong together: short forms, other spellings and ways of writing a name in our letters."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "nicknames.toml"


@cache
def groups_of(name: str) -> frozenset[int]:
    """The groups that a name, in small letters, belongs to; empty when it stands alone."""
    return _book().get(name, frozenset())


@cache
def alike(name: str) -> frozenset[str]:
    """Every other way in which a name, in small letters, may be written."""
    groups = groups_of(name)
    return frozenset(other for other, held in _book().items() if held & groups) - {name}


@cache
def _book() -> dict[str, frozenset[int]]:
    groups = tomllib.loads(FILE.read_text(encoding="utf-8"))["groups"]
    names = {name for group in groups for name in group}
    return {name: frozenset(i for i, group in enumerate(groups) if name in group) for name in names}
