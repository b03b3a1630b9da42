"""The memory that `panel match` prints is its own, not that of whoever started it."""

import subprocess
import sys
from pathlib import Path

import pytest

from panel.run.match_command import STATUS, _most_memory

TELL = "from panel.run.match_command import _most_memory; print(_most_memory())"
# Holds 400 MB, every page of it touched, and starts somebody small.
LARGE = f"""
import subprocess, sys
held = bytearray(b"x") * (400 << 20)
print(subprocess.run([sys.executable, "-c", {TELL!r}], capture_output=True, text=True, check=True).stdout)
"""


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux keeps the peak of a process in /proc")
def test_a_large_parent_does_not_count() -> None:
    said = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True).stdout
    assert 5 < int(said) < 200


def test_where_there_is_no_proc_the_usual_answer_holds(tmp_path: Path) -> None:
    other = tmp_path / "status"
    assert _most_memory(other) > 5
    other.write_text("Name:\tpanel\n")
    assert _most_memory(other) > 5
    other.write_text("VmPeak:\t  999999 kB\nVmHWM:\t    4096 kB\n")
    assert _most_memory(other) == 4
