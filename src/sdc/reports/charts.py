"""A measure over the sessions as a drawing: values with their error, and for therapists the band of the norms."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from sdc.measures import REGISTRY
from sdc.progress import MeasureProgress, ProgressPoint
from sdc.progress.timeline import calendar_day
from sdc.reports.facts import ReportFacts
from sdc.reports.figures import show_date, show_unit, show_value
from sdc.session import Measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE_IN = (6.6, 2.35)
INK, QUIET, BAND, LINE = "#1b2a33", "#5b6b75", "#e3ecf1", "#0f5f74"
BAND_PERCENTILES = (10, 90)
MAX_TICKS = 8

_NOT_DRAWN = re.compile(r"^.*?(?=<svg)|\s*<metadata>.*?</metadata>", re.DOTALL)
"""Prologue and metadata of the file."""

_one_at_a_time = Lock()
"""Matplotlib is not made for several threads at once."""

Drawn = tuple[ProgressPoint, Measure, float]
"""A session that has a value, the measure, and where it lies: the day since the first, or its number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A level line across a drawing, with the words at its end."""

    value: float
    label: str


def drawn_points(found: MeasureProgress) -> list[Drawn]:
    """Return the sessions with a value, each with its place on the axis: the day, or the number where one has none."""
    valued = [(p, p.measure) for p in found.points if p.measure is not None and p.measure.value is not None]
    dated = all(p.day is not None for p, _ in valued)
    return [(p, m, float(p.day if dated and p.day is not None else i)) for i, (p, m) in enumerate(valued)]


def draw(found: MeasureProgress, facts: ReportFacts, *, norms: bool, marks: Sequence[Mark] = ()) -> str | None:
    """Return a measure over the sessions as SVG; None where no session has a value.

    Parameters
    ----------
    found : MeasureProgress
    facts : ReportFacts
    norms : bool
        Whether the band between the 10th and the 90th percentile of the norms is drawn, where they apply.
    marks : Sequence[Mark]
        Level lines: a goal's baseline and criterion.

    Returns
    -------
    str or None
        The same input gives the same text.
    """
    drawn = drawn_points(found)
    if not drawn:
        return None
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with _one_at_a_time:
        matplotlib.rcParams["svg.hashsalt"] = "sdc"  # names inside the file depend on nothing but the drawing
        figure = Figure(figsize=SIZE_IN, layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.subplots()
        if norms:
            _draw_norms(axes, found.measure, drawn, facts)
        _draw_values(axes, drawn)
        _draw_marks(axes, marks)
        _draw_phase_change(axes, found)
        _draw_axes(axes, found.measure, drawn)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _NOT_DRAWN.sub("", buffer.getvalue())


def _draw_values(axes: Axes, drawn: Sequence[Drawn]) -> None:
    at = [x for _, _, x in drawn]
    values = [m.value or 0.0 for _, m, _ in drawn]
    errors = [_error(p, m) for p, m, _ in drawn]
    axes.plot(at, values, color=LINE, linewidth=1.0, alpha=0.55, zorder=2)
    axes.errorbar(
        at,
        values,
        yerr=[[low for low, _ in errors], [high for _, high in errors]],
        fmt="none",
        ecolor=QUIET,
        elinewidth=0.9,
        capsize=2.5,
        zorder=3,
    )
    for firm in (True, False):
        chosen = [(x, v) for (p, _, x), v in zip(drawn, values, strict=True) if (p.left_out is None) is firm]
        axes.plot(
            [x for x, _ in chosen],
            [v for _, v in chosen],
            "o",
            markersize=4.5,
            color=LINE,
            markerfacecolor=LINE if firm else "white",
            zorder=4,
        )


def _draw_marks(axes: Axes, marks: Sequence[Mark]) -> None:
    """Draw level lines, each with its words at the right end, above the line; of two close ones the lower below."""
    heights = sorted(mark.value for mark in marks)
    for mark in marks:
        below = len(heights) > 1 and mark.value == heights[0]
        axes.axhline(mark.value, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1.5)
        axes.annotate(
            mark.label,
            (1, mark.value),
            xycoords=("axes fraction", "data"),
            xytext=(0, -3 if below else 3),
            textcoords="offset points",
            ha="right",
            va="top" if below else "bottom",
            fontsize=7.5,
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8},
            zorder=5,
        )


def phase_change_day(found: MeasureProgress) -> float | None:
    """Return where on the axis the intervention began; None without a stated day, or without days on the axis."""
    began = None if found.phases is None else calendar_day(found.phases.began)
    drawn = drawn_points(found)
    dated = [(day, p.day) for p, _, _ in drawn if p.day is not None and (day := calendar_day(p.date)) is not None]
    if began is None or not dated or any(p.day is None for p, _, _ in drawn):
        return None
    day, since = dated[0]
    # Between the last session of the baseline and the day itself: a dot of that day stands clear of the line.
    return since + (began - day).days - 0.5


def _draw_phase_change(axes: Axes, found: MeasureProgress) -> None:
    """Draw an upright line where the intervention began, with both phases named beside it."""
    at = phase_change_day(found)
    if at is None:
        return
    axes.axvline(at, color=INK, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1.5)
    for name, side, shift in (("baseline", "right", -4), ("intervention", "left", 4)):
        axes.annotate(
            name,
            (at, 1),
            xycoords=("data", "axes fraction"),
            xytext=(shift, 2),
            textcoords="offset points",
            ha=side,
            va="bottom",
            fontsize=7.5,
            color=QUIET,
        )


def _error(point: ProgressPoint, measure: Measure) -> tuple[float, float]:
    value = measure.value or 0.0
    if point.low is None or point.high is None:
        return 0.0, 0.0
    return max(0.0, value - point.low), max(0.0, point.high - value)


def _draw_norms(axes: Axes, measure_id: str, drawn: Sequence[Drawn], facts: ReportFacts) -> None:
    """Draw the band at each session that may be held against the norms, and between neighbours that may."""
    band = norm_band(measure_id, facts)
    at = [x for _, _, x in drawn]
    rows = [band.get(p.session_id) for p, _, _ in drawn]
    low = [float("nan") if row is None else row[0] for row in rows]
    high = [float("nan") if row is None else row[1] for row in rows]
    if len(at) == 1:  # a band needs a width
        at, low, high = [at[0] - 0.5, at[0] + 0.5], low * 2, high * 2
    if any(row is not None for row in rows):
        axes.fill_between(at, low, high, color=BAND, linewidth=6, zorder=1)


def norm_band(measure_id: str, facts: ReportFacts) -> dict[str, tuple[float, float]]:
    """Return the 10th and the 90th percentile by session, of those that the norms apply to."""
    found = {}
    for session in facts.sessions:
        placement = session.norms.get(measure_id)
        ends = dict(placement.norm.percentiles) if placement is not None and placement.norm is not None else {}
        if all(p in ends for p in BAND_PERCENTILES):
            found[session.id] = (ends[BAND_PERCENTILES[0]], ends[BAND_PERCENTILES[1]])
    return found


def _draw_axes(axes: Axes, measure_id: str, drawn: Sequence[Drawn]) -> None:
    step = -(-len(drawn) // MAX_TICKS)
    shown = list(drawn)[::step]
    axes.set_xticks([x for _, _, x in shown])
    axes.set_xticklabels([_tick(p) for p, _, _ in shown], fontsize=7.5, color=QUIET)
    axes.tick_params(axis="both", length=0, labelsize=7.5, labelcolor=QUIET)
    unit = show_unit(REGISTRY[measure_id].unit)
    axes.set_ylabel(unit, fontsize=7.5, color=QUIET)
    axes.grid(axis="y", color="#d5dde2", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.margins(x=0.05, y=0.15)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#9fb0ba")


def _tick(point: ProgressPoint) -> str:
    week = "" if point.week is None else f"week {point.week}"
    day = "" if point.date is None else show_date(point.date).rpartition(" ")[0]
    parts = day.split(" ")
    short = f"{parts[0]} {parts[1][:3]}" if len(parts) == 2 else ""
    return "\n".join(filter(None, [week, short])) or "no date"


def alt_text(found: MeasureProgress, facts: ReportFacts, *, norms: bool) -> str:
    """Return the drawing in words: what is drawn, from where to where, the least and the greatest value."""
    rule, drawn = REGISTRY[found.measure], drawn_points(found)
    values = [(m.value or 0.0, p) for p, m, _ in drawn]
    (first, one), (last, two) = values[0], values[-1]
    unit = show_unit(rule.unit)
    text = f"Chart: {rule.title} ({unit or 'no unit'}) in {len(drawn)} sessions, each with its 95 % interval."
    if len(values) > 1:
        least, most = min(v for v, _ in values), max(v for v, _ in values)
        shown = [show_value(v, rule.unit) for v in (first, last, least, most)]
        text += f" {shown[0]} on {show_date(one.date)}, {shown[1]} on {show_date(two.date)};"
        text += f" the least is {shown[2]}, the greatest {shown[3]}."
    else:
        text += f" {show_value(first, rule.unit)} on {show_date(one.date)}."
    if phase_change_day(found) is not None and found.phases is not None and found.phases.began is not None:
        text += f" An upright line marks {show_date(found.phases.began)}, when the intervention began."
    if norms and norm_band(found.measure, facts):
        text += " The grey band shows the 10th to the 90th percentile of the norms."
    return text
