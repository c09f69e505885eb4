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

_FREE = frozenset({"com", "wor"})
_POSTCODE = re.compile(r"\[\+ [^\]]*\]")
_UNCLEAR = re.compile(r"unk\|(?:xxx|yyy)|[^|]*\|www")
_CLITICS = re.compile(r"[~$]|(?<=\w)\+(?=[^|]*\|)")


def tier_problems(source: Source) -> Iterator[Problem]:
    """Check the dependent tiers."""
    headers = {h.number for h in source.headings}
    yield from _places(source, headers)
    utterance = None
    names: set[str] = set()
    for owner, name, text, number in source.tiers():
        if owner is not utterance:
            utterance, names = owner, set()
        if name in names:
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
        elif line.text[0] == "%" and after_header and not line.text.startswith("%x"):
            yield Problem(line.number, "chat.orphan-tier", f"{line.text.partition(':')[0]} follows a header.")
            after_header = False


def _tier(name: str, text: str, number: int) -> Iterator[Problem]:
    if name.startswith("x"):
        return
    if name and name not in TIERS:
        yield Problem(number, "chat.unknown-tier", f"CHAT has no tier %{name[:20]}.")
    if name and not text:
        yield Problem(number, "chat.empty-line", f"%{name} is empty.")
    postcode = _POSTCODE.search(text)
    if postcode is not None and name not in _FREE:
        yield Problem(number, "chat.postcode-on-tier", f"{postcode.group()} stands on %{name}.")


def _mor(utterance: Utterance, text: str) -> Iterator[tuple[str, str]]:
    items = text.split()
    if not items:
        return
    last = items[-1]
    if not _is_terminator(last):
        yield "chat.no-terminator", "%mor has no terminator."
    elif utterance.terminator is not None and utterance.terminator != last:
        yield "chat.mor-terminator", f"%mor ends in {last}, its main line in {utterance.terminator}"
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
    readings = item.split("^") if "|" in item.partition("^")[0] else [item]
    words = (w.partition("=")[0] for reading in readings for w in re.split(r"[~$]", reading))
    return all(_bars(word) for word in words)


def _bars(word: str) -> bool:
    parts = word.split("+")
    if len(parts) > 1 and parts[0].endswith("|"):
        return all(part.count("|") == 1 for part in parts[1:])
    return word.count("|") == 1
