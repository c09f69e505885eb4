"""Holm's adjustment, worked by hand."""

import pytest

from sdc.progress.many import holm


def test_holm():
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}) == pytest.approx(
        {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02}
    )
    assert list(holm({"b": 0.5, "a": 0.6})) == ["b", "a"]
    assert holm({"a": 0.7, "b": 0.9}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}
