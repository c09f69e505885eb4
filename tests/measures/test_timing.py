"""Rates, pauses and answers on made-up time codes, and on sounds of which everything is known."""

import runpy
from pathlib import Path

import pytest

from sdc.audio import Recording, sound_tracks
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse
from sdc.measures.sample import Sample, count_lines
from sdc.measures.timing import answers

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))

PAUSES = ("pauses_per_min", "pause_median", "long_pause_pct")
ANSWERS = ("response_latency_median", "overlap_pct")


def test_speech_rate(measured):
    rate = measured("CHI: a balloon . 0_1000", "CHI: big dog . 2000_2500", "CHI: xxx . 3000_9000", "CHI: dog .")
    rate = rate["speech_rate"]
    assert (rate.value, rate.n, rate.n_unit) == (pytest.approx(5 / 1.5), 5, "syllables")
    assert (rate.utterances, rate.reliability) == ((0, 1), "too_few")


def test_no_rate_without_times_or_english(measured, chat):
    from sdc.measures import analyse

    assert measured("CHI: dog .", "MOT: dog . 0_10")["speech_rate"].reason == "no time codes"
    spanish = chat("CHI: perro . 0_500", head="@UTF8\n@Begin\n@Languages:\tspa\n@Participants:\tCHI Target_Child\n")
    assert "English" in analyse(spanish).speakers["CHI"].measures["speech_rate"].reason


def test_no_rate_where_no_line_is_wholly_known(measured):
    found = measured("CHI: xxx dog . 0_500")["speech_rate"]
    assert found.value is None
    assert "syllables" in found.reason


def test_articulation_rate_keeps_silences_below_250_ms(measured, tracks):
    sound = tracks(10, [(0, 400), (649, 1000), (1250, 1750)])
    assert measured("CHI: a balloon . 0_2000", sound=sound)["articulation_rate"].value == pytest.approx(3 / 1.5)


def test_speech_rate_from_first_to_last_sound(measured, tracks):
    found = measured("CHI: a balloon . 0_2000", sound=tracks(5, [(300, 800), (1300, 1800)]))["speech_rate"]
    assert (found.value, [(s.start_ms, s.end_ms) for s in found.spans]) == (pytest.approx(3 / 1.5), [(300, 1800)])
    assert [p.step for p in found.provenance] == ["speech"]


def test_speech_rate_from_word_times(measured):
    lines = ("CHI: a balloon . 0_2000", "%wor: a \x15200_400\x15 balloon \x15600_1700\x15 .")
    assert measured(*lines)["speech_rate"].value == pytest.approx(3 / 1.5)
    lines = ("CHI: a balloon . 0_2000", "%wor: a balloon \x15600_1700\x15 .")
    assert measured(*lines)["speech_rate"].value == pytest.approx(3 / 2)


def test_articulation_rate_leaves_pauses_out(measured, tracks):
    sound = tracks(10, [(0, 400), (1000, 1600)])
    found = measured("CHI: a balloon . 0_2000", sound=sound)["articulation_rate"]
    assert (found.value, found.n) == (3.0, 3)
    assert [p.step for p in found.provenance] == ["speech"]


def test_pauses(measured, tracks):
    sound = tracks(60, [(0, 1000), (1199, 2000), (2200, 3000), (4200, 6000)])
    found = measured("CHI: it was big . 0_7000", sound=sound)
    assert found["pauses_per_min"].value == pytest.approx(2 / 6 * 60)
    assert found["pause_median"].value == pytest.approx((0.2 + 1.2) / 2)
    assert found["long_pause_pct"].value == 50.0
    assert {found[m].n for m in PAUSES} == {2}


def test_no_pause_has_no_length(measured, tracks):
    found = measured("CHI: dog . 0_1000", sound=tracks(5, [(0, 900)]))
    assert (found["pauses_per_min"].value, found["pauses_per_min"].n) == (0, 0)
    assert found["pause_median"].value is found["long_pause_pct"].value is None
    assert found["pause_median"].reason == "no pause of 200 ms or more"


def test_no_pauses_without_sound_or_alone(measured, tracks):
    assert {measured("CHI: dog . 0_1000")[m].reason for m in PAUSES} == {"no recording"}
    lines = ("CHI: dog . 0_1000", "MOT: yes . 500_1500")
    reasons = {measured(*lines, sound=tracks(5, [(0, 900)]))[m].reason for m in (*PAUSES, "articulation_rate")}
    assert len(reasons) == 1
    assert "nobody else" in reasons.pop()


def test_phonation(measured, tracks):
    found = measured(
        "CHI: dog . 0_2000", "CHI: cat . 1500_4000", "MOT: yes . 3000_9000", sound=tracks(10, [(1000, 3500)])
    )
    assert (found["phonation_pct"].value, found["phonation_pct"].n) == (pytest.approx(25.0), 10)
    assert [(s.start_ms, s.end_ms) for s in found["phonation_pct"].spans] == [(1000, 3500)]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("CHI: dog . 0_100", "CHI: cat ."), "only 1 of 2 utterances have time codes"),
        (("CHI: &=laughs . 0_100",), "no utterance with speech and time codes"),
        (("CHI: dog ."), "no time codes"),
    ],
)
def test_no_phonation(measured, tracks, lines, reason):
    lines = (lines,) if isinstance(lines, str) else lines
    found = measured(*lines, sound=tracks(10))["phonation_pct"]
    assert (found.value, found.reason) == (None, reason)


def test_answers_are_signed(measured):
    found = measured(
        "MOT: what ? 0_1000", "CHI: dog . 1400_2000",
        "MOT: where ? 2500_3000", "CHI: there . 2900_3500",
        "MOT: there ? 3800_4000", "CHI: yes . 4100_4200",
        "MOT: oh ? 4500_4600", "CHI: late . 9700_9900",
    )  # fmt: skip
    latency = found["response_latency_median"]
    assert (latency.value, latency.n, latency.utterances) == (0.1, 3, (1, 3, 5))
    assert found["overlap_pct"].value == pytest.approx(100 / 3)


def test_barely_overlapping_is_no_overlap(measured):
    assert measured("MOT: what ? 0_1000", "CHI: dog . 950_2000")["overlap_pct"].value == 0


def test_answer_to_the_mother_is_not_the_childs(measured):
    found = measured("CHI: dog . 0_1000", "MOT: yes . 1200_1500")["response_latency_median"]
    assert (found.value, found.reason) == (None, "no answer with time codes")


def test_contiguous_time_codes_tell_no_answers(measured):
    lines = ("MOT: what ? 0_1000", "CHI: dog . 1000_2000", "MOT: oh . 2000_2200", "CHI: cat . 2300_2400")
    found = measured(*lines)
    assert {found[m].value for m in ANSWERS} == {None}
    assert "begin where the one before ends" in found["overlap_pct"].reason


def test_answers_on_the_recording(measured, tracks):
    """The mother's speech goes on 100 ms after her time code, the child's begins late in his."""
    sound = tracks(10, [(0, 1100), (1500, 1900)])
    found = measured("MOT: what ? 0_1000", "CHI: dog . 1000_2000", sound=sound)
    assert found["response_latency_median"].value == 0.4
    assert [(s.start_ms, s.end_ms) for s in found["response_latency_median"].spans] == [(1100, 1500)]
    assert [p.step for p in found["response_latency_median"].provenance] == ["speech"]
    # Who speaks at the cut is not heard, so whether voices overlap is not told.
    assert found["overlap_pct"].value is None
    assert "begin where the one before ends" in found["overlap_pct"].reason


def test_what_is_heard_beyond_an_overlap_is_the_others_voice(measured, tracks):
    found = measured("MOT: what ? 0_1000", "CHI: dog . 600_1150", sound=tracks(10, [(0, 1150)]))
    assert found["response_latency_median"].value == -0.4


def test_a_cut_through_speech_tells_no_answer(measured, tracks):
    found = measured("MOT: what ? 0_1000", "CHI: dog . 1000_2000", sound=tracks(10, [(0, 2000)]))
    assert found["response_latency_median"].value is None


def test_answers_keep_their_time_codes_where_no_speech_is_heard(measured, tracks):
    found = measured("MOT: what ? 0_1000", "CHI: dog . 1300_2000", sound=tracks(10, [(0, 900)]))
    assert found["response_latency_median"].value == 0.4


@pytest.fixture(scope="module")
def dialogue():
    truth = SUITE["dialogue_truth"]()
    heard = truth.heard(snr_db=20)
    return truth, sound_tracks(Recording(heard, heard.size / 16000))


def latencies_ms(dialogue, how):
    truth, sound = dialogue
    session = read_chat(SUITE["transcript"](truth, how), source="truth.cha")
    found = answers(Sample(session, "CHI", count_lines(session), sound))
    return [answer.gap_ms for answer in found]


@pytest.mark.parametrize("how", ["exact", "loose", "cut"])
def test_planted_latencies(dialogue, how):
    """Where time codes are loose or missing, the recording tells silences from 200 ms on, and no overlaps."""
    least = -1000 if how == "exact" else 200
    planted = SUITE["GAPS_MS"]
    pairs = [p for p in zip(latencies_ms(dialogue, how), planted, strict=True) if p[1] >= least]
    assert len(pairs) == (20 if how == "exact" else 15)
    assert [p for p in pairs if abs(p[0] - p[1]) > 100] == []


def test_planted_rate_and_pauses(dialogue):
    truth, sound = dialogue
    child = [s for s in truth.said if s.speaker == "child"]
    planted = sum(s.syllables for s in child) / sum(s.end_ms - s.start_ms for s in child) * 1000
    session = read_chat(SUITE["transcript"](truth, "loose"), source="truth.cha")
    assert analyse(session, sound).speakers["CHI"].measures["speech_rate"].value == pytest.approx(planted, rel=0.05)
