"""What can be said about a session, and against the child's earlier ones: the rules engine.

It needs no model and no key. Each sentence comes from ``sentences.toml``, cites its evidence,
and is shown only when its figures are found there (``grounding``) and its words are in order
(``wording``).
"""

from __future__ import annotations

from collections.abc import Sequence

from sdc.companion import comparison as words_of
from sdc.companion import wordbook
from sdc.companion.evidence import EvidenceBox
from sdc.companion.phase_words import phase_start_claims
from sdc.companion.quotes import longest_quote
from sdc.companion.wordbook import say
from sdc.progress import ERROR_RULES, Comparison, Placed, Reason, SessionPoint, began_between, compare, place
from sdc.session import Analysis, Claim, Evidence, Insight, PhasePlan, Provenance, Session, Verdict

ENGINE = "rules"
ENGINE_VERSION = "1"

SEEN: tuple[tuple[str, ...], ...] = (
    ("mlu_words", "mlu_morphemes"),
    ("ndw_100", "word_types"),
    ("maze_words_pct", "filler_words_pct"),
    ("intelligible_utterances_pct",),
    ("turns", "child_turn_share", "response_latency_median"),
    ("speech_rate", "pauses_per_min"),
    ("f0_median", "f0_sd_st"),
    ("echo_exact_pct",),
)
"""What is told of a session: one insight a row, with those measures that have a value."""

CAVEATED = frozenset({"mlu_words", "mlu_morphemes"})
"""Measures whose small samples have a caveat of their own."""

VERDICTS = ("mlu_words", "maze_words_pct", "intelligible_utterances_pct")
"""Measures that are compared with earlier sessions: three, chosen beforehand; testing many finds change by chance."""


def insights(
    session: Session,
    analysis: Analysis,
    history: Sequence[SessionPoint],
    *,
    session_id: str,
    child: str | None = None,
    plan: PhasePlan | None = None,
) -> tuple[Insight, ...]:
    """Say what was seen in a session, and what changed.

    Parameters
    ----------
    session : Session
    analysis : Analysis
        Of that session.
    history : Sequence[SessionPoint]
        The child's earlier sessions, in any order.
    session_id : str
        What evidence calls this session.
    child : str, optional
        The child's name; else "the child".
    plan : PhasePlan, optional
        The phases of the work, as a therapist stated them: a comparison across the day on which the intervention
        began names it.

    Returns
    -------
    tuple[Insight, ...]
        Caveats, what was seen, then changes. All drafts.
    """
    target = session.target
    speaker = analysis.speakers.get(target.code) if target else None
    point = SessionPoint.of(session_id, session, speaker.measures if speaker else {})
    who = wordbook.who(child)
    drafts = [_caveat_no_child(point)] if target is None else _of_child(point, history, who, plan)
    shown = [i for draft in drafts if draft is not None and (i := _checked(draft)) is not None]
    return tuple(_numbered(i, number) for number, i in enumerate(shown, 1))


def _of_child(
    point: SessionPoint, history: Sequence[SessionPoint], who: str, plan: PhasePlan | None
) -> list[Insight | None]:
    seen = [_seen(point, row, who) for row in SEEN]
    quote = _longest(point)
    if quote is None and not any(seen):
        return [_plain_caveat(point, "nothing")]
    earlier = tuple(p for p in history if p.session_id != point.session_id)
    return [_caveat_sample(point), _caveat_recognised(point), quote, *seen, *_changes(point, earlier, plan)]


def _seen(point: SessionPoint, row: Sequence[str], who: str) -> Insight | None:
    """Tell the measures of a row that have a value and a sample to rely on; None when none has.

    The length of utterances is told of few utterances too: ``_caveat_sample`` says that they are few.
    """
    box, claims = EvidenceBox(), []
    for measure_id in row:
        measure, words = point.measure(measure_id), wordbook.measure_words(measure_id)
        if measure is None or measure.value is None or words is None:
            continue
        if measure.reliability != "too_few" or measure_id in CAVEATED:
            claims.append(Claim(words.sentence(measure, who), (box.measure(point, measure_id),)))
    return Insight("", "seen", tuple(claims), box.all, row[0]) if claims else None


def _longest(point: SessionPoint) -> Insight | None:
    quote = longest_quote(point)
    if quote is None:
        return None
    box = EvidenceBox()
    cited = (box.quote(point, quote.index, quote.words),)
    return Insight("", "seen", (Claim(say("session", "longest", quote=quote.words), cited),), box.all)


def _caveat_sample(point: SessionPoint) -> Insight | None:
    """Say when the sample is too small for the length of utterances."""
    measure, rule, words = point.measure("mlu_words"), ERROR_RULES["mlu_words"], wordbook.measure_words("mlu_words")
    if measure is None or measure.n is None or measure.n >= rule.firm_n or words is None:
        return None
    key, wanted = ("few", rule.firm_n) if measure.n >= rule.minimum_n else ("too_few", rule.minimum_n)
    box = EvidenceBox()
    cited = (box.measure(point, "mlu_words"), box.figure(point, "mlu_words.minimum", float(wanted)))
    text = say("session", key, n=measure.n, counts=words.counts, wanted=wanted)
    return Insight("", "caveat", (Claim(text, cited),), box.all, "mlu_words")


def _caveat_recognised(point: SessionPoint) -> Insight | None:
    return _plain_caveat(point, "recognised") if point.recognised else None


def _caveat_no_child(point: SessionPoint) -> Insight:
    return _plain_caveat(point, "no_child")


def _plain_caveat(point: SessionPoint, key: str) -> Insight:
    box = EvidenceBox()
    cited = (box.add(Evidence("", point.session_id, point.date)),)
    return Insight("", "caveat", (Claim(say("session", key), cited),), box.all)


def _changes(point: SessionPoint, earlier: Sequence[SessionPoint], plan: PhasePlan | None) -> list[Insight | None]:
    """Compare with the session before in the same situation, and with the first one."""
    line = place([*earlier, point])
    here = next(index for index, p in enumerate(line) if p.point is point)
    found: list[Insight | None] = []
    for measure_id in VERDICTS:
        pairs = [_before(line[:here], point, measure_id), line[0] if here else None]
        for other in dict.fromkeys(p.point.session_id for p in pairs if p is not None):
            first = next(p for p in line if p.point.session_id == other)
            began = began_between(plan, line, first.point, point)
            found.append(_change(compare(first.point, point, measure_id), (first, line[here]), began))
    return found


def _before(line: Sequence[Placed[SessionPoint]], point: SessionPoint, measure_id: str) -> Placed[SessionPoint] | None:
    """Return the last earlier session that can be compared as far as the situation goes."""
    return next(
        (p for p in reversed(line) if compare(p.point, point, measure_id).reason is not Reason.OTHER_CONTEXT), None
    )


def _change(comparison: Comparison, pair: words_of.Pair, began: str | None) -> Insight | None:
    if comparison.reason is Reason.NO_VALUE:
        return None
    box = EvidenceBox()
    claims = (words_of.pair_claim(comparison, pair, box), words_of.verdict_claim(comparison, pair, box))
    told = tuple(c for c in claims if c is not None)
    if began is not None and told:
        values = tuple(box.measure(placed.point, comparison.measure) for placed in pair)
        told = (*told, *phase_start_claims(began, comparison.verdict, values, box))
    return Insight("", "change", told, box.all, comparison.measure, comparison.verdict)


def _checked(draft: Insight) -> Insight | None:
    """Drop what is not grounded or not well worded; a verdict stands only with all of its sentences."""
    claims = wordbook.publishable(draft.claims, draft.evidence)
    if not claims or (draft.verdict is not None and len(claims) < len(draft.claims)):
        return None
    return Insight("", draft.kind, claims, draft.evidence, draft.measure, draft.verdict)


def _numbered(insight: Insight, number: int) -> Insight:
    verdict: Verdict | None = insight.verdict
    return Insight(
        f"i{number}",
        insight.kind,
        insight.claims,
        insight.evidence,
        insight.measure,
        verdict,
        provenance=(Provenance("insight", ENGINE, ENGINE_VERSION),),
    )
