import pytest

from sdc.errors import InputError
from sdc.store.names import name_key, one_line


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Mia  Ana\tB\nC ", "Mia Ana B C"),
        ("Mi\u0301a", "Mía"),
        ("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627"),
        ("K\u2019naan \U0001f600", "K\u2019naan \U0001f600"),
    ],
)
def test_names_that_can_be_seen(given, kept):
    assert one_line(given) == kept


@pytest.mark.parametrize(
    "given", ["a\x00", "\u200dMia", "Mi\u200ca", "\ud800", "a\u202eb", "a\x7fb", "\ufeff", "\U000f0000"]
)
def test_what_is_not_seen_is_refused(given):
    with pytest.raises(ValueError, match=r"U\+"):
        one_line(given)


def test_a_child_is_not_called_so(repository):
    with pytest.raises(InputError) as caught:
        repository.add_child("Mia\x1b[2J")
    assert caught.value.code == "child.name"


def test_twins_have_one_key():
    assert len({name_key(name) for name in ("Mía", "Mi\u0301a", "MÍA", " Ｍía ")}) == 1
