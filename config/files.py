"""Where the bytes of papers are kept and what seals signed copies, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from config.errors import SettingsError

DATABASE = "database"
AWS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_STORE_REMEDY = "FILE_STORE: set it to database, or to s3://bucket or s3://bucket/prefix"


@dataclass(frozen=True)
class FileSettings:
    """The store of files and the certificate of the seal; an empty `bucket` means: in the database.

    Without `certificate` and `demo_dir` signed copies are kept unsealed, and the page says so.
    """

    bucket: str = ""
    prefix: str = ""
    endpoint_url: str = ""
    region: str = "eu-west-2"
    access_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    certificate: str = ""
    password: str = field(default="", repr=False)
    demo_dir: Path | None = None


def file_settings(env: Mapping[str, str], demo_dir: Path | None) -> FileSettings:
    """Reads the settings of files; `demo_dir` is where a demonstration keeps its own certificate."""
    bucket, prefix = _store(env.get("FILE_STORE", "").strip() or DATABASE)
    endpoint = env.get("S3_ENDPOINT_URL", "").strip().rstrip("/")
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        raise SettingsError("S3_ENDPOINT_URL: start it with https:// (or http:// on this machine)")
    keys = [env.get(name, "").strip() for name in AWS]
    if any(keys) and not all(keys):
        raise SettingsError(f"{AWS[0]}: set {AWS[0]} and {AWS[1]} both, or neither")
    return FileSettings(
        bucket=bucket,
        prefix=prefix,
        endpoint_url=endpoint,
        region=env.get("AWS_DEFAULT_REGION", "").strip() or FileSettings.region,
        access_key=keys[0],
        secret_key=keys[1],
        certificate=_certificate(env.get("SEAL_CERTIFICATE", "").strip()),
        password=env.get("SEAL_PASSWORD", ""),
        demo_dir=demo_dir,
    )


def _store(given: str) -> tuple[str, str]:
    if given == DATABASE:
        return "", ""
    parts = urlsplit(given)
    if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(_STORE_REMEDY)
    return parts.netloc, parts.path.strip("/")


def _certificate(path: str) -> str:
    if path and not Path(path).is_file():
        raise SettingsError(
            "SEAL_CERTIFICATE: set the path of a PKCS#12 file (.p12 or .pfx) that this service can read,"
            " or leave it empty to keep signed copies unsealed"
        )
    return path
