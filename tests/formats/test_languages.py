import pytest

from sdc.formats.languages import chat_language, language_tag


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en", "eng"),
        ("English", "eng"),
        ("eng", "eng"),
        ("zh", "zho"),
        (" yue ", "yue"),
        ("xx", "xx"),
        ("", None),
        (None, None),
    ],
)
def test_language(name: str | None, code: str | None) -> None:
    assert chat_language(name) == code


@pytest.mark.parametrize(
    ("code", "tag"), [("eng", "en"), ("zho", "zh"), ("yue", "yue"), ("quc", "quc"), ("en-GB", "en-GB")]
)
def test_tag(code: str, tag: str) -> None:
    assert language_tag(code) == tag
