"""Transcripts find their recordings, and recordings their transcripts."""

import pytest

from sdc.errors import MissingInputError
from sdc.formats import reading
from sdc.pipeline.pairs import find_pairs


def shown(pairs):
    return [(p.transcript and p.transcript.name, p.media and p.media.name, p.source) for p in pairs]


def test_pairs_of_a_folder(folder):
    pairs, failed = find_pairs([folder])
    assert shown(pairs) == [
        ("broken.cha", None, "broken.cha"),
        ("later.cha", None, "more/later.cha"),
        ("visit.cha", "visit.wav", "visit.cha"),
        (None, "alone.wav", "alone.wav"),
    ]
    assert failed == []


@pytest.mark.parametrize(
    "names", [["visit.cha"], ["visit.wav"], ["visit.wav", "visit.cha"], ["visit.cha", "visit.cha"]]
)
def test_a_file_brings_its_partner(folder, names):
    pairs, failed = find_pairs([folder / name for name in names])
    assert shown(pairs) == [("visit.cha", "visit.wav", "visit.cha")]
    assert failed == []


def test_a_transcript_of_the_same_name_that_names_another_recording_is_no_partner(folder, cha):
    (folder / "visit.cha").write_bytes(cha(media="other"))
    assert shown(find_pairs([folder / "visit.wav"])[0]) == [(None, "visit.wav", "visit.wav")]


def test_a_recording_beside_the_one_that_the_transcript_means_stays_alone(folder, wav):
    (folder / "visit.mp4").write_bytes(wav)  # @Media says audio: visit.wav
    assert shown(find_pairs([folder / "visit.mp4"])[0]) == [(None, "visit.mp4", "visit.mp4")]


def test_what_is_not_there_is_told_and_the_rest_found(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    pairs, failed = find_pairs([tmp_path / "none.mp3", folder / "visit.cha", tmp_path / "empty"])
    assert len(pairs) == 1
    assert [error.code for error in failed] == ["input.missing", "input.empty-folder"]
    assert all(isinstance(error, MissingInputError) for error in failed)


def test_a_recognisers_json_goes_with_the_recording_of_its_name(folder):
    for name in ("alone.json", "visit.json"):
        (folder / name).write_text('{"segments": [{"start": 0, "end": 1, "text": "hello."}], "language": "en"}')
    together = [("alone.json", "alone.wav", "alone.json")]
    assert shown(find_pairs([folder / "alone.wav", folder / "alone.json"])[0]) == together
    assert shown(find_pairs([folder / "alone.json"])[0]) == [("alone.json", None, "alone.json")]
    assert shown(find_pairs([folder / "alone.json", folder / "visit.wav"])[0]) == [
        ("alone.json", None, "alone.json"),
        ("visit.cha", "visit.wav", "visit.cha"),
    ]
    (folder / "visit.cha").rename(folder / "other.cha")
    assert ("alone.json", None, "alone.json") in shown(find_pairs([folder / "alone.json", folder / "visit.wav"])[0])
    (folder / "other.cha").rename(folder / "visit.cha")
    # Of two transcripts the one that names the recording has it.
    assert shown(find_pairs([folder / "visit.json", folder / "visit.wav", folder / "visit.cha"])[0]) == [
        ("visit.json", None, "visit.json"),
        ("visit.cha", "visit.wav", "visit.cha"),
    ]


def test_a_folder_is_listed_once_however_many_transcripts_lie_in_it(folder, cha, wav, monkeypatch):
    for number in range(5):
        (folder / f"v{number}.cha").write_bytes(cha(media=f"v{number}"))
        (folder / f"v{number}.wav").write_bytes(wav)
    listed = []
    list_media = reading.media_by_name
    monkeypatch.setattr(reading, "media_by_name", lambda place: listed.append(place) or list_media(place))
    pairs, _ = find_pairs(sorted(folder.glob("v*.*")))
    assert len(pairs) == 6
    assert all(pair.media.stem == pair.transcript.stem for pair in pairs)
    assert listed == [folder]
