"""What a language model outside this machine is told of a child: no names, no dates, no words that nobody checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sdc.companion.grounding import MONTHS, times
from sdc.companion.plain_words import foreign_words
from sdc.companion.prompting import Disguise
from sdc.deidentify import Roster, deidentify_text, restore_text, suggest_names
from sdc.deidentify.pseudonyms import PSEUDONYM
from sdc.pipeline.deidentifying import childs_roster, stored_sessions
from sdc.pipeline.parts import Parts
from sdc.session import Evidence
from sdc.store.records import Child

ASKING = frozenset({"how", "what", "which", "please", "describe", "i"})
"""Words of questions that are no words of answers."""
LEFT_OUT = "…"


def disguise_of(parts: Parts, child: Child, question: str, evidence: Sequence[Evidence] = ()) -> Disguise:
    """Return how a child's names are replaced for a model outside, and put back.

    Parameters
    ----------
    parts : Parts
    child : Child
    question : str
    evidence : Sequence[Evidence]
        Whose quotations are to be handed over.

    Notes
    -----
    The roster replaces what it holds. A question keeps only plain words beside the pseudonyms, so that a
    name that nobody put on the roster does not go out with it; a quotation with a word that may be a name
    and is on no roster is not handed over.
    """
    sessions = stored_sessions(parts, child)
    childs_roster(parts, child, sessions)
    texts = [question, child.name, *(e.quote for e in evidence if e.quote)]
    roster = parts.rosters.change(child.id, lambda before: _grown(before, texts))
    doubtful = frozenset(s.word.casefold() for s in suggest_names(sessions, roster))
    return Disguise(
        lambda question: _plain_question(deidentify_text(question, roster).text),
        lambda text: deidentify_text(text, roster).text,
        lambda quote: not doubtful & {word.casefold() for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", quote)},
        lambda text: restore_text(text, roster),
    )


def _grown(roster: Roster, texts: Iterable[str]) -> Roster:
    """Return the roster with the addresses and numbers of texts on it."""
    for text in texts:
        roster = deidentify_text(text, roster).roster
    return roster


def _plain_question(text: str) -> str:
    """Return a question with its plain words, its weeks and its pseudonyms; dates and all the rest are left out."""
    weeks = [(start, end) for start, end, when in times(text) if isinstance(when, float)]

    def kept(match: re.Match[str]) -> str:
        piece: str = match.group()
        if piece[0].isdigit():
            return piece if any(a <= match.start() < b for a, b in weeks) else LEFT_OUT
        stem = re.sub(r"['’]s$", "", piece)
        plain = stem.lower() in ASKING or not any(True for _ in foreign_words(piece))
        return piece if PSEUDONYM.fullmatch(stem) or (plain and stem.title() not in MONTHS) else LEFT_OUT

    return re.sub(r"\d[\w.,/-]*|[^\W\d_]+(?:['’][^\W\d_]+)?", kept, text)
