"""The API's description."""

import json

import pytest

from sdc.server.openapi import main, openapi_text


def test_the_description_is_stable_and_written(tmp_path):
    assert openapi_text() == openapi_text()
    assert main([str(tmp_path / "a" / "openapi.json")]) == 0
    assert (tmp_path / "a" / "openapi.json").read_text() == openapi_text()


@pytest.mark.parametrize(("word", "status"), [("--help", 0), ("--frobnicate", 2)])
def test_an_option_is_no_file(tmp_path, monkeypatch, capsys, word, status):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([word])
    assert ended.value.code == status
    said = capsys.readouterr()
    assert "usage: python -m sdc.server.openapi" in said.out + said.err
    assert list(tmp_path.iterdir()) == []


def test_names_are_those_of_the_functions_and_problems_are_described():
    described = json.loads(openapi_text())
    operations = [o for methods in described["paths"].values() for o in methods.values()]
    names = [o["operationId"] for o in operations]
    assert len(set(names)) == len(names)
    assert {"list_children", "put_upload", "follow_job_events", "sign_in", "list_teams"} <= set(names)
    assert "HTTPValidationError" not in json.dumps(described)
    for operation in operations:
        assert operation["responses"]["401"], operation["operationId"]
        assert operation["summary"]
