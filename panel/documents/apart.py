"""Looking into a PDF in a process of its own, which may take little time and memory.

A parser unpacks what a file tells it to: a few kilobytes can become gigabytes before anybody can count.
"""

import resource
import subprocess
import sys
from pathlib import Path

import structlog

from panel.documents.refused import MEGABYTE, UploadRefused

SECONDS = 4
MEMORY = 300 * MEGABYTE  # of addresses, nearly half of which the libraries themselves take
PATIENCE = 20  # seconds by the clock, on a machine that is busy with other things
TOP = Path(__file__).resolve().parents[2]
COMPLICATED = "This PDF is too complicated to check. Print it to a new PDF and upload that."
FINE = b"fine"

log = structlog.get_logger()


def check_apart(data: bytes) -> None:
    """Raise `UploadRefused` unless the process looked through the whole PDF and found nothing."""
    command = [sys.executable, "-m", "panel.documents.apart"]
    surroundings = {"PYTHONPATH": str(TOP), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file comes by its input
            command, input=data, capture_output=True, timeout=PATIENCE, env=surroundings, check=False
        )
    except subprocess.TimeoutExpired:
        raise UploadRefused(COMPLICATED) from None
    if done.returncode == 0 and done.stdout == FINE:
        return
    if done.returncode == 0 and done.stdout:
        raise UploadRefused(done.stdout.decode())
    log.warning("pdf not looked through", code=done.returncode, size=len(data))
    raise UploadRefused(COMPLICATED)


def main() -> None:
    """The process: limits first, then the file."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from panel.documents.pdfs import look_into

    try:
        look_into(sys.stdin.buffer.read())
    except UploadRefused as no:
        sys.stdout.buffer.write(no.sentence.encode())
    else:
        sys.stdout.buffer.write(FINE)


if __name__ == "__main__":
    main()
