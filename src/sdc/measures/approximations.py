"""Family *approximations*: words said in another form than the target, and the consonants in them.

``noosh [: nose]`` tells the target and the form that was said. Which consonants were said as in
the target is known where ``%mod`` (the target's sounds) and ``%pho`` (what was said) stand below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sdc.measures.counting import Line
from sdc.measures.phones import Consonant, match_consonants, read_alignment
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.session import Scope, ScopeKind, TokenKind, Utterance

FAMILY = "approximations"
NO_WORDS = "no words"
NO_PHONES = "no %pho tier with the %mod tier of its target"
NO_CONSONANTS = "no consonant on the %mod tiers"
RECOGNISED = "a speech recogniser wrote the words down; it marks no word forms"

PHONETIC = frozenset(
    {
        TokenKind.WORD,
        TokenKind.FILLER,
        TokenKind.FRAGMENT,
        TokenKind.NONWORD,
        TokenKind.UNINTELLIGIBLE,
        TokenKind.PHONOLOGICAL,
        TokenKind.UNTRANSCRIBED,
    }
)
"""What has a word on ``%pho``."""

PHONETIC_TIERS = frozenset({"pho", "xphoaln"})

NOT_ITEMS = frozenset({TokenKind.PAUSE, TokenKind.SEPARATOR, TokenKind.TERMINATOR, TokenKind.MARKER})
UNKNOWN_TARGET = re.compile(r"\bx+@n\b|\bxxx\b")
OTHER_ERRORS = ("s", "m")
"""Codes of another word (``[* s:r]``) or ending (``[* m:ed]``): no form of the target."""

_NOT_HEARD = re.compile(r"[*]|\b(?:xxx|yyy|www)\b")
_NOT_SAID = re.compile(r"[‹›]|\([.\d]*\)")


@dataclass(frozen=True, slots=True)
class Approximation:
    """One word that was said in another form than its target.

    Attributes
    ----------
    utterance : int
        Index of the utterance in the session.
    token : int
        Index of the word in the utterance.
    said : str
        As written: ``noosh``.
    target : str
        What it stands for: ``nose``.
    code : str or None
        The error code, ``p:n`` of ``[* p:n]``; empty for ``[*]``, None without one.
    consonants : tuple[Consonant, ...] or None
        The target's consonants with what was said for them; None without ``%mod`` and ``%pho``.
    """

    utterance: int
    token: int
    said: str
    target: str
    code: str | None = None
    consonants: tuple[Consonant, ...] | None = None


def approximations(sample: Sample) -> tuple[Approximation, ...]:
    """Return the words that were said in another form than their target, in order.

    Replacements by several words (``gonna [: going to]``), by an unknown target (``[: x@n]``) and
    those coded as another word or ending (``[* s:r]``, ``[* m:ed]``) are no approximations.
    """
    return tuple(found for line in sample.lines for found in _of_line(line.utterance))


def _of_line(utterance: Utterance) -> Iterator[Approximation]:
    replaced = [s for s in utterance.scopes if s.kind is ScopeKind.REPLACEMENT and s.first == s.last]
    if not replaced:
        return
    consonants = word_consonants(utterance)
    for scope in sorted(replaced, key=lambda s: s.first):
        code = _error_code(utterance, scope)
        token = utterance.tokens[scope.first]
        target = scope.text.strip()
        if " " in target or UNKNOWN_TARGET.search(target) or (code or "").startswith(OTHER_ERRORS):
            continue
        known = consonants.get(scope.first) if consonants else None
        yield Approximation(utterance.index, scope.first, token.text, target, code, known)


def _error_code(utterance: Utterance, scope: Scope) -> str | None:
    same = (s for s in utterance.scopes if (s.first, s.last) == (scope.first, scope.last))
    return next((s.text.strip() for s in same if s.kind is ScopeKind.ERROR), None)


def word_consonants(utterance: Utterance) -> dict[int, tuple[Consonant, ...]] | None:
    """Return the target's consonants of each word, by index of its token.

    Returns
    -------
    dict or None
        None without ``%mod`` and ``%pho`` (or ``%xphoaln``) that fit the words one to one. A word
        that was not understood, or not written in phones, is left out.
    """
    if all(tier.name not in PHONETIC_TIERS for tier in utterance.tiers):
        return None
    spoken = [i for i, t in enumerate(utterance.tokens) if t.kind in PHONETIC]
    aligned = _words_on(utterance, "xphoaln")
    if aligned and len(aligned) == len(spoken):
        return {i: read_alignment(word) for i, word in zip(spoken, aligned, strict=True)}
    targets, said = _words_on(utterance, "mod"), _words_on(utterance, "pho")
    if not targets or len(targets) != len(said) or len(said) != len(spoken):
        return None
    triples = zip(spoken, targets, said, strict=True)
    return {i: match_consonants(want, got) for i, want, got in triples if not _NOT_HEARD.search(f"{want} {got}")}


def _words_on(utterance: Utterance, name: str) -> list[str]:
    tier = utterance.tier(name)
    words = _NOT_SAID.sub(" ", tier.text).split() if tier else []
    return [word for word in words if any(c.isalpha() or c in "*∅" for c in word)]


def n_word_errors(line: Line) -> int:
    """Count the ``[*]`` codes of a line; one after ``<…>`` counts each word in it."""
    errors = [s for s in line.utterance.scopes if s.kind is ScopeKind.ERROR]
    if not errors or line.is_set_aside:
        return 0
    return sum(max(1, _n_items(line.utterance, s)) for s in errors)


def _n_items(utterance: Utterance, scope: Scope) -> int:
    return sum(t.kind not in NOT_ITEMS for t in utterance.tokens[scope.first : scope.last + 1])


def _word_errors(sample: Sample) -> Finding:
    if sample.is_recognised:
        return none(RECOGNISED)
    n_words = len(sample.words)
    if not n_words:
        return none(NO_WORDS)
    marked = tuple(line for line in sample.lines if n_word_errors(line))
    return Finding(sum(map(n_word_errors, marked)), n_words, utterances=indexes(marked))


def _pcc(sample: Sample) -> Finding:
    known = [(line, found) for line in sample.lines if (found := word_consonants(line.utterance)) is not None]
    if not known:
        return none(NO_PHONES)
    used = [(line, consonants) for line, found in known if (consonants := _outside_retracings(line, found))]
    if not used:
        return none(NO_CONSONANTS)
    consonants = [consonant for _, found in used for consonant in found]
    value = 100 * sum(consonant.is_correct for consonant in consonants) / len(consonants)
    return Finding(value, len(consonants), utterances=indexes(tuple(line for line, _ in used)))


def _outside_retracings(line: Line, found: dict[int, tuple[Consonant, ...]]) -> list[Consonant]:
    return [
        consonant
        for token, consonants in found.items()
        if token not in line.retraced and line.utterance.tokens[token].kind is TokenKind.WORD
        for consonant in consonants
    ]


RULES = (
    MeasureRule(
        id="word_errors",
        title="Word forms marked with [*]",
        family=FAMILY,
        unit="marks",
        n_unit="words",
        description="How many words the transcriber marked with an error code, such as goed [: went] [* m:=ed], those "
        "of retracings included. Many are steps on the way to the adult form. 0 also means that no words were to be "
        "marked; the transcript does not tell which.",
        formula="number of [*] and [* …] codes; one after <…> counts each word in it; lines with [+ exc] or www are "
        "left out",
        source="CLAN's KIDEVAL (kideval.cpp), column Word_Errors",
        function=_word_errors,
        no_value_when=(RECOGNISED, NO_WORDS),
        minimum_n=300,
        rough_n=100,
    ),
    MeasureRule(
        id="pcc",
        title="Consonants said as in the target",
        family=FAMILY,
        unit="%",
        n_unit="consonants",
        description="The share of the targets' consonants that the speaker said as in the target, from the "
        "transcript's phonetic tiers. Another consonant in its place, or none, does not count; added consonants, "
        "vowels, length and aspiration are not looked at.",
        formula="100 × consonants of %mod that stand in their place on %pho / consonants of %mod, over words outside "
        "retracings; %xphoaln where the transcript has it, else words are aligned phone by phone",
        source="Percentage of consonants correct: Shriberg, L. D. & Kwiatkowski, J. (1982), Journal of Speech and "
        "Hearing Disorders 47, 256; the grades of that paper are not shown",
        function=_pcc,
        no_value_when=(NO_PHONES, NO_CONSONANTS),
        minimum_n=100,
        rough_n=50,
    ),
)
