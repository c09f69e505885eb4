"""Single words of main lines: parentheses, digits, special form markers, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.chat.check_headers import language_problems
from sdc.formats.chat.check_source import Source
from sdc.formats.chat.mainline import items
from sdc.formats.chat.words import CA_MARKS, UNDERLINE

FORMS = frozenset(
    {
        "b",
        "c",
        "d",
        "f",
        "fp",
        "g",
        "i",
        "k",
        "l",
        "ls",
        "n",
        "o",
        "p",
        "q",
        "s",
        "si",
        "sl",
        "sas",
        "t",
        "u",
        "wp",
        "x",
    }
)
"""Special form markers (CHAT manual, "Special Form Markers"); ``@s:eng`` and ``@z:…`` besides."""

_COMPOUND_FORMS = frozenset({"c", "f", "n", "s", "si", "sl", "sas", "t"})
_WITH_NUMBERS = frozenset({"zh", "chi", "zho", "cy", "cym", "vi", "vie", "th", "tha", "nan", "yue", "min", "hak"})
_STARTS = re.compile(r"[^\x00-\x7f]|[A-Za-z0-9(&'/`\[]|\^(?=[A-Za-z]|[^\x00-\x7f])|:$")
_OLD_AMPERSAND = re.compile(r"&(?![-+~*=]|[{}][ln]=)")
_ILLEGAL = re.compile(r"[*%=|{}\\\"…!?;$]")
_NOT_IN_USE = re.compile("[\ue000-\uff00\uff5f-\U0010ffff]")
"""Private use, special forms and what lies beyond the basic plane: CHECK takes only full-width letters of these."""

_ENDS_OPEN = re.compile(r"[&_~^@+/]$|#(?=.*[A-Za-z0-9])|([_'~^@])\1|\+\+|--|\(\(|\)\)|\(\)|_[-'+~@)]|'[+~@_]|\+[-~@)_]")
_PAUSE_LIKE = re.compile(r"\([\d.:\s]*\d[\d.:\s]*\)")
_INNER_STOP = re.compile(r"[^\s.?!][.?!]+[^\s.?!]")
_DIGIT = re.compile(r"(?<![-⌈⌉⌊⌋])[0-9]")
_SEGMENTS = re.compile(r"↫[^↫]*↫")
_PAIRED = "∆∇⁎⁇°◉▁▔☺∬Ϋ∮§♋↫"


def word_problems(source: Source) -> Iterator[Problem]:
    """Check the words of the main lines."""
    languages = source.languages
    numbers = bool(languages) and languages[0] in _WITH_NUMBERS
    for utterance, body in source.spoken:
        counts = numbers or utterance.language in _WITH_NUMBERS
        for kind, raw, _ in items(body):
            if kind in ("word", "event", "other"):
                for code, message in word_faults(raw, counts or _in_tone_language(raw, languages), source.is_ca):
                    yield Problem(utterance.line or 0, code, message)
        for mark in {m for m in _PAIRED if body.count(m) % 2}:
            yield Problem(utterance.line or 0, "chat.unpaired-mark", f"{mark} stands alone.")
        if utterance.language is not None:
            yield from _precode(source, utterance.language, utterance.line or 0)


def _in_tone_language(raw: str, languages: tuple[str, ...]) -> bool:
    """Whether a word's ``@s`` marks it as one of a language whose words hold digits."""
    _, marked, code = raw.partition("@s")
    if not marked:
        return False
    named = re.split(r"[+&]", code[1:]) if code.startswith(":") else languages[1:2]
    return not _WITH_NUMBERS.isdisjoint(named)


def _precode(source: Source, language: str, number: int) -> Iterator[Problem]:
    form = list(language_problems(language, number))
    if not form and language not in source.languages:
        form = [Problem(number, "chat.language-not-listed", f"{language} is not in @Languages.")]
    yield from form


@lru_cache(maxsize=32768)
def word_faults(raw: str, numbers: bool, is_ca: bool) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with one word.

    Parameters
    ----------
    raw : str
        As written.
    numbers : bool
        Whether words may hold digits, as those of tone languages do.
    is_ca : bool
        Whether it is Conversation Analysis.

    Returns
    -------
    tuple[tuple[str, str], ...]
        Codes and messages.
    """
    if raw.startswith("&"):
        return tuple(_marked(raw))
    return tuple(_plain(raw, numbers, is_ca))


def _marked(raw: str) -> Iterator[tuple[str, str]]:
    if _OLD_AMPERSAND.match(raw):
        yield "chat.old-fragment", f"{raw} does not say what it is."
    elif raw == "&=":
        yield "chat.empty-event", "&= names no event."
    elif "(" in raw:
        yield "chat.fragment-parenthesis", f"{raw} has parentheses."


def _plain(raw: str, numbers: bool, is_ca: bool) -> Iterator[tuple[str, str]]:
    if raw.count("(") != raw.count(")"):
        yield "chat.unbalanced-parenthesis", f"{raw} has a parenthesis without partner."
    elif _PAUSE_LIKE.fullmatch(raw):
        yield "chat.bad-pause", f"{raw} is no pause."
    elif raw.startswith("(") and raw.endswith(")") and raw.count("(") == 1 and not is_ca and len(raw) > 2:
        yield "chat.omitted-word", f"The whole word {raw} stands in parentheses."
    if raw.lower() in ("xx", "yy"):
        yield "chat.two-letter-unclear", f"{raw} is none of xxx, yyy and www."
    if "’" in raw or "‘" in raw:
        yield "chat.curly-quote", f"{raw} has a curly quotation mark."
    yield from _characters(raw)
    yield from _numbers(raw, numbers)
    if "@" in raw[1:]:
        yield from _form(raw)
    if "↫" in raw and not _SEGMENTS.sub("", raw).strip(CA_MARKS + UNDERLINE):
        yield "chat.only-repetition", f"{raw} holds repeated sounds only."


def _characters(raw: str) -> Iterator[tuple[str, str]]:
    base, _, form = raw.partition("@") if not raw.startswith("@") else (raw, "", "")
    bare = base.lstrip(CA_MARKS + UNDERLINE)
    if bare and not _STARTS.match(bare):
        yield "chat.unknown-symbol", f"{raw} begins with {bare[0]}."
    elif bare == "/":
        yield "chat.bad-character", "/ stands alone."
    if form.startswith("u") or bare.startswith(("+", "-", "[")):
        return
    if _INNER_STOP.search(bare) and not _PAUSE_LIKE.fullmatch(bare):
        yield "chat.terminator-inside", f"{raw} holds a terminator."
        return
    if strange := _NOT_IN_USE.search(raw):
        yield "chat.bad-character", f"{raw} holds U+{ord(strange.group()):04X}."
    bad = _ILLEGAL.search(bare.removeprefix("0").removeprefix("*"))
    if bad is not None and bad.start() >= 0 and not _is_pos(bare):
        yield "chat.bad-character", f"{raw} holds {bad.group()}."
    elif _ENDS_OPEN.search(bare) or (bare and "&" in bare):
        yield "chat.bad-word", f"{raw} is not written as a word."


def _is_pos(text: str) -> bool:
    """Whether the only mark is a part of speech at the end: ``break$v``."""
    return re.fullmatch(r"[^$*%=|{}\\\"…!?;]+\$[A-Za-z:]+", text) is not None


def _numbers(raw: str, numbers: bool) -> Iterator[tuple[str, str]]:
    base = raw.partition("@")[0]
    if base in ("0", "") or base.startswith("+"):
        return
    core = base[1:] if base.startswith("0") and not base[1:2].isdigit() else base
    match = _DIGIT.search(core)
    if match is not None and not (numbers and match.start() > 0) and not _PAUSE_LIKE.fullmatch(base):
        yield "chat.digits", f"{raw} holds a digit."


def _form(raw: str) -> Iterator[tuple[str, str]]:
    base, _, form = raw.partition("@")
    form = re.sub("[⌈⌉⌊⌋][2-9]?", "", form).rstrip(CA_MARKS + UNDERLINE).partition("$")[0]
    if not re.match(r"[A-Za-z(]|[^\x00-\x7f]", base):
        return
    if form in ("", "s:"):
        yield ("chat.no-language", f"{raw} names no language.") if form else ("chat.bad-word", f"{raw} ends in @.")
    elif form.startswith(("s:", "z:")):
        for code in re.split(r"[+&]", form[2:]) if form[0] == "s" else ():
            yield from ((p.code, p.message) for p in language_problems(code, 0))
    elif form not in (_COMPOUND_FORMS if "+" in base else FORMS):
        yield "chat.unknown-form", f"CHAT has no marker @{form}."
    elif form == "l" and len(re.sub("[:()]", "", _SEGMENTS.sub("", base))) > 1:
        yield "chat.one-letter", f"{raw} marks more than one letter."
