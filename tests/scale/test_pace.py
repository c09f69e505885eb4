"""How fast, and how long yet."""

import pytest

from sdc.scale.pace import Pace, duration


def test_rate_and_time_left():
    now = [100.0]
    pace = Pace(1200, clock=lambda: now[0])
    assert (pace.rate, pace.left_s, pace.line()) == (None, None, "0 of about 1,200")
    now[0] += 10
    for number in range(300):
        pace.add(failed=number < 2)
    assert (pace.rate, pace.left_s) == (30.0, 30.0)
    assert pace.line() == "300 of about 1,200, 30.0 a second, 30 s left, 2 failed"


def test_more_than_were_expected():
    pace = Pace(0, clock=iter([0.0, 1.0, 2.0]).__next__)
    pace.add()
    assert (pace.total, pace.left_s) == (1, 0.0)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (59.6, "1 min 0 s"), (380, "6 min 20 s"), (3600, "1 h 0 min"), (11_100, "3 h 5 min")],
)
def test_durations(seconds, text):
    assert duration(seconds) == text
