from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.companion import lint_wording
from sdc.companion.question import parse_question, themes
from sdc.companion.question_time import Day, Period
from sdc.errors import QuestionError


def parsed(question: str, child: str | None = "Sarah"):
    query = parse_question(question, child)
    return query.theme.name, query.period, query.mode


@pytest.mark.parametrize(
    ("question", "theme"),
    [
        ("How has Sarah's fluency changed?", "fluency"),
        ("Does she hesitate more?", "fluency"),
        ("How is her vocabulary?", "vocabulary"),
        ("How many different words does she use?", "vocabulary"),
        ("Are her sentences longer?", "sentence length"),
        ("MLU please", "sentence length"),
        ("Is she easier to understand?", "clarity"),
        ("Turn-taking?", "turn-taking"),
        ("turn taking", "turn-taking"),
        ("Does Sarah talk faster?", "speech rate"),
        ("Does she pause less?", "pauses"),
        ("How has her voice changed?", "pitch"),
        ("PITCH", "pitch"),
        ("Is there a clear change in pitch?", "pitch"),
        ("Does she echo me?", "echoes"),
        ("mattr_50", "mattr_50"),
        ("How did mlu_words change?", "mlu_words"),
    ],
)
def test_theme(question, theme):
    assert parsed(question)[0] == theme


@pytest.mark.parametrize(
    ("time", "period"),
    [
        ("from week 1 to week 5", Period("weeks", 1, 5)),
        ("from week 2 to 4", Period("weeks", 2, 4)),
        ("between weeks 2 and 4", Period("weeks", 2, 4)),
        ("week 5 vs. week 1", Period("weeks", 1, 5)),
        ("from week one to week twelve", Period("weeks", 1, 12)),
        ("in weeks 1–5", Period("weeks", 1, 5)),
        ("from the first to the fifth week", Period("weeks", 1, 5)),
        ("from the 2nd week to the 10th week", Period("weeks", 2, 10)),
        ("in week 3", Period("weeks", 3, 3)),
        ("in the third week", Period("weeks", 3, 3)),
        ("since week 2", Period("weeks", 2, None)),
        ("from week 2 to now", Period("weeks", 2, None)),
        ("from week 2 to the last session", Period("weeks", 2, None)),
        ("from first to last", Period("weeks", 1, None)),
        ("from the first session to the latest recording", Period("weeks", 1, None)),
        ("since the beginning", Period("weeks", 1, None)),
        ("in the last session", Period("last")),
        ("in the most recent recording", Period("last")),
        ("in the first session", Period("first")),
        ("since March", Period("days", first_day=Day(3))),
        ("since March 2026", Period("days", first_day=Day(3, None, 2026))),
        ("since 2 March 2026", Period("days", first_day=Day(3, 2, 2026))),
        ("since March 2nd, 2026", Period("days", first_day=Day(3, 2, 2026))),
        ("since 2026-03-02", Period("days", first_day=Day(3, 2, 2026))),
        ("from 2026-03-02 to 2026-03-30", Period("days", None, None, Day(3, 2, 2026), Day(3, 30, 2026))),
        ("between 2 March and 30 March", Period("days", None, None, Day(3, 2), Day(3, 30))),
        ("from March to May", Period("days", None, None, Day(3), Day(5))),
        ("on 2 March 2026", Period("days", None, None, Day(3, 2, 2026), Day(3, 2, 2026))),
        ("", Period()),
    ],
)
def test_time(time, period):
    assert parsed(f"How was the fluency {time}?")[1] == period


@pytest.mark.parametrize(
    "question",
    [
        "How has the fluency changed in week 5 compared to week 1?",
        "How has the fluency changed in week 1 compared with week 5?",
        "How was fluency in week 5, compared to week 1?",
        "Compared to week 1, how is the fluency in week 5?",
        "As compared with week five, how was the fluency in week one?",
        "Compare the fluency of week 5 with that of week 1",
        "Was she more fluent in week 5 than in week 1?",
        "How does the fluency in week 5 differ from week 1?",
        "Is the fluency in the fifth week different from the first week?",
        "Has the fluency changed in week 5 since week 1?",
        "fluency from week 1 up to week 5",
        "from the 1st week to the 5th: fluency",
        "What changed in fluency between week 1 and week 5?",
        "fluency, week 5 versus week 1",
        "Was the fluency higher in week 5 relative to week 1?",
        "In week 1 and in week 5, how was the fluency?",
        "How is the fluency in week 5 compared to the first session?",
    ],
)
def test_two_weeks_in_other_words_and_either_order(question):
    assert parsed(question) == ("fluency", Period("weeks", 1, 5), "compare")


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("How is the fluency now compared to week 2?", Period("weeks", 2, None)),
        ("Compared to week 2, how is the fluency in the last session?", Period("weeks", 2, None)),
        ("fluency in the last session compared to the first", Period("weeks", 1, None)),
        ("Is the fluency better now than at the beginning?", Period("weeks", 1, None)),
        ("How is the fluency today compared with March?", Period("days", first_day=Day(3))),
        ("fluency in May compared to March", Period("days", None, None, Day(5), Day(3))),
        ("On 30 March, was she more fluent than on 2 March?", Period("days", None, None, Day(3, 30), Day(3, 2))),
    ],
)
def test_other_times_in_other_words(question, period):
    assert parsed(question) == ("fluency", period, "compare")


@pytest.mark.parametrize(
    "question",
    [
        "fluency in weeks 1, 3 and 5",
        "How was the fluency in week 2 compared to March?",
        "fluency last week compared to week 1",
        "fluency in week 1, week 3 and week 5",
        "Has the fluency of her first words in week 5 changed?",
    ],
)
def test_times_that_cannot_be_put_in_order_are_asked_back(question):
    with pytest.raises(QuestionError, match="time"):
        parsed(question)


@pytest.mark.parametrize(
    ("question", "mode"),
    [
        ("How is the fluency?", "describe"),
        ("How has the fluency changed?", "compare"),
        ("Is her vocabulary growing?", "compare"),
        ("How was the fluency from week 1 to week 5?", "compare"),
        ("How has the fluency changed in week 3?", "describe"),
        ("fluency in the last session", "describe"),
        ("fluency since March", "compare"),
    ],
)
def test_mode(question, mode):
    assert parsed(question)[2] == mode


@pytest.mark.parametrize(
    "question",
    [
        "fluency last month",
        "fluency last week",
        "How was the fluency yesterday?",
        "fluency in 2 weeks",
        "fluency in the past three sessions",
        "fluency before March",
        "fluency after week 2",
        "fluency this year",
        "fluency over 3 sessions",
        "fluency in summer",
    ],
)
def test_a_time_that_is_not_understood_is_asked_back(question):
    with pytest.raises(QuestionError) as caught:
        parsed(question)
    assert "time" in caught.value.message
    assert "since week 3" in caught.value.hint


@pytest.mark.parametrize("question", ["How is she?", "xyz", "???", "", "   ", "How many trains?", "fluency " * 100])
def test_what_is_not_understood_is_asked_back_with_what_can_be_asked(question):
    with pytest.raises(QuestionError) as caught:
        parsed(question)
    assert caught.value.code == "question.unclear"
    assert all(theme.name in caught.value.hint for theme in themes())


def test_several_things_at_once():
    with pytest.raises(QuestionError, match="fluency and vocabulary"):
        parsed("How are fluency and vocabulary?")


def test_a_comparison_needs_two_times():
    with pytest.raises(QuestionError, match="two times"):
        parsed("Compare the fluency in week 3")


@pytest.mark.parametrize("day", ["31 February 2026", "2026-13-01"])
def test_no_such_day(day):
    with pytest.raises(QuestionError, match="no such day"):
        query = parse_question(f"fluency since {day}")
        query.period.first_day.first_day(date(2026, 5, 1))


@pytest.mark.parametrize(
    "question",
    [
        "Is her fluency normal?",
        "Does Sarah have autism?",
        "What is the risk in her fluency?",
        "What percentile is her vocabulary?",
        "Is her vocabulary delayed?",
        "Is she below average in vocabulary?",
        "Is her voice sad?",
        "Why is she less fluent?",
        "Will her fluency improve?",
        "How is Adam's fluency?",
        "How fluent is Adam?",
        "How has mother's speech rate changed?",
        "What is your vocabulary?",
    ],
)
def test_what_is_refused(question):
    with pytest.raises(QuestionError) as caught:
        parsed(question)
    assert caught.value.code == "question.refused"


def test_the_childs_own_name_is_never_refused():
    """A name may look like anything."""
    for name in ("Joy", "Will", "Penny Norm", "Adam", "Riska", "Mary-Ann"):
        assert parsed(f"How has {name}'s fluency changed since week 1?", name)[0] == "fluency"
        assert parsed(f"how fluent is {name.lower()}", name)[0] == "fluency"


def test_without_a_name_any_name_may_stand():
    assert parsed("How is Adam's fluency?", None)[0] == "fluency"


PIECES = (
    "compared to",
    "than",
    "now",
    "fluency",
    "pitch",
    "since",
    "week",
    "weeks",
    "March",
    "2",
    "5",
    "2026-02-30",
    "to",
    "the",
    "last",
    "first",
)
MORE_PIECES = ("normal", "Adam", "Sarah's", ",", "?", "between", "and", "changed")


@given(st.text(max_size=80) | st.lists(st.sampled_from([*PIECES, *MORE_PIECES])).map(" ".join))
def test_any_text_is_a_query_or_a_question_back(text):
    try:
        query = parse_question(text, "Sarah")
    except QuestionError as error:
        assert error.message
        assert error.hint
    else:
        assert query.theme.headline
        assert not lint_wording(query.theme.name)


@pytest.mark.parametrize(
    ("question", "theme"),
    [
        ("How has her mean length of utterance in words changed?", "mlu_words"),
        ("How has the mean length of utterance in morphemes changed?", "mlu_morphemes"),
        ("Has her speech rate changed?", "speech rate"),  # the theme, not the title of one of its measures
    ],
)
def test_a_measure_is_asked_for_by_its_title(question, theme):
    assert parsed(question) == (theme, Period(), "compare")


@pytest.mark.parametrize(
    "question",
    [
        "Has the fluency grown steadily?",
        "How has the fluency changed over time?",
        "What is the trend of her fluency?",
        "Is there a gradual change in fluency over the weeks?",
    ],
)
def test_a_steady_course(question):
    assert parsed(question) == ("fluency", Period(), "trend")
    assert parsed(question.rstrip("?") + " from week 1 to week 5?") == ("fluency", Period("weeks", 1, 5), "trend")


def test_a_steady_course_needs_more_than_one_session():
    assert parsed("Was the fluency steady in week 3?")[2] == "describe"
