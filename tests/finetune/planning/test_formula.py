"""The planner's formulas against figures that others have published, without torch."""

import json
from pathlib import Path

import pytest

from sdc.errors import SettingsError
from sdc.finetune.planning.amount import Amount
from sdc.finetune.planning.architectures import architecture, architectures, planned
from sdc.finetune.planning.duration import START_HOURS, duration, training_operations
from sdc.finetune.planning.gpus import gpu, gpus
from sdc.finetune.planning.memory import estimate
from sdc.finetune.planning.plan import MARGIN, verdict_of
from sdc.finetune.planning.published import LIMIT, comparisons, published_fits
from sdc.finetune.planning.setup import METHODS, Setup, method_named
from sdc.finetune.presets import presets

MEASURED = json.loads((Path(__file__).resolve().parents[3] / "benchmarks/results/fine_tuning_gpu.json").read_text())
PARAMETERS = {  # as the Hugging Face Hub counts them in the weights
    "mistral-7b": 7_248_023_552,
    "llama-2-7b": 6_738_415_616,
    "phi-2": 2_779_683_840,
    "tinyllama-1.1b": 1_100_048_384,
    "openhermes": 7_241_748_480,
    "orca-mini": 3_426_473_600,
    "orca-mini-7b": 6_738_415_616,
    "phi-1.5": 1_418_270_720,
    "llama-3.2-3b": 3_212_749_824,
}


@pytest.mark.parametrize(("name", "parameters"), PARAMETERS.items())
def test_parameters_are_those_of_the_weights(name, parameters):
    assert architecture(name).parameters == parameters


def test_every_preset_is_planned():
    assert set(presets()) <= set(planned()) <= set(architectures())
    assert "orca-mini-7b" in planned()


def test_adapters_have_the_published_sizes():
    """LitGPT's table (r = 8) and peft's method_comparison (r = 32), both of query and value."""
    targets = ("q_proj", "v_proj")
    assert architecture("llama-2-7b").adapter_parameters(8, targets) == 4_194_304
    assert architecture("llama-3.2-3b").adapter_parameters(32, targets) == 9_175_040


@pytest.mark.parametrize("found", comparisons(), ids=lambda c: f"{c.model}-{c.setup.method}-{c.published / 1e9:.1f}")
def test_formula_against_published_peaks(found):
    if found.held:
        assert abs(found.error) <= LIMIT, f"{found.error:+.1%}: {found.source}"
    else:
        assert found.why
        assert abs(found.error) > LIMIT, "it may be held"


def test_enough_is_held():
    held = [c for c in comparisons() if c.held]
    assert len(held) >= 10
    assert {c.setup.method for c in held} == set(METHODS)
    assert LIMIT == MARGIN == 0.20


@pytest.mark.parametrize(("model", "setup", "fits", "source"), published_fits())
def test_what_ran_on_a_t4_fits_and_what_did_not_does_not(model, setup, fits, source):
    assert (verdict_of(estimate(architecture(model), setup), gpu("T4")) != "no") is fits, source


def test_more_costs_more():
    sizes = architecture("mistral-7b")
    base = Setup("qlora", batch_size=2)
    peak = estimate(sizes, base).peak
    assert estimate(sizes, Setup("lora", batch_size=2)).peak > peak
    assert estimate(sizes, Setup("full", batch_size=2)).peak > 100e9
    assert estimate(sizes, Setup("qlora", batch_size=4)).peak > peak
    assert estimate(sizes, Setup("qlora", batch_size=2, sequence_length=2048)).peak > peak
    assert estimate(sizes, Setup("qlora", batch_size=2, checkpointing=False)).peak > 2 * peak
    assert estimate(sizes, Setup("qlora", batch_size=2, rank=64)).peak > peak
    single = Setup("qlora", batch_size=2, double_quantisation=False)
    # 0.373 bits a parameter: QLoRA, section 3
    saved = (estimate(sizes, single).peak - peak) * 8 / sizes.linear_weights
    assert saved == pytest.approx(0.373, abs=0.001)


def test_operations_are_six_four_and_two_times():
    sizes = architecture("llama-2-7b")
    plain = {m: training_operations(sizes, Setup(m, checkpointing=False), 1) for m in METHODS}
    assert plain["full"] == pytest.approx(6 * sizes.parameters, rel=0.03)
    assert plain["lora"] == pytest.approx(4 * sizes.parameters, rel=0.03)
    again = training_operations(sizes, Setup("lora"), 1)
    assert again == pytest.approx(6 * sizes.parameters, rel=0.03)


def test_hours_against_a_published_speed():
    """Mosaic's llm-foundry: 7B on an H100, 2048 tokens, no checkpointing, 46.44 % busy: 10,643 tokens a second."""
    sizes, tokens = architecture("llama-2-7b"), 10_643 * 3600
    amount = Amount(tokens // 2048, tokens, 2048, "test")
    spent = duration(sizes, Setup("full", checkpointing=False, sequence_length=2048), gpu("H100"), amount, 1)
    assert spent.least - 0.2 == pytest.approx(1.0, rel=0.03)
    assert spent.most > spent.least


@pytest.mark.parametrize("row", MEASURED["rows"], ids=lambda row: f"{row['model']}-{row['method']}")
def test_hours_against_measured_speeds(row):
    """What benchmarks/fine_tuning_gpu.py measured on an H100 lies within what is planned, a tenth more to be fair."""
    setup = Setup(row["method"], batch_size=row["batch"], sequence_length=row["longest"])
    amount = Amount(1000, 1000 * row["longest"], row["longest"], "test")
    spent = duration(architecture(row["model"]), setup, gpu("H100"), amount, 1)
    slowest, fastest = (amount.tokens / (3600 * (hours - START_HOURS)) for hours in (spent.most, spent.least))
    assert 0.9 * slowest < row["sdc"]["tokens_per_second"] < 1.1 * fastest
    assert row["sdc"]["peak_bytes"] < 1.05 * row["plain"]["peak_bytes"]


def test_a_small_batch_waits_for_the_processor():
    sizes, amount = architecture("tinyllama-1.1b"), Amount(1000, 100_000, 100, "test")
    one, four = (duration(sizes, Setup("lora", batch_size=n), gpu("H100"), amount, 1).least for n in (1, 4))
    assert one - START_HOURS == pytest.approx(4 * (four - START_HOURS))


def test_cards_have_sources():
    for card in gpus().values():
        assert card.peak_source and card.busy_source
        assert 0 < card.busy[0] < card.busy[1] < 1
    assert gpu("t4").bf16 is False
    assert gpu("a100-80").memory_bytes == pytest.approx(84.9e9, rel=0.01)


def test_unknown_names_are_refused():
    for ask in (lambda: gpu("K80"), lambda: architecture("gpt-2"), lambda: method_named("dora")):
        with pytest.raises(SettingsError):
            ask()
