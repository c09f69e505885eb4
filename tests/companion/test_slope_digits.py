"""A slope a month is small beside its measure's values: it is told with digits enough not to read as 0."""

import re

import pytest

from sdc.companion.over_time import progress_sentences
from sdc.progress import place, progress


@pytest.fixture
def told(point):
    """Return the sentence about seven recordings, 12 weeks apart."""

    def told(measure_id, *values):
        days = [f"{2020 + k // 4}-{1 + 3 * (k % 4):02d}-01" for k in range(len(values))]
        line = [
            point(f"s{k}", day, **{measure_id: (v, 400)}) for k, (day, v) in enumerate(zip(days, values, strict=True))
        ]
        (found,) = progress(line, [measure_id], chosen=[measure_id])
        return found, progress_sentences(found, place(line))[0]

    return told


def figures(sentence):
    return re.search(r"by (\S+) .* a month \(between (\S+) and (\S+)\)", sentence).groups()


def test_a_slow_rise_of_a_count_is_no_rise_by_0(told):
    found, sentence = told("ndw_100", 40, 41, 42, 43, 44, 45, 46)
    assert found.verdict == "increase"
    assert figures(sentence) == ("0.33", "0.33", "0.33")


def test_a_slow_fall_shows_its_ends_without_sign(told):
    found, sentence = told("ndw_100", 46, 45, 44.2, 43, 42, 40.9, 40)
    assert found.verdict == "decrease"
    slope, low, high = map(float, figures(sentence))
    assert 0 < low <= slope <= high < 1


def test_what_shows_with_the_measures_own_decimals_gets_no_more(told):
    _, sentence = told("mlu_words", 2.0, 3.5, 5.0, 6.5, 8.0, 9.5, 11.0)
    assert figures(sentence) == ("0.50", "0.50", "0.50")


def test_an_interval_about_0_shows_both_its_ends(told):
    found, sentence = told("ndw_100", 40, 41, 40, 42, 41, 40, 41)
    assert found.verdict == "no_clear_change"
    low, high = re.search(r"between (\S+) and (\S+) a month", sentence).groups()
    assert low.startswith("−0.")
    assert float(high) > 0
