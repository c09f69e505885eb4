import json
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from sdc.companion import ask, check_grounding, lint_wording
from sdc.errors import QuestionError
from sdc.session import Measure

FLUENCY = "How has Sarah's fluency changed from week 1 to week 5?"


def checked(question, history, child="Sarah", at_most=5):
    answer = ask(question, history, child=child)
    assert check_grounding(answer.claims, answer.evidence) == []
    assert lint_wording(answer.answer) == []
    assert answer.answer == " ".join(c.text for c in answer.claims)
    assert 1 <= len(answer.claims) <= at_most
    assert answer.question == question
    assert answer.engine == "rules"
    assert all(c.evidence for c in answer.claims)
    json.dumps(asdict(answer), allow_nan=False)
    return answer


def evidence_of(answer, **fields):
    return [e for e in answer.evidence if all(getattr(e, k) == v for k, v in fields.items())]


def test_the_question(weeks):
    answer = checked(FLUENCY, weeks)
    assert (answer.verdict, answer.measure) == ("decrease", "maze_words_pct")
    compared, values, verdict, more, quotes = [c.text for c in answer.claims]
    assert compared == "Compared: week 1 (2 March 2026) and week 5 (30 March 2026); there is no recording in week 3."
    assert values == (
        "Share of words in fillers, repetitions and revisions: "
        "22.0 % (200 words) in week 1; 3.0 % (220 words) in week 5."
    )
    assert "decrease: the difference of 19.0 percentage points is larger than the 8.0 percentage points" in verdict
    assert "the samples are small" in verdict
    assert "share of fillers 6.0 % (200 words), then 1.4 % (220 words)" in more
    assert "speech rate (syllables a second, pauses counted in) 2.1 (120 syllables), then 2.5" in more
    assert quotes == "In week 1 Sarah said “I want I want a red train”; in week 5 “well um we go home”."


def test_its_evidence(weeks):
    answer = checked(FLUENCY, weeks)
    (first,) = evidence_of(answer, session="w1", measure="maze_words_pct")
    assert (first.value, first.n, first.date) == (22.0, 200, "2026-03-02")
    (change,) = evidence_of(answer, measure="maze_words_pct.change")
    assert change.value == -19.0
    (error,) = evidence_of(answer, measure="maze_words_pct.mdc95")
    assert error.value == pytest.approx(8.01, abs=0.02)
    (empty,) = evidence_of(answer, measure="week", n=0)
    assert (empty.value, empty.session) == (3.0, "")
    quoted = [(e.session, e.utterances, e.quote) for e in answer.evidence if e.quote]
    assert quoted == [("w1", (1,), "I want I want a red train"), ("w5", (0,), "well um we go home")]
    assert [e.id for e in answer.evidence] == [f"e{i}" for i in range(1, len(answer.evidence) + 1)]


def test_mlu_that_is_not_distinguishable(weeks):
    answer = checked("How has her MLU changed from week 1 to week 2?", weeks)
    assert answer.verdict == "no_clear_change"
    assert "2.00 (40 utterances) in week 1; 2.20 (40 utterances) in week 2" in answer.answer
    assert "the difference of 0.20 words is within the 0.98 words" in answer.answer


def test_a_sample_that_is_too_small(weeks):
    answer = checked("How has the fluency changed from week 1 to week 4?", weeks)
    assert answer.verdict == "cannot_tell"
    assert "the smaller sample holds 90 words, and at least 100 are needed" in answer.answer
    assert "12.0 %" in answer.answer


def test_a_missing_week(weeks):
    answer = checked("How has the fluency changed from week 1 to week 3?", weeks)
    assert answer.verdict == "cannot_tell"
    absent, instead, values, verdict = [c.text for c in answer.claims]
    assert absent == "We cannot tell: there is no recording in week 3; there are recordings in weeks 1, 2, 4 and 5."
    assert instead == "The nearest recordings in that time: week 1 (2 March 2026) and week 2 (9 March 2026)."
    assert "in week 1;" in values and "in week 2." in values
    assert verdict.startswith("No clear change")


def test_a_missing_week_with_nothing_near(weeks):
    alone = checked("How has the fluency changed in week 3?", weeks)
    far = checked("How has the fluency changed from week 1 to week 9?", weeks)
    for answer in (alone, far):
        assert answer.verdict == "cannot_tell"
        assert len(answer.claims) == 1


def test_weeks_far_away(point):
    points = [point(f"s{i}", f"20{10 + i}-03-02", mlu_words=(2.0, 50)) for i in range(10)]
    answer = checked("MLU from week 1 to week 999", points)
    assert answer.answer == "We cannot tell: there is no recording in week 999."
    answer = checked("MLU from first to last", points)
    assert "weeks in between have no recording" in answer.answer
    assert answer.verdict == "no_clear_change"


def test_no_value_tells_why(weeks, point):
    answer = checked("Has her pitch changed since week 1?", weeks)
    assert (answer.verdict, answer.measure) == ("cannot_tell", "f0_median")
    assert "week 5 (30 March 2026) has no value." in answer.answer
    silent = replace(weeks[-1], measures={"f0_median": Measure("f0_median", None, "Hz", 0, "r", reason="no recording")})
    assert "has no value: no recording." in checked("Has her pitch changed since week 1?", [*weeks[:-1], silent]).answer


@pytest.mark.parametrize("reason", ["only 12 words were heard", "the child's speech is severe", "“quoted"])
def test_a_reason_that_does_not_pass_is_left_out(weeks, reason):
    silent = replace(weeks[-1], measures={"f0_median": Measure("f0_median", None, "Hz", 0, "r", reason=reason)})
    for question in ("Has her pitch changed since week 1?", "What is the pitch in week 5?"):
        answer = checked(question, [*weeks[:-1], silent])
        assert answer.verdict == "cannot_tell"
        assert reason not in answer.answer
        assert "has no value" in answer.answer


def test_a_measure_without_a_known_error_is_described(weeks, point):
    answer = checked("Has the speech rate changed from week 1 to week 5?", weeks)
    assert answer.verdict == "descriptive"
    assert "no change can be claimed" in answer.answer


def test_situations_differ(weeks):
    reading = replace(weeks[-1], context="book reading")
    answer = checked(FLUENCY, [*weeks[:-1], reading])
    assert answer.verdict == "cannot_tell"
    assert "the situations differ" in answer.answer


def test_a_recogniser_tells_nothing_about_hesitations(weeks):
    answer = checked(FLUENCY, [replace(p, recognised=True) for p in weeks])
    assert answer.verdict == "cannot_tell"
    assert "a recogniser wrote the words down" in answer.answer


def test_one_session(weeks):
    answer = checked("How has the fluency changed?", weeks[:1])
    assert answer.verdict == "cannot_tell"
    assert "a change needs another" in answer.answer


def test_no_session_at_all():
    answer = ask(FLUENCY, ())
    assert (answer.verdict, answer.evidence) == ("cannot_tell", ())
    assert "no recording" in answer.answer


def test_a_description(weeks):
    answer = checked("How was the vocabulary in the last session?", weeks)
    assert answer.verdict == "descriptive"
    assert answer.answer.startswith("Looked at: week 5 (30 March 2026). 61 different words were heard among 100 words")


def test_dates(weeks):
    answer = checked("How has the MLU changed since 9 March 2026?", weeks)
    assert answer.answer.startswith("Compared: week 2 (9 March 2026) and week 5 (30 March 2026)")
    assert checked("How has the MLU changed since March?", weeks).answer.startswith("Compared: week 1")
    answer = checked("How has the MLU changed since 1 April 2026?", weeks)
    assert (answer.verdict, answer.answer) == (
        "cannot_tell",
        "We cannot tell: no recording lies in the time asked for.",
    )


def test_two_recordings_in_a_week(weeks, point):
    twin = point("w5b", "2026-04-01", mlu_words=(3.0, 90), context="free play")
    answer = checked("How has the MLU changed from week 1 to week 5?", [*weeks, twin])
    assert "week 5 (1 April 2026)" in answer.answer
    assert "that week holds 2 recordings, and the largest sample was taken" in answer.answer


def test_ages_stand_in_for_dates(point):
    points = [point("a", age_months=27.0, mlu_words=(1.6, 300)), point("b", age_months=28.0, mlu_words=(2.6, 300))]
    answer = checked("How has the MLU changed from week 1 to week 5?", points)
    assert answer.verdict == "increase"
    assert "week 5 (placed by the child's age)" in answer.answer


def test_nothing_dates_the_sessions(point):
    points = [point("a", mlu_words=(1.6, 300)), point("b", mlu_words=(2.6, 300))]
    assert "weeks cannot be counted" in checked("MLU from week 1 to week 2", points).answer
    assert "a recording without a date" in checked("MLU in the last session", points).answer


def test_order_of_the_history_does_not_matter(weeks):
    assert ask(FLUENCY, weeks[::-1], child="Sarah") == ask(FLUENCY, weeks, child="Sarah")


def test_the_name_is_left_out_where_it_would_break_a_check(weeks):
    assert (
        "In week 1 the child said"
        in checked("How has the fluency changed from week 1 to week 5?", weeks, "Kid 9").answer
    )


def test_what_is_not_understood_is_asked_back(weeks):
    with pytest.raises(QuestionError):
        ask("How is the weather?", weeks)


@pytest.mark.parametrize(
    "time", ["from 2 March to 30 March", "on 30 March compared to 2 March", "in week 5 compared to week 1"]
)
def test_either_order_of_two_times_compares_the_same_sessions(weeks, time):
    answer = ask(f"How was the fluency {time}?", weeks, child="Sarah")
    assert answer.verdict == "decrease"
    assert answer.answer == ask("How was the fluency from week 1 to week 5?", weeks, child="Sarah").answer


def test_months_in_either_order_hold_both_months(point):
    line = tuple(point(f"s{m}", f"2026-0{m}-15", maze_words_pct=(20.0 - m, 300)) for m in (3, 4, 5))
    for time in ("in May compared to March", "from March to May"):
        answer = ask(f"fluency {time}", line)
        assert {e.session for e in answer.evidence} >= {"s3", "s5"}


@pytest.fixture
def months(point):
    """Sessions a week apart in one situation, with these lengths of utterance."""

    def make(*values, n=60, **fields):
        days = [str(date(2026, 1, 5) + timedelta(weeks=i)) for i in range(len(values))]
        return [
            point(f"s{i}", day, mlu_words=(value, n), context="play", **fields)
            for i, (day, value) in enumerate(zip(days, values, strict=True))
        ]

    return make


LENGTH = "How has the sentence length changed{}?"


def test_five_sessions_tell_a_trend(months):
    answer = checked(LENGTH.format(" over time"), months(2.0, 2.1, 2.3, 2.4, 2.8))
    assert (answer.verdict, answer.measure) == ("increase", "mlu_words")
    (told,) = [c.text for c in answer.claims if c.text.startswith("Over")]
    assert told.startswith("Over 5 recordings from week 1 to week 5, words in an utterance, on average: up by 0.")
    assert "a month (between 0." in told
    (slope,) = evidence_of(answer, measure="mlu_words.slope_per_month.change")
    assert (slope.n, slope.value > 0) == (5, True)


def test_two_weeks_that_are_named_keep_their_own_verdict(months):
    answer = checked(LENGTH.format(" from week 1 to week 5"), months(2.0, 2.1, 2.3, 2.4, 2.8))
    assert answer.verdict == "no_clear_change"
    assert any(c.text.startswith("Over 5 recordings") for c in answer.claims)


def test_a_fall_is_told_without_a_minus(months):
    answer = checked(LENGTH.format(" over time"), months(3.6, 3.2, 3.0, 2.6, 2.2))
    assert answer.verdict == "decrease"
    (told,) = [c.text for c in answer.claims if c.text.startswith("Over")]
    assert "down by" in told and "−" not in told


def test_nothing_steady_tells_both_ends_of_the_interval(months):
    answer = checked(LENGTH.format(" since the beginning"), months(2.4, 2.1, 2.5, 2.0, 2.3))
    assert answer.verdict == "no_clear_change"
    (told,) = [c.text for c in answer.claims if c.text.startswith("Over")]
    assert "no steady rise or fall (between −" in told


def test_means_that_rise(months):
    answer = checked(LENGTH.format(" over time"), months(2.0, 1.9, 2.5, 3.3, 3.2))
    assert answer.verdict == "increase"
    assert any(
        "The last 2 recordings together lie above the first 2: 3.25 against 1.95" in c.text for c in answer.claims
    )


def test_six_sessions_bring_the_childs_own_error(months):
    steady = checked(LENGTH.format(" from week 1 to week 6"), months(2.0, 2.1, 2.0, 2.1, 2.0, 2.1, 2.9))
    verdict = steady.claims[2].text
    assert "by which 7 recordings of the child lie apart without any change" in verdict
    (own,) = evidence_of(steady, measure="own_recordings")
    assert own.value == 7


def test_a_date_that_contradicts_the_age_is_told(months):
    points = [replace(p, age_months=24.0 + i / 4) for i, p in enumerate(months(2.0, 2.1, 2.3, 2.4))]
    points.append(replace(points[-1], session_id="odd", date="2026-12-07", age_months=25.0))
    answer = checked(LENGTH.format(" over time"), points, at_most=6)
    assert "days away from what the child's age says" in answer.answer
    assert "days away" not in checked(LENGTH.format(" over time"), points[:-1]).answer


def test_a_steady_course_between_two_weeks_is_told_by_all_sessions_between_them(months):
    line = months(2.0, 2.1, 2.3, 2.4, 2.5, 2.9)
    pair = ask("How did the sentence length change from week 1 to week 6?", line)
    steadily = ask("Has the sentence length grown steadily from week 1 to week 6?", line)
    assert "up by" in steadily.answer
    assert steadily.verdict == "increase"
    assert pair.claims == steadily.claims


def test_a_steady_course_of_few_recordings_cannot_be_told(weeks):
    answer = ask("Has the sentence length grown steadily?", weeks)
    assert "can be told from 5 recordings on" in answer.answer
    assert answer.verdict == ask("How has the sentence length changed?", weeks).verdict
    assert check_grounding(answer.claims, answer.evidence) == []


def test_a_verdict_cites_no_week_that_it_does_not_name(weeks):
    answer = ask(FLUENCY, weeks)
    cited = {e.id: e for e in answer.evidence}
    (verdict,) = [claim for claim in answer.claims if "larger than" in claim.text]
    assert [cited[i].measure for i in verdict.evidence] == ["maze_words_pct"] * 2 + [
        "maze_words_pct.change",
        "maze_words_pct.mdc95",
    ]


def test_a_stretch_keeps_the_time_line_of_all_sessions(point):
    """An undated session lies where all dated ones put it, also when some of them are outside the stretch."""
    from scipy.stats import theilslopes

    from sdc.progress import place

    dates = [f"2025-{month:02d}-02" for month in range(7, 12)]  # by these ages the child was born a month earlier
    dates += ["2026-03-02", None, "2026-03-30", "2026-04-27", "2026-05-25"]
    ages = [19.0, 20.0, 21.0, 22.0, 23.0, 25.8, 27.4, 26.7, 27.6, 28.5]
    values = [2.0, 2.1, 2.0, 2.2, 2.1, 2.3, 2.9, 2.4, 2.6, 2.5]
    history = [
        point(f"s{i}", day, age_months=age, context="play", mlu_words=(value, 60))
        for i, (day, age, value) in enumerate(zip(dates, ages, values, strict=True))
    ]
    days = {p.point.session_id: p.day for p in place(history)}
    answer = ask("How has the sentence length changed since March 2026?", history)
    (low,) = [e.value for e in answer.evidence if e.measure == "mlu_words.low_per_month.change"]
    inside = range(5, 10)
    right = theilslopes([values[i] for i in inside], [days[f"s{i}"] / 30.4375 for i in inside], alpha=0.95)
    assert low == pytest.approx(right[2])


def test_a_session_that_nothing_dates_is_neither_the_first_nor_the_last(weeks, point):
    undated = point("lost", mlu_words=(9.0, 60), maze_words_pct=(90.0, 300), context="free play")
    for question in ("How has the fluency changed?", "How was the fluency in the last session?"):
        answer = checked(question, [*weeks, undated])
        assert "recordings without a date or an age are left out (1)" in answer.answer
        assert "lost" not in {e.session for e in answer.evidence}
        assert answer.verdict == ask(question, weeks).verdict
    assert "left out" not in ask("How has the fluency changed?", weeks).answer
