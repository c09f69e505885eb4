"""Items of the ``%mor`` tier: classic MOR and Universal Dependencies style.

``prefix#pos|stem-SUFFIX&FUSION=gloss``, clitics with ``~`` (after) and ``$`` (before),
compounds as ``n|+n|ice+n|cream`` (MOR manual, chapter "The %mor line"; for UD features see
the CHAT manual, chapter "Dependent Tiers").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_CLITIC = re.compile(r"[~$]")
_MARKED = re.compile(r"[-&][^-&]+")
_UD_ONLY = frozenset(
    {"noun", "verb", "pron", "propn", "adp", "cconj", "sconj", "intj", "aux", "det", "adj", "adv", "num", "x", "sym"}
)


@dataclass(frozen=True, slots=True)
class MorWord:
    """One analysed word, a clitic or the word that it leans on.

    Attributes
    ----------
    pos : str
        Part of speech as written: ``n``, ``pro:sub``, ``noun``; empty for punctuation.
    stem : str
        Lemma; the parts of a compound are joined by ``+``.
    prefixes : tuple[str, ...]
        ``un`` of ``un#v|tie``.
    suffixes : tuple[str, ...]
        ``PL`` of ``n|dog-PL``; ``Fin``, ``Ind``, ``Past`` … of UD style.
    fusions : tuple[str, ...]
        ``PAST`` of ``v|go&PAST``; also derivation marks such as ``dn``.
    gloss : str or None
        Translation: ``milk`` of ``n|lait&m=milk``.
    parts : tuple[tuple[str, str], ...]
        (pos, stem) of the parts of a compound.
    """

    pos: str
    stem: str
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    fusions: tuple[str, ...] = ()
    gloss: str | None = None
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def category(self) -> str:
        """Part of speech without its subtype: ``pro`` of ``pro:sub``."""
        return self.pos.partition(":")[0]


@dataclass(frozen=True, slots=True)
class MorItem:
    """What ``%mor`` says about one word of the main line.

    ``words`` stand in the order of speech; ``words[main]`` is the word itself, those before it
    are proclitics, those after it enclitics. ``raw`` is as written.
    """

    raw: str
    words: tuple[MorWord, ...]
    main: int = 0

    @property
    def word(self) -> MorWord:
        """The word without its clitics."""
        return self.words[self.main]

    @property
    def proclitics(self) -> tuple[MorWord, ...]:
        """Words joined on before it: ``ce`` of ``c'est``."""
        return self.words[: self.main]

    @property
    def enclitics(self) -> tuple[MorWord, ...]:
        """Words joined on after it: ``is`` of ``it's``."""
        return self.words[self.main + 1 :]

    @property
    def is_punctuation(self) -> bool:
        """Whether it stands for a terminator or separator (``.``, ``cm|cm``, ``beg|beg``)."""
        return self.word.pos in ("", "punct") or self.raw in PUNCTUATION_ITEMS

    @property
    def is_omitted(self) -> bool:
        """Whether it analyses an omitted word (``0v|v``)."""
        return self.raw.startswith("0") and "|" in self.raw


PUNCTUATION_ITEMS = frozenset({"cm|cm", "beg|beg", "end|end", "bq|bq", "eq|eq", "bq2|bq2", "eq2|eq2"})
"""Items that stand for a comma, a vocative or tag mark, or a quotation mark."""


def parse_mor(text: str) -> tuple[MorItem, ...]:
    """Parse a ``%mor`` tier.

    Parameters
    ----------
    text : str
        The tier's text, unfolded.

    Returns
    -------
    tuple[MorItem, ...]
        One item for each run without spaces, terminators included. Of ambiguous items
        (``n|run^v|run``) the first reading.
    """
    return tuple(map(parse_item, text.split()))


@lru_cache(maxsize=32768)
def parse_item(raw: str) -> MorItem:
    """Parse one item."""
    if "|" not in raw:
        return MorItem(raw, (MorWord("", raw),))
    reading = raw.partition("^")[0] if "|" in raw.partition("^")[0] else raw
    pieces = _CLITIC.split(reading)
    marks = _CLITIC.findall(reading)
    words = tuple(map(_parse_word, pieces))
    return MorItem(raw, words, main=sum(mark == "$" for mark in marks[: _leading_proclitics(marks)]))


def _leading_proclitics(marks: list[str]) -> int:
    return next((i for i, mark in enumerate(marks) if mark != "$"), len(marks))


def _parse_word(text: str) -> MorWord:
    pos, _, rest = text.partition("|")
    *prefixes, pos = pos.split("#")
    rest, _, gloss = rest.partition("=")
    if rest.startswith("+"):
        return _parse_compound(pos, tuple(prefixes), rest[1:], gloss or None)
    stem, suffixes, fusions = _split_marks(pos, rest)
    return MorWord(pos, stem, tuple(prefixes), suffixes, fusions, gloss or None)


def _parse_compound(pos: str, prefixes: tuple[str, ...], text: str, gloss: str | None) -> MorWord:
    parts: list[tuple[str, str]] = []
    suffixes: tuple[str, ...] = ()
    fusions: tuple[str, ...] = ()
    for part in text.split("+"):
        part_pos, bar, rest = part.partition("|")
        stem, more_suffixes, more_fusions = _split_marks(part_pos, rest if bar else part)
        parts.append((part_pos if bar else "", stem))
        suffixes += more_suffixes
        fusions += more_fusions
    return MorWord(pos, "+".join(stem for _, stem in parts), prefixes, suffixes, fusions, gloss, tuple(parts))


def _split_marks(pos: str, text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Split ``dog&dn-POSS`` into stem, suffixes and fusions."""
    marks = list(_MARKED.finditer(text, 1))
    # Classic MOR writes its suffixes in capitals: the hyphen of n|x-ray belongs to the stem.
    while marks and pos.partition(":")[0] not in _UD_ONLY and _is_stem_part(marks[0].group()):
        marks.pop(0)
    stem = text[: marks[0].start()] if marks else text
    suffixes = tuple(m.group()[1:] for m in marks if m.group()[0] == "-")
    fusions = tuple(m.group()[1:] for m in marks if m.group()[0] == "&")
    return stem, suffixes, fusions


def _is_stem_part(mark: str) -> bool:
    return mark[0] == "-" and mark[1:2].islower()
