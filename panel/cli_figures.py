"""The `panel` commands of the inspection figures."""

from typing import BinaryIO

import click

from panel import clock


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--framework",
    type=click.Choice(["2018", "2021", "2025"]),
    help="The inspection framework; else that of each year.",
)
def ratings(file: BinaryIO, framework: str | None) -> None:
    """Rate services from FILE, a CSV of key questions, and print a CSV with a row for each standard.

    Columns: service, year, standard; key_question with percent_yes, or with yes, no and not_applicable;
    standard_rating for a standard that is rated by judgement: in the framework of 2025 that is each one.
    """
    from config.policy import number
    from panel.run.ratings import BadFile, rate
    from workflows.calendar import today_in_london
    from workflows.ratings import Framework

    least = number("rating_least_answers", today_in_london(clock.now()))
    try:
        click.echo(rate(file.read(), Framework(framework) if framework else None, least=least), nl=False)
    except BadFile as bad:
        for problem in bad.problems:
            click.echo(problem, err=True)
        raise click.ClickException(f"{len(bad.problems)} problem(s) found; nothing was rated.") from None


@click.command("sample-size")
@click.argument("population", type=click.IntRange(min=0), required=False)
@click.option("--confidence", type=float, help="Two-sided, in per cent; 80 if not said.")
@click.option("--margin", type=float, help="Half the width, in per cent; 5 if not said.")
@click.option("--total", type=click.IntRange(min=1), help="A fixed number of cases, court and out of court.")
@click.option("--share", type=click.IntRange(1, 100), help="Of it out of court, in per cent; 40 if not said.")
def sample_size(
    population: int | None,
    confidence: float | None,
    margin: float | None,
    total: int | None,
    share: int | None,
) -> None:
    """Print how many of POPULATION cases a sample needs, or how many of a fixed total are out of court.

    With both, never more than there are.
    """
    from workflows.sample_size import sample_size as size
    from workflows.sample_size import split

    if total is not None:
        if confidence is not None or margin is not None:
            raise click.UsageError("A fixed total needs no confidence and no margin: give one or the other.")
        wanted, _ = split(total, 40 if share is None else share)
        click.echo(wanted if population is None else min(population, wanted))
        return
    if share is not None:
        raise click.UsageError("A share belongs to a fixed total: give --total as well.")
    if population is None:
        raise click.UsageError("Give the POPULATION, or a fixed number of cases with --total.")
    exact = {
        "confidence": 80.0 if confidence is None else confidence,
        "margin": 5.0 if margin is None else margin,
    }
    try:
        click.echo(size(population, **{name: value / 100 for name, value in exact.items()}))
    except ValueError:
        raise click.ClickException("Confidence and margin lie between 0 and 100 per cent.") from None


@click.group()
def figures() -> None:
    """The kept figures of the metrics: make them anew, or see whether they have drifted."""


@figures.command()
def rebuild() -> None:
    """Make every row and count anew from the tables of the service, as of today."""
    from panel.alerts.job import day_to_run
    from panel.cli import _engine
    from panel.figures.rebuild import rebuild as make
    from workflows.calendar import long_date

    day = day_to_run(clock.now())
    made = make(_engine(), day)
    rows = ", ".join(f"{number} {kind}" for kind, number in made.items())
    click.echo(f"Counted up to {long_date(day)}: {rows}.")


@figures.command()
def verify() -> None:
    """Compare every kept row and count with what the tables of the service give; name each that differs."""
    from panel.cli import _engine
    from panel.figures.rebuild import verify as differing

    found = differing(_engine())
    for words in found:
        click.echo(words, err=True)
    if found:
        raise click.ClickException(f"{len(found)} difference(s) found. Mend them with: panel figures rebuild")
    click.echo("The figures are what the tables give.")
