import pytest

from sdc.formats.chat.codes import read_code, read_language, read_postcode
from sdc.session import ScopeKind as S

CODES = [
    ("[/]", S.REPETITION, ""),
    ("[//]", S.REVISION, ""),
    ("[///]", S.REFORMULATION, ""),
    ("[/-]", S.FALSE_START, ""),
    ("[/?]", S.UNCLEAR_RETRACING, ""),
    ("[: nose]", S.REPLACEMENT, "nose"),
    ("[:  going to]", S.REPLACEMENT, "going to"),
    ("[:: dogs]", S.REAL_WORD_REPLACEMENT, "dogs"),
    ("[*]", S.ERROR, ""),
    ("[* p:w]", S.ERROR, "p:w"),
    ("[= his dog]", S.EXPLANATION, "his dog"),
    ("[=! whispers]", S.PARALINGUISTIC, "whispers"),
    ("[=? dig]", S.ALTERNATIVE, "dig"),
    ("[% nods]", S.COMMENT, "nods"),
    ("[?]", S.UNCERTAIN, ""),
    ("[<]", S.OVERLAP, "<"),
    ("[>2]", S.OVERLAP, ">2"),
    ("[!]", S.STRESS, "!"),
    ("[!!]", S.STRESS, "!!"),
    ("[x 3]", S.REPEAT_COUNT, "3"),
    ("[e]", S.EXCLUDED, ""),
    ("[# 1.5]", S.DURATION, "1.5"),
    ("[^ huh]", S.OTHER, "^ huh"),
    ("[<x]", S.OTHER, "<x"),
    ("[]", S.OTHER, ""),
]


@pytest.mark.parametrize(("raw", "kind", "text"), CODES, ids=[c[0] for c in CODES])
def test_code(raw: str, kind: S, text: str) -> None:
    assert read_code(raw) == (kind, text)


def test_postcode_and_language() -> None:
    assert read_postcode("[+ mlue]") == "mlue"
    assert read_postcode("[= mlue]") is None
    assert read_language("[- spa]") == "spa"
    assert read_language("[-]") is None
    assert read_language("[/-]") is None
