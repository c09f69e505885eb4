"""Every engine on this machine keeps its models by the same five questions."""

import pytest

from sdc.errors import ModelMissingError
from sdc.transcribe.engines import ENGINES
from sdc.transcribe.shelves import SHELVES


def test_every_engine_on_this_machine_has_a_shelf():
    assert set(SHELVES) == {name for name, kind in ENGINES.items() if not kind.is_remote}


@pytest.mark.parametrize("engine", SHELVES)
@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_auto_is_a_name_that_can_be_fetched(engine, device):
    shelf = SHELVES[engine]
    assert shelf.named("auto", device) in shelf.names()
    assert shelf.named("base", device) == "base"


@pytest.mark.parametrize("engine", SHELVES)
def test_a_name_that_there_is_not(engine):
    assert SHELVES[engine].find("enormous") is None
    with pytest.raises(ModelMissingError) as caught:
        SHELVES[engine].fetch("enormous")
    assert caught.value.code == "engine.model-unknown"
    assert "small" in caught.value.hint
