"""A child's roster from what the store knows; texts out and back; sessions of a child alike."""

import pytest

from sdc.deidentify import restore_text
from sdc.errors import NotFoundError
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.pipeline.deidentifying import (
    add_name,
    childs_roster,
    participants_names,
    remove_name,
    suggestions,
    text_without_names,
    without_names,
)
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given


@pytest.fixture
def mia(app, tmp_path, cha):
    for name, date in (("a.cha", "02-MAR-2026"), ("b.cha", "09-MAR-2026")):
        text = cha(date=date, line="I saw Kermit and Mia").decode()
        (tmp_path / name).write_text(text.replace("MOT Mother", "MOT Rosa_Ruiz Mother"))
    add_paths(app, [tmp_path / "a.cha", tmp_path / "b.cha"], "Mia Sofia", Given())
    return app.repository.named_child("Mia Sofia")


def test_the_roster_knows_the_child_and_who_took_part(app, mia):
    assert [e.name for e in childs_roster(app, mia).entries] == ["Mia", "Sofia", "Rosa", "Ruiz"]
    assert childs_roster(app, mia) == app.rosters.get(mia.id)


def test_a_role_is_no_name(cha):
    text = cha().decode().replace("MOT Mother", "MOT Mother Mother, INV Tom Investigator, GRA Old_Grandmother Relative")
    assert participants_names(read_chat(text, source="a.cha")) == ["Mia", "Tom"]


def test_a_text_goes_out_without_names_and_comes_back(app, mia):
    add_name(app, mia, "Kermit", "person")
    text = "Does Mia's mother (rosa.ruiz@mail.example) say Kermit? Since 2026-03-02."
    out = text_without_names(app, mia, text)
    assert not any(word in out for word in ("Mia", "rosa", "ruiz", "Kermit", "2026-03-02"))
    assert restore_text(out, app.rosters.get(mia.id)) == text
    assert text_without_names(app, mia, text) == out


def test_sessions_of_a_child_are_told_alike_and_keep_their_distance(app, mia):
    sessions = [app.repository.session(e.id).session for e in app.repository.session_entries(mia.id)]
    first, second = (without_names(app, mia, session) for session in sessions)
    assert first.participants[0].name == second.participants[0].name
    assert "Mia" not in write_chat(first) + write_chat(second)
    from datetime import date

    days = (date.fromisoformat(second.date) - date.fromisoformat(first.date)).days
    assert days == 7
    assert first.date != "2026-03-02"


def test_suggestions_until_a_person_has_decided(app, mia):
    assert [(s.word, s.n) for s in suggestions(app, mia)] == [("Kermit", 2)]
    add_name(app, mia, "Kermit", "person")
    assert suggestions(app, mia) == []
    remove_name(app, mia, "Kermit")
    assert [s.word for s in suggestions(app, mia)] == ["Kermit"]
    remove_name(app, mia, "Rosa")
    with pytest.raises(NotFoundError):
        remove_name(app, mia, "Rosa")
