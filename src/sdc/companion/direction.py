"""Which way a sentence says that something went, held against the verdict and the difference that it cites.

A verdict comes from ``sdc.progress``, never from a text. A sentence that says "increase" or "lower"
stands only beside a verdict of that direction and cites a difference of that sign; one that says
"no clear change" only beside that verdict. Two directions in a sentence, and a direction that is
denied ("did not rise"), are not understood, so they are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sdc.companion.grounding import CHANGE, figures, without_quotes
from sdc.session import Claim, Evidence, Verdict

UP = (
    r"increas(?:e[sd]?|ing)|rose|ris(?:e[sn]?|ing)|gr[eo]w(?:s|n|ing|th)?|longer|higher|more|larger|bigger|greater|up"
    r"|above|gain\w*"
)
DOWN = (
    r"decreas(?:e[sd]?|ing)|f[ea]ll(?:s|en|ing)?|dropp?(?:s|ed|ing)?|declin\w*|reduc\w*|shorter|lower|fewer|less"
    r"|smaller|down|below|lost|los(?:e[sr]?|ing)"
)
NO_CHANGE = re.compile(r"\bno clear (?:change|difference)\b|\bno steady rise or fall\b", re.IGNORECASE)
CANNOT_TELL = re.compile(r"\b(?:can ?not|cannot|can't) (?:tell|say|be told)\b", re.IGNORECASE)

INCREASE = re.compile(r"\bincreas\w*", re.IGNORECASE)
DECREASE = re.compile(r"\bdecreas\w*", re.IGNORECASE)

_NEUTRAL = re.compile(
    r"\bcan differ\b|\bwithout any change\b|\bno change can be claimed\b|\brests? on\b"
    r"|\bwr(?:ote|itten) (?:them |it )?down\b|\bma(?:de|kes?) up\b|\bthis share falls as a sample grows\b",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"\b(?:(?P<over>(?:larger|greater|bigger|more) than|above|beyond|exceeds?)"
    r"|(?P<under>within|(?:smaller|less|lower) than|below|under))\s+(?:the\s+|about\s+)*(?=\d)",
    re.IGNORECASE,
)
_UP = re.compile(rf"\b(?:{UP})\b", re.IGNORECASE)
_DOWN = re.compile(rf"\b(?:{DOWN})\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:chang(?:e[sd]?|ing)|differ(?:s|ed)?|steady|stable|unchanged|same|constant)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:no|not|never|neither|nor|without|hardly|barely)\b|n['’]t\b", re.IGNORECASE)


def direction_faults(claim: Claim, cited: Sequence[Evidence], verdict: Verdict, measure: str | None) -> Iterator[str]:
    """Yield what is wrong with the direction that a claim tells.

    Parameters
    ----------
    claim : Claim
    cited : Sequence[Evidence]
        What the claim cites.
    verdict : Verdict
        Of the answer, from code.
    measure : str or None
        Id of the measure that the verdict is about.
    """
    text = _NEUTRAL.sub(" ", without_quotes(claim.text))
    for pattern, wanted in ((NO_CHANGE, "no_clear_change"), (CANNOT_TELL, "cannot_tell")):
        if pattern.search(text) and verdict != wanted:
            yield f"“{pattern.search(text).group()}”, but the verdict is {verdict}"  # type: ignore[union-attr]
        text = pattern.sub(" ", text)
    held = _held_against_error(text, cited, measure)
    yield from (f"“{m.group().strip()}” (the difference is on the other side)" for m, fits in held if not fits)
    for match, _ in held:
        text = text.replace(match.group(), " ")
    yield from _told_faults(text, cited, verdict, measure)


def _told_faults(text: str, cited: Sequence[Evidence], verdict: Verdict, measure: str | None) -> Iterator[str]:
    up, down, changed = _UP.search(text), _DOWN.search(text), _CHANGED.search(text)
    told = up or down
    if up and down:
        yield f"two directions in one sentence ({up.group()}, {down.group()})"
    elif (told or changed) and _DENIED.search(text):
        yield "a direction that is denied"
    elif told:
        wanted = "increase" if up else "decrease"
        if verdict != wanted or not _has_difference(cited, measure, 1 if up else -1):
            yield f"“{told.group()}” (the verdict is {verdict}; a direction must cite the difference)"
    elif changed and verdict not in ("increase", "decrease"):
        yield f"“{changed.group()}” (the verdict is {verdict})"


def _difference(cited: Sequence[Evidence], measure: str | None) -> list[float]:
    return [
        e.value
        for e in cited
        if measure and e.measure and e.value is not None
        if e.measure.startswith(measure + ".")
        and e.measure.endswith(CHANGE)
        and not e.measure.endswith(f"low_per_month{CHANGE}")
    ]


def _has_difference(cited: Sequence[Evidence], measure: str | None, sign: int) -> bool:
    found = _difference(cited, measure)
    return bool(found) and all(value * sign > 0 for value in found)


def _held_against_error(text: str, cited: Sequence[Evidence], measure: str | None) -> list[tuple[re.Match[str], bool]]:
    """Return each "larger than 8.0" and "within 8.0" where 8.0 is the difference needed, and whether it is true."""
    by_name = {e.measure: e.value for e in cited if measure and e.measure and e.value is not None}
    difference, needed = by_name.get(f"{measure}{CHANGE}"), by_name.get(f"{measure}.mdc95")
    if difference is None or needed is None:
        return []
    found = []
    for match in _BEYOND.finditer(text):
        figure = next((f for f in figures(text[match.end() :]) if f.start == 0), None)
        if figure is not None and figure.shows(needed):
            found.append((match, (abs(difference) > needed) is bool(match.group("over"))))
    return found
