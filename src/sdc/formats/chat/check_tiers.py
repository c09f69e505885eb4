"""Dependent tiers: names, places, and what ``%mor`` must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.chat.check_source import Source
from sdc.session import Utterance

_TIERS = """
    act add alt cod coh com def eng err exp fac flo gls gpx gra grt int mod mor
    ort par pho sin sit spa tim trn ugra umor wor
"""
TIERS = frozenset(_TIERS.split())
"""Dependent tiers of CHAT; those that begin with ``%x`` are the transcriber's own."""

_POSTCODE = re.compile(r"\[\+ [^\]]*\]")
_UNCLEAR = re.compile(r"unk\|(?:xxx|yyy)|[^|]*\|www")
_WITH_ANGLES = frozenset({"com", "wor", "pho", "mod", "mor"})
_WITH_QUOTES = frozenset({"wor", "pho", "mod", "mor", "umor", "trn"})
_CLITIC = re.compile(r"[~$]")
_START = re.compile(r"[A-Za-z0-9*]|[^\x00-\x7f]")
_ILLEGAL = re.compile(r"[\"()@\\`{}]")
_OPEN_END = re.compile(r"[-&#|*]$|--|\|[-&#~]")


def tier_problems(source: Source) -> Iterator[Problem]:
    """Check the dependent tiers."""
    headers = {h.number for h in source.headings}
    yield from _places(source, headers)
    utterance = None
    names: set[str] = set()
    for owner, name, text, number in source.tiers():
        if owner is not utterance:
            utterance, names = owner, set()
        if name in names and name != "wor":
            yield Problem(number, "chat.duplicate-tier", f"The line has more than one %{name}.")
        names.add(name)
        yield from _tier(name, text, number)
        if name == "mor":
            yield from (Problem(number, code, message) for code, message in _mor(owner, text))


def _places(source: Source, headers: set[int]) -> Iterator[Problem]:
    """Find tiers that follow a header."""
    after_header = False
    for line in source.lines:
        if line.number in headers:
            after_header = True
        elif line.text[0] == "*":
            after_header = False
        elif line.text[0] == "%" and after_header and not line.text.startswith(("%x", "%wor")):
            yield Problem(line.number, "chat.orphan-tier", f"{line.text.partition(':')[0]} follows a header.")
            after_header = False


def _tier(name: str, text: str, number: int) -> Iterator[Problem]:
    if name.startswith("x"):
        return
    if name and name not in TIERS:
        yield Problem(number, "chat.unknown-tier", f"CHAT has no tier %{name[:20]}.")
    if name and not text:
        yield Problem(number, "chat.empty-line", f"%{name} is empty.")
    if name not in _WITH_QUOTES and ("’" in text or "‘" in text):
        yield Problem(number, "chat.curly-quote", f"%{name} has a curly quotation mark.")
    yield from _brackets(name, text, number)
    postcode = _POSTCODE.search(text)
    if postcode is not None and name != "wor":
        yield Problem(number, "chat.postcode-on-tier", f"{postcode.group()} stands on %{name}.")


def _brackets(name: str, text: str, number: int) -> Iterator[Problem]:
    for opening, closing in ("[]", "<>"):
        if text.count(opening) != text.count(closing) and not (opening == "<" and name in _WITH_ANGLES):
            yield Problem(number, "chat.unbalanced-bracket", f"%{name} has {opening} or {closing} without partner.")


def _mor(utterance: Utterance, text: str) -> Iterator[tuple[str, str]]:
    items = text.split()
    if not items:
        return
    last = items[-1]
    if not _is_terminator(last):
        yield "chat.no-terminator", "%mor has no terminator."
    elif utterance.terminator is not None and utterance.terminator != last:
        yield "chat.mor-terminator", f"%mor ends in {last}, its main line in {utterance.terminator}"
    if sum(map(_is_terminator, items)) > 1:
        yield "chat.two-terminators", "%mor has more than one terminator."
    for item in items:
        if _UNCLEAR.fullmatch(item):
            yield "chat.mor-unclear", f"%mor analyses {item.rpartition('|')[2]}."
        elif not _is_terminator(item) and not _is_whole(item):
            yield "chat.mor-item", f"{item[:40]} is not written as part-of-speech|stem."


def _is_terminator(item: str) -> bool:
    return "|" not in item and (item[-1] in ".?!" or item[0] == "+")


def _is_whole(item: str) -> bool:
    """Whether each word of an item, clitics and parts of compounds too, has one ``|``."""
    if item == "„" or item.startswith(("[", "+", "-")):
        return True
    words = (word.partition("=")[0] for word in _CLITIC.split(item))
    return _START.match(item) is not None and not _ILLEGAL.search(item) and all(map(_bars, words))


def _bars(word: str) -> bool:
    if _OPEN_END.search(word):
        return False
    first, *parts = word.split("+")
    if parts and first.endswith("|"):
        return len(parts) > 1 and all(part.count("|") == 1 for part in parts)
    return word.count("|") == 1
