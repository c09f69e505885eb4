"""Analyses of one child over time: the time line, series, and what counts as a change.

=============== =====================================================
module          holds
=============== =====================================================
point           SessionPoint: what progress needs of one session
timeline        sessions in order, with the week each lies in
series          one measure over the sessions
error_rules     how large the error of each measure is, with sources
interval        intervals of proportions
change          compare: whether two sessions differ
=============== =====================================================
"""

from sdc.progress.change import Caveat, Comparison, Reason, compare
from sdc.progress.error_rules import ERROR_RULES, ErrorRule
from sdc.progress.point import SessionPoint
from sdc.progress.series import SeriesPoint, series
from sdc.progress.timeline import Placed, missing_weeks, place

__all__ = [
    "ERROR_RULES",
    "Caveat",
    "Comparison",
    "ErrorRule",
    "Placed",
    "Reason",
    "SeriesPoint",
    "SessionPoint",
    "compare",
    "missing_weeks",
    "place",
    "series",
]
