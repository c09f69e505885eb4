"""Consents: versions, denied by default, nothing overwritten."""

import pytest

from sdc.errors import ConsentError, InputError, StoreError
from sdc.store.consents import BY_ADDING, Consents, Purpose, wording


@pytest.fixture
def consents(documents) -> Consents:
    return Consents(documents)


@pytest.mark.parametrize("purpose", Purpose)
def test_everything_is_denied_by_default(consents, purpose):
    assert not consents.allows("c1", purpose)
    with pytest.raises(ConsentError, match="no consent is recorded") as caught:
        consents.require("c1", purpose)
    assert caught.value.code == "consent.missing"
    assert "sdc's" not in str(caught.value)  # a name keeps its capitals
    assert purpose.value in caught.value.hint


def test_the_newest_version_decides_and_the_earlier_ones_stay(consents):
    consents.grant("c1", Purpose.TRAINING, by="Ms  Ruiz,\n mother")
    consents.require("c1", Purpose.TRAINING)
    consents.withdraw("c1", Purpose.TRAINING, by="Ms Ruiz, mother")
    with pytest.raises(ConsentError, match="withdrawn") as caught:
        consents.require("c1", Purpose.TRAINING)
    assert caught.value.code == "consent.withdrawn"
    consents.grant("c1", Purpose.TRAINING, by="Ms Ruiz, mother")
    assert consents.allows("c1", Purpose.TRAINING)
    history = consents.history("c1")
    assert [(c.version, c.state, c.wording) for c in history] == [
        (1, "granted", 2),
        (2, "withdrawn", 2),
        (3, "granted", 2),
    ]
    assert history[0].by == "Ms Ruiz, mother"


def test_one_childs_consent_is_nobody_elses_and_one_purpose_no_other(consents):
    consents.grant("c1", Purpose.TRAINING, by="a")
    assert not consents.allows("c2", Purpose.TRAINING)
    assert not consents.allows("c1", Purpose.RESEARCH_EXPORT)
    assert consents.history("c1", Purpose.RESEARCH_EXPORT) == []


def test_adding_a_recording_is_leave_only_where_nothing_was_said(consents):
    assert consents.note_recording("c1").by == BY_ADDING
    assert consents.note_recording("c1") is None
    consents.withdraw("c1", Purpose.STORE_RECORDING, by="a")
    assert consents.note_recording("c1") is None
    assert not consents.allows("c1", Purpose.STORE_RECORDING)


def test_ten_versions_and_more_stay_in_order(consents):
    for _ in range(6):
        consents.grant("c1", Purpose.TRAINING, by="a")
        consents.withdraw("c1", Purpose.TRAINING, by="a")
    assert consents.newest("c1", Purpose.TRAINING).version == 12
    assert not consents.allows("c1", Purpose.TRAINING)


@pytest.mark.parametrize(
    ("purpose", "days", "code"),
    [
        (Purpose.STORE_RECORDING, 0, "consent.retention"),
        (Purpose.STORE_RECORDING, 10**9, "consent.retention"),
        (Purpose.TRAINING, 30, "consent.retention"),
    ],
)
def test_a_rule_of_days_that_makes_no_sense(consents, purpose, days, code):
    with pytest.raises(InputError) as caught:
        consents.grant("c1", purpose, by="a", retention_days=days)
    assert caught.value.code == code
    assert consents.history("c1") == []


def test_a_rule_of_days(consents):
    assert consents.grant("c1", Purpose.STORE_RECORDING, by="a", retention_days=90).retention_days == 90
    assert consents.newest("c1", Purpose.STORE_RECORDING).retention_days == 90


@pytest.mark.parametrize("by", ["", "  ", "x" * 200, "a\x1bb"])
def test_it_must_be_written_down_who_said_so(consents, by):
    with pytest.raises(InputError, match="who said so"):
        consents.grant("c1", Purpose.TRAINING, by=by)


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_its_wording(purpose):
    words = wording(purpose)
    assert words == wording(purpose, words.version)
    assert len(words.title) < 70
    assert words.text.endswith(".")
    with pytest.raises(StoreError):
        wording(purpose, 99)
