"""Answers to questions about a child, by rules: both numbers, the verdict with its error, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sdc.companion import comparison as words_of
from sdc.companion import over_time, phase_words, wordbook
from sdc.companion.comparison import week_of, when
from sdc.companion.counted import rates_claim
from sdc.companion.evidence import EvidenceBox
from sdc.companion.insights import ENGINE
from sdc.companion.question import Query, parse_question
from sdc.companion.quotes import Quote, hesitant_quote, longest_quote
from sdc.companion.selection import Line, Selection, select
from sdc.companion.wordbook import fill, say
from sdc.progress import (
    Comparison,
    MeasureProgress,
    Placed,
    SessionPoint,
    compare,
    contradictions,
    error_between,
    place,
    progress_along,
    stated_phases,
)
from sdc.session import Answer, Claim, PhasePlan, Verdict

MAX_LISTED_WEEKS = 4
"""More weeks than these are counted instead of listed."""

MAX_MORE = 3
"""So many other measures are told beside the headline."""


def ask(
    question: str,
    history: Sequence[SessionPoint],
    *,
    child: str | None = None,
    today: date | None = None,
    plan: PhasePlan | None = None,
) -> Answer:
    """Answer a question about a child.

    Parameters
    ----------
    question : str
        About one of the themes of ``themes.toml`` (fluency, vocabulary, sentence length …), or a
        measure by its id, in one session or between two.
    history : Sequence[SessionPoint]
        All sessions of that child and of no other, in any order.
    child : str, optional
        The child's name.
    today : date, optional
        What "last month" is counted from.
    plan : PhasePlan, optional
        The phases of the work, as a therapist stated them: an answer about a time that reaches into both tells
        since when, and its verdict is theirs.

    Returns
    -------
    Answer
        Two to five sentences as a rule, each with its evidence. ``cannot_tell`` with the reason
        when that is the truth.

    Raises
    ------
    QuestionError
        The question is not understood (it asks back), or asks what SDC does not say.
    """
    return answer_query(parse_question(question, child, today=today), history, child=child, plan=plan)


def answer_query(
    query: Query, history: Sequence[SessionPoint], *, child: str | None = None, plan: PhasePlan | None = None
) -> Answer:
    """Answer a question that has been understood; see ``ask``."""
    line = place(history)
    if not line:
        return _answer(query, "cannot_tell", None, [Claim(say("answer", "none"))], EvidenceBox())
    selection = select(query, line)
    if not selection.sessions:
        return _nothing_there(query, selection, line)
    if query.mode == "describe":
        return _describe(query, selection, child)
    if len(selection.sessions) == 1:
        return _only_one(query, selection)
    return _compare(query, selection, _Known(child, line, plan))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the child that is asked about."""

    child: str | None
    line: Line
    plan: PhasePlan | None


def _compare(query: Query, selection: Selection, known: _Known) -> Answer:
    box, line = EvidenceBox(), known.line
    pair = (selection.sessions[0], selection.sessions[-1])
    headline = _headline(query, pair, line)
    compared = _compared(selection, pair, box)
    figures = words_of.pair_claim(headline, pair, box, dated=False)
    phased = _phased(headline.measure, pair, known)
    if phased is not None and (query.period.is_open or query.mode == "trend"):
        return _answer_by_phases(query, phased, [compared, figures], _Told(pair, known, box))
    rates = rates_claim(headline, pair[0].point, pair[1].point, box)
    verdict = words_of.verdict_claim(headline, pair, box)
    course = phased or _course(headline.measure, pair, line)
    steady = _steady(course, pair, line, box) if course is not None else []
    doubts = [over_time.contradiction_claim(p, days, box) for p, days in _contradicting(pair, line)]
    told = [compared, figures, rates, verdict, *steady, *doubts]
    beside = [] if steady else [_more(query, headline, pair, box)]
    claims = [claim for claim in [*told, *beside, _quotes(query, pair, known.child, box)] if claim is not None]
    if query.mode == "trend" and course is None:
        claims.append(over_time.too_few_claim(headline.measure, pair[1].point, box))
    if course is not None and (query.period.is_open or query.mode == "trend") and course.basis in ("trend", "means"):
        vital = (figures, verdict, *steady)
        return _answer(query, course.verdict, headline.measure, claims, box, vital=vital)
    return _answer(query, headline.verdict, headline.measure, claims, box, vital=(figures, verdict))


def _course(measure_id: str, pair: words_of.Pair, line: Line) -> MeasureProgress | None:
    """Return what the sessions from the first to the second of a pair tell; None where they tell no trend."""
    stretch = _between(pair, line)
    if not stretch:
        return None
    (found,) = progress_along(stretch, [measure_id], chosen=[measure_id], inside=False)
    return found if found.trend.reason is None and found.basis != "nothing" else None


def _between(pair: words_of.Pair, line: Line) -> list[Placed[SessionPoint]]:
    """Return the sessions from the first to the second of a pair; none where nothing dates one of them."""
    begin, end = pair[0].day, pair[1].day
    if begin is None or end is None:
        return []
    return [p for p in line if p.day is not None and begin <= p.day <= end]


def _phased(measure_id: str, pair: words_of.Pair, known: _Known) -> MeasureProgress | None:
    """Return a measure in the stated phases; None where the time between a pair does not reach into both."""
    stretch = _between(pair, known.line)
    phases = stated_phases(known.plan, known.line, stretch)
    if phases is None:
        return None
    (found,) = progress_along(stretch, [measure_id], chosen=[measure_id], phases=phases, inside=False)
    return found if found.phases is not None else None


@dataclass(frozen=True, slots=True)
class _Told:
    """What an answer is made of: the pair that is quoted, whose child, and the evidence so far."""

    pair: words_of.Pair
    known: _Known
    box: EvidenceBox


def _answer_by_phases(query: Query, phased: MeasureProgress, told: list[Claim | None], by: _Told) -> Answer:
    """Tell when the intervention began and hold both phases against each other: they carry the verdict.

    Where two times were named these do, and the phases are told beside.
    """
    phases = _steady(phased, by.pair, by.known.line, by.box)
    doubts = [over_time.contradiction_claim(p, d, by.box) for p, d in _contradicting(by.pair, by.known.line)]
    quotes = _quotes(query, by.pair, by.known.child, by.box)
    claims = [claim for claim in (*told, *phases, *doubts, quotes) if claim is not None]
    return _answer(query, phased.verdict, phased.measure, claims, by.box, vital=phases)


def _steady(course: MeasureProgress, pair: words_of.Pair, line: Line, box: EvidenceBox) -> list[Claim]:
    """Return what the sessions from the first to the second of a pair tell: of the phases, else of the course."""
    if course.phases is not None:
        return phase_words.told_claims(course, _between(pair, line), box)
    return over_time.course_claims(course, line, box)


def _contradicting(pair: words_of.Pair, line: Line) -> list[tuple[Placed[SessionPoint], float]]:
    doubtful = {point.session_id: days for point, days in contradictions([p.point for p in line])}
    return [(p, doubtful[p.point.session_id]) for p in pair if p.point.session_id in doubtful]


def _only_one(query: Query, selection: Selection) -> Answer:
    """Say that a change needs two sessions."""
    box, placed = EvidenceBox(), selection.sessions[0]
    cited = [box.week(placed)]
    looked = _looked("described", selection, "", cited, box, when=when(placed))
    claims = [looked, Claim(say("reason", "same_session"), tuple(cited))]
    return _answer(query, "cannot_tell", query.theme.headline[0], claims, box)


def _headline(query: Query, pair: words_of.Pair, line: Line) -> Comparison:
    """Compare the first headline measure that both sessions have; else the first one."""
    found = [
        compare(pair[0].point, pair[1].point, measure_id, own=error_between(line, measure_id))
        for measure_id in query.theme.headline
    ]
    return next((c for c in found if c.difference is not None), found[0])


def _compared(selection: Selection, pair: words_of.Pair, box: EvidenceBox) -> Claim:
    cited = [box.week(p) for p in pair]
    extra = ""
    if 0 < len(selection.gaps) <= MAX_LISTED_WEEKS:
        cited += [box.empty_week(week) for week in selection.gaps]
        extra = fill("part", "missing", weeks=wordbook.weeks(selection.gaps))
    elif selection.gaps:
        cited.append(box.figure(pair[1].point, "weeks_without_session", float(len(selection.gaps))))
        extra = fill("part", "missing_many", count=len(selection.gaps))
    return _looked("compared", selection, extra, cited, box, first_when=when(pair[0]), second_when=when(pair[1]))


def _looked(key: str, selection: Selection, extra: str, cited: list[str], box: EvidenceBox, **fields: object) -> Claim:
    if selection.shared_week > 1:
        count = selection.shared_week
        cited.append(box.figure(selection.sessions[0].point, "sessions_in_week", float(count)))
        extra += fill("part", "others", count=count)
    if selection.undated:
        cited.append(box.figure(selection.sessions[0].point, "recordings_without_date", float(selection.undated)))
        extra += fill("part", "undated", count=selection.undated)
    return Claim(say("answer", key, extra=extra, **fields), tuple(cited))


def _more(query: Query, headline: Comparison, pair: words_of.Pair, box: EvidenceBox) -> Claim | None:
    """Tell the other measures that both sessions have from samples to rely on, without a verdict."""
    parts, cited = [], []
    for measure_id in query.theme.others:
        first, second = (p.point.measure(measure_id) for p in pair)
        words = wordbook.measure_words(measure_id)
        if measure_id == headline.measure or words is None or first is None or second is None:
            continue
        if first.value is None or second.value is None or first.rule != second.rule:
            continue
        if "too_few" in (first.reliability, second.reliability):
            continue
        parts.append(fill("answer", "more_pair", name=words.name, first=words.shown(first), second=words.shown(second)))
        cited += [box.measure(p.point, measure_id) for p in pair]
    if not parts:
        return None
    return Claim(say("answer", "more", pairs="; ".join(parts[:MAX_MORE])), tuple(cited[: 2 * MAX_MORE]))


def _quotes(query: Query, pair: words_of.Pair, child: str | None, box: EvidenceBox) -> Claim | None:
    quotes = [_quote(query, placed.point) for placed in pair]
    first, second = quotes
    if first is None or second is None:
        return next((_quoted(p, q, child, box) for p, q in zip(pair, quotes, strict=True) if q), None)
    text = say(
        "answer",
        "quotes",
        who=wordbook.who(child),
        first_when=week_of(pair[0]),
        second_when=week_of(pair[1]),
        first_quote=first.words,
        second_quote=second.words,
    )
    cited = [box.week(p) for p in pair]
    cited += [box.quote(p.point, q.index, q.words) for p, q in zip(pair, (first, second), strict=True)]
    return Claim(text, tuple(cited))


def _quote(query: Query, point: SessionPoint) -> Quote | None:
    hesitant = hesitant_quote(point) if query.theme.quote == "hesitant" else None
    return hesitant or longest_quote(point)


def _quoted(placed: Placed[SessionPoint], quote: Quote, child: str | None, box: EvidenceBox) -> Claim:
    text = say("answer", "quote", when=week_of(placed), who=wordbook.who(child), quote=quote.words)
    return Claim(text, (box.week(placed), box.quote(placed.point, quote.index, quote.words)))


def _describe(query: Query, selection: Selection, child: str | None) -> Answer:
    box, placed = EvidenceBox(), selection.sessions[-1]
    claims = [_looked("described", selection, "", [box.week(placed)], box, when=when(placed))]
    seen = []
    for measure_id in dict.fromkeys((*query.theme.headline, *query.theme.others)):
        measure, words = placed.point.measure(measure_id), wordbook.measure_words(measure_id)
        if measure is not None and measure.value is not None and words is not None:
            text = words.sentence(measure, wordbook.who(child))
            seen.append((measure_id, Claim(text, (box.measure(placed.point, measure_id),))))
    if not seen:
        return _answer(query, "cannot_tell", query.theme.headline[0], [*claims, _no_value(query, placed, box)], box)
    claims += [claim for _, claim in seen[:MAX_MORE]]
    quote = _quote(query, placed.point)
    if quote is not None:
        claims.append(_quoted(placed, quote, child, box))
    return _answer(query, "descriptive", seen[0][0], claims, box)


def _no_value(query: Query, placed: Placed[SessionPoint], box: EvidenceBox) -> Claim:
    measure_id = query.theme.headline[0]
    measure = placed.point.measure(measure_id)
    cited = (box.week(placed), box.measure(placed.point, measure_id))
    reason = measure.reason if measure is not None else None
    theme = query.theme.name if not wordbook.measure_words(query.theme.name) else "measure asked for"
    claims = [
        Claim(say("answer", "no_value", when=week_of(placed), theme=theme, why=why), cited)
        for why in (f": {reason.rstrip('.')}" if reason else "", "")
    ]
    return (wordbook.publishable(claims, box.all) or claims)[0]


def _nothing_there(query: Query, selection: Selection, line: Line) -> Answer:
    """Say that the time asked for holds no session, and which weeks do."""
    box, present = EvidenceBox(), list(dict.fromkeys(p.week for p in line if p.week is not None))
    if not selection.absent:
        cited = tuple(box.week(p) for p in line)
        claim = Claim(say("answer", "nothing_in_dates"), cited)
    elif not present:
        claim = Claim(say("answer", "no_weeks_at_all"), tuple(box.week(p) for p in line))
    else:
        asked = wordbook.weeks(selection.absent)
        missing = tuple(box.empty_week(week) for week in selection.absent)
        claim = Claim(say("answer", "no_week_many", weeks=asked), missing)
        if len(present) <= MAX_LISTED_WEEKS * 2:
            there = {p.week: p for p in reversed(line) if p.week is not None}
            cited = (*missing, *(box.week(there[week]) for week in present))
            claim = Claim(say("answer", "no_week", weeks=asked, present=wordbook.weeks(present)), cited)
    if selection.nearest:
        return _answer(query, "cannot_tell", *_instead(query, selection, claim, line, box))
    return _answer(query, "cannot_tell", query.theme.headline[0], [claim], box)


def _instead(
    query: Query, selection: Selection, absent: Claim, line: Line, box: EvidenceBox
) -> tuple[str, list[Claim], EvidenceBox]:
    """Compare the nearest sessions where a week that was asked for holds none; of that week nothing is told."""
    pair = (selection.nearest[0], selection.nearest[-1])
    headline = _headline(query, pair, line)
    instead = Claim(say("answer", "instead", first_when=when(pair[0]), second_when=when(pair[1])), _weeks(pair, box))
    figures = words_of.pair_claim(headline, pair, box, dated=False)
    rates = rates_claim(headline, pair[0].point, pair[1].point, box)
    verdict = words_of.verdict_claim(headline, pair, box)
    told = [absent, instead, figures, rates, verdict]
    return headline.measure, [claim for claim in told if claim is not None], box


def _weeks(pair: words_of.Pair, box: EvidenceBox) -> tuple[str, ...]:
    return tuple(box.week(placed) for placed in pair)


def _answer(
    query: Query,
    verdict: Verdict,
    measure: str | None,
    claims: list[Claim],
    box: EvidenceBox,
    *,
    vital: Sequence[Claim | None] = (),
) -> Answer:
    """Publish the claims that pass the checks; a verdict without its ``vital`` sentences is withheld."""
    kept = wordbook.publishable(claims, box.all)
    if not kept or any(claim is not None and claim not in kept for claim in vital):
        verdict, kept = "cannot_tell", (Claim(say("answer", "withheld")),)
    text = " ".join(claim.text for claim in kept)
    return Answer(query.question, text, verdict, measure, kept, box.all, ENGINE)
