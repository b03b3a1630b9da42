"""Settings: what an installation may set, and what it is told when that is wrong."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.files import FileSettings
from config.settings import Settings, SettingsError, demo_secret

SECRET = "k" * 32


def settings(**env: str) -> Settings:
    return Settings.from_environment({"SECRET_KEY": SECRET, **env})


def test_a_secret_key_is_all_that_an_installation_must_set() -> None:
    assert settings() == Settings(
        database_url="sqlite:///var/panel.db",
        secret_key=SECRET,
        demo=False,
        base_url="http://127.0.0.1:8000",
        smtp_host="",
        smtp_port=587,
        smtp_from="",
        smtp_starttls=True,
        smtp_user="",
        smtp_password="",
        mail_channel="smtp",
        notify_key="",
        notify_template="",
        notify_url="https://api.notifications.service.gov.uk",
        quiet_hours=True,
        force_name="Demonstration Police",
        secure_cookies=False,
        max_upload_mb=25,
        virus_scanner="",
        data_dir=Path("var"),
    )


def test_every_setting_can_be_set() -> None:
    given = settings(
        DATABASE_URL="postgresql+psycopg://panel:pw@db/panel",
        PANEL_DEMO="1",
        BASE_URL="https://panel.example.org/",
        SMTP_HOST="mail.example.org",
        SMTP_PORT="25",
        SMTP_FROM="panel@example.org",
        SMTP_STARTTLS="0",
        SMTP_USER="panel",
        SMTP_PASSWORD=" blanks count ",
        MAIL_CHANNEL="notify",
        NOTIFY_API_KEY="team-" + "k" * 73,
        NOTIFY_TEMPLATE_ID="template",
        NOTIFY_URL="http://127.0.0.1:9",
        QUIET_HOURS="0",
        FORCE_NAME="West Yorkshire Police",
        MAX_UPLOAD_MB="10",
        VIRUS_SCANNER="clamd:3310",
        DATA_DIR="/srv/panel",
        SEAL_CERTIFICATE=__file__,
        SEAL_PASSWORD=" blanks count ",
        FILE_STORE="s3://papers/kelder/panel",
        S3_ENDPOINT_URL="https://store.example.org/",
        AWS_ACCESS_KEY_ID="key",
        AWS_SECRET_ACCESS_KEY="hush",
        AWS_DEFAULT_REGION="eu-west-1",
    )
    assert given == Settings(
        database_url="postgresql+psycopg://panel:pw@db/panel",
        secret_key=SECRET,
        demo=True,
        base_url="https://panel.example.org",
        smtp_host="mail.example.org",
        smtp_port=25,
        smtp_from="panel@example.org",
        smtp_starttls=False,
        smtp_user="panel",
        smtp_password=" blanks count ",
        mail_channel="notify",
        notify_key="team-" + "k" * 73,
        notify_template="template",
        notify_url="http://127.0.0.1:9",
        quiet_hours=False,
        force_name="West Yorkshire Police",
        secure_cookies=True,
        max_upload_mb=10,
        virus_scanner="clamd:3310",
        data_dir=Path("/srv/panel"),
        files=FileSettings(
            bucket="papers",
            prefix="kelder/panel",
            endpoint_url="https://store.example.org",
            region="eu-west-1",
            access_key="key",
            secret_key="hush",
            certificate=__file__,
            password=" blanks count ",
            demo_dir=Path("/srv/panel"),
        ),
    )


@pytest.mark.parametrize(
    "env",
    [
        {"MAIL_CHANNEL": "pigeon"},
        {"MAIL_CHANNEL": "notify"},
        {"MAIL_CHANNEL": "notify", "NOTIFY_API_KEY": "short", "NOTIFY_TEMPLATE_ID": "template"},
        {"MAIL_CHANNEL": "notify", "NOTIFY_API_KEY": "k" * 73},
    ],
)
def test_a_channel_that_cannot_work_is_named_at_the_start(env: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"MAIL_CHANNEL|NOTIFY_API_KEY"):
        settings(**env)


def test_mail_goes_out_when_its_channel_is_set_up() -> None:
    assert not settings().sends_mail
    assert settings(SMTP_HOST="mail.example.org", SMTP_FROM="panel@example.org").sends_mail
    notify = {"NOTIFY_API_KEY": "team-" + "k" * 73, "NOTIFY_TEMPLATE_ID": "template"}
    assert not settings(**notify).sends_mail
    assert settings(MAIL_CHANNEL="notify", **notify).sends_mail


def test_an_empty_variable_counts_as_absent() -> None:
    assert settings(DATABASE_URL="", PANEL_DEMO=" ", BASE_URL="", MAX_UPLOAD_MB="") == settings()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:////srv/panel.db", "sqlite:////srv/panel.db"),
    ],
)
def test_a_postgres_address_is_written_for_its_driver(given: str, used: str) -> None:
    assert settings(DATABASE_URL=given).database_url == used


def test_the_database_file_lies_in_the_data_folder() -> None:
    assert settings(DATA_DIR="/srv/panel").database_url == "sqlite:////srv/panel/panel.db"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "mysql://u:hunter2@h/d"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "postgresql+psycopg2://u:hunter2@h/d"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "hunter2" * 4),
        ("SECRET_KEY", "k" * 31),
        ("PANEL_DEMO", "yes"),
        ("SMTP_STARTTLS", "true"),
        ("SMTP_PORT", "0"),
        ("SMTP_PORT", "65536"),
        ("SMTP_PORT", "smtp"),
        ("MAX_UPLOAD_MB", "-1"),
        ("MAX_UPLOAD_MB", "2.5"),
        ("MAX_UPLOAD_MB", "²"),
        ("BASE_URL", "panel.example.org"),
        ("BASE_URL", "ftp://panel.example.org"),
        ("BASE_URL", "http://localhost:port"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "http://panel.example.org"),
        ("BASE_URL", "http://127.0.0.1.example.org"),
        ("VIRUS_SCANNER", "clamd"),
        ("VIRUS_SCANNER", ":3310"),
        ("VIRUS_SCANNER", "clamd:99999"),
        ("VIRUS_SCANNER", "clamd://"),
        ("VIRUS_SCANNER", "clamd:///"),
        ("VIRUS_SCANNER", "clamd://scan.example.org"),
        ("VIRUS_SCANNER", "clamd://user@scan.example.org:3310"),
        ("VIRUS_SCANNER", "http://scan.example.org:3310"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line_without_secrets(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        settings(**{variable: value})
    said = str(raised.value)
    assert said.startswith(f"{variable}: ")
    assert "\n" not in said
    assert "hunter2" not in said


@pytest.mark.parametrize("env", [{"SMTP_USER": "panel"}, {"SMTP_PASSWORD": "pw"}])
def test_a_mail_account_needs_both_name_and_password(env: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"^SMTP_USER: "):
        settings(**env)


def test_a_mail_server_needs_a_sender() -> None:
    with pytest.raises(SettingsError, match=r"^SMTP_FROM: "):
        settings(SMTP_HOST="mail.example.org")


@pytest.mark.parametrize(
    ("url", "secure"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("http://[::1]:8000", False),
        ("https://localhost", True),
        ("https://panel.example.org", True),
        ("HTTPS://panel.example.org", True),
    ],
)
def test_cookies_are_secure_everywhere_but_on_ones_own_machine(url: str, secure: bool) -> None:
    assert settings(BASE_URL=url).secure_cookies is secure


def test_printing_the_settings_shows_no_secret() -> None:
    shown = repr(
        settings(SMTP_USER="panel", SMTP_PASSWORD="hunter2", DATABASE_URL="postgres://u:hunter2@h/d")
    )
    assert SECRET not in shown
    assert "hunter2" not in shown


def test_a_demonstration_makes_its_secret_once_for_its_owner_only(tmp_path: Path) -> None:
    env = {"PANEL_DEMO": "1", "DATA_DIR": str(tmp_path / "var")}
    first = Settings.from_environment(env).secret_key
    assert len(first) >= 32
    assert Settings.from_environment(env).secret_key == first
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_two_demonstrations_have_different_secrets(tmp_path: Path) -> None:
    assert demo_secret(tmp_path / "one") != demo_secret(tmp_path / "other")


def test_workers_that_start_together_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: demo_secret(tmp_path / "var"), range(64)))) == 1


def test_a_worker_that_comes_second_takes_the_secret_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret_key").write_text(SECRET)
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert demo_secret(tmp_path) == SECRET
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_others_could_read_is_closed(tmp_path: Path) -> None:
    kept = tmp_path / "secret_key"
    kept.write_text(SECRET)
    kept.chmod(0o644)
    assert demo_secret(tmp_path) == SECRET
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_damaged_or_unwritable_secret_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(SettingsError, match=r"^SECRET_KEY: .*delete it"):
        demo_secret(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"^SECRET_KEY: set it"):
        demo_secret(tmp_path / "file" / "var")


def test_a_real_installation_never_makes_up_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^SECRET_KEY: set at least 32"):
        Settings.from_environment({"DATA_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["clamd:3310", "clamd://scan.example.org:3310", "clamd:///run/clamav/clamd.ctl", "[::1]:3310"]
)
def test_a_virus_scanner_is_named_by_its_host_or_by_its_socket(address: str) -> None:
    assert settings(VIRUS_SCANNER=address).virus_scanner == address
