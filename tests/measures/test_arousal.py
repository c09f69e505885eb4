"""How often the voice stands out above the speaker's own middle."""

from dataclasses import replace

import numpy as np
import pytest

from sdc.measures.arousal import LITTLE

UTTERANCE_S = 2


def session(n):
    """Lines of the child, each two seconds long."""
    return [f"CHI: a dog . {2000 * i}_{2000 * i + 2000}" for i in range(n)]


@pytest.fixture
def bursts(heard):
    """Make a recording whose utterances of some numbers are higher (st), louder (dB) and brighter (dB)."""

    def make(n, high, st=0.0, db=0.0, hf=0.0, rise=None):
        chance = np.random.default_rng(0).normal(size=(n + 1, 3)) * (0.5, 0.7, 0.7)
        rise = rise or (lambda i: (st, db, hf) if i in high else (0, 0, 0))
        risen = np.array([rise(i) for i in range(n + 1)]) + chance

        def at(t):
            return risen[min(n, int(t / UTTERANCE_S))]

        return heard(
            UTTERANCE_S * n,
            f0=lambda t: 300 * 2 ** (at(t)[0] / 12),
            level=lambda t: -30 + at(t)[1],
            hf500=lambda t: 5 + at(t)[2],
            speech=[(0, 2000 * n)],
        )

    return make


def arousal(measured, n, sound):
    return measured(*session(n), sound=sound)["vocal_arousal"]


def test_a_voice_that_stays_as_it_is_does_not_stand_out(measured, bursts):
    found = arousal(measured, 20, bursts(20, ()))
    assert (found.value, found.unit, found.n, found.reliability) == (0.0, "%", 40, "ok")


@pytest.mark.parametrize("high", [(3,), (3, 8, 12, 17), (0, 1, 2, 3, 4, 5, 6, 7)])
def test_share_of_the_utterances_that_stand_out(measured, bursts, high):
    found = arousal(measured, 20, bursts(20, high, 6, 8, 6))
    assert found.value == pytest.approx(100 * len(high) / 20)
    assert found.utterances == tuple(range(20))
    assert [p.step for p in found.provenance] == ["voice quality", "pitch", "intensity"]


@pytest.mark.parametrize(
    ("st", "db", "hf", "share"), [(6, 8, 0, 20), (0, 8, 9, 20), (6, 0, 9, 20), (6, 0, 0, 0), (0, 8, 4, 0)]
)
def test_two_of_three_are_needed(measured, bursts, st, db, hf, share):
    assert arousal(measured, 20, bursts(20, (3, 8, 12, 17), st, db, hf)).value == share


def test_the_level_of_the_recording_does_not_matter(measured, bursts):
    sound = bursts(20, (3, 8), 6, 8, 6)
    soft = replace(sound, intensity=replace(sound.intensity, level_db=sound.intensity.level_db - 25))
    assert arousal(measured, 20, soft).value == arousal(measured, 20, sound).value == 10


@pytest.mark.parametrize(("n", "reliability"), [(10, "rough"), (14, "rough"), (15, "ok")])
def test_from_20_s_of_speech_on(measured, bursts, n, reliability):
    assert arousal(measured, n, bursts(n, ())).reliability == reliability


def test_below_20_s_there_is_none(measured, bursts):
    found = arousal(measured, 20, replace(bursts(20, (3,), 6, 8, 6), speech=bursts(9, ()).speech))
    assert (found.value, found.reason) == (None, LITTLE)


def test_a_few_long_utterances_have_no_middle(measured, bursts):
    found = measured("CHI: a dog . 0_30000", sound=bursts(20, ()))["vocal_arousal"]
    assert found.reason == "fewer than 10 utterances with voice where only this speaker speaks"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"snr_db": 9.0}, "9 dB above"), ({"clipped_share": 0.02}, "2.0% of"), ({"silent": True}, "only silence")],
)
def test_a_bad_recording_gives_the_reason(measured, bursts, change, words):
    sound = bursts(20, (3,), 6, 8, 6)
    found = arousal(measured, 20, replace(sound, quality=replace(sound.quality, **change)))
    assert found.value is None
    assert words in found.reason


def test_nobody_alone(measured, bursts):
    lines = [*session(20), "MOT: yes . 0_40000"]
    assert measured(*lines, sound=bursts(20, ()))["vocal_arousal"].reason.startswith("no stretch in which only")


def test_what_is_higher_and_brighter_but_softest_of_all_does_not_count(measured, bursts):
    def rise(i):
        return (10, 10, 10) if i < 9 else (6, -15, 6) if i == 9 else (0, 0, 0)

    sound = bursts(21, range(21), rise=rise)
    assert arousal(measured, 21, sound).value == pytest.approx(100 * 9 / 21)
