"""Ages and participants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.session import Age, Participant


@pytest.mark.parametrize(
    ("text", "age", "months"),
    [
        ("1;06.00", Age(1, 6, 0), 18.0),
        ("2;03.", Age(2, 3), 27.0),
        ("4;", Age(4), 48.0),
        ("3;06.15", Age(3, 6, 15), 42 + 15 / 30.4375),
        ("42;11.3", Age(42, 11, 3), 515 + 3 / 30.4375),
    ],
)
def test_chat_ages(text, age, months):
    assert Age.from_chat(text) == age
    assert age.in_months == pytest.approx(months)


@pytest.mark.parametrize("text", ["", "3", "3.06", "3;6;1", "three", "3;06.00 or so"])
def test_what_is_no_age_is_none(text):
    assert Age.from_chat(text) is None


@given(st.integers(0, 99), st.none() | st.integers(0, 11), st.integers(0, 30))
def test_an_age_reads_back(years, months, days):
    age = Age(years, months, days if months is not None else None)
    assert Age.from_chat(str(age)) == age


def test_child_roles():
    assert Participant("CHI", "Target_Child").is_child
    assert Participant("CHI", "Child").is_child
    assert not Participant("MOT", "Mother").is_child
