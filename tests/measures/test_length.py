"""Mean lengths, worked by hand."""

import pytest


def test_mlu_words(measured):
    mlu = measured("CHI: the dog ran .", "MOT: where to ?", "CHI: home .", "CHI: xxx ball .")["mlu_words"]
    assert (mlu.value, mlu.n, mlu.sd) == (2.0, 2, 1.0)
    assert (mlu.unit, mlu.n_unit, mlu.rule) == ("words/utterance", "utterances", "mlu_words.v1")
    assert mlu.utterances == (0, 2)


def test_sd_is_the_population_sd_and_none_for_one(measured):
    assert measured("CHI: a b .", "CHI: a b c d .", "CHI: a b c .")["mlu_words"].sd == pytest.approx((2 / 3) ** 0.5)
    assert measured("CHI: a b .")["mlu_words"].sd is None


def test_completion_adds_words_and_no_utterance(measured):
    mlu = measured("CHI: the dog +/.", "MOT: yes .", "CHI: +, runs home .", "CHI: look .")["mlu_words"]
    assert (mlu.value, mlu.n, mlu.utterances) == (2.5, 2, (0, 2, 3))
    # CLAN's sum of squares takes the two parts apart: (4 + 4 + 1) / 2 − 2.5² < 0, so there is no SD.
    assert mlu.sd is None


@pytest.mark.parametrize(
    ("end", "n"),
    [("+...", 1), ("+/.", 1), ("+//.", 1), ("+..?", 1), ("+/?", 1), ("+//?", 1), ("+!?", 2), ("?", 2), (".", 2)],
)
def test_what_can_be_completed(measured, end, n):
    found = measured(f"CHI: the dog {end}", "CHI: +, runs home .", "MOT: yes .")
    assert (found["mlu_words"].n, found["turn_utterances"].value) == (n, n)


def test_what_follows_a_completion_on_its_line_is_new(measured):
    mlu = measured("CHI: the dog +...", "CHI: +, ran . home he went .")["mlu_words"]
    assert (mlu.value, mlu.n) == (3.0, 2)


def test_equal_lengths_have_an_sd_of_zero(measured):
    assert measured("CHI: a b .", "CHI: c d .")["mlu_words"].sd == 0


@pytest.mark.parametrize(("n", "reliability"), [(24, "too_few"), (25, "rough"), (49, "rough"), (50, "ok")])
def test_reliability(measured, n, reliability):
    assert measured(*["CHI: a ball ."] * n)["mlu_words"].reliability == reliability


def test_no_value_without_utterances(measured):
    mlu = measured("CHI: xxx .", "CHI: &-um .")["mlu_words"]
    assert (mlu.value, mlu.n, mlu.sd, mlu.reason) == (None, 0, None, "no utterance in the analysis set")
    assert mlu.reliability is None


def test_no_value_where_most_words_have_no_end(measured):
    few = measured("CHI: one .", "CHI: two three four")["mlu_words"]
    assert (few.value, few.reason) == (None, few.reason)
    assert "terminator" in few.reason
    assert measured("CHI: one two three four .", "CHI: five six")["mlu_words"].value == 6.0


def test_mlu_morphemes(measured):
    mlu = measured(
        "CHI: dogs walked .", "%mor: n|dog-PL v|walk-PAST .", "CHI: he's big .", "%mor: pro:sub|he~aux|be&3S adj|big ."
    )["mlu_morphemes"]
    assert (mlu.value, mlu.n, mlu.sd, mlu.utterances) == (3.5, 2, 0.5, (0, 1))


def test_mlu_morphemes_needs_mor(measured):
    mlu = measured("CHI: dogs .", "MOT: dogs .", "%mor: n|dog-PL .")["mlu_morphemes"]
    assert (mlu.value, mlu.reason) == (None, "no %mor tier")


def test_mlu_morphemes_leaves_out_what_was_not_understood(measured):
    mlu = measured("CHI: dogs xxx .", "%mor: n|dog-PL .")["mlu_morphemes"]
    assert (mlu.value, mlu.n) == (None, 0)
    assert "%mor" in mlu.reason


def test_mlu_morphemes_joins_completions(measured):
    lines = ("CHI: dog +...", "%mor: n|dog +...", "CHI: +, runs .", "%mor: v|run-3S .")
    assert (measured(*lines)["mlu_morphemes"].value, measured(*lines)["mlu_morphemes"].n) == (2.0, 1)


def fifty(*first, mor=True, n=50):
    """Return lines of one word, after the ones given."""
    return [*first, *(["CHI: dogs .", "%mor: n|dog-PL ."] if mor else ["CHI: dogs ."]) * n]


def test_first_fifty(measured):
    found = measured(*fifty("CHI: two cats sleep .", "%mor: num|two n|cat-PL v|sleep ."))
    assert found["mlu_words_50"].value == (3 + 49) / 50
    assert found["mlu_morphemes_50"].value == (4 + 98) / 50
    assert {found[m].n for m in ("mlu_words_50", "mlu_morphemes_50")} == {50}
    assert found["mlu_words_50"].utterances == found["mlu_morphemes_50"].utterances == tuple(range(50))
    assert found["mlu_words"].n == 51


@pytest.mark.parametrize("line", ["two cats xxx .", "two cats . [+ mlue]", "two cats . [+ exc]", "www [/] two cats ."])
def test_first_fifty_without_lines_set_aside(measured, line):
    found = measured(*fifty(f"CHI: {line}", "%mor: num|two n|cat-PL ."))
    assert (found["mlu_words_50"].value, found["mlu_morphemes_50"].value) == (1, 2)
    assert found["mlu_words_50"].utterances == tuple(range(1, 51))


def test_what_completes_the_fiftieth_belongs_to_it(measured):
    lines = [*fifty(n=49), "CHI: dogs +...", "CHI: +, sleep .", "CHI: dogs +...", "CHI: +, sleep ."]
    found = measured(*lines)["mlu_words_50"]
    assert (found.value, found.n, found.utterances) == (51 / 50, 50, tuple(range(51)))


def test_a_line_of_two_utterances_is_cut(measured):
    assert measured(*fifty(n=49), "CHI: no . two cats .")["mlu_words_50"].value == 1


def test_fewer_than_fifty_have_no_mean(measured):
    found = measured(*fifty(n=49), "CHI: dogs .")
    assert found["mlu_words_50"].value == 1
    assert (found["mlu_morphemes_50"].value, found["mlu_morphemes_50"].n) == (None, 49)
    assert found["mlu_morphemes_50"].reason == "fewer than 50 utterances with a %mor tier in the analysis set"
    few = measured(*fifty(mor=False, n=49))
    assert few["mlu_words_50"].reason == "fewer than 50 utterances in the analysis set"
    assert few["mlu_morphemes_50"].reason == "no %mor tier"
