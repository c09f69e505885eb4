"""Files and folders → tasks."""

import json

import pytest

from sdc.scale.corpus import ChildFrom, Corpus, child_name


def told(corpus):
    failures = []
    tasks = list(corpus.tasks(failures.append))
    return tasks, [(error.source, error.code) for error in failures]


def test_a_recording_goes_with_the_transcript_that_names_it(tmp_path, cha, tone):
    cha("ann/visit.cha")
    (tmp_path / "corpus/ann/visit.wav").write_bytes(tone)
    (tmp_path / "corpus/ann/alone.wav").write_bytes(tone)
    cha("bob/deep/visit.cha")
    corpus = Corpus((tmp_path / "corpus",))
    tasks, failures = told(corpus)
    found = [(task.source, [file.name for file in task.pair.files], task.child) for task in tasks]
    assert found == [
        ("ann/visit.cha", ["visit.cha", "visit.wav"], "ann"),
        ("ann/alone.wav", ["alone.wav"], "ann"),
        ("bob/deep/visit.cha", ["visit.cha"], "deep"),
    ]
    assert (failures, corpus.count()) == ([], 3)


def test_what_is_hidden_or_no_input_is_passed_over(tmp_path, cha):
    for name in (".hidden.cha", ".git/visit.cha"):
        cha(f"ann/{name}")
    kept = cha("ann/visit.cha")
    (kept.parent / "README.txt").write_text("read me")
    (kept.parent / "settings.json").write_text(json.dumps({"colour": "red"}))
    tasks, failures = told(Corpus((tmp_path / "corpus",)))
    assert ([task.source for task in tasks], failures) == (["ann/visit.cha"], [])


def test_files_that_are_given_are_taken_as_they_are(tmp_path, cha):
    (tmp_path / "settings.json").write_text("{}")
    tasks, failures = told(Corpus((cha("ann/visit.cha"), tmp_path / "settings.json")))
    assert ([task.source for task in tasks], failures) == (["visit.cha", "settings.json"], [])


def test_what_is_not_there_is_told_and_the_rest_goes_on(tmp_path, cha):
    cha("ann/visit.cha")
    (tmp_path / "empty").mkdir()
    paths = (tmp_path / "nowhere", tmp_path / "empty", tmp_path / "corpus")
    tasks, failures = told(Corpus(paths))
    assert [task.source for task in tasks] == ["ann/visit.cha"]
    assert failures == [(str(paths[0]), "input.missing"), (str(paths[1]), "input.empty-folder")]


@pytest.mark.parametrize(
    ("file", "child_from", "name"),
    [
        ("ann/S01_visit2.cha", ChildFrom.FOLDER, "ann"),
        ("ann/S01_visit2.cha", ChildFrom.NAME, "S01"),
        ("ann/S01-2.cha", ChildFrom.NAME, "S01"),
        ("ann/Mia 2026.cha", ChildFrom.NAME, "Mia"),
        ("ann/adam01.cha", ChildFrom.NAME, "adam01"),  # not adam: child01 and child02 may be two children
        ("ann/__.cha", ChildFrom.NAME, "__"),
        ("ann/S01_visit2.cha", ChildFrom.PARTICIPANT, None),
    ],
)
def test_whose_a_file_is(tmp_path, file, child_from, name):
    assert child_name(tmp_path / file, child_from) == name
