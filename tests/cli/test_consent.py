"""`sdc consent`, `sdc audit`, `sdc roster`, `sdc convert --deidentify`."""

import pytest

from sdc.settings import read_settings
from sdc.store.audit import AUDIT


@pytest.fixture
def mia(sdc, cha):
    assert sdc("add", cha(line="Tom Boston"), "--child", "Mia").exit_code == 0


def test_nothing_is_granted_before_somebody_says_so(sdc, mia):
    shown = sdc("consent", "mia").stdout
    assert shown.count("not granted") == 7


def test_grant_and_withdraw(sdc, mia):
    result = sdc("consent", "Mia", "--grant", "research_export", "--by", "mother, on paper")
    assert result.exit_code == 0
    assert "Recordings are never part of it" in result.stderr
    assert "mother, on paper" in result.stdout
    assert "withdrawn" in sdc("consent", "Mia", "--withdraw", "research_export", "--by", "mother").stdout
    lines = sdc("audit", "list", "--child", "Mia").stdout
    assert "consent.grant" in lines
    assert "consent.withdraw" in lines
    assert "mother" not in lines


def test_days_of_keeping(sdc, mia):
    options = ("consent", "Mia", "--by", "mother")
    assert "granted for 90 days" in sdc(*options, "--grant", "store_recording", "--retention-days", 90).stdout
    assert sdc(*options, "--grant", "training", "--retention-days", 90).exit_code == 1


def test_wrong_usage(sdc, mia):
    assert sdc("consent", "Mia", "--grant", "training").exit_code == 1  # nobody said so
    assert sdc("consent", "Mia", "--grant", "everything").exit_code == 2
    assert sdc("consent", "Mia", "--grant", "training", "--withdraw", "training", "--by", "a").exit_code == 2
    assert sdc("consent", "Tom").exit_code == 1


def test_what_was_added_is_written_down(sdc, mia):
    assert sdc("audit", "list").stdout.count("session.add") == 1


def test_the_audit_tells_damage(sdc, mia):
    from sdc.app import open_documents

    sdc("consent", "Mia", "--grant", "training", "--by", "mother")
    whole = sdc("audit", "verify")
    assert whole.exit_code == 0
    assert "whole" in whole.stdout
    documents = open_documents(read_settings())
    documents.find_one_and_update(AUDIT, {"_id": "000000000001"}, {"$set": {"actor": "nobody"}})
    documents.close()
    damaged = sdc("audit", "verify")
    assert damaged.exit_code == 1
    assert "Line 1 was changed. [audit.changed]" in damaged.stderr


def test_a_roster(sdc, mia):
    assert "Mia" in sdc("roster", "Mia").stdout
    suggested = sdc("roster", "Mia", "suggest").stdout
    assert "Boston" in suggested
    assert sdc("roster", "Mia", "add", "Boston", "New York", "--kind", "place").exit_code == 0
    assert "CityC" in sdc("roster", "Mia").stdout
    assert "Boston" not in sdc("roster", "Mia", "suggest").stdout
    assert sdc("roster", "Mia", "remove", "boston").exit_code == 0
    assert sdc("roster", "Mia", "remove", "boston").exit_code == 1
    assert "Boston" not in sdc("roster", "Mia").stdout


def test_a_transcript_without_names(sdc, mia, cha, tmp_path):
    sdc("roster", "Mia", "add", "Tom", "Boston")
    target = tmp_path / "out.cha"
    path = cha(line="Mia saw Tom in Boston")
    assert sdc("convert", path, "--deidentify", "Mia", "-o", target).exit_code == 0
    written = target.read_text()
    assert not any(name in written for name in ("Mia", "Tom", "Boston", "02-MAR-2026", "visit"))
    assert "2;06." in written
    again = tmp_path / "again.cha"
    sdc("convert", path, "--deidentify", "Mia", "-o", again)
    assert again.read_text() == written
