"""What a rule lets through."""

from dataclasses import replace

import pytest

from sdc.measures import REGISTRY
from sdc.measures.rule import Finding, none

RULE = REGISTRY["mlu_words"]


@pytest.mark.parametrize(
    "finding", [Finding(float("nan"), 3), Finding(float("inf"), 3), Finding(None, 3), Finding(1.0, 3, "why")]
)
def test_no_number_that_is_none_and_no_gap_without_a_reason(finding):
    with pytest.raises(AssertionError):
        RULE.as_measure(finding)


def test_version_is_in_the_rule():
    assert replace(RULE, version=2).as_measure(none("no words")).rule == "mlu_words.v2"


def test_no_minimum_no_reliability():
    assert replace(RULE, minimum_n=None).as_measure(Finding(1.0, 3)).reliability is None
