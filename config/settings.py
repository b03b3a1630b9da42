"""Settings of one installation, read once from the environment. Nothing else reads environment variables."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from config.errors import SettingsError
from config.files import FileSettings, file_settings
from config.once import write_once

__all__ = ["Settings", "SettingsError", "demo_secret"]
SECRET_LENGTH = 32
_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_POSTGRES = "postgresql+psycopg://"
_BASE_URL_REMEDY = "BASE_URL: set the address that people open, such as https://panel.example.org"


@dataclass(frozen=True)
class Settings:
    """What differs between installations; an empty `smtp_host` or `virus_scanner` means: there is none."""

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    demo: bool
    base_url: str
    smtp_host: str
    smtp_port: int
    smtp_from: str
    smtp_starttls: bool
    smtp_user: str
    smtp_password: str = field(repr=False)
    mail_channel: str
    notify_key: str = field(repr=False)
    notify_template: str
    notify_url: str
    quiet_hours: bool
    force_name: str
    secure_cookies: bool
    max_upload_mb: int
    virus_scanner: str
    data_dir: Path
    files: FileSettings = field(default_factory=FileSettings)

    @property
    def sends_mail(self) -> bool:
        """Whether there is a way for mails to go out."""
        return bool(self.notify_key if self.mail_channel == "notify" else self.smtp_host)

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Settings":
        """Reads the settings; an empty variable counts as absent. SettingsError names variable and remedy.

        Writes only in a demonstration without SECRET_KEY: a generated one is kept in the data folder.
        """
        demo = _switch(env, "PANEL_DEMO", default=False)
        data_dir = Path(_text(env, "DATA_DIR", "var"))
        base_url = _base_url(env)
        user, password = _smtp_account(env)
        host = _text(env, "SMTP_HOST")
        channel, key, template = _channel(env)
        return cls(
            database_url=_database_url(_text(env, "DATABASE_URL", f"sqlite:///{data_dir}/panel.db")),
            secret_key=_secret_key(_text(env, "SECRET_KEY"), demo, data_dir),
            demo=demo,
            base_url=base_url,
            smtp_host=host,
            smtp_port=_whole(env, "SMTP_PORT", 587, 65535),
            smtp_from=_sender(_text(env, "SMTP_FROM"), host),
            smtp_starttls=_switch(env, "SMTP_STARTTLS", default=True),
            smtp_user=user,
            smtp_password=password,
            mail_channel=channel,
            notify_key=key,
            notify_template=template,
            notify_url=_text(env, "NOTIFY_URL", "https://api.notifications.service.gov.uk"),
            quiet_hours=_switch(env, "QUIET_HOURS", default=True),
            force_name=_text(env, "FORCE_NAME", "Demonstration Police"),
            secure_cookies=urlsplit(base_url).scheme == "https",
            max_upload_mb=_whole(env, "MAX_UPLOAD_MB", 25, 1000),
            virus_scanner=_scanner(_text(env, "VIRUS_SCANNER")),
            data_dir=data_dir,
            files=file_settings(env, data_dir if demo else None),
        )


def demo_secret(folder: Path) -> str:
    """The secret of a demonstration, made on first use and kept in `folder`/secret_key with mode 600.

    SettingsError if the file cannot be written or holds fewer than 32 characters.
    """
    path = folder / "secret_key"
    try:
        if not path.exists():
            write_once(path, secrets.token_urlsafe(48).encode("ascii"))
        path.chmod(0o600)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"SECRET_KEY: set it, as none can be kept in {path}") from error
    if len(kept) < SECRET_LENGTH:
        raise SettingsError(f"SECRET_KEY: {path} holds fewer than {SECRET_LENGTH} characters; delete it")
    return kept


def _text(env: Mapping[str, str], name: str, default: str = "") -> str:
    return env.get(name, "").strip() or default


def _switch(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    raw = _text(env, name, "1" if default else "0")
    if raw not in ("0", "1"):
        raise SettingsError(f"{name}: set it to 1 (on) or 0 (off)")
    return raw == "1"


def _whole(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    raw = _text(env, name, str(default))
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw) <= most):
        raise SettingsError(f"{name}: set it to a whole number from 1 to {most}")
    return int(raw)


def _database_url(url: str) -> str:
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return _POSTGRES + url.removeprefix(short)
    if not url.startswith(("sqlite:///", _POSTGRES)):
        raise SettingsError(f"DATABASE_URL: start it with sqlite:/// or {_POSTGRES}")
    return url


def _secret_key(given: str, demo: bool, data_dir: Path) -> str:
    if demo:
        return given or demo_secret(data_dir)
    if len(given) < SECRET_LENGTH:
        raise SettingsError(
            f"SECRET_KEY: set at least {SECRET_LENGTH} random characters"
            ' (python -c "import secrets; print(secrets.token_urlsafe(48))")'
        )
    return given


def _base_url(env: Mapping[str, str]) -> str:
    url = _text(env, "BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise SettingsError(_BASE_URL_REMEDY) from error
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise SettingsError(_BASE_URL_REMEDY)
    # Over plain http the secure cookie would never come back, and nobody could sign in or see why.
    if parts.scheme == "http" and host not in _LOCAL_HOSTS:
        raise SettingsError("BASE_URL: use https://; plain http:// is for 127.0.0.1 and localhost only")
    return url


def _smtp_account(env: Mapping[str, str]) -> tuple[str, str]:
    # A password may begin or end with a blank, so it is not stripped.
    user, password = _text(env, "SMTP_USER"), env.get("SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        raise SettingsError("SMTP_USER: set SMTP_USER and SMTP_PASSWORD both, or neither")
    return user, password


def _sender(given: str, host: str) -> str:
    if host and not given:
        raise SettingsError("SMTP_FROM: set the address that mail comes from, as SMTP_HOST is set")
    return given


def _channel(env: Mapping[str, str]) -> tuple[str, str, str]:
    channel = _text(env, "MAIL_CHANNEL", "smtp")
    if channel not in ("smtp", "notify"):
        raise SettingsError("MAIL_CHANNEL: set it to smtp or notify")
    key, template = _text(env, "NOTIFY_API_KEY"), _text(env, "NOTIFY_TEMPLATE_ID")
    if channel == "notify" and not (len(key) >= 73 and template):
        raise SettingsError(
            "NOTIFY_API_KEY: set the whole key and NOTIFY_TEMPLATE_ID, as MAIL_CHANNEL is notify"
        )
    return channel, key, template


def _scanner(given: str) -> str:
    if given.startswith("clamd:///") and len(given) > len("clamd:///"):
        return given
    host, _, port = given.removeprefix("clamd://").rpartition(":")
    named = host and not set(host) & set("/@?#")
    if given and not (named and port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise SettingsError(
            "VIRUS_SCANNER: set host:port or clamd:///path/of/its/socket of a clamd server,"
            " or leave it empty for no scan"
        )
    return given
