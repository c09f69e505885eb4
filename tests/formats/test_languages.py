import pytest

from sdc.formats.languages import chat_language


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
