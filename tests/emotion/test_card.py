"""A model without a stated licence is not used."""

import pytest

from sdc.emotion.card import read_licence
from sdc.errors import EngineError


def card(folder, text):
    (folder / "README.md").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("matter", "licence"),
    [
        ("license: apache-2.0", "apache-2.0"),
        ("license: cc-by-nc-sa-4.0\ntags:\n- audio", "cc-by-nc-sa-4.0"),
        ("license: [mit, cc-by-4.0]", "mit, cc-by-4.0"),
        ("license: other\nlicense_name: made-up-licence", "made-up-licence"),
    ],
)
def test_licence(tmp_path, matter, licence):
    assert read_licence(card(tmp_path, f"---\n{matter}\n---\n# Model\n"), "m") == licence


@pytest.mark.parametrize(
    "text",
    [
        "# Licence: MIT\n",
        "---\ntags: [audio]\n---\n",
        "---\nlicense:\n---\n",
        "---\nlicense: unknown\n---\n",
        "---\nlicense: other\n---\n",
        "---\nlicense: [mit\n---\n",
        "",
    ],
)
def test_no_licence(tmp_path, text):
    with pytest.raises(EngineError) as caught:
        read_licence(card(tmp_path, text), "made-up/model")
    assert caught.value.code == "engine.no-licence"
    assert "made-up/model" in caught.value.message
    assert "license:" in caught.value.hint


def test_no_card(tmp_path):
    with pytest.raises(EngineError, match="No licence can be read"):
        read_licence(tmp_path, "m")
