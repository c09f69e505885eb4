"""`sdc erase`: asks for the name, removes, tells, and shows that nothing is left."""

import pytest
from typer.testing import CliRunner

from sdc.cli.main import app


@pytest.fixture
def mia(sdc, cha):
    assert sdc("add", cha(line="zebrafinch"), "--child", "Mia").exit_code == 0


def typed(text):
    return CliRunner().invoke(app, ["erase", "mia"], input=text)


def test_a_child_is_erased_when_its_name_is_typed(sdc, mia, tmp_path):
    done = typed("Mia\n")
    assert done.exit_code == 0
    assert "sessions" in done.stdout
    assert "Mia is erased" in done.stdout
    assert "No child here yet" in sdc("children").stdout
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not any(b"zebrafinch" in path.read_bytes() for path in files)
    assert sdc("erase", "Mia", "--yes").exit_code == 1


@pytest.mark.parametrize("text", ["mia\n", "\nMi\n"])
def test_nothing_is_erased_when_another_name_is_typed(sdc, mia, text):
    refused = typed(text)
    assert refused.exit_code == 1
    assert "erase.name" in refused.stderr
    assert "Mia" in sdc("children").stdout


def test_nobody_to_ask_means_nothing_is_erased(sdc, mia):
    assert typed("").exit_code == 1
    assert "Mia" in sdc("children").stdout


def test_a_name_in_another_childs_words_is_told(sdc, cha, mia):
    sdc("add", cha("other.cha", line="Mia plays"), "--child", "Bo")
    done = sdc("erase", "Mia", "--yes")
    assert done.exit_code == 0
    assert "for another child's sake" in done.stderr
    assert "Bo" in sdc("children").stdout


def test_it_can_be_done_again_by_the_id(sdc, mia):
    import json

    (child,) = json.loads(sdc("children", "--format", "json").stdout)["children"]
    assert sdc("erase", child["id"], "--yes").exit_code == 0
    assert sdc("erase", child["id"], "--yes").exit_code == 0
