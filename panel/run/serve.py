"""Starts everything that the service needs, keeps it alive, and ends all of it on Ctrl-C."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.settings import Settings

HOST = "127.0.0.1"
WORKERS, THREADS = 2, 4
LOOK_EVERY = 0.2
GRACE_SECONDS = 5
LONGEST_WAIT = 30.0
SMTP_OFFSET, MAILBOX_OFFSET = 25, 26
SENDER = "panel@panel.example"
MAILBOX = "PANEL_MAILBOX"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PortInUse(Exception):
    """Somebody else listens there."""


@dataclass
class Child:
    """One process of ours, in a group of its own; `vital` means that nothing works without it."""

    name: str
    command: list[str]
    vital: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    wait: float = 1.0
    due: float = 0.0

    def start(self, env: Mapping[str, str]) -> None:
        """Start it; its own group keeps the terminal's Ctrl-C away, so that we end it in order."""
        self.process = subprocess.Popen(
            self.command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    @property
    def ended(self) -> int | None:
        """Its exit status once it has ended."""
        return None if self.process is None else self.process.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to it and to everything that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def gunicorn(port: int, data_dir: Path, host: str = HOST) -> list[str]:
    """The command line of the web server."""
    options = {
        "--bind": f"{host}:{port}",
        "--workers": WORKERS,
        "--threads": THREADS,
        "--graceful-timeout": GRACE_SECONDS - 1,
        "--timeout": 60,
        "--log-level": "warning",
        "--control-socket": data_dir / f"gunicorn-{port}.ctl",
    }
    words = [str(word) for pair in options.items() for word in pair]
    return [sys.executable, "-m", "gunicorn", *words, "wsgi:application"]


def environment(given: Mapping[str, str], port: int) -> dict[str, str]:
    """The settings of all processes; a demonstration without a mail server gets a mailbox of its own."""
    env = dict(given)
    if not env.get("BASE_URL", "").strip():
        env["BASE_URL"] = f"http://{HOST}:{port}"
    if env.get("PANEL_DEMO", "").strip() == "1" and not env.get("SMTP_HOST", "").strip():
        env |= {
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(free_port(port + SMTP_OFFSET)),
            "SMTP_STARTTLS": "0",
            "SMTP_USER": "",
            "SMTP_PASSWORD": "",
            "QUIET_HOURS": "0",
            "SMTP_FROM": env.get("SMTP_FROM") or SENDER,
            MAILBOX: str(free_port(port + MAILBOX_OFFSET)),
        }
    return env


def run(given: Mapping[str, str], port: int) -> int:
    """Prepare the database, start everything, wait for the end; the exit status."""
    for number in SIGNALS:
        _answer(number, _leave)
    if not _is_free(port):
        raise PortInUse(f"Port {port} is in use: choose another one, for example PORT={free_port(port + 1)}")
    env = environment(given, port)
    settings = Settings.from_environment(env)
    _prepare(settings)
    return _supervise(_children(settings, env, port), env, _announcement(settings, env), port)


def _prepare(settings: Settings) -> None:
    from panel.db import make_engine
    from panel.documents.keeping import check_certificate, keep_with
    from panel.run import upkeep

    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    check_certificate(settings.files)
    keep_with(engine, settings.files)
    upkeep.migrate(engine)
    if settings.demo and upkeep.is_empty(engine):
        upkeep.load_demonstration(engine)
    engine.dispose()


def _children(settings: Settings, env: Mapping[str, str], port: int) -> list[Child]:
    panel = [sys.executable, "-m", "panel.cli"]
    children = [
        Child("the web server", gunicorn(port, settings.data_dir), vital=True),
        Child("the worker", [*panel, "worker"]),
    ]
    if MAILBOX in env:
        ports = ["--smtp-port", env["SMTP_PORT"], "--http-port", env[MAILBOX]]
        children.append(Child("the mailbox", [*panel, "mailbox", *ports]))
    return children


def _supervise(children: list[Child], env: Mapping[str, str], announcement: str, port: int) -> int:
    stop = threading.Event()
    for number in SIGNALS:
        _answer(number, lambda _number, _frame: stop.set())
    make = _Make()
    healthy = False
    try:
        for child in children:
            child.start(env)
        while not (stop.wait(LOOK_EVERY) or make.has_gone()):
            if not healthy and _is_healthy(port):
                healthy = True
                print(announcement, flush=True)
            if not _keep_alive(children, env):
                return 1
        return 0
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        _stop_all(children)


def _keep_alive(children: list[Child], env: Mapping[str, str]) -> bool:
    now = time.monotonic()
    for child in children:
        status = child.ended
        if status is None:
            continue
        if child.vital:
            print(f"{child.name.capitalize()} ended with status {status}; everything stops.", file=sys.stderr)
            return False
        if not child.due:
            print(f"{child.name.capitalize()} ended with status {status}; it starts again.", file=sys.stderr)
            child.due = now + child.wait
            child.wait = min(2 * child.wait, LONGEST_WAIT)
        elif now >= child.due:
            child.due = 0.0
            child.start(env)
    return True


def _stop_all(children: list[Child]) -> None:
    for child in children:
        child.send(signal.SIGTERM)
    last = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < last and any(child.ended is None for child in children):
        time.sleep(0.05)
    for child in children:
        child.send(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def _announcement(settings: Settings, env: Mapping[str, str]) -> str:
    lines = ["", f"The service is at {settings.base_url}"]
    if MAILBOX in env:
        lines.append(f"Its mails arrive at http://{HOST}:{env[MAILBOX]}")
    if settings.demo:
        from panel import demo

        widest = max(len(role) for role, _ in demo.SIGN_INS)
        lines += ["", f"Sign in with the password {demo.PASSWORD} as:"]
        lines += [f"  {role:<{widest}}  {email}" for role, email in demo.SIGN_INS]
    return "\n".join([*lines, "", "Ctrl-C stops everything."])


class _Make:
    """The `make` that started us; when only make is interrupted it waits for us and tells us nothing."""

    def __init__(self) -> None:
        self.pid = os.getppid()
        self.watched = self._status("Name") in ("make", "gmake")
        # Started in the background of a script, make ignores interrupts from the beginning.
        self.interruptible = self._catches_interrupts()

    def has_gone(self) -> bool:
        """Whether it was interrupted or has ended."""
        interrupted = self.interruptible and not self._catches_interrupts()
        return self.watched and (interrupted or os.getppid() != self.pid)

    def _catches_interrupts(self) -> bool:
        # An interrupted make puts its signal handler away before it waits.
        caught = self._status("SigCgt")
        return bool(int(caught or "0", 16) >> (signal.SIGINT - 1) & 1)

    def _status(self, name: str) -> str:
        with suppress(OSError):
            for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
                if line.startswith(f"{name}:"):
                    return line.partition(":")[2].strip()
        return ""


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def free_port(wish: int) -> int:
    """The wished port when nobody listens there, else any free one."""
    if 0 < wish < 2**16 and _is_free(wish):
        return wish
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
        return True


def _answer(number: signal.Signals, handler: "signal._HANDLER") -> None:
    # `nohup` asks to live on when the terminal goes; everything else that we are told counts.
    if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
        return
    signal.signal(number, handler)


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _end_with_parent() -> None:
    # On Linux the kernel ends a child whose parent was killed, so that nothing is left behind.
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        import ctypes

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, int(signal.SIGTERM))
