"""The `panel` command: everything that an operator does. Imports wait until a command needs them."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from panel.cli_figures import figures, ratings, sample_size
from panel.cli_police import import_police
from panel.cli_quality import quality
from panel.run.match_command import match

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

    from config.settings import Settings

PORT = click.option("--port", default=8000, envvar="PORT", show_default=True, help="The port to listen on.")


class OneLineErrors(click.Group):
    """A group of commands that say in one line what an operator can put right."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        from config.settings import SettingsError
        from panel.run.serve import PortInUse

        try:
            return super().invoke(ctx)
        except (SettingsError, PortInUse) as error:
            raise click.ClickException(str(error)) from error
        except (click.ClickException, click.Abort):
            raise
        except Exception as error:
            raise _explained(error) from None


def _explained(error: Exception) -> Exception:
    from alembic.util import CommandError
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from workflows.flow import Refused

    if isinstance(error, OperationalError | ProgrammingError):
        said = str(error.orig).splitlines()[0]
        return click.ClickException(
            f"The database cannot be used: {said}. Is DATABASE_URL right? Run: panel migrate"
        )
    if isinstance(error, CommandError):
        return click.ClickException(f"The database belongs to a newer release than this one: {error}")
    if isinstance(error, Refused):
        return click.ClickException(" ".join(refusal.says for refusal in error.refusals))
    if isinstance(error, ValidationError):
        return click.ClickException("; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors()))
    return error


def _settings() -> "Settings":
    from config.settings import Settings

    return Settings.from_environment(os.environ)


def _engine() -> "Engine":
    from panel.db import make_engine
    from panel.documents.keeping import keep_with

    settings = _settings()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    keep_with(engine, settings.files)
    return engine


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Runs and looks after the out-of-court disposal panel service; settings come from the environment."""


@main.command()
@PORT
def run(port: int) -> None:
    """Prepare the database and start the web server, the worker and, in a demonstration, a mailbox."""
    from panel.run import serve

    sys.exit(serve.run(os.environ, port))


@main.command()
@PORT
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
def serve(port: int, host: str) -> NoReturn:
    """Start the web server alone; run `panel migrate` first, and `panel worker` beside it."""
    from panel.documents.keeping import check_certificate
    from panel.run.serve import gunicorn

    settings = _settings()
    check_certificate(settings.files)
    command = gunicorn(port, settings.data_dir, host)
    os.execv(command[0], command)  # noqa: S606


@main.command()
@click.option("--slot", default=0, show_default=True, help="Its number, when several run side by side.")
def worker(slot: int) -> None:
    """Send the mails that are due until told to stop; start it again with the same slot after a crash."""
    from panel.run.worker import run_worker

    run_worker(_settings(), slot)


@main.command()
@click.option("--smtp-port", default=8025, show_default=True, help="The port that takes mails.")
@click.option("--http-port", default=8026, show_default=True, help="The port of the page that shows them.")
def mailbox(smtp_port: int, http_port: int) -> None:
    """Take every mail of a demonstration and show it on a page; nothing leaves this machine."""
    from panel.run.mailbox import run_mailbox

    run_mailbox(smtp_port, http_port)


@main.command()
def migrate() -> None:
    """Bring the tables of the database up to date; safe to repeat, also after an interruption."""
    from panel import migrations
    from panel.run.upkeep import migrate

    engine = _engine()
    migrate(engine)
    click.echo(f"The database is at revision {migrations.current(engine)}.")


@main.command()
def demo() -> None:
    """Load invented people and cases into an empty database; refuses when there is an account."""
    from panel.run.upkeep import NotEmpty, load_demonstration

    try:
        load_demonstration(_engine())
    except NotEmpty:
        raise click.ClickException(
            "The database has accounts already; the demonstration needs an empty one."
        ) from None
    click.echo("The demonstration is loaded.")


@main.command("load-codes")
@click.argument("kind", type=click.Choice(["offences", "outcomes", "ethnicity", "gravity"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--name", required=True, help="The name of this version, such as: NPCC 2023.")
@click.option("--from", "since", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day in force.")
@click.option("--dry-run", is_flag=True, help="Only look at the file.")
def load_codes(kind: str, file: str, name: str, since: "datetime", dry_run: bool) -> None:
    """Load FILE, a CSV, as a new version of the code list KIND: all of it, or nothing and every problem."""
    from panel.run.codes import load, problems_in

    found = problems_in(kind, Path(file))
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise click.ClickException(f"{len(found)} problem(s) found; nothing was loaded.")
    if dry_run:
        click.echo("The file can be loaded.")
        return
    size = load(_engine(), kind, Path(file), name=name, since=since.date())
    click.echo(f"Loaded {size} rows as {name}, in force from {since.date()}.")


@main.command()
def alerts() -> None:
    """Raise the alerts of deadlines that are due by now; the worker does it every morning at six."""
    import panel.listeners  # noqa: F401 - rooms that hear of others
    from panel import clock
    from panel.alerts.job import day_to_run, run
    from panel.figures.turning import turn
    from workflows.calendar import long_date

    now = clock.now()
    day = day_to_run(now)
    raised, mails = run(_engine(), day, at=now)
    turn(_engine(), day)
    click.echo(f"For {long_date(day)}: {raised} alert(s) raised, {mails} mail(s) queued.")


@main.command()
def verify() -> None:
    """Check that nobody changed the history: every link of every chain, and every stored file."""
    from panel.assessments.versions import verify as verify_versions
    from panel.decisions.verify import verify as verify_decisions
    from panel.disposals.verify import verify as verify_disposals
    from panel.documents.verify import left_over
    from panel.documents.verify import verify as verify_files
    from panel.history.verify import backwards
    from panel.history.verify import verify as verify_history
    from panel.packs.queries import verify as verify_packs

    engine = _engine()
    problems = verify_history(engine) + verify_files(engine) + verify_versions(engine) + verify_packs(engine)
    problems += verify_decisions(engine) + verify_disposals(engine)
    # A demonstration writes its invented past case by case, not in the order of the days.
    problems += [] if _settings().demo else backwards(engine)
    for problem in problems:
        click.echo(problem, err=True)
    # An act that broke off or is under way leaves these: nobody's paper is wrong, so it is no failure.
    for place in left_over(engine):
        click.echo(f"Left over: {place}")
    if problems:
        raise click.ClickException(f"{len(problems)} problem(s) found.")
    click.echo("The history and the stored files are whole.")


@main.command()
@click.option("--check", is_flag=True, help="Only say whether the drawings are up to date.")
def docs(check: bool) -> None:
    """Draw each state machine from its own table into docs/."""
    from panel.run.docs import draw, stale

    if not check:
        for path in draw():
            click.echo(f"drawn: {path}")
    elif old := stale():
        raise click.ClickException(f"Out of date: {', '.join(map(str, old))}. Run: make docs")


@main.command("check-migrations")
def check_migrations() -> None:
    """Compare the migrations with the models on a SQLite database made for this question."""
    from panel.run.upkeep import differences

    found = differences()
    for difference in found:
        click.echo(difference, err=True)
    if found:
        raise click.ClickException('The models have moved on. Run: make revision M="what changes"')


@main.command("create-admin")
@click.option("--name", prompt="Name", help="The name of the administrator.")
@click.option("--email", prompt="E-mail address", help="The address to sign in with.")
@click.option("--area", prompt="Area of the youth offending team", help="The area; made when it is new.")
@click.option("--area-code", help="For a new area: up to four letters that its references start with.")
@click.option("--duty-mailbox", help="For a new area: the address that takes mail when nobody is named.")
def create_admin(name: str, email: str, area: str, area_code: str | None, duty_mailbox: str | None) -> None:
    """Create an administrator with a password that is shown once; for a new installation."""
    from panel.db import open_session, transaction
    from panel.run import administrator

    engine = _engine()
    with open_session(engine, writing=False) as db:
        new = not administrator.has_area(db, area)
    if new:
        area_code = area_code or click.prompt("Code of the new area")
        duty_mailbox = duty_mailbox or click.prompt("Duty mailbox of the new area")
    with transaction(engine) as db:
        if new:
            administrator.add_area(db, name=area, code=area_code or "", duty_mailbox=duty_mailbox or "")
        password = administrator.create(db, name=name, email=email, area=area)
    click.echo(f"Password of {email}, shown only now: {password}")


for command in (figures, import_police, match, quality, ratings, sample_size):
    main.add_command(command)

if __name__ == "__main__":
    main()
