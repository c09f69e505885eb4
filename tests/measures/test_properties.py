"""What holds for every measure, whatever is said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdc.formats.chat.reader import read_chat
from sdc.measures import REGISTRY, analyse

HEAD = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Target_Child, MOT Mother
@ID:	eng|made-up|CHI|3;06.||||Target_Child|||
@ID:	eng|made-up|MOT|||||Mother|||
"""
WORDS = [
    ("ball", "n|ball"), ("dogs", "n|dog-PL"), ("runs", "v|run-3S"), ("going", "part|go-PRESP"), ("the", "det|the"),
    ("banana", "n|banana"), ("um", "co|um"), ("&-uh", ""), ("&+b", ""), ("&=laughs", ""), ("xxx", ""), ("(.)", ""),
    ("the [/]", ""), ("cat [//]", ""), ("<the dog> [/]", ""), ("b:all", "n|ball"), ("↫b-b↫ball", "n|ball"),
    ("noosh [: nose] [* p:n]", "n|nose"), ("b^all", "n|ball"), ("≠ball", "n|ball"), ("0is", ""), ("www", ""),
]  # fmt: skip
UTTERANCES = st.tuples(
    st.sampled_from(["CHI", "CHI", "MOT"]),
    st.lists(st.sampled_from(WORDS), max_size=6),
    st.sampled_from([".", "?", "+...", "+//."]),
    st.booleans(),
)
COUNTS = [
    "utterances_total", "utterances_analysed", "word_types", "word_tokens", "lemma_types", "lemma_tokens",
    "turns", "turn_utterances", "syllables", "prolongations", "broken_words", "blocks", "part_word_repetitions",
    "part_word_repetition_units", "whole_word_repetitions", "whole_word_repetition_units", "mono_word_repetitions",
    "mono_word_repetition_units", "phrase_repetitions", "word_revisions", "phrase_revisions", "utterance_pauses",
    "filled_pauses", "fragments", "td_total", "sld_total", "word_errors",
]  # fmt: skip
"""Measures that count: more of a session cannot make them smaller."""


def transcript(utterances, *, mor=True, head=HEAD):
    lines = [head]
    for speaker, words, end, has_mor in utterances:
        lines.append(f"*{speaker}:\t{' '.join([*(word for word, _ in words), end])}\n")
        if mor and has_mor:
            lines.append(f"%mor:\t{' '.join([*(item for _, item in words if item), end])}\n")
    return "".join([*lines, "@End\n"])


def measured(text, speaker="CHI"):
    found = analyse(read_chat(text, source="any.cha")).speakers.get(speaker)
    return found.measures if found else {}


@settings(max_examples=60)
@given(st.lists(UTTERANCES, min_size=1, max_size=8), UTTERANCES)
def test_another_utterance_never_lowers_a_count(before, added):
    counts = [name for name in COUNTS if name in REGISTRY]
    assert len(counts) > 20
    less, more = measured(transcript(before)), measured(transcript([*before, added]))
    for name in counts if less else ():
        if less[name].value is not None:
            assert more[name].value is not None, name
            assert more[name].value >= less[name].value, name


NOTHING = [
    (),
    (("CHI", [], ".", False),),
    (("CHI", [("xxx", "")], ".", True),),
    (("CHI", [("www", "")], ".", False),),
    (("CHI", [("&=laughs", "")], ".", True),),
    (("CHI", [("0", "")], ".", False),),
    (("MOT", [("ball", "n|ball")], ".", True), ("CHI", [("xxx", "")], ".", False)),
]
NOT_KNOWN = [
    "mlu_words", "mlu_morphemes", "mlu_words_50", "mlu_morphemes_50", "mlu_morphemes_estimated", "ttr", "ndw_100",
    "mattr_50", "vocd_d", "hd_d", "mtld", "maze_words_pct", "filler_words_pct",
    "sld_ratio", "weighted_sld", "response_latency_median", "overlap_pct", "speech_rate", "articulation_rate",
    "f0_median", "pause_median", "jitter_local_pct", "ipsyn", "dss", "conversational_turns_per_min",
]  # fmt: skip
"""Measures that are not known, rather than 0, of a child who said no word and was not recorded."""


@pytest.mark.parametrize("utterances", NOTHING)
def test_what_is_not_known_is_not_0(utterances):
    found = measured(transcript(utterances))
    names = [name for name in NOT_KNOWN if name in found]
    assert not found or len(names) > 15
    for name in names:
        assert (found[name].value, bool(found[name].reason)) == (None, True), name


@settings(max_examples=40)
@given(st.lists(UTTERANCES, min_size=1, max_size=6))
def test_without_mor_and_times_and_sound_nothing_of_them_is_told(utterances):
    for measure in measured(transcript(utterances, mor=False)).values():
        if {"mor", "times", "sound"} & set(REGISTRY[measure.id].needs):
            assert measure.value is None and measure.reason, measure.id


@settings(max_examples=40)
@given(st.lists(UTTERANCES, min_size=1, max_size=6))
def test_a_value_or_a_reason(utterances):
    for measure in measured(transcript(utterances)).values():
        assert (measure.value is None) == bool(measure.reason), measure.id
        if measure.value == 0 and measure.id not in COUNTS:
            assert measure.n > 0, f"{measure.id} is 0 and rests on nothing"


# Damage ------------------------------------------------------------------------------------

GOOD = "*CHI:\tthe dogs .\n%mor:\tdet|the n|dog-PL .\n"
BAD = "*CHI:\tbig cats run .\n%mor:\tn|cat-PL .\n"


@pytest.mark.parametrize("name", ["mlu_morphemes", "lemma_tokens", "lemma_types", "syllables"])
def test_a_line_whose_mor_has_another_length_is_left_out(name):
    alone = measured(f"{HEAD}{GOOD}@End\n")[name]
    both = measured(f"{HEAD}{GOOD}{BAD}@End\n")[name]
    assert (both.value, both.n) == (alone.value, alone.n)
    assert 1 not in both.utterances
    none = measured(f"{HEAD}{BAD}@End\n")[name]
    assert (none.value, bool(none.reason)) == (None, True)


def test_words_are_counted_all_the_same():
    found = measured(f"{HEAD}{GOOD}{BAD}@End\n")
    assert (found["mlu_words"].value, found["word_tokens"].value) == (2.5, 5)


def test_ids_of_these_lists_are_well_formed():
    assert all(re.fullmatch("[a-z0-9_]+", name) for name in [*COUNTS, *NOT_KNOWN])
