"""What a language model is shown of an evidence: in people's words, with units, and a sign where one matters."""

from __future__ import annotations

from typing import Any

from sdc.companion import wordbook
from sdc.companion.counted import change_words
from sdc.companion.grounding import CHANGE, WEEK
from sdc.companion.wordbook import MORE_DECIMALS, MeasureWords, fill
from sdc.progress import COUNT_RULES
from sdc.session import Answer, Evidence

KINDS = {
    "change": "difference between the two recordings",
    "mdc95": "difference needed to tell it from chance",
    "minimum": "smallest sample that is enough",
    "recordings.minimum": "smallest number of recordings that is enough",
    "rate": "how often in this recording",
    "per": "how much speech the rates are told for",
    f"slope_per_month{CHANGE}": "change in a month",
    f"low_per_month{CHANGE}": "one end of the range that the change in a month lies in",
    f"high_per_month{CHANGE}": "other end of the range that the change in a month lies in",
    "mean_first": "average of the first recordings",
    "mean_last": "average of the last recordings",
    f"means{CHANGE}": "difference between these two averages",
    "means.mdc95": "difference between averages needed to tell it from chance",
    "mean_baseline": "average in the baseline",
    "mean_intervention": "average in the intervention",
    f"phases{CHANGE}": "difference between these two averages",
    "phases.mdc95": "difference between averages needed to tell it from chance",
    "goal_mean": "average of the recordings that count for the goal",
    "goal_margin": "how far that average may be off by chance",
    "goal_baseline": "value when the goal was set",
    "goal_criterion": "value that the goal asks for",
}
"""What stands behind the measure's id in the name of a figure, in words."""

ALONE = {
    "weeks_without_session": "weeks without a recording",
    "sessions_in_week": "recordings in this week",
    "recordings_without_date": "recordings without a date",
    "own_recordings": "recordings of the child that the difference needed was learned from",
    "recordings_baseline": "recordings in the baseline",
    "recordings_intervention": "recordings in the intervention",
    f"days_from_age{CHANGE}": "days by which the date and the child's age disagree",
}
"""Figures that are of no measure, in words."""

_LEVELS = ("rate", "mean_first", "mean_last", "mean_baseline", "mean_intervention")
_GOALS = ("goal_mean", "goal_baseline", "goal_criterion")
_ENDS = (f"low_per_month{CHANGE}", f"high_per_month{CHANGE}")


def figure_row(evidence: Evidence, drafted: Answer) -> dict[str, Any] | None:
    """Return the row of a figure; None where there is nothing to tell of it.

    Parameters
    ----------
    evidence : Evidence
        Without a quotation.
    drafted : Answer
        The answer that it belongs to.
    """
    if evidence.measure is None or evidence.value is None:
        return None
    if evidence.measure == WEEK:
        about = "a recording" if evidence.session else "no recording in this week"
        return {"id": evidence.id, "week": int(evidence.value), "what": about}
    base, _, kind = evidence.measure.partition(".")
    words = wordbook.measure_words(base)
    if words is None:
        what = ALONE.get(evidence.measure, base.replace("_", " "))
        return {"id": evidence.id, "what": what, "value": f"{abs(evidence.value):g}"}
    if kind:
        week = week_of(evidence, drafted) if kind == "rate" else {}
        what = KINDS.get(kind, kind.replace("_", " "))
        return {"id": evidence.id, "what": what, "of": words.name, **week, "value": _amount(evidence, kind, drafted)}
    row = {"id": evidence.id, "what": words.name, **week_of(evidence, drafted), "value": _value(evidence.value, words)}
    if evidence.n is None or words.counts_itself:
        return row
    return row | {"rests_on": f"{evidence.n} {words.counts}"}


def week_of(evidence: Evidence, drafted: Answer) -> dict[str, int]:
    """Return the week of an evidence's session, as far as the answer tells it."""
    found = (e.value for e in drafted.evidence if e.measure == WEEK and e.session == evidence.session and e.value)
    week = next(found, None)
    return {} if week is None else {"week": int(week)}


def _value(value: float, words: MeasureWords) -> str:
    shown = words.value.format(value=words.number(value))
    return shown if words.value != "{value}" else f"{shown} {words.unit}".strip()


def _amount(evidence: Evidence, kind: str, drafted: Answer) -> str:
    """Return a figure about a measure: an amount of it, a level of it, or a count of something else."""
    base, value = (evidence.measure or "").partition(".")[0], evidence.value
    words = change_words(base)
    assert words is not None and value is not None
    if kind in ("minimum", "recordings.minimum"):
        return f"{value:g} {words.counts if kind == 'minimum' else 'recordings'}"
    if kind == "per":
        return f"{value:g} {COUNT_RULES[base].exposure if base in COUNT_RULES else words.counts}"
    if (kind in _LEVELS and base not in COUNT_RULES) or kind in _GOALS:
        own = wordbook.measure_words(base)
        assert own is not None
        return _value(value, own)
    if pair := _with_its_error(kind, base, drafted):
        return words.amounts(*pair)[kind.endswith("mdc95")]
    sign = "−" if value < 0 and kind in _ENDS else ""
    per = " a month" if "_per_month" in kind else ""
    return sign + fill("part", "unit", value=_number(abs(value), words), unit=words.unit).strip() + per


def _with_its_error(kind: str, base: str, drafted: Answer) -> tuple[float, float] | None:
    """Return a difference and what is needed to tell it from chance: decimals enough must tell them apart."""
    before, _, last = kind.rpartition(".")
    if last not in ("change", "mdc95") or "_per_month" in kind:
        return None
    by_name = {e.measure: e.value for e in drafted.evidence if e.value is not None}
    stem = f"{base}.{before}" if before else base
    pair = by_name.get(stem + CHANGE), by_name.get(f"{stem}.mdc95")
    return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])


def _number(value: float, words: MeasureWords) -> str:
    """Return a number with decimals enough not to read as 0."""
    for more in range(MORE_DECIMALS + 1):
        number = words.number(value, more=more)
        if not value or number.strip("0."):
            break
    return number
