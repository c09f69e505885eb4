"""Blobs in S3: what goes wrong on the way there, and what is told."""

import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest

from fakes.s3_faults import Fault, FaultyProxy
from fakes.s3_server import KEY_ID, REGION, SECRET
from sdc.errors import NotFoundError, SettingsError, StoreError
from sdc.pipeline.doctor import Check, examine
from sdc.settings import Settings
from sdc.store.blobs import bytes_key
from sdc.store.s3 import Bucket, S3Blobs, parse_bucket

DATA = bytes(range(256)) * 40_000  # more than one part
KEY = bytes_key("c1", DATA)


@pytest.fixture
def bucket(s3) -> str:
    return s3.new_bucket()


@pytest.fixture
def direct(s3, bucket) -> S3Blobs:
    """The store, asked over a good connection."""
    return S3Blobs(Bucket(bucket, "p", s3.url, REGION, KEY_ID, SECRET))


@pytest.fixture
def proxy(s3):
    with FaultyProxy(s3.url).running() as proxy:
        yield proxy


@pytest.fixture
def blobs(proxy, bucket) -> S3Blobs:
    """The store, asked over a bad connection."""
    return S3Blobs(Bucket(bucket, "p", proxy.url, REGION, KEY_ID, SECRET), wait_s=0.5)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "visit.wav"
    path.write_bytes(DATA)
    return path


def code_of(call) -> str:
    with pytest.raises(StoreError) as caught:
        call()
    assert caught.value.hint
    return caught.value.code


def parts_left(s3, bucket: str) -> list:
    return s3.client().list_multipart_uploads(Bucket=bucket).get("Uploads", [])


@pytest.mark.parametrize(
    ("url", "found"),
    [("s3://b", ("b", "")), ("s3://b/", ("b", "")), ("s3://b/a/c/", ("b", "a/c"))],
)
def test_addresses(url, found):
    assert parse_bucket(url) == found


@pytest.mark.parametrize("url", ["s3://", "s3:///x", "gs://b", "b/x", "s3://b?x=1"])
def test_what_is_no_address(url):
    with pytest.raises(SettingsError):
        parse_bucket(url)


def test_the_doctor_asks_the_bucket(s3, bucket, tmp_path):
    def found(name: str) -> Check:
        settings = Settings(tmp_path, blobs=f"s3://{name}/p", s3_endpoint=s3.url, s3_key_id=KEY_ID, s3_secret=SECRET)
        return next(check for check in examine(settings) if check.name == "blobs")

    assert found(bucket).ok
    missing = found("sdc-not-there")
    assert (missing.ok, missing.needed) == (False, True)
    assert "does not exist" in missing.detail
    assert SECRET not in repr((found(bucket), missing))


def test_keys_lie_under_the_prefix(s3, bucket, direct):
    direct.put_bytes("c1/a", b"x")
    found = s3.client().list_objects_v2(Bucket=bucket)["Contents"]
    assert [entry["Key"] for entry in found] == ["p/c1/a"]
    s3.client().put_object(Bucket=bucket, Key="other/c1/b", Body=b"")
    assert list(direct.keys()) == ["c1/a"]


def test_a_presigned_address_gives_one_blob_out(direct):
    direct.put_bytes("c1/a", b"hello")
    url = direct.presigned("c1/a", 60)
    assert urllib.request.urlopen(url).read() == b"hello"


def test_a_presigned_address_is_signed_for_its_blob_and_its_time(direct):
    """Moto answers presigned addresses without looking at the signature; here it is looked at that there is one."""
    query = {key: parse_qs(urlsplit(direct.presigned(key, 60)).query) for key in ("c1/a", "c1/b")}
    assert query["c1/a"]["X-Amz-Expires"] == ["60"]
    assert query["c1/a"]["X-Amz-Signature"] != query["c1/b"]["X-Amz-Signature"]


def test_a_wrong_key_is_told(s3, bucket, path):
    with s3.checking_keys() as (key_id, secret):
        good = S3Blobs(Bucket(bucket, "p", s3.url, REGION, key_id, secret), wait_s=0.5)
        good.check()
        assert good.put_bytes("c1/a", b"x")
        for key in ((key_id, "wrong"), ("wrong", secret)):
            blobs = S3Blobs(Bucket(bucket, "p", s3.url, REGION, *key), wait_s=0.5)
            for call in (
                blobs.check,
                lambda blobs=blobs: blobs.get("c1/a"),
                lambda blobs=blobs: blobs.size("c1/a"),
                lambda blobs=blobs: blobs.get_range("c1/a", 0, 1),
                lambda blobs=blobs: blobs.put_bytes("c1/b", b"x"),
                lambda blobs=blobs: blobs.put_file("c1/b", path),
                lambda blobs=blobs: blobs.delete("c1/a"),
                lambda blobs=blobs: list(blobs.keys()),
            ):
                assert code_of(call) == "store.denied"
        assert list(good.keys()) == ["c1/a"]


def test_a_missing_bucket_is_told(s3, path):
    blobs = S3Blobs(Bucket("sdc-not-there", "p", s3.url, REGION, KEY_ID, SECRET), wait_s=0.5)
    for call in (
        blobs.check,
        lambda: blobs.get("c1/a"),
        lambda: blobs.get_range("c1/a", 0, 1),
        lambda: blobs.put_bytes("c1/a", b"x"),
        lambda: blobs.put_file("c1/a", path),
        lambda: list(blobs.keys()),
    ):
        assert code_of(call) == "store.no-bucket"


def test_a_service_that_is_not_there_is_told_after_the_stated_time():
    blobs = S3Blobs(Bucket("bucket", "", "http://127.0.0.1:1", REGION, KEY_ID, SECRET), wait_s=0.4)
    assert code_of(lambda: blobs.get("c1/a")) == "store.unreachable"
    assert code_of(lambda: blobs.put_bytes("c1/a", b"x")) == "store.unreachable"


def test_the_secret_is_not_shown():
    assert "hidden" not in repr(Bucket("b", secret="hidden"))


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST"])
def test_a_service_that_is_busy_for_a_moment_is_asked_again(proxy, blobs, direct, path, method):
    proxy.faults.extend([Fault("503", method)] * 2)
    assert blobs.put_file(KEY, path)
    assert blobs.put_bytes("c1/small", b"x")
    assert blobs.get(KEY) == DATA
    assert not proxy.faults
    assert direct.get(KEY) == DATA


def test_a_service_that_stays_busy_is_told_and_nothing_is_half_written(proxy, blobs, direct, path):
    direct.put_bytes("c1/a", b"x")
    proxy.always = Fault("503")
    for call in (
        lambda: blobs.get("c1/a"),
        lambda: blobs.put_bytes("c1/b", b"x"),
        lambda: blobs.put_file(KEY, path),
        lambda: list(blobs.keys()),
    ):
        assert code_of(call) == "store.unreachable"
    proxy.always = None
    assert list(blobs.keys()) == ["c1/a"]
    assert blobs.put_file(KEY, path)


@pytest.mark.parametrize("after", [0, 1, 100_000])
def test_a_connection_lost_while_sending(proxy, blobs, direct, path, after):
    proxy.faults.append(Fault("cut request", "PUT", after))
    assert blobs.put_file(KEY, path)
    proxy.faults.append(Fault("cut request", "PUT", after))
    assert blobs.put_bytes("c1/small", DATA[:200_000])
    assert not proxy.faults
    assert direct.get(KEY) == DATA
    assert direct.get("c1/small") == DATA[:200_000]


def test_a_connection_that_is_always_lost_while_sending(s3, bucket, proxy, blobs, direct, path):
    proxy.always = Fault("cut request", "PUT", 1000)
    assert code_of(lambda: blobs.put_file(KEY, path)) == "store.unreachable"
    assert code_of(lambda: blobs.put_bytes(KEY, DATA)) == "store.unreachable"
    assert list(direct.keys()) == []
    assert parts_left(s3, bucket) == []
    proxy.always = None
    assert blobs.put_file(KEY, path)
    assert direct.get(KEY) == DATA


@pytest.mark.parametrize("after", [0, 1, 100_000])
def test_a_connection_lost_while_reading(proxy, blobs, direct, after):
    direct.put_bytes(KEY, DATA)
    proxy.faults.append(Fault("cut answer", "GET", after))
    assert blobs.get(KEY) == DATA
    proxy.faults.append(Fault("cut answer", "GET", after))
    assert blobs.get_range(KEY, 5, 500_000) == DATA[5:500_005]
    assert not proxy.faults


def test_a_connection_that_is_always_lost_while_reading_gives_no_part_for_the_whole(proxy, blobs, direct):
    direct.put_bytes(KEY, DATA)
    proxy.always = Fault("cut answer", "GET", 1000)
    assert code_of(lambda: blobs.get(KEY)) == "store.unreachable"
    assert code_of(lambda: blobs.get_range(KEY, 0, 500_000)) == "store.unreachable"


def test_a_blob_that_is_not_there_is_not_a_bucket_that_is_not_there(blobs):
    with pytest.raises(NotFoundError):
        blobs.get("c1/a")
