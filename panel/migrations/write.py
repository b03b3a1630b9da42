"""Writes migrations from the models: `make revision M="what changes"` and `make first-revision`."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Engine

from panel.db import make_engine
from panel.migrations import FOLDER, configuration, newest, upgrade

VERSIONS = FOLDER / "versions"
FIRST = "0001"


def first() -> Path:
    """Write the first revision anew; only before the first release, as databases in use would not follow."""
    with tempfile.TemporaryDirectory() as scratch:
        draft = _write(_engine(scratch), "tables", FIRST, Path(scratch))
        for old in VERSIONS.glob(f"{FIRST}_*.py"):
            old.unlink()
        return _keep(draft)


def following(message: str) -> Path:
    """Write what changed in the models since the newest revision."""
    number = int(newest() or 0) + 1
    with tempfile.TemporaryDirectory() as scratch:
        engine = _engine(scratch)
        upgrade(engine)
        return _tidy(_write(engine, message, f"{number:04}", VERSIONS))


def _engine(folder: str) -> Engine:
    return make_engine(f"sqlite:///{folder}/scratch.db")


def _write(engine: Engine, message: str, number: str, versions: Path) -> Path:
    with engine.connect() as connection:
        config = configuration(connection, versions)
        config.attributes["batch"] = number != FIRST
        command.revision(config, message, autogenerate=True, rev_id=number)
    engine.dispose()
    return next(versions.glob(f"{number}_*.py"))


def _keep(draft: Path) -> Path:
    kept = VERSIONS / draft.name
    kept.write_text(draft.read_text())
    return _tidy(kept)


def _tidy(path: Path) -> Path:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if " by Alembic - " not in line and "# ### end Alembic" not in line)
    )
    for words in (("check", "--fix-only", "--quiet"), ("format", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *words, str(path)], check=True)  # noqa: S603
    return path


def main() -> None:
    """Write one migration and say where."""
    parser = argparse.ArgumentParser(description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("message", nargs="?", help="what changes, in a few words")
    wanted.add_argument("--first", action="store_true", help="write the first revision anew")
    given = parser.parse_args()
    path = first() if given.first else following(given.message)
    print(f"{path.relative_to(Path.cwd())}: read it, then run: make check")  # noqa: T201


if __name__ == "__main__":
    main()
