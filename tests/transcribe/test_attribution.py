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
from sdc.transcribe.speakers import Attribution, Diarization, Role, SpeakerSegment

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


# Who spoke

VOICES = (
    SpeakerSegment("A", TimeSpan(0, 2100), 0.9),
    SpeakerSegment("B", TimeSpan(2100, 4000), 0.9),
    SpeakerSegment("A", TimeSpan(4000, 6000), 0.9),
)


def told(roles=None, voices=VOICES) -> Attribution:
    diarization = Diarization(voices, Provenance("diarize", "x", "1"))
    return Attribution(diarization, roles or {}, Provenance("roles", "person", "1") if roles else None)


TURNS = heard(segment("The dog ran."), segment("where did it go?", 2.2, 4), segment("Home.", 4.2, 5))


def test_voices_of_nobody_known():
    session = to_session(TURNS, SOUND, source="visit.wav", speakers=told())
    assert [(p.code, p.role, p.name) for p in session.participants] == [
        ("SP00", "Unidentified", "A"),
        ("SP01", "Unidentified", "B"),
    ]
    assert [u.speaker for u in session.utterances] == ["SP00", "SP01", "SP00"]
    assert session.target is None
    assert [n.code for n in session.warnings] == ["transcribe.unchecked", "transcribe.speakers"]
    assert "child is not known" in session.warnings[1].message
    assert "provisional" in session.warnings[1].message
    assert [p.step for p in session.provenance] == ["decode", "transcribe", "diarize"]


def test_voices_whose_roles_are_known():
    roles = {"A": Role.ADULT, "B": Role.CHILD}
    session = to_session(TURNS, SOUND, source="visit.wav", speakers=told(roles))
    assert [(p.code, p.role) for p in session.participants] == [("CHI", "Target_Child"), ("ADU", "Adult")]
    assert [u.speaker for u in session.utterances] == ["ADU", "CHI", "ADU"]
    assert session.target is not None
    assert "child is not known" not in session.warnings[1].message
    assert "provisional" in session.warnings[1].message
    assert [p.step for p in session.provenance][-2:] == ["diarize", "roles"]
    again = read_chat(write_chat(session), source="visit.cha")
    assert again.warnings == ()
    assert [(p.code, p.role) for p in again.participants] == [(p.code, p.role) for p in session.participants]


def test_two_adults_have_codes_of_their_own():
    session = to_session(TURNS, SOUND, source="v", speakers=told({"A": Role.ADULT, "B": Role.ADULT}))
    assert [p.code for p in session.participants] == ["ADU", "ADU2"]


def test_a_sentence_in_which_the_speaker_changes_is_two():
    whole = heard(segment("the dog ran where did it go?", 0.0, 4.0))
    session = to_session(whole, SOUND, source="visit.wav", speakers=told())
    assert [u.speaker for u in session.utterances] == ["SP00", "SP01"]


def test_one_voice_that_nobody_knows_is_not_told_apart():
    alone = (SpeakerSegment("SP00", TimeSpan(0, 6000)),)
    session = to_session(TURNS, SOUND, source="visit.wav", speakers=told(voices=alone))
    assert [p.code for p in session.participants] == ["UNK"]
    assert [n.code for n in session.warnings] == ["transcribe.unchecked", "transcribe.no-speakers"]
    known = to_session(TURNS, SOUND, source="visit.wav", speakers=told({"SP00": Role.CHILD}, alone))
    assert [p.code for p in known.participants] == ["CHI"]


def test_words_that_no_voice_is_near_are_nobodys():
    late = heard(segment("The dog ran."), segment("Home.", 8, 9))
    session = to_session(late, SOUND, source="visit.wav", speakers=told())
    assert [u.speaker for u in session.utterances] == ["SP00", "UNK"]
    assert [p.code for p in session.participants] == ["SP00", "UNK"]


def test_words_where_voices_overlap_are_told():
    voices = (SpeakerSegment("A", TimeSpan(0, 6000), 0.7, True), SpeakerSegment("B", TimeSpan(2100, 6000), 0.9, True))
    session = to_session(TURNS, SOUND, source="visit.wav", speakers=told(voices=voices))
    (notice,) = [n for n in session.warnings if n.code == "transcribe.unsure-speakers"]
    assert "5 of the words" in notice.message


def test_somebody_who_says_that_only_the_child_speaks_is_right():
    session = to_session(TURNS, SOUND, source="visit.wav", child_only=True, speakers=told())
    assert [u.speaker for u in session.utterances] == ["CHI"] * 3
    assert [n.code for n in session.warnings] == ["transcribe.unchecked"]
