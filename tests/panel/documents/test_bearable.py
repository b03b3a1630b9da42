"""However hostile a file is: at most 5 seconds and 300 MB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SECONDS, MEGABYTES = 5, 300
TOP = Path(__file__).parents[3]
# A process of its own for each file, so that the memory of one is not counted for the next.
CHILD = """
import json, re, resource, sys, time
from panel.documents.refused import UploadRefused
from panel.documents.uploads import checked_upload
import pikepdf, puremagic, PIL.Image, PIL.JpegImagePlugin, PIL.PngImagePlugin
data = open(sys.argv[1], "rb").read()
linux = sys.platform == "linux"
unit = 1024 if linux else 1024 ** 2  # Linux counts kilobytes, others bytes
def most():
    # In Linux the figure of getrusage starts from the parent's memory; the kernel's own does not.
    if linux:
        return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
before, began = most(), time.process_time()
try:
    what = checked_upload(data, "x").extension
except UploadRefused as no:
    what = no.sentence
apart = resource.getrusage(resource.RUSAGE_CHILDREN)
spent = time.process_time() - began + apart.ru_utime + apart.ru_stime
print(json.dumps([what, spent, max(most() - before, apart.ru_maxrss / unit)]))
"""


@pytest.mark.parametrize(
    "make",
    [
        "noise_photo",
        "wide_picture",
        "long_pdf",
        "nested_pdf",
        "long_text",
        "many_attributes",
        "many_photos",
        "full_pdf",
    ],
)
def test_a_file_costs_little_time_and_memory(make: str, tmp_path: Path) -> None:
    from tests.panel.documents import heavy_files

    file = tmp_path / "file"
    file.write_bytes(getattr(heavy_files, make)())
    assert file.stat().st_size <= 25 * 1024 * 1024
    command = [sys.executable, "-c", CHILD, str(file)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True, timeout=60)
    _what, seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    assert seconds < SECONDS, done.stdout
    assert megabytes < MEGABYTES, done.stdout
