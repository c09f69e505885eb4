"""Rates, pauses and answers on made-up time codes."""

import pytest

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


def test_articulation_rate_leaves_pauses_out(measured, tracks):
    sound = tracks(10, [(0, 400), (1000, 1600)])
    found = measured("CHI: a balloon . 0_2000", sound=sound)["articulation_rate"]
    assert (found.value, found.n) == (3.0, 3)
    assert [p.step for p in found.provenance] == ["speech"]


def test_pauses(measured, tracks):
    sound = tracks(60, [(0, 1000), (1249, 2000), (2250, 3000), (4200, 6000)])
    found = measured("CHI: it was big . 0_7000", sound=sound)
    assert found["pauses_per_min"].value == pytest.approx(2 / 6 * 60)
    assert found["pause_median"].value == pytest.approx((0.25 + 1.2) / 2)
    assert found["long_pause_pct"].value == 50.0
    assert {found[m].n for m in PAUSES} == {2}


def test_no_pause_has_no_length(measured, tracks):
    found = measured("CHI: dog . 0_1000", sound=tracks(5, [(0, 900)]))
    assert (found["pauses_per_min"].value, found["pauses_per_min"].n) == (0, 0)
    assert found["pause_median"].value is found["long_pause_pct"].value is None
    assert found["pause_median"].reason == "no pause of 250 ms or more"


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
