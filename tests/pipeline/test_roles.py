"""Who is who, told afterwards; voices remembered and known again."""

import shutil
from dataclasses import replace

import pytest

from sdc.app import build_app
from sdc.audio import load_recording
from sdc.demo import demo_transcripts
from sdc.errors import InputError, NotFoundError
from sdc.formats import read_path
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.pipeline.roles import find_session, know_again, remember_voices, tell_roles
from sdc.pipeline.speakers import enrolled_voices
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber
from sdc.transcribe.naming import unknown_voices
from sdc.transcribe.speakers import Role
from wav import write_wav

SECONDS = (50, 51)
"""So much of weeks 1 and 2 is heard: enough to know the voices by; the lengths tell the weeks apart."""


def script(week, seconds):
    """Return a week of the demo as a recogniser without an ear for voices would hear it."""
    for utterance in read_path(week).utterances:
        start_s, end_s = utterance.span.start_ms / 1000, utterance.span.end_ms / 1000
        word = RecognisedWord(f" {utterance.speaker.lower()}.", start_s, end_s, 0.9)
        if end_s < seconds:
            yield RecognisedSegment(word.text, start_s, end_s, (word,))


class Weeks:
    """Hears in each recording what that week's transcript says."""

    is_remote = False

    def transcribe(self, recording, *, on_progress=None):
        week = SECONDS.index(round(recording.duration_s))
        segments = tuple(script(demo_transcripts()[week], SECONDS[week]))
        return ScriptedTranscriber(segments).transcribe(recording, on_progress=on_progress)


def write_start(week, seconds, path):
    write_wav(path, load_recording(week.with_suffix(".opus")).samples[: seconds * 16_000])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Weeks 1 and 2 of the demo, recognised; nobody said who speaks."""
    folder = tmp_path_factory.mktemp("roles")
    with build_app(Settings(home=folder / "home"), transcriber=Weeks()) as app:
        for number, (week, seconds) in enumerate(zip(demo_transcripts(), SECONDS, strict=False), 1):
            path = folder / f"week{number}.wav"
            write_start(week, seconds, path)
            (added,) = add_paths(app, [path], "Sarah Lee", Given(date=f"2026-03-0{number}"))
            assert added.failures == ()
    return folder / "home"


@pytest.fixture
def app(store, tmp_path):
    home = shutil.copytree(store, tmp_path / "home")
    with build_app(Settings(home=home), transcriber=Weeks()) as app:
        yield app


@pytest.fixture
def child(app):
    return app.repository.named_child("Sarah Lee")


@pytest.fixture
def first(app, child):
    return find_session(app, child, "2026-03-01")


def codes_of(session):
    """Return which voice is the child's and which the adult's, by the words that the script gave them."""
    said = [(u.speaker, u.tokens[0].text.lower()) for u in session.utterances]
    return tuple(max({s for s, _ in said}, key=lambda s: said.count((s, word))) for word in ("chi", "mot"))


def told(app, entry):
    stored = app.repository.session(entry.id)
    child_code, adult_code = codes_of(stored.session)
    assert {child_code, adult_code} == {"SP00", "SP01"}
    return tell_roles(app.repository, entry.id, {child_code: "child", adult_code: "adult"})


def test_roles_by_one_click(app, child, first):
    before = app.repository.session(first.id)
    assert (first.target, first.measures) == (None, {})
    told(app, first)
    after = app.repository.session(first.id)
    assert (after.entry.target, after.session.target.name) == ("CHI", "Sarah_Lee")
    assert [(p.code, p.role) for p in after.session.participants][:2] == [("CHI", "Target_Child"), ("ADU", "Adult")]
    lines = [u for u in after.session.utterances if u.speaker == "CHI"]
    assert after.entry.measures["utterances_total"].value == len(lines) > 5
    assert after.analysis.speakers["CHI"].measures["pauses_per_min"].value is not None  # from the kept tracks
    assert after.insights != before.insights
    assert [u.raw for u in after.session.utterances] == [u.raw for u in before.session.utterances]
    assert after.entry.recording == before.entry.recording
    codes = [n.code for n in after.session.warnings]
    assert ("speakers.told" in codes, "transcribe.speakers" in codes) == (True, False)
    (by,) = [p for p in after.session.provenance if p.step == "roles"]
    assert (by.engine, set(by.parameters.values())) == ("person", {"CHI", "ADU"})
    assert app.repository.session_entries(child.id)[0].measures == after.entry.measures


def test_a_mistake_is_put_right(app, first):
    told(app, first)
    n = app.repository.session(first.id).entry.measures["utterances_total"].value
    tell_roles(app.repository, first.id, {"CHI": "adult", "ADU": "child"})
    swapped = app.repository.session(first.id)
    assert swapped.entry.measures["utterances_total"].value != n
    tell_roles(app.repository, first.id, {"CHI": "adult", "ADU": "child"})
    again = app.repository.session(first.id)
    assert again.entry.measures["utterances_total"].value == n
    assert [n.code for n in again.session.warnings].count("speakers.told") == 1


def test_what_was_told_stays_when_the_recording_is_added_again(app, child, first, store):
    told(app, first)
    tell_roles(app.repository, first.id, {"CHI": "adult", "ADU": "child"})
    before = app.repository.session(first.id)
    recording = store.parent / "week1.wav"
    (added,) = add_paths(app, [recording], child, Given(date="2026-03-01"))
    after = app.repository.session(added.entry.id)
    assert after.entry.measures == before.entry.measures
    assert [u.speaker for u in after.session.utterances] == [u.speaker for u in before.session.utterances]
    assert "speakers.told" in {n.code for n in after.session.warnings}
    (added,) = add_paths(app, [recording], child, Given(n_speakers=1))  # now there is one voice, UNK
    assert added.entry.target is None
    assert any("please tell again" in note for note in added.notes)


def test_two_voices_of_one_person(app, first):
    tell_roles(app.repository, first.id, {"SP00": "child", "SP01": "child"})
    stored = app.repository.session(first.id)
    assert [p.code for p in stored.session.participants if p.role == "Target_Child"] == ["CHI"]
    tell_roles(app.repository, first.id, {"CHI": "other"})
    assert app.repository.session(first.id).entry.measures == {}


def test_what_cannot_be_told(app, child, first, tmp_path):
    for roles, code in (({"SP09": "child"}, "speakers.label"), ({"SP00": "boss"}, "speakers.role")):
        with pytest.raises(InputError) as caught:
            tell_roles(app.repository, first.id, roles)
        assert caught.value.code == code
    with pytest.raises(NotFoundError):
        tell_roles(app.repository, "nothing", {"SP00": "child"})
    (added,) = add_paths(app, [shutil.copy(demo_transcripts()[2], tmp_path / "by-hand.cha")], child, Given())
    with pytest.raises(InputError) as caught:
        tell_roles(app.repository, added.entry.id, {"CHI": "adult"})
    assert caught.value.code == "speakers.transcribed"


def test_remembered_voices_are_known_in_the_other_session(app, child, first):
    with pytest.raises(InputError) as caught:
        remember_voices(app.repository, first.id)
    assert caught.value.code == "speakers.no-roles"
    told(app, first)
    assert remember_voices(app.repository, first.id).roles == ("child", "adult")
    assert {p.role for p in enrolled_voices(app.repository, child)} == {Role.CHILD, Role.ADULT}

    steps = []
    (found,) = know_again(app.repository, child, lambda step, fraction: steps.append((step, fraction)))
    assert steps == [("week2.wav", 0.0)]
    assert set(found.roles.values()) == {"child", "adult"}
    second = app.repository.session(found.entry.id)
    assert codes_of(second.session) == ("CHI", "ADU")
    assert second.entry.measures["utterances_total"].value > 5
    (notice,) = [n for n in second.session.warnings if n.code == "speakers.known"]
    assert "provisional" in notice.message
    assert unknown_voices(second.session) == ()
    assert know_again(app.repository, child) == []  # what a person told, and what is known, is left alone


def test_voices_are_remembered_from_a_transcript_written_by_hand(app, child, store, tmp_path):
    week = demo_transcripts()[0]
    shutil.copy(store.parent / "week1.wav", tmp_path / "hand.wav")
    (tmp_path / "hand.cha").write_text(week.read_text().replace("sarah-week1, audio", "hand, audio"))
    (added,) = add_paths(app, [tmp_path / "hand.cha"], child, Given())
    assert remember_voices(app.repository, added.entry.id).roles == ("child", "adult")  # MOT is an adult
    looked = know_again(app.repository, child)
    assert [set(known.roles.values()) for known in looked] == [{"child", "adult"}] * 2


def test_a_stranger_stays_unknown(app, child, first):
    told(app, first)
    remember_voices(app.repository, first.id)
    for document in app.repository.voiceprints.of(child.id):  # as if they were others' voices
        other = {**document, "mean": [v + 5.0 for v in document["mean"]]}
        app.repository.voiceprints.keep(child.id, other["role"], other)
    (looked,) = know_again(app.repository, child)
    assert looked.roles == {}
    assert app.repository.session(looked.entry.id).entry.measures == {}


def test_without_a_recording_nobody_is_remembered(app, child, first):
    told(app, first)
    stored = app.repository.session(first.id)
    app.repository.save_session(replace(stored, entry=replace(stored.entry, recording=None, tracks=None)))
    with pytest.raises(NotFoundError):
        remember_voices(app.repository, first.id)
    assert [u.entry.source for u in know_again(app.repository, child)] == ["week2.wav"]


def test_a_session_is_found_by_id_date_or_name(app, child, first):
    for name in (first.id, "2026-03-01", "week1.wav"):
        assert find_session(app, child, name) == first
    with pytest.raises(NotFoundError, match="week2"):
        find_session(app, child, "2026-04-01")


def test_roles_can_be_told_where_captions_name_speakers_without_roles(tmp_path):
    path = tmp_path / "visit.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nMia: No.\n\n2\n00:00:02,000 --> 00:00:03,000\nAnna: Yes.\n")
    with build_app(Settings(home=tmp_path / "home")) as app:
        entry = add_paths(app, [path], "Mia", Given())[0].entry
        assert entry is not None
        assert entry.target is None
        stored = tell_roles(app.repository, entry.id, {"MIA": "child"})
        assert stored.entry.target == "CHI"
        assert "mlu_words" in stored.entry.measures
        assert "annotation.no-child" not in [notice.code for notice in stored.session.warnings]
