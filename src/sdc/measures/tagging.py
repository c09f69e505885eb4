"""Endings and contractions of English words, told from the words alone.

A small tagger for what morpheme counts need: plural, possessive, past, -ing, contracted not and
contracted auxiliary. Most words tell it by their letters and the lists of ``data/english_endings.toml``;
where a form has two readings (``turns``, ``it's``, ``the building``) its neighbours decide. It needs no
model, no download and no part-of-speech tags; ``docs/decisions/0003-endings-without-a-tagger.md`` says why.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files


class Ending(StrEnum):
    """What a word carries beside its stem; one word carries one at most."""

    NONE = "none"
    PLURAL = "plural"
    THIRD_PERSON = "third person"
    POSSESSIVE = "possessive"
    PAST = "past"
    PROGRESSIVE = "progressive"
    NOT = "contracted not"
    AUXILIARY = "contracted auxiliary"
    NAME_AUXILIARY = "auxiliary contracted with a name"
    MAIN_VERB = "contracted main verb"
    MODAL = "contracted modal"


class _Open(StrEnum):
    """A form with two readings, which the words around it must decide."""

    PLURAL_OR_VERB = "turns"
    VERB_OR_PLURAL = "looks"
    PLURAL_MOSTLY = "boots"
    NOUN_IN_ING = "building"
    BE_OF_PRONOUN = "it's"
    BE_OF_QUESTION = "what's"
    BE_NOT = "isn't"
    NOUN_S = "the dog's"
    NAME_S = "Eve's"


_VOWEL = re.compile(r"[aeiouy]")
_NO_PLURAL = re.compile(r"(?:ss|us|is)$")
_QUESTION_WORDS = frozenset({"what", "where", "who", "why", "which", "how"})
_OF_BE = frozenset({"s", "re", "m"})
_MODALS = frozenset({"ll", "d"})
_PARTICIPLES = (Ending.PROGRESSIVE, Ending.PAST, _Open.NOUN_IN_ING)
_REACH = 4
"""How many words may stand between a form of be and its participle."""


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files("sdc.measures").joinpath("data/english_endings.toml").read_text("utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


def tag_endings(words: Sequence[str]) -> tuple[Ending, ...]:
    """Tell the ending of each word of an utterance.

    Parameters
    ----------
    words : sequence of str
        One utterance, in order. A capital letter marks a name, as in CHAT; an empty string is a word
        that has no ending and says nothing about its neighbours.

    Returns
    -------
    tuple[Ending, ...]
        One for each word.
    """
    plain = [word.replace("’", "'") for word in words]
    forms = enumerate(map(_read, plain))
    return tuple(form if isinstance(form, Ending) else _decide(form, plain, place) for place, form in forms)


def _decide(form: _Open, words: Sequence[str], place: int) -> Ending:
    before = words[place - 1].lower() if place else ""
    match form:
        case _Open.PLURAL_MOSTLY:
            return Ending.THIRD_PERSON if before in _lists()["sure_subject"] else Ending.PLURAL
        case _Open.PLURAL_OR_VERB | _Open.VERB_OR_PLURAL:
            return _noun_or_verb(before, is_verb=form is _Open.VERB_OR_PLURAL)
        case _Open.NOUN_IN_ING:
            return Ending.NONE if before in _lists()["before_noun"] else Ending.PROGRESSIVE
        case _Open.NOUN_S | _Open.NAME_S:
            return _owner_or_subject(words, place, is_name=form is _Open.NAME_S)
    if not _has_participle(words, place + 1, is_question=form is not _Open.BE_OF_PRONOUN):
        return Ending.MAIN_VERB
    return Ending.NOT if form is _Open.BE_NOT else Ending.AUXILIARY


def _noun_or_verb(before: str, *, is_verb: bool) -> Ending:
    if before in _lists()["subject"]:
        return Ending.THIRD_PERSON
    if before in _lists()["before_noun"] or before.endswith("'s"):
        return Ending.PLURAL
    return Ending.THIRD_PERSON if is_verb else Ending.PLURAL


def _owner_or_subject(words: Sequence[str], place: int, *, is_name: bool) -> Ending:
    after = words[place + 1].lower() if place + 1 < len(words) else ""
    is_subject = after in _lists()["after_is"] or _read(after) is Ending.PROGRESSIVE
    if not is_subject:
        return Ending.POSSESSIVE
    if not _has_participle(words, place + 1, is_question=False):
        return Ending.MAIN_VERB
    return Ending.NAME_AUXILIARY if is_name else Ending.AUXILIARY


def _has_participle(words: Sequence[str], start: int, *, is_question: bool) -> bool:
    """Tell whether a form of be before ``start`` is an auxiliary: a participle follows."""
    lists = _lists()
    for place in range(start, min(start + _REACH, len(words))):
        word = words[place].lower()
        if word in lists["between"]:
            continue
        if _is_participle(words[place]):
            return True
        if not is_question or not _is_subject(words, place):
            return False
    return False


def _is_subject(words: Sequence[str], place: int) -> bool:
    """Tell whether a word may belong to the subject of a question: what's [he, Eve, the dog] doing."""
    lists, word = _lists(), words[place].lower()
    is_name = words[place][:1].isupper()
    after_determiner = any(w.lower() in lists["determiner"] for w in words[place - 2 : place])
    return is_name or after_determiner or word in lists["determiner"] or word in lists["question_subject"]


def _is_participle(word: str) -> bool:
    return word in _lists()["participle"] or _read(word) in _PARTICIPLES


@lru_cache(maxsize=32768)
def _read(word: str) -> Ending | _Open:
    """Read one word by itself."""
    stem, _, rest = word.rpartition("'")
    if stem and not word.endswith("in'"):
        return _read_apostrophe(stem, rest)
    return _read_plain(word)


def _read_apostrophe(stem: str, rest: str) -> Ending | _Open:
    low = stem.lower()
    if rest == "t" and low.endswith("n"):
        return _read_not(low[:-1])
    if rest == "":
        return Ending.POSSESSIVE if low.endswith("s") else Ending.NONE
    if rest == "ve":
        return Ending.AUXILIARY if low in _lists()["pronoun"] else Ending.MODAL
    if rest in _OF_BE:
        return _read_be(stem)
    return Ending.MODAL if rest in _MODALS else Ending.NONE


def _read_be(stem: str) -> Ending | _Open:
    lists, low = _lists(), stem.lower()
    if low in lists["never_auxiliary"]:
        return Ending.MAIN_VERB
    if low in lists["pronoun"]:
        return _Open.BE_OF_QUESTION if low in _QUESTION_WORDS else _Open.BE_OF_PRONOUN
    return _Open.NAME_S if stem[0].isupper() else _Open.NOUN_S


def _read_not(stem: str) -> Ending | _Open:
    if stem in _lists()["auxiliary_not"]:
        return Ending.NOT
    return _Open.BE_NOT if stem in _lists()["be_not"] else Ending.NONE


def _read_plain(word: str) -> Ending | _Open:
    lists = _lists()
    for name, ending in _HIDDEN.items():
        if word in lists[name]:
            return ending
    first, joined, second = word.partition("_")
    # boo_boos is a word said twice; other joined words are fixed phrases (as_soon_as, good_morning).
    if word[:1].isupper() or (joined and not second.startswith(first)):
        return Ending.NONE
    word = second or word
    last = word.rpartition("+")[2]
    if last.endswith("s"):
        return _read_s(last)
    if last != word:
        return Ending.NONE
    if word.endswith(("ing", "in'")):
        return _read_ing(word)
    return Ending.PAST if word.endswith("ed") and _is_past(word) else Ending.NONE


_HIDDEN = {"hidden_progressive": Ending.PROGRESSIVE, "hidden_past": Ending.PAST, "hidden_not": Ending.NOT}


def _read_s(word: str) -> Ending | _Open:
    lists = _lists()
    if word in lists["no_s"] or len(word) < 3:
        return Ending.NONE
    if _NO_PLURAL.search(word) and word not in lists["plural_is"]:
        return Ending.NONE
    if word in lists["noun_or_verb_s"]:
        return _Open.PLURAL_OR_VERB
    if word in lists["verb_or_noun_s"]:
        return _Open.VERB_OR_PLURAL
    return Ending.THIRD_PERSON if word in lists["verb_s"] else _Open.PLURAL_MOSTLY


def _read_ing(word: str) -> Ending | _Open:
    lists = _lists()
    if word in lists["no_ing"] or not _VOWEL.search(word[:-3]):
        return Ending.NONE
    if word.endswith("thing") and word not in lists["thing_ing"]:
        return Ending.NONE
    return _Open.NOUN_IN_ING if word in lists["noun_ing"] else Ending.PROGRESSIVE


def _is_past(word: str) -> bool:
    lists = _lists()
    if word.endswith("eed"):
        return word in lists["past_eed"]
    return word not in lists["no_ed"] and _VOWEL.search(word[:-2]) is not None
