"""The error tree is drawn as it is."""

import inspect

import sdc.errors
from sdc.errors import ChatError, SDCError

CLASSES = [
    member
    for _, member in inspect.getmembers(sdc.errors, inspect.isclass)
    if issubclass(member, SDCError) and member.__module__ == "sdc.errors"
]


def test_the_docstring_draws_every_error():
    drawn = sdc.errors.__doc__
    assert not [c.__name__ for c in CLASSES if c.__name__ not in drawn]


def test_codes_are_unique_and_families_are_documented():
    codes = [c.default_code for c in CLASSES]
    assert len(set(codes)) == len(codes)
    assert all(code.count(".") == 1 for code in codes)


def test_an_error_says_where_what_and_what_to_do():
    error = ChatError("there is no @Begin.", code="chat.no-begin", hint="Is it a transcript?", source="a.cha", line=3)
    assert str(error) == "a.cha:3: there is no @Begin. Is it a transcript?"
    assert error.to_dict() == {
        "source": "a.cha",
        "line": 3,
        "code": "chat.no-begin",
        "message": "there is no @Begin.",
        "hint": "Is it a transcript?",
    }
