"""The planner's simulation with real transformers and peft, and the formula beside it."""

from dataclasses import replace

import pytest
import torch
from transformers import AutoModelForCausalLM

from sdc.finetune.planning.architectures import architecture
from sdc.finetune.planning.memory import estimate
from sdc.finetune.planning.setup import Setup
from sdc.finetune.planning.simulation import _config, simulate

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")

LIMIT = 0.12


@pytest.mark.parametrize("name", ["mistral-7b", "phi-2", "tinyllama-1.1b"])
def test_sizes_are_those_of_transformers(name):
    sizes = architecture(name)
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(_config(sizes))
    assert sum(p.numel() for p in model.parameters()) == sizes.parameters


@pytest.mark.parametrize(
    ("name", "layers", "setup"),
    [
        ("mistral-7b", 8, Setup("qlora", batch_size=2)),
        ("tinyllama-1.1b", 8, Setup("lora", batch_size=2, checkpointing=False)),
        ("tinyllama-1.1b", 8, Setup("full", batch_size=2, dropout=0.0)),
        ("phi-2", 8, Setup("lora", batch_size=2, checkpointing=False)),
        ("phi-2", 8, Setup("qlora", batch_size=2)),
    ],
)
def test_the_formula_is_near_the_simulation(name, layers, setup):
    sizes = replace(architecture(name), layers=layers)
    found = simulate(sizes, setup)
    assert estimate(sizes, setup).peak == pytest.approx(found.peak_bytes, rel=LIMIT)
    if setup.has_adapters:
        assert found.trainable == sizes.adapter_parameters(setup.rank, None)
    else:
        assert found.trainable == found.parameters == sizes.parameters


def test_the_simulation_sees_what_checkpointing_saves():
    sizes = replace(architecture("tinyllama-1.1b"), layers=4)
    once = simulate(sizes, Setup("lora", batch_size=2, checkpointing=False)).peak_bytes
    again = simulate(sizes, Setup("lora", batch_size=2)).peak_bytes
    kept = 2 * 1024 * 4 * 2 * sizes.hidden  # the inputs of the layers
    assert again < once - 4 * kept


def test_nothing_real_is_allocated():
    """A model of 7 billion parameters would need 14 GB."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    simulate(replace(architecture("llama-2-7b"), layers=4), Setup("lora", batch_size=1, sequence_length=256))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kilobytes
