"""A web process settles its memory once: what was loaded is never looked through again, the rest seldom."""

import subprocess
import sys

SAYS = """
import gc
from panel.memory import MADE, settle
settle()
print(gc.get_freeze_count() > 0, gc.get_threshold()[0] == MADE)
"""


def test_what_was_loaded_stays_and_the_rest_is_looked_through_seldom() -> None:
    said = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "True"]
