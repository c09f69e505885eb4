"""Blobs in a bucket of S3, or of any service that speaks it.

What the service answers with 5xx, or does not answer, is tried again with growing pauses until
a stated time has passed; then it is one clear error, and nothing is half-written: a small blob
is one request, a large one is there only when all its parts have been put together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from sdc.errors import SettingsError, StoreError
from sdc.store.blobs import ObstoreBlobs, check_key

PART_BYTES = 8 << 20
"""A larger blob goes up in parts of this size; S3 takes at most 10,000 of them."""
PARTS_AT_ONCE = 2
CONNECT_S = 5
REQUEST_S = 60
RETRIES = 30
"""More than fit into any time that is waited: the time alone decides."""

_STATUS = re.compile(r"status code: (\d{3})")
_REASON = re.compile(r"<Code>(\w+)</Code>")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the blobs lie and who asks.

    Attributes
    ----------
    name : str
    prefix : str
        Before every key; may be empty.
    endpoint : str
        Address of the service; empty for AWS.
    region, key_id, secret : str
        Empty: the standard AWS variables.
    """

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret: str = field(default="", repr=False)


def parse_bucket(url: str) -> tuple[str, str]:
    """Return bucket and prefix of ``s3://bucket/prefix``; ``SettingsError`` when it is none."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(f"SDC_BLOBS={url!r} names no bucket.", hint="Write it as s3://bucket/prefix.")
    return parts.netloc, parts.path.strip("/")


def bucket_at(url: str, endpoint: str = "", region: str = "", key_id: str = "", secret: str = "") -> Bucket:
    """Return the bucket of ``s3://bucket/prefix`` with who asks."""
    return Bucket(*parse_bucket(url), endpoint, region, key_id, secret)


class S3Blobs(ObstoreBlobs):
    """Blobs in a bucket.

    Parameters
    ----------
    bucket : Bucket
    wait_s : float
        For so long a request is tried again.
    """

    def __init__(self, bucket: Bucket, *, wait_s: float = 20.0) -> None:
        from obstore.store import S3Store

        # What is not given, obstore takes from the standard AWS variables.
        given: dict[str, Any] = {
            "prefix": bucket.prefix,
            "endpoint": bucket.endpoint,
            "region": bucket.region,
            "access_key_id": bucket.key_id,
            "secret_access_key": bucket.secret,
        }
        store = S3Store(
            bucket.name,
            **{name: value for name, value in given.items() if value},
            client_options={
                "allow_http": bucket.endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=CONNECT_S),
                "timeout": timedelta(seconds=REQUEST_S),
            },
            retry_config={
                "max_retries": RETRIES,
                "retry_timeout": timedelta(seconds=wait_s),
                "backoff": {
                    "init_backoff": timedelta(seconds=0.1),
                    "max_backoff": timedelta(seconds=5),
                    "base": 2,
                },
            },
        )
        super().__init__(store, f"The bucket {bucket.name}")
        self._wait_s = wait_s

    def put_file(self, key: str, path: Path) -> bool:
        """Store a file; one of several parts only where there is none yet.

        Two writers of the same large blob at the same moment both write it, one after the
        other; the key says that the content is the same.
        """
        if path.stat().st_size <= PART_BYTES:
            return self.put_bytes(key, path.read_bytes())
        if self.size(key) is not None:
            return False
        import obstore

        try:
            obstore.put(self._store, key, path, chunk_size=PART_BYTES, max_concurrency=PARTS_AT_ONCE)
        except (obstore.exceptions.BaseError, OSError) as error:
            self._refused(error)
        return True

    def put_bytes(self, key: str, data: bytes) -> bool:
        """Store bytes in one request that fails where the key is there already."""
        import obstore

        try:
            obstore.put(self._store, check_key(key), data, mode="create", use_multipart=False)
        except obstore.exceptions.AlreadyExistsError:
            return False
        except (obstore.exceptions.BaseError, OSError) as error:
            self._refused(error)
        return True

    def presigned(self, key: str, expires_s: int) -> str | None:
        """Return an address that gives the blob out for ``expires_s`` seconds, and nothing else."""
        import obstore
        from obstore.store import S3Store

        assert isinstance(self._store, S3Store)
        return obstore.sign(self._store, "GET", check_key(key), timedelta(seconds=expires_s))

    def check(self) -> None:
        """Ask whether the bucket can be read; ``StoreError`` when it cannot."""
        import obstore

        try:
            for _ in obstore.list(self._store, chunk_size=1):
                return
        except (obstore.exceptions.BaseError, OSError) as error:
            self._refused(error)

    def _missing(self, key: str) -> NoReturn:
        self.check()  # a bucket that is gone says of every blob that it is missing
        super()._missing(key)

    def _refused(self, error: Exception) -> NoReturn:
        """Raise what a person can do something about; obstore has one class for most of it."""
        text = str(error)
        status, reason = _STATUS.search(text), _REASON.search(text)
        if reason is not None and reason[1] == "NoSuchBucket":
            self._tell(error, "store.no-bucket", "does not exist", "Make it, or correct SDC_BLOBS.")
        if status is not None and status[1] in ("401", "403"):
            hint = "Check SDC_S3_KEY_ID and SDC_S3_SECRET, and what this key may do."
            self._tell(error, "store.denied", f"refuses the key ({reason[1] if reason else 'no reason given'})", hint)
        if status is not None and status[1].startswith("4"):
            what = f"refuses the request ({reason[1] if reason else status[1]})"
            self._tell(error, "store.blob", what, "Check SDC_S3_REGION and the rules of the bucket.")
        what = f"answers with {status[1]}" if status else "does not answer"
        hint = "Check SDC_S3_ENDPOINT and the network, then try again; nothing was half-written."
        self._tell(error, "store.unreachable", f"{what}, tried for {self._wait_s:.0f} s", hint)

    def _tell(self, error: Exception, code: str, what: str, hint: str) -> NoReturn:
        raise StoreError(f"{self._place} {what}.", code=code, hint=hint) from error
