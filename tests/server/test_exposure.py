"""Where the server may listen, and HTTPS of its own."""

import datetime
import ipaddress
import ssl
import threading
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sdc.access import Role
from sdc.app import build_app
from sdc.errors import SettingsError
from sdc.server.exposure import check_exposure
from sdc.server.run import serve
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

HOME = Path("home")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[str, str]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(paths[0]), str(paths[1])


PUBLIC = "https://sdc.clinic.example"
TLS = {"tls_cert": "CERT", "tls_key": "KEY"}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"host": "localhost"},
        {"host": "::1"},
        {"accounts": True},
        {"host": "192.0.2.1", "accounts": True, **TLS},
        {"host": "0.0.0.0", "accounts": True, **TLS, "public_url": PUBLIC},
        {"host": "192.0.2.1", "accounts": True, "behind_proxy": True, "public_url": PUBLIC},
        {"accounts": True, "behind_proxy": True, "public_url": PUBLIC + ":8443/"},
        {**TLS},
    ],
)
def test_where_it_may_listen(settings, certificate):
    paths = dict(zip(("CERT", "KEY"), certificate, strict=True))
    check_exposure(Settings(home=HOME, **{k: paths.get(v, v) for k, v in settings.items()}))


@pytest.mark.parametrize(
    ("settings", "code", "says"),
    [
        ({"host": "192.0.2.1"}, "settings.exposure", "SDC_ACCOUNTS=yes"),
        ({"host": "192.0.2.1", **TLS}, "settings.exposure", "SDC_ACCOUNTS=yes"),
        ({"host": "0.0.0.0"}, "settings.exposure", "SDC_ACCOUNTS=yes"),
        ({"host": ""}, "settings.exposure", "SDC_ACCOUNTS=yes"),
        ({"host": "::"}, "settings.exposure", "SDC_ACCOUNTS=yes"),
        ({"host": "127.0.0.1.evil.example"}, "settings.exposure", "SDC_ACCOUNTS=yes"),
        ({"behind_proxy": True, "public_url": PUBLIC}, "settings.exposure", "SDC_ACCOUNTS=yes"),
        ({"host": "192.0.2.1", "accounts": True}, "settings.exposure", "SDC_TLS_CERT"),
        ({"host": "0.0.0.0", "accounts": True, **TLS}, "settings.public-url", "SDC_PUBLIC_URL"),
        ({"accounts": True, "behind_proxy": True}, "settings.public-url", "SDC_PUBLIC_URL"),
        ({"public_url": "sdc.clinic.example"}, "settings.public-url", "https://"),
        ({"public_url": "https://sdc.clinic.example/x"}, "settings.public-url", "https://"),
        ({"public_url": "https://[::1"}, "settings.public-url", "https://"),
        ({**TLS, "public_url": "http://sdc.clinic.example"}, "settings.public-url", "https://"),
        ({"tls_cert": "CERT"}, "settings.tls", "SDC_TLS_KEY"),
        ({"tls_cert": "CERT", "tls_key": "gone.pem"}, "settings.tls", "gone.pem"),
    ],
)
def test_where_it_may_not(settings, code, says, certificate):
    paths = dict(zip(("CERT", "KEY"), certificate, strict=True))
    with pytest.raises(SettingsError) as caught:
        check_exposure(Settings(home=HOME, **{k: paths.get(v, v) for k, v in settings.items()}))
    assert caught.value.code == code
    assert says in str(caught.value)


def test_https_of_its_own(tmp_path, certificate):
    """A real server over TLS: the certificate holds, the cookie is secure, plain HTTP gets nothing."""
    cert, key = certificate
    settings = Settings(home=tmp_path / "home", port=0, accounts=True, tls_cert=cert, tls_key=key)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        ann = app.accounts.add("ann", Role.THERAPIST)
        app.accounts.set_password(ann.id, "otter plum bicycle")
        ready, found = threading.Event(), {}

        def told(url: str, server) -> None:
            found.update(url=url, server=server)
            ready.set()

        thread = threading.Thread(target=run_stoppable, args=(app, told), daemon=True)
        thread.start()
        assert ready.wait(20)
        try:
            assert found["url"].startswith("https://127.0.0.1:")
            assert "token" not in found["url"]
            context = ssl.create_default_context(cafile=cert)
            with httpx.Client(base_url=found["url"], verify=context, headers={"X-SDC-Request": "1"}) as client:
                answer = client.post("/api/sign-in", json={"name": "ann", "password": "otter plum bicycle"})
                assert answer.headers["set-cookie"].startswith("__Host-sdc_session=")
                assert "Secure" in answer.headers["set-cookie"]
                assert client.get("/api/children").json()["items"] == []
            with httpx.Client() as plain, pytest.raises(httpx.HTTPError):
                plain.get(found["url"].replace("https:", "http:") + "api/health")
        finally:
            found["server"].should_exit = True
            thread.join(20)
        assert not thread.is_alive()


def run_stoppable(app, told) -> None:
    """Serve in a thread; hand over the server, so that the test can stop it."""
    from sdc.server import run

    servers = []

    class Stoppable(run.Announcing):
        def __init__(self, *arguments) -> None:
            super().__init__(*arguments)
            servers.append(self)

    real, run.Announcing = run.Announcing, Stoppable
    try:
        serve(app, on_ready=lambda url: told(url, servers[0]))
    finally:
        run.Announcing = real
