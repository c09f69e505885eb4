"""A fake S3: moto's server on loopback, which speaks the real protocol and can check signatures.

``python tests/fakes/s3_server.py`` runs it by itself and prints its address.
"""

from __future__ import annotations

import itertools
import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REGION = "us-east-1"
KEY_ID, SECRET = "test-key", "test-secret"
EVERYTHING = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'


class FakeS3:
    """The server, and what a test does beside SDC.

    Attributes
    ----------
    url : str
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = itertools.count(1)

    def client(self, service: str = "s3") -> Any:
        """Return a client of boto3."""
        import boto3

        return boto3.client(
            service, endpoint_url=self.url, region_name=REGION, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET
        )

    def new_bucket(self) -> str:
        """Make an empty bucket and return its name."""
        name = f"sdc-test-{next(self._numbers)}"
        self.client().create_bucket(Bucket=name)
        return name

    def copy(self, bucket: str, old: str, new: str) -> None:
        """Copy all that lies under a prefix to another one."""
        client = self.client()
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{old}/")
        for key in [entry["Key"] for page in pages for entry in page.get("Contents", [])]:
            source = {"Bucket": bucket, "Key": key}
            client.copy_object(Bucket=bucket, Key=key.replace(old, new, 1), CopySource=source)

    def fill(self, bucket: str, keys: list[str]) -> None:
        """Put empty objects into a bucket, past the protocol: a thousand requests take long."""
        from moto.core import DEFAULT_ACCOUNT_ID
        from moto.s3.models import s3_backends

        for key in keys:
            s3_backends[DEFAULT_ACCOUNT_ID]["aws"].put_object(bucket, key, b"")

    @contextmanager
    def checking_keys(self) -> Iterator[tuple[str, str]]:
        """Refuse every key but one while the block lasts; lend that one's id and secret."""
        iam = self.client("iam")
        name = f"sdc-{next(self._numbers)}"
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=EVERYTHING)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        self._reset_auth(b"0")
        try:
            yield key["AccessKeyId"], key["SecretAccessKey"]
        finally:
            self._reset_auth(b"inf")

    def _reset_auth(self, after: bytes) -> None:
        headers = {"Content-Type": "text/plain"}
        request = urllib.request.Request(f"{self.url}/moto-api/reset-auth", after, headers, method="POST")
        urllib.request.urlopen(request).close()


@contextmanager
def fake_s3() -> Iterator[FakeS3]:
    """Serve while the block lasts."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield FakeS3(f"http://{host}:{port}")
    finally:
        server.stop()


if __name__ == "__main__":
    import threading

    with fake_s3() as server:
        print(server.url, flush=True)  # noqa: T201
        threading.Event().wait()
