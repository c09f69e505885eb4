"""The progress page → wire models. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sdc.measures.norms import SOURCE
from sdc.pipeline.progress_norms import NormBand
from sdc.pipeline.progress_page import ProgressPage
from sdc.progress import MeasureProgress, Placed, SessionPoint
from sdc.progress.phases import TAU_VARIANT
from sdc.progress.usual_band import UsualBand
from sdc.server.progress_page_models import (
    MeasureOverTimeOut,
    NormBandOut,
    NormsOut,
    PhasePlanOut,
    PhaseRangeOut,
    ProgressPageOut,
    SessionOnLineOut,
    TwoPhasesOut,
    UsualBandOut,
)
from sdc.session import DateRange, PhasePlan


def page(found: ProgressPage) -> ProgressPageOut:
    """Show all measures of a stretch."""
    return ProgressPageOut(
        sessions=[_session(found, placed) for placed in found.placed],
        contexts=list(found.contexts),
        are_goals=found.are_goals,
        plan=plan(found.plan),
        measures=[_measure(found, one) for one in found.measures],
    )


def plan(found: PhasePlan) -> PhasePlanOut:
    """Show the phases that stand."""
    return PhasePlanOut(
        version=found.version,
        baseline=_range(found.baseline),
        intervention=_range(found.intervention),
        note=found.note,
        stated_at=found.stated_at or None,
    )


def norms(found: Mapping[str, Sequence[NormBand]]) -> NormsOut:
    """Show the bands of norms with their source."""
    return NormsOut(source=SOURCE, measures={m: [_norm(band) for band in bands] for m, bands in found.items()})


def _range(found: DateRange | None) -> PhaseRangeOut | None:
    return None if found is None else PhaseRangeOut(first=found.first, last=found.last)


def _session(found: ProgressPage, placed: Placed[SessionPoint]) -> SessionOnLineOut:
    point, phases = placed.point, found.phases
    in_baseline = phases is not None and point.session_id in phases.baseline
    in_intervention = phases is not None and point.session_id in phases.intervention
    return SessionOnLineOut(
        id=point.session_id,
        date=point.date,
        week=placed.week,
        day=placed.day,
        age_months=point.age_months,
        context=point.context,
        phase="baseline" if in_baseline else "intervention" if in_intervention else None,
        date_doubtful=point.session_id in found.warnings,
    )


def _measure(found: ProgressPage, one: MeasureProgress) -> MeasureOverTimeOut:
    return MeasureOverTimeOut(
        measure=one.measure,
        verdict=one.verdict,
        basis=one.basis,
        chosen=one.chosen,
        told=list(found.told.get(one.measure, ())),
        slope_per_month=one.trend.slope_per_month,
        slope_low=one.trend.low,
        slope_high=one.trend.high,
        p_adjusted=one.p_adjusted,
        values=[p.measure.value if p.measure else None for p in one.points],
        n=[p.measure.n if p.measure else None for p in one.points],
        low=[p.low for p in one.points],
        high=[p.high for p in one.points],
        interval=[p.interval for p in one.points] if any(p.interval for p in one.points) else [],
        left_out={p.session_id: p.left_out.value for p in one.points if p.left_out is not None},
        reasons=_reasons(one),
        usual=_usual(found.usual.get(one.measure)),
        phases=_phases(one),
    )


def _reasons(one: MeasureProgress) -> dict[str, str]:
    missing = {p.session_id: p.measure.reason if p.measure else None for p in one.points if not _has_value(p.measure)}
    return {session: reason or "not measured" for session, reason in missing.items()}


def _has_value(measure: object) -> bool:
    return getattr(measure, "value", None) is not None


def _usual(band: UsualBand | None) -> UsualBandOut | None:
    return None if band is None else UsualBandOut(centre=band.centre, low=band.low, high=band.high, k=band.k)


def _norm(band: NormBand) -> NormBandOut:
    return NormBandOut(
        session_id=band.session_id,
        low=band.low,
        middle=band.middle,
        high=band.high,
        age_band=band.age_band,
        n_children=band.n_children,
        n_transcripts=band.n_transcripts,
    )


def _phases(one: MeasureProgress) -> TwoPhasesOut | None:
    means, pairs = one.means, one.overlap
    if means is None and pairs is None:
        return None
    return TwoPhasesOut(
        first=means.first if means else None,
        second=means.second if means else None,
        difference=means.difference if means else None,
        threshold=means.threshold if means else None,
        n_first=means.k_first if means else pairs.n_a if pairs else 0,
        n_second=means.k_second if means else pairs.n_b if pairs else 0,
        verdict=means.verdict if means and one.chosen else "descriptive",
        nap=pairs.nap if pairs else None,
        tau=pairs.tau if pairs else None,
        tau_corrected=pairs is not None and pairs.variant == TAU_VARIANT,
        p=pairs.p if pairs else None,
        firm=pairs is not None and pairs.firm,
    )
