"""Family *interaction*, contingency: replies that take up a word of what an adult has just said.

A proxy. Whether a reply stays on the topic is a person's judgement; sharing a content word is
a sign of it that can be counted.
"""

from __future__ import annotations

from functools import lru_cache

from sdc.formats.chat.morphology import MorWord, parse_item
from sdc.measures.counting import Line
from sdc.measures.echo import is_echo
from sdc.measures.exchanges import Exchange
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample

NO_REPLY = "no utterance directly after an adult's, both with words and a %mor tier"

CONTENT = frozenset({"n", "noun", "propn", "v", "verb", "adj"})
"""Classic MOR's and Universal Dependencies' nouns, names, verbs and adjectives."""

PARTICIPLE = "part"
PARTICIPLE_MARKS = frozenset({"PRESP", "PASTP"})
"""Classic MOR's participles are verbs; Universal Dependencies use ``part`` for particles."""

LIGHT = frozenset({"be", "have", "do"})
"""Verbs that carry little content of their own."""


def content_lemmas(line: Line) -> frozenset[str]:
    """Return the lemmas of the nouns, names, verbs and adjectives on a line's ``%mor`` tier."""
    tier = line.utterance.tier("mor")
    return frozenset().union(*map(_of_item, tier.text.split())) if tier else frozenset()


@lru_cache(maxsize=32768)
def _of_item(raw: str) -> frozenset[str]:
    item = parse_item(raw)
    if item.is_omitted:
        return frozenset()
    return frozenset(word.stem.lower() for word in item.words if _has_content(word)) - LIGHT


def _has_content(word: MorWord) -> bool:
    is_participle = word.category == PARTICIPLE and bool(PARTICIPLE_MARKS & {*word.suffixes, *word.fusions})
    return word.category in CONTENT or is_participle


def is_contingent(exchange: Exchange) -> bool:
    """Whether the utterance takes up a content word of the adult's utterance before it and is no echo."""
    before = exchange.before
    if before is None or is_echo(exchange):
        return False
    return not content_lemmas(exchange.said.line).isdisjoint(content_lemmas(before.line))


def _is_reply(exchange: Exchange) -> bool:
    before = exchange.before
    if before is None or not before.words:
        return False
    return all(line.utterance.tier("mor") is not None for line in (exchange.said.line, before.line))


def _contingency(sample: Sample) -> Finding:
    replies = [e for e in sample.exchanges if _is_reply(e)]
    if not replies:
        return none(NO_REPLY)
    found = tuple(e.index for e in replies if is_contingent(e))
    return Finding(100 * len(found) / len(replies), len(replies), utterances=found)


RULES = (
    MeasureRule(
        id="contingency_pct",
        title="Replies with a word of the topic",
        family="interaction",
        unit="%",
        n_unit="replies",
        description="The share of the child's utterances directly after an adult's that take up one of the adult's "
        "nouns, names, verbs or adjectives and are no echo. An automatic stand-in for staying on the topic: a reply "
        "may stay on it without sharing a word (yes; with it), and a one-word answer that was offered (red or blue; "
        "red) counts as an echo; neither is found. A person's judgement comes first.",
        formula="100 × replies that share a content lemma with the adult's utterance on the line before, and of whose "
        "words less than 80 % are in it / replies with words, wholly understood; lemmas from %mor, without be, have, "
        "do",
        source="A proxy of this project for contingent replies as in Nadig, A. et al. (2010), Autism 14, 123",
        function=_contingency,
        needs=("child", "speakers", "partner", "mor"),
        no_value_when=(NO_REPLY,),
        minimum_n=50,
        rough_n=25,
    ),
)
