"""The `panel quality` commands: the kept problems of the data anew, and whether any drifted."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine


def _engine() -> "Engine":
    from panel.cli import _engine as engine

    return engine()


@click.group()
def quality() -> None:
    """The problems of the data, which are kept beside the records."""


@quality.command("rebuild")
def rebuild_all() -> None:
    """Bring the problems of every record up to date; run it once after the migration that made them."""
    from panel.db import transaction
    from panel.quality.rebuild import rebuild

    with transaction(_engine()) as db:
        click.echo(f"{rebuild(db):,} problems written or taken away.")


@quality.command("verify")
def verify_all() -> None:
    """Name each problem that is not kept as it is found; fails when there is one."""
    from panel.db import open_session
    from panel.quality.rebuild import verify

    with open_session(_engine(), writing=False) as db:
        drifted = list(verify(db))
    for one in drifted:
        click.echo(f"{one.subject.value} {one.subject_id}: {one.check_key}", err=True)
    if drifted:
        raise click.ClickException(f"{len(drifted)} problem(s) drifted. Run: panel quality rebuild")
    click.echo("Every problem is kept as it is found.")
