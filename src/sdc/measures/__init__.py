"""Numbers about a speaker: a Session in, an Analysis out. Pure, no I/O.

=============== =====================================================
module          holds
=============== =====================================================
counting        what a word and an utterance is
sample          one speaker's side of a session
rule            MeasureRule, Finding
needs           what measures cannot do without, and the reasons
utterances …    one family of measures a file
registry        REGISTRY: all rules
analysis        analyse
=============== =====================================================
"""

from sdc.measures.analysis import analyse
from sdc.measures.registry import REGISTRY
from sdc.measures.rule import MeasureRule

__all__ = ["REGISTRY", "MeasureRule", "analyse"]
