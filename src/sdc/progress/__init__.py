"""Analyses of one child over time: the time line, series, and what counts as a change.

=============== =====================================================
module          holds
=============== =====================================================
point           SessionPoint: what progress needs of one session
timeline        sessions in order, with the week each lies in
series          one measure over the sessions
error_rules     how large the error of each measure is, with sources
without_error   why the other measures have none
interval        intervals of proportions
counts          intervals of counts, ratios of rates
count_rules     counted measures, and how far their counts scatter
rates           counts as rates, two against each other
counted         counted measures over many sessions
within          the error inside a session, by block bootstrap
session_error   the error between sessions: by rule, or the child's own
comparable      which sessions may be compared in a measure
change          compare: whether two sessions differ
trend           whether a measure rises or falls over many sessions
phases          baseline against intervention
stated_phases   which sessions lie in the phases that were stated by dates, and between which they began
many            many measures at once (Holm)
over_time       progress: all of this for some measures of a child
=============== =====================================================
"""

from sdc.progress.change import Caveat, Comparison, Reason, compare
from sdc.progress.comparable import Comparable, LeftOut, comparable
from sdc.progress.count_rules import COUNT_RULES, CountRule
from sdc.progress.counts import RateRatio
from sdc.progress.error_rules import ERROR_RULES, ErrorRule
from sdc.progress.over_time import (
    MeasureProgress,
    Phases,
    ProgressPoint,
    error_between,
    own_session_error,
    progress,
    progress_along,
)
from sdc.progress.phases import MeanChange, Overlap
from sdc.progress.point import SessionPoint
from sdc.progress.rates import CountError
from sdc.progress.series import SeriesPoint, series
from sdc.progress.session_error import SessionError
from sdc.progress.stated_phases import began_between, stated_phases
from sdc.progress.timeline import Placed, contradictions, missing_weeks, place
from sdc.progress.trend import NoTrend, Trend, trend
from sdc.progress.without_error import NEVER_COMPARED, WITHOUT_ERROR

__all__ = [
    "COUNT_RULES",
    "ERROR_RULES",
    "NEVER_COMPARED",
    "WITHOUT_ERROR",
    "Caveat",
    "Comparable",
    "Comparison",
    "CountError",
    "CountRule",
    "ErrorRule",
    "LeftOut",
    "MeanChange",
    "MeasureProgress",
    "NoTrend",
    "Overlap",
    "Phases",
    "Placed",
    "ProgressPoint",
    "RateRatio",
    "Reason",
    "SeriesPoint",
    "SessionError",
    "SessionPoint",
    "Trend",
    "began_between",
    "comparable",
    "compare",
    "contradictions",
    "error_between",
    "missing_weeks",
    "own_session_error",
    "place",
    "progress",
    "progress_along",
    "series",
    "stated_phases",
    "trend",
]
