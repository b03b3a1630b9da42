"""The commands of the README and of an operator, run as they are typed."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psutil
import pytest
from click.testing import CliRunner

from panel import cli
from panel.run import docs, serve

HERE = Path(__file__).parent.parent
MADE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
COMMANDS = sorted(cli.main.commands)


@pytest.fixture
def demo_folder(tmp_path: Path, demo_template: Path) -> Path:
    """A data folder in which the demonstration has been loaded already."""
    shutil.copy(demo_template, tmp_path / "panel.db")
    return tmp_path


def panel(*words: str, folder: Path, **env: str) -> tuple[int, str]:
    """Run one command of `panel` in this process, with its own data folder; its exit status and words."""
    given = {name: None for name in os.environ if name.startswith(("PANEL_", "SMTP_", "DATABASE_"))}
    settings = {"DATA_DIR": str(folder), "PANEL_DEMO": "1", "PORT": "", **env}
    result = CliRunner().invoke(cli.main, list(words), env={**given, **settings})
    return result.exit_code, result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does(name: str) -> None:
    command = cli.main.commands[name]
    assert isinstance(command, click.Command)
    assert len((command.help or "").split()) >= 6
    for parameter in command.params:
        told = getattr(parameter, "help", "") or (
            parameter.human_readable_name.upper() in (command.help or "")
        )
        assert told, parameter.name
    assert CliRunner().invoke(cli.main, [name, "--help"]).exit_code == 0


def test_migrate_can_be_repeated(tmp_path: Path) -> None:
    first, second = panel("migrate", folder=tmp_path), panel("migrate", folder=tmp_path)
    assert first[0] == second[0] == 0
    assert "revision" in first[1]
    assert first[1] == second[1]


def test_a_database_without_tables_is_explained_in_one_line(tmp_path: Path) -> None:
    status, said = panel("verify", folder=tmp_path)
    assert status == 1
    assert said.count("\n") == 1
    assert "panel migrate" in said


def test_a_database_of_a_newer_release_is_explained_in_one_line(tmp_path: Path) -> None:
    panel("migrate", folder=tmp_path)
    with sqlite3.connect(tmp_path / "panel.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    status, said = panel("migrate", folder=tmp_path)
    assert status == 1
    assert "newer release" in said


def test_a_wrong_setting_is_explained_in_one_line(tmp_path: Path) -> None:
    status, said = panel("migrate", folder=tmp_path, PANEL_DEMO="0")
    assert status == 1
    assert said.startswith("Error: SECRET_KEY: set")


def test_the_demonstration_needs_an_empty_database(demo_folder: Path) -> None:
    status, said = panel("demo", folder=demo_folder)
    assert status == 1
    assert "empty" in said


def test_the_first_administrator_gets_a_password_that_is_shown_once(tmp_path: Path) -> None:
    panel("migrate", folder=tmp_path)
    who = ("--name", "Ada Osei", "--email", "ada@yot.example", "--area", "Northmoor")
    status, said = panel(
        "create-admin", *who, "--area-code", "NM", "--duty-mailbox", "duty@yot.example", folder=tmp_path
    )
    assert status == 0, said
    assert "ada@yot.example, shown only now: " in said
    status, said = panel("create-admin", *who, folder=tmp_path)
    assert status == 1
    assert "already has an account" in said


def test_the_drawings_show_what_the_tables_say(tmp_path: Path) -> None:
    assert docs.draw(tmp_path)
    assert docs.draw(tmp_path) == []


def test_a_mail_server_of_ones_own_is_not_replaced() -> None:
    own = {"PANEL_DEMO": "1", "SMTP_HOST": "mail.example", "BASE_URL": "https://panel.example"}
    assert serve.environment(own, 8000) == own
    assert serve.environment({"BASE_URL": "https://panel.example"}, 8000) == {
        "BASE_URL": "https://panel.example"
    }


def test_make_help_names_every_target() -> None:
    said = subprocess.run(
        ["make", "help"], cwd=HERE, env=MADE, capture_output=True, text=True, check=True
    ).stdout
    for target in ("setup", "run", "test", "check", "format", "docs", "revision", "lock", "clean"):
        assert f"make {target} " in said


def test_no_file_names_a_host_that_packages_come_from() -> None:
    halves = ((b"py", b"pi.org"), (b"python", b"hosted"), (b"registry.", b"npm"))
    hosts = [first + second for first, second in halves]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(command, cwd=HERE).split(b"\0")
    paths = [path for name in names if name and (path := HERE / os.fsdecode(name)).is_file()]
    assert [path for path in paths if any(host in path.read_bytes() for host in hosts)] == []


def _as_in_a_terminal() -> None:
    # In the background of a script interrupts are ignored, and that would be inherited.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def make_run(folder: Path, port: int) -> Iterator[psutil.Process]:
    """`make run` with a data folder of its own, once it answers; whatever it leaves behind is ended."""
    env = {**MADE, "DATA_DIR": str(folder), "PORT": str(port)}
    log = (folder / "log").open("w")
    started = subprocess.Popen(
        ["make", "run"],
        cwd=HERE,
        env=env,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=_as_in_a_terminal,
    )
    process = psutil.Process(started.pid)
    family: list[psutil.Process] = []
    try:
        assert _answers(port, process), (folder / "log").read_text()
        family = process.children(recursive=True)
        yield process
        started.wait(30)
        assert not [p for p in psutil.wait_procs(family, timeout=15)[1] if p.status() != psutil.STATUS_ZOMBIE]
    finally:
        for left in [*family, *(process.children(recursive=True) if process.is_running() else []), process]:
            if left.is_running():
                left.kill()
        log.close()


def _answers(port: int, process: psutil.Process) -> bool:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as reply:
                return reply.status == 200
        except OSError:
            time.sleep(0.1)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
    return False


@pytest.mark.processes
def test_make_run_starts_everything_and_control_c_ends_everything(demo_folder: Path) -> None:
    port = serve.free_port(0)
    with make_run(demo_folder, port) as make:
        wait_for(demo_folder, "Ctrl-C stops everything.")
        os.killpg(make.pid, signal.SIGINT)
    said = (demo_folder / "log").read_text()
    assert f"http://127.0.0.1:{port}" in said
    assert "Sign in with the password" in said
    with make_run(demo_folder, port) as make:
        assert make.children(recursive=True)
        os.kill(make.pid, signal.SIGINT)


@pytest.mark.processes
@pytest.mark.parametrize("victim", ["make", "supervisor"])
def test_nothing_is_left_when_somebody_is_killed(demo_folder: Path, victim: str) -> None:
    with make_run(demo_folder, serve.free_port(0)) as make:
        (make if victim == "make" else make.children()[0]).kill()


@pytest.mark.processes
def test_the_worker_is_started_again_when_it_is_killed(demo_folder: Path) -> None:
    with make_run(demo_folder, serve.free_port(0)) as make:
        wait_for(demo_folder, "worker 0: ready")
        worker = next(p for p in make.children(recursive=True) if p.cmdline()[-1] == "worker")
        worker.kill()
        wait_for(demo_folder, "worker 0: ready", times=2)
        os.killpg(make.pid, signal.SIGINT)


@pytest.mark.processes
def test_a_port_in_use_is_explained_in_one_line(demo_folder: Path) -> None:
    with make_run(demo_folder, serve.free_port(0)) as make:
        port = int(make.environ()["PORT"])
        second = [sys.executable, "-m", "panel.cli", "run", "--port", str(port)]
        ended = subprocess.run(second, cwd=HERE, env=MADE, capture_output=True, text=True, check=False)
        os.killpg(make.pid, signal.SIGINT)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Error: Port {port} is in use")
    assert ended.stderr.count("\n") == 1


def wait_for(folder: Path, words: str, times: int = 1) -> None:
    """Wait until the log says these words so often."""
    for _ in range(600):
        if (folder / "log").read_text().count(words) >= times:
            return
        time.sleep(0.1)
    raise AssertionError((folder / "log").read_text())
