"""`import sdc` offers what it lists, in order, and nothing else."""

import types

import sdc


def test_all_is_sorted_and_complete():
    assert sdc.__all__ == sorted(sdc.__all__)
    offered = {
        name
        for name, value in vars(sdc).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert offered - {"PackageNotFoundError", "version"} == set(sdc.__all__)
