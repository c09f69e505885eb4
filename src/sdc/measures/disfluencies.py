"""What FluCalc finds on a main line: marks inside words, codes after words, pauses, fillers.

FluCalc reads the line as text, and so does this module: its marks (``do::g``, ``↫d-d↫dog``) are no part of
a token's text, and which code follows which decides what is one repetition. An **item** is a run without
spaces: a word, a filler, an event, a pause. A code covers the item before it, or the group in ``<…>``.

- ``:`` prolongation, ``^`` broken word, ``≠`` block, ``↫b-b↫`` part-word repetition, ``&+`` fragment, ``&-``
  filled pause: each mark in any item counts, except in items that begin with ``0``. So do the colons of
  ``&=points:dog`` and ``hola@s:spa``, as in FluCalc.
- ``[/]`` over one item is a whole-word repetition, over several a phrase repetition; ``[//]`` the same with
  revisions. ``[/]`` directly after the item after ``[/]`` goes on with a repetition: one, with two units.
- ``no [x 3]`` stands for ``no [/] no [/] no``.
- A pause counts with an item before and after it. No items in that sense: other pauses, terminators, ``+`` marks, items
  that begin with ``0``, and words that begin with a parenthesis (``(be)cause``). A time bullet is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import NamedTuple

from sdc.formats.chat.words import CA_MARKS, STRESS_MARKS
from sdc.measures.counting import Line
from sdc.measures.flucalc_syllables import n_flucalc_syllables

_PART = re.compile(
    r"""
    (?P<code>\[[^\[\]]*\])
  | (?P<open><)
  | (?P<close>>)
  | (?P<pause>\([\d.:]*\))
  | (?P<item>[+-][^\s\[\]>;]* | [“”] | (?:[^\s,\[\]<>;“”(]|\((?![\d.:]*\)))+)
  | (?P<skip>[,;\[\]])
    """,
    re.VERBOSE,
)
_ANYTHING = re.compile(r"[:^≠↫&(/]|\[[xX]\s")
_TIMES = re.compile(r"\[[xX]\s[a-zA-Z\s]*(\d{1,9})[^\[\]]*\]")
_MARKS = frozenset(":^≠↫&")
_SILENT = CA_MARKS.replace("≠", "") + STRESS_MARKS + "⇗↗→↘⇘∞≋≈≡◉„‡“”‹›〔〕…"
_MOST_PARTS = 20_000


@dataclass(frozen=True, slots=True)
class Disfluencies:
    """Counts of one line, or of several."""

    prolongations: int = 0
    broken_words: int = 0
    blocks: int = 0
    part_word_repetitions: int = 0
    part_word_repetition_units: int = 0
    whole_word_repetitions: int = 0
    whole_word_repetition_units: int = 0
    mono_word_repetitions: int = 0
    mono_word_repetition_units: int = 0
    phrase_repetitions: int = 0
    word_revisions: int = 0
    phrase_revisions: int = 0
    utterance_pauses: int = 0
    filled_pauses: int = 0
    fragments: int = 0

    @property
    def td_total(self) -> int:
        """Phrase repetitions, revisions, pauses, filled pauses and fragments."""
        words = self.phrase_repetitions + self.word_revisions + self.phrase_revisions
        return words + self.utterance_pauses + self.filled_pauses + self.fragments

    @property
    def sld_total(self) -> int:
        """Prolongations, broken words, blocks, part-word and one-syllable word repetitions."""
        marks = self.prolongations + self.broken_words + self.blocks
        return marks + self.part_word_repetitions + self.mono_word_repetitions

    @property
    def weight(self) -> int:
        """Repetition units, and prolongations and blocks twice."""
        units = self.part_word_repetition_units + self.mono_word_repetition_units
        return units + 2 * (self.prolongations + self.blocks)


NOTHING = Disfluencies()
_NAMES = tuple(field.name for field in fields(Disfluencies))


def count_disfluencies(lines: Iterable[Line]) -> Disfluencies:
    """Count what FluCalc finds on lines."""
    totals = dict.fromkeys(_NAMES, 0)
    for line in lines:
        # Time bullets are no part of the text, but FluCalc sees whether one stood there.
        found = find_disfluencies(line.utterance.raw, has_bullet=line.utterance.span is not None)
        if found is not NOTHING:
            for name in _NAMES:
                totals[name] += getattr(found, name)
    return Disfluencies(**totals)


def find_disfluencies(text: str, *, has_bullet: bool = False) -> Disfluencies:
    """Count what FluCalc finds on a main line.

    Parameters
    ----------
    text : str
        The line as written.
    has_bullet : bool
        Whether a time bullet ends it: FluCalc then takes a pause at the end for one inside.
    """
    if _ANYTHING.search(text) is None:
        return NOTHING
    line = _Line()
    for match in _PART.finditer(text):
        spaced = match.start() > 0 and text[match.start() - 1].isspace()
        line.take(_Part(match.lastgroup or "", match.group(), spaced))
    if has_bullet:
        line.end_pauses()
    return Disfluencies(**line.counts)


class _Part(NamedTuple):
    kind: str
    text: str
    spaced: bool


_REPEAT = _Part("code", "[/]", spaced=True)


class _Line:
    """State of one pass."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(_NAMES, 0)
        self.parts: list[_Part] = []
        self.open: list[int] = []
        self.unit = (0, 0)  # the parts that a code covers
        self.after_repeat = False  # directly after [/]
        self.in_run = self.in_mono_run = False
        self.begun = False  # an item stood before
        self.waiting = 0  # pauses after which no item came yet

    def take(self, part: _Part) -> None:
        here = len(self.parts)
        self.parts.append(part)
        if part.kind == "code":
            self._code(part)
            return
        if part.kind == "open":
            self.open.append(here)
        elif part.kind == "close":
            self.unit = (self.open.pop() if self.open else 0, here)
        elif part.kind != "skip":
            self.unit = (here, here + 1)
            self._end_run()
            self._item(part)
        self.after_repeat = False

    def _end_run(self) -> None:
        if not self.after_repeat:
            self.in_run = self.in_mono_run = False

    def end_pauses(self) -> None:
        self.counts["utterance_pauses"] += self.waiting
        self.waiting = 0

    def _item(self, part: _Part) -> None:
        first = part.text[0]
        if first != "0" and not _MARKS.isdisjoint(part.text):
            self._marks(part.text)
        if part.kind == "pause":
            self.waiting += self.begun
            return
        self.begun = self.begun or first not in "0("
        if first not in "0(+.?!":
            self.end_pauses()

    def _marks(self, text: str) -> None:
        counts = self.counts
        counts["prolongations"] += text.count(":")
        counts["broken_words"] += text.count("^")
        counts["blocks"] += text.count("≠")
        counts["fragments"] += text.count("&+")
        counts["filled_pauses"] += text.count("&-")
        repeated = text.split("↫")[1::2]
        counts["part_word_repetitions"] += len(repeated)
        counts["part_word_repetition_units"] += sum(1 + part.count("-") for part in repeated)

    def _code(self, part: _Part) -> None:
        if part.text == "[/]":
            self._repetition()
            self.after_repeat = part.spaced
            return
        self._end_run()
        self.after_repeat = False
        if part.text == "[//]":
            self.counts["word_revisions" if len(self._covered()) < 2 else "phrase_revisions"] += 1
        elif (match := _TIMES.fullmatch(part.text)) is not None:
            self._repeat(int(match.group(1)))

    def _covered(self) -> list[str]:
        """Return the items that a code here covers; two at most, more are not told apart."""
        found: list[str] = []
        for i in range(*self.unit):
            part = self.parts[i]
            if part.kind in ("item", "pause") and part.text.strip(_SILENT):
                found.append(part.text)
                if len(found) == 2:
                    break
        return found

    def _repetition(self) -> None:
        items, counts = self._covered(), self.counts
        if len(items) > 1:
            counts["phrase_repetitions"] += 1
            return
        counts["whole_word_repetition_units"] += 1
        counts["whole_word_repetitions"] += not self.in_run
        self.in_run = True
        if sum(map(n_flucalc_syllables, items)) == 1:
            counts["mono_word_repetition_units"] += 1
            counts["mono_word_repetitions"] += not self.in_mono_run
            self.in_mono_run = True

    def _repeat(self, times: int) -> None:
        """Take the unit as often as ``[x 3]`` says, with ``[/]`` between."""
        again = self.parts[self.unit[0] : -1]
        self.parts.pop()
        if not self.unit[1] or len(self.parts) + times * len(again) > _MOST_PARTS:
            return  # a slip of the pen, or worse
        for _ in range(times - 1):
            self.take(_REPEAT)
            for part in again:
                self.take(part)
