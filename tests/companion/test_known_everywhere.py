"""Every measure of the registry is known to questions, sentences and verdicts, and what is for researchers to none."""

import pytest

from sdc.companion import ask
from sdc.companion.insights import SEEN, VERDICTS
from sdc.companion.question import known_themes, parse_question, themes
from sdc.companion.wordbook import measure_words
from sdc.errors import QuestionError
from sdc.measures import REGISTRY
from sdc.progress import COUNT_RULES, ERROR_RULES, NEVER_COMPARED, WITHOUT_ERROR, compare, progress

FOR_ALL = [rule.id for rule in REGISTRY.values() if rule.audience == "everyone"]
FOR_RESEARCHERS = [rule.id for rule in REGISTRY.values() if rule.audience == "researcher"]


def test_what_is_for_researchers():
    assert set(FOR_RESEARCHERS) == {"hnr_db", "jitter_local_pct", "shimmer_local_pct"}


@pytest.mark.parametrize("measure_id", FOR_ALL)
def test_can_be_asked_for_and_has_words(measure_id):
    assert any(measure_id in theme.measures for theme in themes()), "in no theme of themes.toml"
    assert measure_words(measure_id) is not None, "no words in sentences.toml"
    assert parse_question(f"How has {measure_id} changed?").theme.headline == (measure_id,)


def test_themes_and_words_name_no_measure_that_there_is_not():
    assert {m for theme in known_themes() for m in theme.measures} <= REGISTRY.keys()


@pytest.mark.parametrize("measure_id", REGISTRY)
def test_has_an_error_rule_or_a_stated_reason(measure_id):
    assert sum(measure_id in table for table in (ERROR_RULES, COUNT_RULES, WITHOUT_ERROR)) == 1


def test_errors_and_reasons_are_of_measures_that_there_are():
    assert ERROR_RULES.keys() | COUNT_RULES.keys() | WITHOUT_ERROR.keys() == REGISTRY.keys()
    assert {m for m, why in WITHOUT_ERROR.items() if why == "for_research"} == set(FOR_RESEARCHERS)


@pytest.mark.parametrize("measure_id", sorted(NEVER_COMPARED))
def test_what_is_never_compared_is_told_so(point, measure_id):
    line = [point(f"s{d}", f"2026-0{d}-02", **{measure_id: (10.0 * d, 400)}) for d in range(1, 9)]
    comparison = compare(line[0], line[-1], measure_id)
    assert (comparison.verdict, comparison.reason) == ("cannot_tell", WITHOUT_ERROR[measure_id])
    (over_time,) = progress(line, [measure_id], chosen=[measure_id])
    assert over_time.verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("measure_id", "why"),
    [
        ("word_types", "moves with the length of the recording"),
        ("vocal_arousal", "measured against itself"),
        ("intensity_sd_db", "the microphone and its distance"),
    ],
)
def test_the_answer_says_why(point, measure_id, why):
    line = [point(f"s{d}", f"2026-0{d}-02", **{measure_id: (10.0 * d, 400)}) for d in (1, 2)]
    answer = ask(f"How has {measure_id} changed?", line)
    assert answer.verdict == "cannot_tell"
    assert why in answer.answer


@pytest.mark.parametrize("question", [*FOR_RESEARCHERS, "How has the jitter changed?", "Is her voice hoarse?"])
def test_what_is_for_researchers_is_not_answered(question):
    with pytest.raises(QuestionError, match="for research only") as caught:
        parse_question(question)
    assert caught.value.code == "question.refused"
    assert "voice quality" not in caught.value.hint


def test_what_is_for_researchers_enters_no_sentence():
    told = {m for row in SEEN for m in row} | set(VERDICTS) | set(ERROR_RULES)
    assert not told & set(FOR_RESEARCHERS)
    assert not [m for m in FOR_RESEARCHERS if measure_words(m) is not None]


@pytest.mark.parametrize(
    ("question", "theme"),
    [
        ("How has the energy of her voice changed?", "energy of voice"),
        ("Is her voice louder?", None),
        ("How has her voice changed?", "pitch"),
        ("Does she answer questions? How are her replies?", "answering"),
        ("How is her grammar?", "grammar"),
        ("How many words did she say?", "amount of talk"),
        ("How many different words did she say?", "vocabulary"),
        ("Does he babble?", "vocalisations"),
        ("How does she pronounce words?", "pronunciation"),
        ("Is she louder?", "loudness"),
    ],
)
def test_new_themes_in_plain_words(question, theme):
    if theme is None:
        with pytest.raises(QuestionError, match="pitch and loudness"):
            parse_question(question)
    else:
        assert parse_question(question).theme.name == theme
