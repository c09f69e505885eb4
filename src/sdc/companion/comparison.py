"""A measure in two sessions, in words: both values, the verdict, its error or its reason."""

from __future__ import annotations

from sdc.companion import wordbook
from sdc.companion.counted import change_words, per_cited
from sdc.companion.evidence import EvidenceBox
from sdc.companion.grounding import CHANGE
from sdc.companion.wordbook import NAMELESS, MeasureWords, fill, say
from sdc.progress import ERROR_RULES, Caveat, Comparison, Placed, Reason, SessionPoint
from sdc.session import Claim

Pair = tuple[Placed[SessionPoint], Placed[SessionPoint]]

_BY_PAIR = {
    Reason.SAME_SESSION: "same_session",
    Reason.OTHER_CONTEXT: "other_context",
    Reason.OTHER_RULE: "other_rule",
    Reason.OTHER_WRITER: "other_writer",
    Reason.RECOGNISED: "recognised",
    Reason.DEPENDS_ON_LENGTH: "depends_on_length",
    Reason.OWN_BASELINE: "own_baseline",
    Reason.DEPENDS_ON_SET_UP: "depends_on_set_up",
    Reason.FOR_RESEARCH: "for_research",
}


def when(placed: Placed[SessionPoint]) -> str:
    """Return which session is meant: ``week 2 (9 March 2026)``."""
    if placed.week is None:
        return fill("when", "undated")
    if placed.placed_by == "date" and placed.point.date is not None:
        return fill("when", "week", week=placed.week, date=wordbook.show_date(placed.point.date))
    return fill("when", "week_by_age", week=placed.week)


def week_of(placed: Placed[SessionPoint]) -> str:
    """Return ``week 2`` alone, where the date has been told."""
    return wordbook.weeks([placed.week]) if placed.week is not None else when(placed)


def pair_claim(comparison: Comparison, pair: Pair, box: EvidenceBox, *, dated: bool = True) -> Claim | None:
    """Return the sentence with both values; None when a value is missing or the measure has no words."""
    name = when if dated and pair[0] != pair[1] else week_of
    words = wordbook.measure_words(comparison.measure)
    first, second = comparison.first, comparison.second
    if words is None or first is None or second is None or first.value is None or second.value is None:
        return None
    text = say(
        "change",
        "pair",
        name=words.name,
        first=words.shown(first),
        second=words.shown(second),
        first_when=name(pair[0]),
        second_when=name(pair[1]),
    )
    return Claim(text, _both(comparison.measure, pair, box))


def verdict_claim(comparison: Comparison, pair: Pair, box: EvidenceBox) -> Claim | None:
    """Return the sentence with the verdict and its error, or the reason why there is none."""
    words = wordbook.measure_words(comparison.measure)
    if words is None:
        return None
    if comparison.reason is Reason.NO_ERROR_FIGURE:
        return Claim(say("change", "descriptive"), _values(comparison.measure, pair, box))
    if comparison.reason is not None:
        return _reason_claim(comparison, words, pair, box)
    assert comparison.difference is not None and comparison.threshold is not None
    shown = change_words(comparison.measure) or words
    difference, threshold = shown.amounts(comparison.difference, comparison.threshold)
    fields = {"difference": difference, "threshold": threshold, "caveats": _caveats(comparison)}
    key, own, later = comparison.verdict, comparison.own_sessions, pair[1].point
    text = say("change", f"{key}_own", **fields, sessions=own, who=NAMELESS) if own else say("change", key, **fields)
    cited = (
        *_values(comparison.measure, pair, box),
        box.figure(later, comparison.measure + CHANGE, comparison.difference, comparison.n),
        box.figure(later, comparison.measure + ".mdc95", comparison.threshold, comparison.n),
        *per_cited(comparison.measure, later, box),
    )
    return Claim(text, (*cited, box.figure(later, "own_recordings", float(own))) if own else cited)


def _both(measure_id: str, pair: Pair, box: EvidenceBox) -> tuple[str, ...]:
    return tuple(i for placed in pair for i in (box.week(placed), box.measure(placed.point, measure_id)))


def _values(measure_id: str, pair: Pair, box: EvidenceBox) -> tuple[str, ...]:
    """Cite both values alone, for a sentence that names no week."""
    return tuple(box.measure(placed.point, measure_id) for placed in pair)


def _caveats(comparison: Comparison) -> str:
    caveats = comparison.caveats
    if len(caveats) == len(Caveat):
        return fill("caveat", "both")
    return "".join(fill("caveat", caveat.value) for caveat in caveats)


def _reason_claim(comparison: Comparison, words: MeasureWords, pair: Pair, box: EvidenceBox) -> Claim:
    cited = _values(comparison.measure, pair, box)
    if comparison.reason is Reason.NO_VALUE:
        return no_value_claim(comparison, pair, box)
    if comparison.reason is not Reason.TOO_FEW:
        assert comparison.reason is not None
        return Claim(say("reason", _BY_PAIR[comparison.reason]), cited)
    rule = ERROR_RULES.get(comparison.measure)
    if rule is None or comparison.n is None or comparison.n >= rule.minimum_n:
        return Claim(say("reason", "too_few_plain"), cited)
    minimum = box.figure(pair[1].point, comparison.measure + ".minimum", float(rule.minimum_n))
    text = say("reason", "too_few", n=comparison.n, counts=words.counts, wanted=rule.minimum_n)
    return Claim(text, (*cited, minimum))


def no_value_claim(comparison: Comparison, pair: Pair, box: EvidenceBox) -> Claim:
    """Return the sentence that says which session has no value, and why when the reason can be told."""
    found = ((pair[0], comparison.first), (pair[1], comparison.second))
    lacking = [(p, m) for p, m in found if m is None or m.value is None]
    key = "no_value_both" if len(lacking) == 2 else "no_value"
    named = [box.week(p) for p, _ in lacking] if len(lacking) == 1 else []
    cited = (*named, *(box.measure(p.point, comparison.measure) for p, _ in lacking))
    reasons = {m.reason for _, m in lacking if m is not None and m.reason}
    why = f": {reasons.pop().rstrip('.')}" if len(reasons) == 1 else ""
    claim = Claim(say("reason", key, when=when(lacking[0][0]), why=why), cited)
    if wordbook.publishable([claim], box.all):
        return claim
    return Claim(say("reason", key, when=when(lacking[0][0]), why=""), cited)
