"""`panel match`: two plain lists in, one list of links out. Imports wait until the command needs them."""

import re
import sys
from pathlib import Path

import click

STATUS = Path("/proc/self/status")


@click.command()
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The CSV file for the links.")
def match(left: Path, right: Path, out: Path) -> None:
    """Link the children of two CSV files, LEFT and RIGHT, one-to-one.

    Columns: id, given_name, surname, date_of_birth, sex, address, postcode; any but id may be missing.
    """
    from panel.linkage.files import Unreadable, read, risky, write
    from panel.linkage.links import link

    try:
        if out.resolve() in (left.resolve(), right.resolve()):
            raise Unreadable(f"{out} is one of the two lists: the links need a file of their own.")
        links = link(read(left), read(right))
        write(out, links)
    except Unreadable as error:
        raise click.ClickException(str(error)) from None
    if count := risky(links):
        click.echo(
            f"{count} identifier(s) begin like a formula: do not open {out} in a spreadsheet.", err=True
        )
    click.echo(f"{len(links)} link(s) written to {out}; {_most_memory()} MB of memory used at most.")


def _most_memory(status: Path = STATUS) -> int:
    """The most memory that this process held, in MB.

    Not `ru_maxrss` where there is a better way: a process inherits that of whoever started it.
    """
    import resource

    try:
        found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
    except OSError:
        found = None
    if found:
        return int(found[1]) // 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held // (1_048_576 if sys.platform == "darwin" else 1024)
