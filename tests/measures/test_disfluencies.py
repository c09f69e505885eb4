import pytest

from sdc.measures.disfluencies import NOTHING, Disfluencies, count_disfluencies, find_disfluencies
from sdc.measures.sample import count_lines


def found(text, **bullet):
    counts = find_disfluencies(text, **bullet)
    return {name: getattr(counts, name) for name in counts.__slots__ if getattr(counts, name)}


WWR, WWR_RU = "whole_word_repetitions", "whole_word_repetition_units"
MONO, MONO_RU = "mono_word_repetitions", "mono_word_repetition_units"
PWR, PWR_RU = "part_word_repetitions", "part_word_repetition_units"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("a kite .", {}),
        ("a: ki::te .", {"prolongations": 3}),
        ("(a)n(d): so .", {"prolongations": 1}),
        ("hola@s:spa .", {"prolongations": 1}),
        ("&=points:kite &*MOT:yes .", {"prolongations": 2}),
        ("a kite [: bird] [* s:r] .", {}),
        ("0a: kite .", {}),
        ("ki^te .", {"broken_words": 1}),
        ("≠kite k≠ite .", {"blocks": 2}),
        ("↫k-k↫kite .", {PWR: 1, PWR_RU: 2}),
        ("fl↫y↫ying ↫m-m-m↫my .", {PWR: 2, PWR_RU: 4}),
        ("a well-known kite .", {}),
        ("↫k-kite .", {PWR: 1, PWR_RU: 2}),
        ("&+k &-um &~ba kite .", {"fragments": 1, "filled_pauses": 1}),
        ("&-u:m kite .", {"filled_pauses": 1, "prolongations": 1}),
    ],
)
def test_marks(text, counts):
    assert found(text) == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("my [/] my kite .", {WWR: 1, WWR_RU: 1, MONO: 1, MONO_RU: 1}),
        ("my [/] my [/] my kite .", {WWR: 1, WWR_RU: 2, MONO: 1, MONO_RU: 2}),
        ("my [/] our [/] our kite .", {WWR: 1, WWR_RU: 2, MONO: 1, MONO_RU: 2}),
        ("daddy [/] daddy .", {WWR: 1, WWR_RU: 1}),
        ("daddy [/] my [/] my daddy .", {WWR: 1, WWR_RU: 2, MONO: 1, MONO_RU: 1}),
        ("my [/] my kite [/] kite .", {WWR: 2, WWR_RU: 2, MONO: 2, MONO_RU: 2}),
        ("<my> [/] <my> [/] my kite .", {WWR: 2, WWR_RU: 2, MONO: 2, MONO_RU: 2}),
        ("<my> [/] my [/] my kite .", {WWR: 1, WWR_RU: 2, MONO: 1, MONO_RU: 2}),
        ("my [/] , my [/] my kite .", {WWR: 2, WWR_RU: 2, MONO: 2, MONO_RU: 2}),
        ("my [/] [?] my [/] my kite .", {WWR: 2, WWR_RU: 2, MONO: 2, MONO_RU: 2}),
        ("my [?] [/] my kite .", {WWR: 1, WWR_RU: 1, MONO: 1, MONO_RU: 1}),
        ("my [/] &-um my [/] my .", {WWR: 2, WWR_RU: 2, MONO: 2, MONO_RU: 2, "filled_pauses": 1}),
        ("(th)em [/] them .", {WWR: 1, WWR_RU: 1}),
        ("<my kite> [/] my kite .", {"phrase_repetitions": 1}),
        ("<my (.)> [/] my kite .", {"phrase_repetitions": 1, "utterance_pauses": 1}),
        ("my (.) [/] my kite .", {WWR: 1, WWR_RU: 1, "utterance_pauses": 1}),
        ("<⌈ my ⌉> [/] my kite .", {WWR: 1, WWR_RU: 1, MONO: 1, MONO_RU: 1}),
        ("kite [//] bird .", {"word_revisions": 1}),
        ("<a kite> [//] a bird .", {"phrase_revisions": 1}),
        ("<a [/] a kite> [//] bird .", {WWR: 1, WWR_RU: 1, MONO: 1, MONO_RU: 1, "phrase_revisions": 1}),
        ("<a kite> [///] it <so he> [/-] no .", {}),
        ("<a> kite> [/] it .", {"phrase_repetitions": 1}),
        ("[/] kite .", {WWR: 1, WWR_RU: 1}),
    ],
)
def test_codes(text, counts):
    assert found(text) == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("go [x 4] .", {WWR: 1, WWR_RU: 3, MONO: 1, MONO_RU: 3}),
        ("<go up> [x 3] .", {"phrase_repetitions": 2}),
        ("go: [x 2] .", {WWR: 1, WWR_RU: 1, MONO: 1, MONO_RU: 1, "prolongations": 2}),
        ("<&-um go> [x 3] .", {"phrase_repetitions": 2, "filled_pauses": 3}),
        ("go [x 1] .", {}),
        ("go [x 999999] .", {}),
        ("[x 3] go .", {}),
    ],
)
def test_times(text, counts):
    assert found(text) == counts


def test_times_in_times_end():
    text = "a"
    for _ in range(12):
        text = f"<{text}> [x 99]"
    assert find_disfluencies(f"{text} .").whole_word_repetition_units >= 98


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("my (.) kite .", 1),
        ("my (..) (1.5) kite .", 2),
        ("my(.) kite .", 1),
        ("(.) my kite .", 0),
        ("my kite (.) .", 0),
        ("my kite (.) +...", 0),
        ("my kite . (.) .", 0),
        ("&-um (.) kite .", 1),
        ("my (.) &=laughs .", 1),
        ('+" (.) kite .', 1),
        ("(be)cause (.) kite .", 0),
        ("kite (.) (be)cause .", 0),
        ("0is (.) kite .", 0),
        ("kite (.) 0is .", 0),
        ("kite (.) [= why] .", 0),
    ],
)
def test_pauses(text, n):
    assert find_disfluencies(text).utterance_pauses == n


def test_a_time_bullet_is_an_item_after_a_pause():
    assert found("my kite (.) .", has_bullet=True) == {"utterance_pauses": 1}
    assert found("(.) my kite .", has_bullet=True) == {}


def test_sums():
    counts = Disfluencies(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384)
    assert counts.sld_total == 1 + 2 + 4 + 8 + 128
    assert counts.td_total == 512 + 1024 + 2048 + 4096 + 8192 + 16384
    assert counts.weight == 16 + 256 + 2 * (1 + 4)


def test_lines_are_added_up(chat):
    lines = count_lines(chat("CHI: a: kite .", "CHI: my [/] my kite (.) . 0_900", "CHI: kite ."))
    counts = count_disfluencies(lines)
    assert (counts.prolongations, counts.whole_word_repetitions, counts.utterance_pauses) == (1, 1, 1)
    assert find_disfluencies("kite .") is NOTHING


def test_a_long_line_takes_one_pass():
    n = 20_000
    assert find_disfluencies("a [/] " * n + "a .").whole_word_repetition_units == n
    assert find_disfluencies("<a b " * n + "> [/] " * n).phrase_repetitions == n
    assert find_disfluencies("a " * n + "> [/] " * n).phrase_repetitions == n
