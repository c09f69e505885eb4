import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.formats.chat.mainline import read_main_line
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.recognised import RecognisedSegment, RecognisedWord, tidy_times, to_utterances
from sdc.session import Session, TimeSpan, TokenKind, Utterance


def raws(*segments: RecognisedSegment) -> list[str]:
    return [u.raw for u in to_utterances(segments, speaker="CHI")]


def timed(*words: tuple[str, float, float]) -> tuple[RecognisedWord, ...]:
    return tuple(RecognisedWord(text, start, end, 0.5) for text, start, end in words)


def test_sentences_within_a_segment() -> None:
    words = timed((" No.", 0, 0.4), (" I", 0.5, 0.6), (" want", 0.6, 0.9), (" that!", 1, 1.5))
    first, second = to_utterances([RecognisedSegment(" No. I want that!", 0, 2, words)], speaker="CHI")
    assert (first.index, first.raw, first.span) == (0, "no .", TimeSpan(0, 400))
    assert (second.index, second.raw, second.span) == (1, "I want that !", TimeSpan(500, 1500))
    assert [(t.span, t.probability) for t in second.tokens[:1]] == [(TimeSpan(500, 600), 0.5)]
    assert second.tokens[-1].span is None


def test_a_segment_without_word_times() -> None:
    assert [u.span for u in to_utterances([RecognisedSegment(" No.", 1, 2)], speaker="CHI")] == [TimeSpan(1000, 2000)]
    both = to_utterances([RecognisedSegment(" No. Yes.", 1, 2)], speaker="CHI")
    assert [u.span for u in both] == [None, None]  # where the first one ends is not known


def test_words_without_times_borrow_only_the_edges_of_their_segment() -> None:
    words = (RecognisedWord("3"), RecognisedWord("dogs.", 1, 2), RecognisedWord("No", 3, 4), RecognisedWord("5."))
    utterances = to_utterances([RecognisedSegment("3 dogs. No 5.", 0.5, 6, words)], speaker="CHI")
    assert [u.span for u in utterances] == [TimeSpan(500, 2000), TimeSpan(3000, 6000)]


def test_repetitions_stay_plain_words() -> None:
    (utterance,) = to_utterances([RecognisedSegment(" the the the dog dog.", 0, 1)], speaker="CHI")
    assert utterance.raw == "the the the dog dog ."
    assert utterance.scopes == ()


def test_a_sentence_goes_on_in_the_next_segment() -> None:
    a, b = RecognisedSegment(" I saw the", 0, 2), RecognisedSegment(" dog today.", 2.2, 3)
    assert raws(a, b) == ["I saw the dog today ."]
    assert to_utterances([a, b], speaker="CHI")[0].span == TimeSpan(0, 3000)


@pytest.mark.parametrize(
    "second",
    [
        RecognisedSegment(" dog today.", 3.5, 4),  # after a pause
        RecognisedSegment(" Dog today.", 2.2, 3),  # a new sentence
        RecognisedSegment(" dog today.", 2.2, 3, speaker="MOT"),
    ],
)
def test_a_sentence_ends_with_its_segment(second: RecognisedSegment) -> None:
    assert len(raws(RecognisedSegment(" I saw the", 0, 2), second)) == 2


def test_speech_without_any_punctuation_is_cut_by_segment() -> None:
    assert raws(RecognisedSegment(" i saw", 0, 2), RecognisedSegment(" the dog", 2, 3)) == ["i saw .", "the dog ."]


def test_speakers_cut_a_segment() -> None:
    words = (
        RecognisedWord("no", 0, 1, None, "A"),
        RecognisedWord("yes", 1, 2, None, "B"),
        RecognisedWord("so", 2, 3),
    )
    utterances = to_utterances([RecognisedSegment("no yes so", 0, 3, words, speaker="A")], speaker="CHI")
    assert [(u.speaker, u.raw) for u in utterances] == [("A", "no ."), ("B", "yes ."), ("A", "so .")]


def test_pieces_of_words_are_joined() -> None:
    words = timed((" th", 0, 1), ("ere", 1, 2), ("'s", 2, 3), (".", 3, 4))
    (utterance,) = to_utterances([RecognisedSegment(" there's.", 0, 4, words)], speaker="CHI")
    assert utterance.raw == "there's ."
    assert utterance.tokens[0].span == TimeSpan(0, 4000)


def test_a_piece_of_a_word_does_not_change_the_speaker() -> None:
    words = (
        RecognisedWord(" th", 0, 1, None, "A"),
        RecognisedWord("ere", 1, 2, None, "B"),
        RecognisedWord(" yes", 2, 3, None, "A"),
    )
    utterances = to_utterances([RecognisedSegment(" there yes", 0, 3, words)], speaker="CHI")
    assert [(u.speaker, u.raw) for u in utterances] == [("A", "there yes .")]


def test_silence() -> None:
    assert raws() == []
    assert raws(RecognisedSegment(" ", 0, 1), RecognisedSegment(" . , ...", 1, 2)) == []


# Times ------------------------------------------------------------------------------------


def test_times_in_order_are_left_alone() -> None:
    segments = (RecognisedSegment("no yes", 0, 3, timed(("no", 0, 1), ("yes", 1, 3))),)
    assert tidy_times(segments) == (segments, ())


def test_times_are_clamped_with_a_notice() -> None:
    words = timed(("a", 0.5, 1.2), ("b", 3, 2.5), ("c", 2, 9))
    (segment,), notices = tidy_times([RecognisedSegment("a b c", 1, 4, words)])
    assert [(w.start_s, w.end_s) for w in segment.words] == [(1, 1.2), (3, 3), (3, 4)]
    assert [n.code for n in notices] == ["json.clamped-times"]
    assert notices[0].message.startswith("3 ")


def test_a_segment_that_ends_before_it_starts() -> None:
    (segment,), notices = tidy_times([RecognisedSegment("a", 4, 1)])
    assert (segment.start_s, segment.end_s) == (4, 4)
    assert [n.code for n in notices] == ["json.clamped-times"]


def test_missing_times_are_told() -> None:
    words = (RecognisedWord("a", math.nan, 1), RecognisedWord("b", 1, math.inf), RecognisedWord("c", -1, 2))
    segments, notices = tidy_times([RecognisedSegment("a b c", 0, 3, words), RecognisedSegment("d")])
    assert [w.start_s for w in segments[0].words] == [None, 1, None]
    assert {n.code for n in notices} == {"json.missing-times"}
    assert [n.message for n in notices] == ["1 segment(s) have no times.", "3 of 3 words have no times."]


numbers = st.none() | st.floats() | st.floats(0, 60)
words_of = st.builds(RecognisedWord, st.text(max_size=8), numbers, numbers, st.none() | st.floats(0, 1))
segments_of = st.builds(
    RecognisedSegment, st.text(max_size=30), numbers, numbers, st.lists(words_of, max_size=5).map(tuple)
)


@given(st.lists(segments_of, max_size=4), st.sampled_from([None, "en", "de", "zh"]))
def test_whatever_is_recognised_can_be_written_as_chat(segments: list[RecognisedSegment], language: str | None) -> None:
    tidied, _ = tidy_times(segments)
    utterances = to_utterances(tidied, speaker="CHI", language=language)
    for utterance in utterances:
        read = read_main_line(utterance.raw)
        assert [(t.text, t.kind, t.raw) for t in read.tokens] == [(t.text, t.kind, t.raw) for t in utterance.tokens]
        assert (read.scopes, read.postcodes, read.problems) == ([], [], [])
        assert utterance.tokens[-1].kind is TokenKind.TERMINATOR
        assert all(s.start_ms <= s.end_ms for s in _spans(utterance))
    read_again = read_chat(write_chat(Session("x", utterances=utterances)), source="x")
    assert [u.raw for u in read_again.utterances] == [u.raw for u in utterances]
    assert [u.span for u in read_again.utterances] == [u.span for u in utterances]


def _spans(utterance: Utterance) -> list[TimeSpan]:
    return [span for span in (utterance.span, *(t.span for t in utterance.tokens)) if span is not None]
