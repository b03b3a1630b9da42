"""The `panel` commands for what comes from the police. Imports wait until a command needs them."""

from typing import Any

import click


@click.command("import-police")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--map", "map_", type=click.Path(exists=True, dir_okay=False), help="What the columns hold (JSON)."
)
@click.option("--area", help="Code of the area that the list is for.")
@click.option("--supplied", type=click.DateTime(["%Y-%m-%d"]), help="Day on which it came; today without it.")
@click.option("--first", type=click.DateTime(["%Y-%m-%d"]), help="First day that it covers; else its own.")
@click.option("--last", type=click.DateTime(["%Y-%m-%d"]), help="Last day that it covers; else its own.")
@click.option("--by", help="E-mail address of the YOT manager for whom it is imported.")
@click.option("--dry-run", is_flag=True, help="Only look at every row.")
@click.option("--all-or-nothing", is_flag=True, help="Import nothing while a row has a mistake.")
@click.option("--template", is_flag=True, help="Print an example of a list.")
def import_police(file: str | None, template: bool, **asked: Any) -> None:
    """Import FILE, a CSV or XLSX of what the police gave to children."""
    from panel.lists.files import template as example

    if template:
        click.echo(example().decode("utf-8-sig"), nl=False)
    elif file is None:
        raise click.UsageError("Name the file of the list, or ask for --template.")
    else:
        _import_police(file, asked)


def _import_police(file: str, asked: dict[str, Any]) -> None:
    from pathlib import Path

    from panel import clock
    from panel.cli import _engine, _settings
    from panel.lists.mapping import MapRefused
    from panel.lists.refused import ListRefused
    from panel.run.lists import NotImported, Order, run
    from workflows.calendar import today_in_london

    days = {name: asked[name].date() if asked[name] else None for name in ("supplied", "first", "last")}
    order = Order(
        file=Path(file),
        map=Path(asked["map_"]).read_bytes() if asked["map_"] else None,
        area=asked["area"],
        supplied_on=days["supplied"] or today_in_london(clock.now()),
        first_on=days["first"],
        last_on=days["last"],
        by=asked["by"],
        dry_run=asked["dry_run"],
        whole=asked["all_or_nothing"],
    )
    try:
        for line in run(_engine(), order, most_mb=_settings().max_upload_mb, now=clock.now):
            click.echo(line)
    except NotImported as no:
        for line in no.lines[:-1]:
            click.echo(line, err=True)
        raise click.ClickException(no.lines[-1]) from None
    except (ListRefused, MapRefused) as no:
        raise click.ClickException(str(no)) from None
