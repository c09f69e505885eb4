"""`sdc remeasure`."""

from dataclasses import replace

from sdc.measures import REGISTRY


def test_what_was_measured_by_older_rules_is_measured_anew(sdc, cha, monkeypatch):
    sdc("add", cha("one.cha"), cha("two.cha", date="09-MAR-2026"), "--child", "Mia")
    sdc("add", cha("noa.cha"), "--child", "Noa")
    assert sdc("remeasure").stdout == "Every session was measured by the rules of now.\n"
    monkeypatch.setitem(REGISTRY, "mlu_words", replace(REGISTRY["mlu_words"], version=2))
    told = sdc("remeasure", "mia").stdout
    assert "2 sessions measured anew." in told
    assert told.count("mlu_words.v1") == 2
    assert "noa.cha" not in told
    assert "1 session measured anew." in sdc("remeasure").stdout
    assert "3 sessions measured anew." in sdc("remeasure", "--all").stdout
    assert sdc("audit", "list", "--child", "Mia").stdout.count("session.remeasure") == 4


def test_a_child_that_is_not_there(sdc):
    result = sdc("remeasure", "Mia")
    assert (result.exit_code, "There is no child named Mia" in result.stderr) == (1, True)
