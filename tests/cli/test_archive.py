"""`sdc export` and `sdc import`."""

import zipfile

import pytest

PASSPHRASE = "five words of a sentence"


@pytest.fixture
def stored(sdc, cha):
    sdc("add", cha(line="Mia saw Tom"), "--child", "Mia")
    sdc("add", cha("later.cha", date="09-MAR-2026"), "--child", "Tom")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Let commands use another store from now on."""

    def change() -> None:
        monkeypatch.setenv("SDC_HOME", str(tmp_path / "other"))
        monkeypatch.delenv("SDC_DOCUMENTS", raising=False)
        monkeypatch.delenv("SDC_BLOBS", raising=False)

    return change


def test_one_store_into_another(sdc, stored, tmp_path, elsewhere):
    result = sdc("export", "-o", tmp_path / "all.zip")
    assert result.exit_code == 0, result.stderr
    assert "2 children, 2 sessions, 2 files" in result.stdout
    assert "not sealed" in result.stderr
    assert sdc("export", "-o", tmp_path / "all.zip").exit_code == 1
    shown = sdc("sessions", "Mia").stdout
    elsewhere()
    assert "2 children" in sdc("import", tmp_path / "all.zip").stdout
    assert sdc("sessions", "Mia").stdout == shown
    assert " 0 files written" in sdc("import", tmp_path / "all.zip").stdout
    assert "archive.import" in sdc("audit", "list").stdout


def test_one_child_sealed(sdc, stored, tmp_path, elsewhere):
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE + "\n")
    result = sdc("export", "Mia", "-o", tmp_path / "mia.sdc", "--passphrase-file", secret)
    assert "1 child, 1 session" in result.stdout
    assert "not sealed" not in result.stderr
    elsewhere()
    refused = sdc("import", tmp_path / "mia.sdc")
    assert refused.exit_code == 1
    assert "--passphrase-file" in refused.stderr
    assert sdc("import", tmp_path / "mia.sdc", "--passphrase-file", secret).exit_code == 0
    assert "Tom" not in sdc("children").stdout


@pytest.mark.parametrize("text", ["short", None])
def test_a_passphrase_that_protects_nothing(sdc, stored, tmp_path, text):
    secret = tmp_path / "passphrase.txt"
    if text is not None:
        secret.write_text(text)
    result = sdc("export", "-o", tmp_path / "a.sdc", "--passphrase-file", secret)
    assert result.exit_code == 1
    assert "archive.passphrase" in result.stderr
    assert not (tmp_path / "a.sdc").exists()


def test_for_research_only_with_consent_and_without_names(sdc, stored, tmp_path):
    target = tmp_path / "research.zip"
    refused = sdc("export", "Mia", "--deidentified", "-o", target)
    assert refused.exit_code == 1
    assert "consent.missing" in refused.stderr
    assert not target.exists()
    sdc("consent", "Mia", "--grant", "research_export", "--by", "mother")
    sdc("roster", "Mia", "add", "Tom")
    result = sdc("export", "--deidentified", "-o", target)
    assert result.exit_code == 0, result.stderr
    with zipfile.ZipFile(target) as zip:
        names = zip.namelist()
        texts = {name: zip.read(name).decode() for name in names}
    (transcript,) = [name for name in names if name.endswith(".cha")]
    assert transcript.startswith("transcripts/R-")
    everything = "".join([*texts.values(), *names])
    assert not any(word in everything for word in ("Mia", "Tom", "02-MAR-2026", "2026-03-02", "visit"))
    assert "PersonB" in texts[transcript] or "Pers" in texts[transcript]
    assert texts["measures.csv"].count(",mlu_words,") == 2
    assert "research.export" in sdc("audit", "list", "--child", "Mia").stdout
    assert "research.export" not in sdc("audit", "list", "--child", "Tom").stdout
