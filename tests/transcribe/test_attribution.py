"""What was recognised becomes a session, and whose words they are is not guessed."""

import numpy as np
import pytest

from sdc.audio import Recording
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.measures import analyse
from sdc.session import Provenance, TimeSpan
from sdc.transcribe import ScriptedTranscriber, Transcript, to_session

SOUND = Recording(np.zeros(160_000, np.float32), 10.0, provenance=Provenance("decode", "pyav", "1"))


def heard(*segments: RecognisedSegment, language: str | None = "en") -> Transcript:
    return Transcript(segments, language, Provenance("transcribe", "whisper", "1"))


def segment(text: str, start_s: float = 0.0, end_s: float = 2.0) -> RecognisedSegment:
    words = text.split()
    edges = np.linspace(start_s, end_s, len(words) + 1).tolist()
    spoken = tuple(RecognisedWord(" " + w, a, b, 0.9) for w, a, b in zip(words, edges[:-1], edges[1:], strict=True))
    return RecognisedSegment(text, start_s, end_s, spoken)


def test_words_of_nobody_known():
    session = to_session(heard(segment("The dog ran.")), SOUND, source="visit.wav")
    assert [(p.code, p.role) for p in session.participants] == [("UNK", "Unidentified")]
    assert session.target is None
    assert [n.code for n in session.warnings] == ["transcribe.unchecked", "transcribe.no-speakers"]
    (utterance,) = session.utterances
    assert (utterance.speaker, utterance.raw, utterance.span) == ("UNK", "the dog ran .", TimeSpan(0, 2000))
    assert session.languages == ("eng",)
    assert [p.step for p in session.provenance] == ["decode", "transcribe"]


def test_words_of_the_child_where_somebody_says_so():
    session = to_session(heard(segment("The dog ran.")), SOUND, source="visit.wav", child_only=True)
    assert session.target is not None
    assert session.target.code == "CHI"
    assert [u.speaker for u in session.utterances] == ["CHI"]
    assert [n.code for n in session.warnings] == ["transcribe.unchecked"]


def test_repetitions_are_data():
    session = to_session(heard(segment("I I I want the the dog.")), SOUND, source="visit.wav")
    words = [t.text for t in session.utterances[0].tokens if t.kind == "word"]
    assert words == ["I", "I", "I", "want", "the", "the", "dog"]


def test_a_word_over_the_edge_is_moved_to_it_without_a_notice():
    late = RecognisedSegment("yes", 0.0, 1.0, (RecognisedWord(" yes", 0.5, 1.4, 0.9),))
    session = to_session(heard(late), SOUND, source="visit.wav")
    assert session.utterances[0].tokens[0].span == TimeSpan(500, 1000)
    assert [n.code for n in session.warnings] == ["transcribe.unchecked", "transcribe.no-speakers"]


@pytest.mark.parametrize("child_only", [True, False])
def test_nothing_heard(child_only):
    session = to_session(heard(language=None), SOUND, source="visit.wav", child_only=child_only)
    assert session.utterances == ()
    assert [n.code for n in session.warnings] == ["transcribe.no-speech"]
    assert session.languages == ()
    assert analyse(session).speakers == {}


def test_written_as_chat_it_is_read_again():
    session = to_session(heard(segment("Um, the dog ran."), segment("What?", 3, 4)), SOUND, source="visit.wav")
    again = read_chat(write_chat(session), source="visit.cha")
    assert again.warnings == ()
    assert [u.raw for u in again.utterances] == [u.raw for u in session.utterances]
    assert [u.span for u in again.utterances] == [u.span for u in session.utterances]


def test_the_scripted_engine_says_that_it_is_one():
    script = (segment("The dog ran."), segment("What?", 3, 4))
    told: list[tuple[str, float]] = []
    transcript = ScriptedTranscriber(script).transcribe(SOUND, on_progress=lambda *what: told.append(what))
    assert transcript.segments == script
    assert transcript.provenance.engine == "scripted"
    assert told == [("transcribing", 0.5), ("transcribing", 1.0)]
