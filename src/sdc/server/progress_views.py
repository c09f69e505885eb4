"""Progress → wire models. Pure."""

from __future__ import annotations

from sdc.pipeline.progressing import ChildProgress
from sdc.progress import MeasureProgress, ProgressPoint
from sdc.server import views
from sdc.server.progress_models import CountErrorOut, ProgressErrorOut, ProgressOut, ProgressPointOut, TrendOut


def progress(found: ChildProgress, *, for_researchers: bool) -> ProgressOut:
    """Show the progress of the one measure that was asked for."""
    (one,) = found.measures
    return ProgressOut(
        measure=views.measure_info(views.measure_shown(one.measure, for_researchers=for_researchers)),
        verdict=one.verdict,
        basis=one.basis,
        told=list(found.told.get(one.measure, ())),
        warnings=list(found.warnings),
        error=_error(one),
        count_error=_count_error(one),
        trend=_trend(one),
        points=[_point(point) for point in one.points],
    )


def _error(one: MeasureProgress) -> ProgressErrorOut | None:
    error = one.error
    if error is None:
        return None
    return ProgressErrorOut(source=error.source, sem=error.sem, n=error.n, n_sessions=error.n_sessions)


def _count_error(one: MeasureProgress) -> CountErrorOut | None:
    error, rates = one.count_error, one.comparison.rates if one.comparison else None
    if error is None:
        return None
    return CountErrorOut(
        source=error.source,
        dispersion=error.dispersion,
        n_sessions=error.n_sessions,
        first_rate=rates.first if rates else None,
        last_rate=rates.second if rates else None,
        ratio=rates.ratio if rates else None,
        ratio_low=rates.low if rates else None,
        ratio_high=rates.high if rates else None,
    )


def _trend(one: MeasureProgress) -> TrendOut:
    line = one.trend
    return TrendOut(
        n_sessions=line.n_sessions,
        slope_per_month=line.slope_per_month,
        low=line.low,
        high=line.high,
        reason=None if line.reason is None else line.reason.value,
    )


def _point(point: ProgressPoint) -> ProgressPointOut:
    measure = point.measure
    return ProgressPointOut(
        session_id=point.session_id,
        value=measure.value if measure else None,
        n=measure.n if measure else None,
        low=point.low,
        high=point.high,
        interval=point.interval,
        left_out=None if point.left_out is None else point.left_out.value,
    )
