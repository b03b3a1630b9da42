"""Rooms that listen to others are there in every process, not only where pages are served."""

import subprocess
import sys

import pytest

HEARD = """
from panel.{start} import *
from panel.contacts.actions import LISTENERS as contacts
from panel.forces.actions import LISTENERS as forces
from panel.lists.importing import DONE
from panel.meetings.listing import LISTENERS as listing
from panel.plans.actions import ENDINGS
from panel.police.record_parts import PARTS
from panel.referrals.moves import LISTENERS as moves
from panel.referrals.timing import WAITS
print([len(heard) for heard in (contacts, forces, DONE, listing, ENDINGS, PARTS, moves, WAITS)])
"""


def heard_in(start: str) -> str:
    """How many listen to each, in a process that begins with this module."""
    code = HEARD.format(start=start)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("start", ["run.worker", "demo.load", "run.lists"])
def test_every_process_hears_what_the_pages_hear(start: str) -> None:
    served = heard_in("assembly")
    assert heard_in(start) == served
    assert "0" not in served
