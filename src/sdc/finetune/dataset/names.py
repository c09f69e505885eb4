"""Whether a name was left: the last look before anything is written."""

from __future__ import annotations

import re
from functools import lru_cache

from sdc.deidentify import Roster
from sdc.deidentify.patterns import IDENTIFIER
from sdc.deidentify.pseudonyms import PSEUDONYM
from sdc.finetune.dataset.pair import Pair


def names_left(pair: Pair, roster: Roster) -> bool:
    """Tell whether what people said or wrote in a pair holds a name of the roster, an address or a number.

    It is looked for in another way than it was replaced: any word or run of words that is a name, with any
    case where the name is no word of its own, after the pseudonyms were taken out.
    """
    pattern = _pattern(roster)
    return any(pattern.search(PSEUDONYM.sub(" ", text)) for text in pair.heard)


@lru_cache(maxsize=8)
def _pattern(roster: Roster) -> re.Pattern[str]:
    def name(words: tuple[str, ...], any_case: bool) -> str:
        spelled = r"[\s_-]+".join(re.escape(word) for word in words)
        return f"(?i:{spelled})" if any_case else spelled

    named = [e for e in roster.entries if not e.is_exact]
    names = "|".join(name(e.words, e.any_case) for e in sorted(named, key=lambda e: -len(e.name)))
    whole = rf"(?<![^\W_])(?:{names})(?![^\W_]|['’][tT](?![^\W_]))" if names else r"(?!)"
    return re.compile(f"{whole}|{IDENTIFIER}")
