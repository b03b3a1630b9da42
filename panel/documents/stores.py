"""Where the bytes of papers lie: in the database, or in an S3-compatible bucket under their SHA-256.

Bytes go to a bucket before the transaction commits and are never overwritten: when the act fails, an object
remains that no row names. Nothing leads to it; `panel verify` names it, so that it can be removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.files import FileSettings

CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 10, 2
ALREADY_THERE = ("PreconditionFailed", "ConditionalRequestConflict")
GONE = ("NoSuchKey", "404")


class StoreUnreachable(Exception):
    """The file store does not answer, or refuses us; nothing of the act was kept."""


class Store(Protocol):
    """A place for bytes outside the database."""

    def put(self, digest: str, data: bytes) -> str:
        """Keep the bytes under their digest, once; the place where they lie. Raises `StoreUnreachable`."""

    def get(self, place: str) -> bytes | None:
        """The bytes that lie at a place, or None. Raises `StoreUnreachable`."""

    def places(self) -> Iterator[str]:
        """Every place at which something lies. Raises `StoreUnreachable`."""


class Bucket:
    """A bucket of an S3-compatible server."""

    def __init__(self, settings: FileSettings) -> None:
        self._settings = settings
        self._made: Any = None

    def put(self, digest: str, data: bytes) -> str:
        """Keep the bytes under their digest unless they are there; the place where they lie."""
        from botocore.exceptions import ClientError

        settings = self._settings
        key = f"{settings.prefix}/{digest}" if settings.prefix else digest
        place = f"s3://{settings.bucket}/{key}"
        try:
            self._client().put_object(Bucket=settings.bucket, Key=key, Body=data, IfNoneMatch="*")
        except ClientError as refused:
            if refused.response["Error"]["Code"] not in ALREADY_THERE:
                raise StoreUnreachable(_kind(refused)) from refused
            # A write that broke off may have left something else: only the same bytes count as kept.
            if self.get(place) != data:
                raise StoreUnreachable("another object lies in its place") from refused
        except Exception as trouble:
            raise StoreUnreachable(_kind(trouble)) from trouble
        return place

    def get(self, place: str) -> bytes | None:
        """The bytes at a place of the form s3://bucket/key, or None when nothing lies there."""
        from botocore.exceptions import ClientError

        bucket, _, key = place.removeprefix("s3://").partition("/")
        try:
            found: bytes = self._client().get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError as refused:
            if refused.response["Error"]["Code"] in GONE:
                return None
            raise StoreUnreachable(_kind(refused)) from refused
        except Exception as trouble:
            raise StoreUnreachable(_kind(trouble)) from trouble
        return found

    def places(self) -> Iterator[str]:
        """Every place of this installation in the bucket, as s3://bucket/key, a thousand at a time."""
        settings = self._settings
        start = f"{settings.prefix}/" if settings.prefix else ""
        try:
            pages = self._client().get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=settings.bucket, Prefix=start):
                for one in page.get("Contents", ()):
                    yield f"s3://{settings.bucket}/{one['Key']}"
        except Exception as trouble:
            raise StoreUnreachable(_kind(trouble)) from trouble

    def _client(self) -> Any:
        """The client, made on first use: the library is large, and the web worker starts without it."""
        if self._made is None:
            import boto3
            from botocore.config import Config

            settings = self._settings
            self._made = boto3.session.Session().client(
                "s3",
                endpoint_url=settings.endpoint_url or None,
                region_name=settings.region,
                aws_access_key_id=settings.access_key or None,
                aws_secret_access_key=settings.secret_key or None,
                config=Config(
                    connect_timeout=CONNECT_SECONDS,
                    read_timeout=READ_SECONDS,
                    retries={"total_max_attempts": TRIES, "mode": "standard"},
                    s3={"addressing_style": "path" if settings.endpoint_url else "auto"},
                ),
            )
        return self._made


def _kind(trouble: Exception) -> str:
    return type(trouble).__name__
