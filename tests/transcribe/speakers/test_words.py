"""Words go to the voice that is heard in their middle."""

from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers import Diarization, SpeakerSegment, give_words

CODES = {"A": "CHI", "B": "ADU"}


def heard(*segments: SpeakerSegment) -> Diarization:
    return Diarization(segments, Provenance("diarize", "x", "1"))


def word(start_s, end_s):
    return RecognisedWord(" word", start_s, end_s, 0.9)


def speakers(words, *segments):
    whole = RecognisedSegment("words", 0.0, 9.0, tuple(words))
    (given,), n_unsure = give_words([whole], heard(*segments), CODES)
    return [w.speaker for w in given.words], n_unsure


TWO = (SpeakerSegment("A", TimeSpan(0, 1000), 0.9), SpeakerSegment("B", TimeSpan(1200, 3000), 0.9))


def test_the_middle_decides():
    assert speakers([word(0.8, 1.1), word(0.9, 1.6), word(1.4, 1.6)], *TWO) == (["CHI", "ADU", "ADU"], 0)


def test_a_word_in_silence_goes_to_the_nearest_voice_unless_none_is_near():
    assert speakers([word(3.1, 3.5), word(3.3, 3.9)], *TWO) == (["ADU", None], 0)


def test_a_word_without_times_goes_with_the_one_before():
    assert speakers([word(0.1, 0.3), word(None, None), word(2, 2.1)], *TWO) == (["CHI", "CHI", "ADU"], 0)


def test_overlaps_and_doubtful_voices_are_counted():
    over = (SpeakerSegment("A", TimeSpan(0, 2000), 0.7), SpeakerSegment("B", TimeSpan(1000, 3000), 0.9))
    assert speakers([word(0.1, 0.2), word(1.4, 1.5), word(2.4, 2.5)], *over) == (["CHI", "ADU", "ADU"], 1)
    doubtful = SpeakerSegment("A", TimeSpan(0, 2000), 0.5)
    assert speakers([word(0.1, 0.2)], doubtful) == (["CHI"], 1)
    untold = SpeakerSegment("A", TimeSpan(0, 2000))
    assert speakers([word(0.1, 0.2)], untold) == (["CHI"], 0)


def test_segments_without_words():
    segments = [RecognisedSegment("a dog", 1.5, 2.5), RecognisedSegment("no times")]
    given, _ = give_words(segments, heard(*TWO), CODES)
    assert [s.speaker for s in given] == ["ADU", None]


def test_nobody_heard():
    assert speakers([word(0.1, 0.2)]) == ([None], 0)
