"""Counted measures in words: by length, each figure with its evidence."""

import pytest

from sdc.companion import ask
from sdc.companion.over_time import progress_sentences
from sdc.progress import place, progress


@pytest.fixture
def line(point):
    def make(*found):
        return [point(f"s{d}", f"2026-03-{2 + 7 * d:02d}", td_total=pair) for d, pair in enumerate(found)]

    return make


def test_two_sessions(line):
    answer = ask("How has td_total changed from week 1 to week 2?", line((4.0, 400), (80.0, 400)))
    assert (answer.verdict, answer.measure) == ("increase", "td_total")
    assert "By length that is 1.00, then 20.00 for each 100 words." in answer.answer
    assert "the difference of 19.00 for each 100 words is larger than the" in answer.answer
    names = {e.measure: e.value for e in answer.evidence}
    assert (names["td_total.per"], names["td_total.change"]) == (100, 19)


def test_longer_recordings_are_no_increase(line):
    answer = ask("How has td_total changed from week 1 to week 2?", line((20.0, 400), (60.0, 1200)))
    assert answer.verdict == "no_clear_change"
    assert "By length that is 5.00, then 5.00 for each 100 words." in answer.answer


def test_many_sessions(line):
    sessions = line(*((10.0 * k, 400) for k in range(1, 5)))
    (found,) = progress(sessions, ["td_total"], chosen=["td_total"])
    told = " ".join(progress_sentences(found, place(sessions)))
    assert "for each 100 words" in told
    assert ask("How has td_total changed?", sessions).verdict == found.verdict


def test_a_trend_is_told_by_length(point):
    sessions = [point(f"s{d}", f"2026-03-{1 + 4 * d:02d}", td_total=(10.0 * (d + 1), 400)) for d in range(7)]
    (found,) = progress(sessions, ["td_total"], chosen=["td_total"])
    told = progress_sentences(found, place(sessions))
    assert found.verdict == "increase"
    assert "for each 100 words a month" in told[0]
