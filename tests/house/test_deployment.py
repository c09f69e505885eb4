"""What lies in deploy/ fits SDC: settings, files, secrets and metrics that it names are there. No Docker is needed."""

import configparser
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
import yaml

from sdc.server.exposure import check_exposure
from sdc.settings import SETTINGS, Settings, read_settings
from sdc.store.master_key import read_master_key

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
KNOWN = {s.variable for s in SETTINGS} | {s.file_variable for s in SETTINGS if s.secret}
ONCE = {"mongo-setup", "s3-setup", "models"}
OURS = ("app", "worker")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The folder that make-secrets.sh fills."""
    folder = tmp_path_factory.mktemp("secrets") / "made"
    subprocess.run(["sh", DEPLOY / "make-secrets.sh", folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def instructions() -> list[tuple[str, str]]:
    """The Containerfile as (instruction, arguments), lines joined."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Containerfile").read_text(), flags=re.M).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def environment(service: dict, secrets: Path) -> dict[str, str]:
    """A service's settings, with ${…} and the folder of secrets filled in."""
    found = {name: re.sub(r"\$\{\w+:\?.*\}", "https://sdc.clinic.example", v) for name, v in service.items()}
    return {name: v.replace("/run/secrets", str(secrets)) for name, v in found.items() if name.startswith("SDC_")}


def image_environment(instructions: list[tuple[str, str]]) -> dict[str, str]:
    words = [word for name, rest in instructions if name == "ENV" for word in shlex.split(rest)]
    return dict(word.split("=", 1) for word in words)


def test_services_are_hardened_and_pinned(compose):
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert re.fullmatch(r".+:\d[\w.]*", service["image"]), name
        assert "latest" not in service["image"]
        assert (service["restart"] == "no") == (name in ONCE), name
        checked = "healthcheck" in service or name == "app"  # the image's own
        assert checked, name


def test_nothing_but_the_proxy_is_reached_from_outside(compose):
    services, networks = compose["services"], compose["networks"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert networks == {"outside": {}, "front": {"internal": True}, "stores": {"internal": True}}
    assert {name for name, s in services.items() if "outside" in s["networks"]} == {"proxy", "models"}
    assert {name for name, s in services.items() if {"proxy", "mongo"} <= set(s["networks"])} == set()
    models = services["models"]  # runs only when somebody asks for it, and knows no secret
    assert (models["profiles"], models["secrets"], models["environment"]) == (["models"], [], {})


def test_what_a_service_names_is_declared(compose):
    used = {"secrets": set(), "volumes": set()}
    for service in compose["services"].values():
        used["secrets"] |= set(service.get("secrets", ()))
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DEPLOY / source).is_file()
            else:
                used["volumes"].add(source)
        for other in service.get("depends_on", {}):
            assert other in compose["services"]
    assert used == {"secrets": set(compose["secrets"]), "volumes": set(compose["volumes"])}


def test_a_service_reads_only_secrets_that_it_is_given(compose):
    for name, service in compose["services"].items():
        texts = [*service.get("environment", {}).values(), *service.get("command", ())]
        if name == "mongo-setup":
            texts.append((DEPLOY / "mongo-setup.js").read_text().replace("${name}", "mongo-root-password"))
        read = {found for text in texts for found in re.findall(r"/run/secrets/([\w-]+)", text)}
        assert read <= set(service.get("secrets", ())), name


def test_the_secrets_are_made_once(compose, made):
    files = {secret: made / Path(spec["file"]).name for secret, spec in compose["secrets"].items()}
    before = {name: path.read_bytes() for name, path in files.items()}
    assert set(files) == {path.name for path in made.iterdir()}
    assert len(set(before.values())) == len(before)
    assert made.stat().st_mode & 0o077 == 0
    assert (made / "mongo-keyfile").stat().st_mode & 0o377 == 0, "mongod refuses it otherwise"
    subprocess.run(["sh", DEPLOY / "make-secrets.sh", made], check=True, capture_output=True)
    assert {name: path.read_bytes() for name, path in files.items()} == before
    identity = json.loads(before["s3-identities"])["identities"][0]
    pair = (before["s3-key-id"].decode(), before["s3-secret"].decode())
    assert tuple(identity["credentials"][0].values()) == pair
    assert before["mongo-sdc-password"].decode() in before["documents"].decode()


@pytest.mark.parametrize("name", OURS)
def test_sdc_can_read_its_settings_in_compose(compose, made, instructions, name):
    given = compose["services"][name]["environment"]
    assert {v for v in given if v.startswith("SDC_")} <= KNOWN
    settings = read_settings(image_environment(instructions) | environment(given, made))
    check_exposure(settings)
    assert settings.documents.startswith("mongodb://sdc:")
    assert settings.blobs.startswith("s3://")
    assert len(read_master_key(settings.master_key, settings.master_key_file) or b"") == 32
    assert settings.metrics_token
    assert settings.log_format == "json"
    bucket = settings.blobs.removeprefix("s3://").partition("/")[0]
    assert f"-name {bucket}'" in compose["services"]["s3-setup"]["entrypoint"][2]


def test_the_image_alone_refuses_to_serve(instructions):
    """Nobody gets a server in the open by leaving something out."""
    from sdc.errors import SettingsError

    with pytest.raises(SettingsError):
        check_exposure(read_settings(image_environment(instructions)))


def test_the_image_is_made_from_what_is_there(instructions):
    copied = [
        word for name, rest in instructions if name == "COPY" and "--from" not in rest for word in rest.split()[:-1]
    ]
    assert all((ROOT / path).exists() for path in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {"pyproject.toml", "hatch_build.py", "src", "web", project["readme"], *project["license-files"]}
    assert needed <= set(copied)
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert set(allowed) == set(copied)
    extras = next(rest for name, rest in instructions if name == "ARG" and rest.startswith("EXTRAS="))
    assert set(extras.partition("=")[2].split(",")) <= set(project["optional-dependencies"])


def test_the_image_runs_as_nobody_in_particular(instructions):
    words = dict(instructions)  # the last of each
    assert words["USER"] == "10001:10001"
    assert words["VOLUME"] == image_environment(instructions)["SDC_HOME"]
    assert (
        json.loads(words["ENTRYPOINT"])[0] in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    )
    last_stage = instructions[max(i for i, (name, _) in enumerate(instructions) if name == "FROM") :]
    assert not [rest for name, rest in last_stage if name == "RUN" and re.search(r"pip|gcc|build-essential|curl", rest)]


def test_the_healthcheck_asks_a_real_server(instructions, tmp_path):
    """The image's command, with its environment, and its HEALTHCHECK, run here."""
    check = json.loads(dict(instructions)["HEALTHCHECK"].partition("CMD")[2])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    kept = {name: v for name, v in os.environ.items() if not name.startswith("SDC_") or name.startswith("SDC_TEST_")}
    env = kept | {n: v for n, v in image_environment(instructions).items() if n.startswith("SDC_")}
    env |= {
        "SDC_HOME": str(tmp_path / "home"),
        "SDC_PORT": port,
        "SDC_HOST": "127.0.0.1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    env |= {"SDC_PUBLIC_URL": "https://sdc.clinic.example", "SDC_BEHIND_PROXY": "yes"}

    def is_healthy() -> bool:
        run = subprocess.run([sys.executable, *check[1:]], env=env, capture_output=True, check=False)
        return run.returncode == 0

    assert check[0] == "python"
    assert not is_healthy()
    command = [sys.executable, "-c", "from sdc.cli.main import app; app()", "serve"]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, env=env, stdout=log, stderr=log) as server:
        try:
            deadline = time.monotonic() + 60
            while not is_healthy():
                assert server.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.1)
        finally:
            server.terminate()
        assert server.wait(30) == 0


@pytest.fixture(scope="module")
def unit() -> list[tuple[str, str]]:
    lines = (DEPLOY / "sdc.service").read_text().splitlines()
    return [tuple(line.split("=", 1)) for line in lines if "=" in line and not line.startswith("#")]


def test_the_unit_is_hardened_and_its_settings_are_known(unit, tmp_path):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(DEPLOY / "sdc.service")
    assert parser.sections() == ["Unit", "Service", "Install"]
    service = dict(unit)
    assert service["NoNewPrivileges"] == service["ProtectHome"] == service["PrivateTmp"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert (service["CapabilityBoundingSet"], service["IPAddressDeny"], service["User"]) == ("", "any", "sdc")
    given = dict(word.split("=", 1) for name, rest in unit if name == "Environment" for word in rest.split())
    credentials = [rest.split(":")[0] for name, rest in unit if name == "LoadCredential"]
    for name in credentials:
        (tmp_path / name).write_text("x")
    assert {v.removeprefix("%d/") for v in given.values() if v.startswith("%d/")} == set(credentials)
    lines = [line for line in (DEPLOY / "sdc.env").read_text().splitlines() if line and not line.startswith("#")]
    env = given | dict(line.split("=", 1) for line in lines)
    env = {n: v.replace("%d", str(tmp_path)) for n, v in env.items() if n.startswith("SDC_")}
    settings = read_settings(env)
    check_exposure(settings)
    start = next(rest for name, rest in unit if name == "ExecStartPost")
    assert start.endswith(f"http://127.0.0.1:{settings.port}/readyz")
    assert dict(unit)["StateDirectory"] == settings.home.name


def test_the_proxy_keeps_machines_routes_and_takes_the_largest_upload():
    from sdc.server.probes import QUIET

    text = (DEPLOY / "Caddyfile").read_text()
    assert set(re.search(r"@machines path (.+)", text)[1].split()) == QUIET
    assert int(re.search(r"max_size (\d+)MB", text)[1]) * 1_000_000 >= Settings(home=Path()).max_upload_bytes
    assert "Strict-Transport-Security" in text


def test_the_alerts_ask_for_metrics_that_there_are(tmp_path):
    from sdc.server.metrics import Metrics
    from sdc.server.readiness import QUEUE, Readiness
    from sdc.store.jobs import Queue

    metrics = Metrics(Readiness({"documents": lambda: None, QUEUE: lambda: Queue({"done": 1}, 0.0)}), tmp_path)
    metrics.requests.labels("GET", "/", "200").inc()
    metrics.seconds.labels("GET", "/").observe(1)
    metrics.runs.labels("done").inc()
    there = set(re.findall(r"^(sdc_\w+)", metrics.text().decode(), re.M))
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"\bsdc_\w+", rule["expr"])}
    assert asked <= there
    assert len(rules) >= 6
    assert all(rule["annotations"].keys() == {"summary", "do"} for rule in rules)
