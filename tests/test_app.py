"""The application, put together from settings."""

import pytest

from sdc.app import build_app
from sdc.errors import ExtraMissingError, NotFoundError, SettingsError, StoreError
from sdc.session import Analysis, Session
from sdc.settings import Settings
from sdc.store.records import SessionEntry, StoredSession


def keep(app, child_id: str, identity: str, date: str | None) -> None:
    entry = SessionEntry(identity, child_id, "x.cha", "chat", date)
    app.repository.save_session(StoredSession(entry, Session("x.cha", date), Analysis("x.cha")))


def test_a_store_is_made_and_found_again(tmp_path):
    settings = Settings(home=tmp_path / "deep" / "home")
    with build_app(settings) as app:
        child = app.repository.add_child("Mia")
    with build_app(settings) as app:
        assert app.repository.children() == [child]
        assert app.jobs.lease_s == settings.job_lease_s
    with pytest.raises(StoreError):
        app.repository.children()


@pytest.mark.parametrize("acoustics", ["ears", "praat"])
def test_acoustics_that_cannot_be_had_are_refused_before_a_store_is_made(acoustics, tmp_path, monkeypatch):
    monkeypatch.setattr("sdc.audio.acoustics.find_spec", lambda module: None)
    home = tmp_path / "home"
    with pytest.raises(ExtraMissingError if acoustics == "praat" else SettingsError):
        build_app(Settings(home=home, acoustics=acoustics))
    assert not home.exists()


def test_overviews_and_weeks(tmp_path):
    with build_app(Settings(home=tmp_path)) as app:
        child = app.repository.add_child("Mia")
        for identity, date in (("s1", "2026-03-16"), ("s2", "2026-03-02"), ("s3", None)):
            keep(app, child.id, identity, date)
        assert [app.week_of(identity) for identity in ("s1", "s2", "s3")] == [3, 1, None]
        (listed,) = app.caseload().items
        assert listed == app.listed_child(child.id)
        assert (listed.summary.n_sessions, listed.summary.last_date) == (3, "2026-03-16")
        with pytest.raises(NotFoundError):
            app.listed_child("none")


def test_a_home_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError) as caught:
        build_app(Settings(home=tmp_path / "file"))
    assert caught.value.code == "store.home"
    assert "SDC_HOME" in caught.value.hint
