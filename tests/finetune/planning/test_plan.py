"""`sdc finetune plan`: rows, prices, tokens, the command, and the table in the docs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sdc.cli.main import app
from sdc.errors import InputError, MissingInputError, SettingsError
from sdc.finetune.planning.amount import EXAMPLE, Amount, amount_of
from sdc.finetune.planning.gpus import gpu, gpus
from sdc.finetune.planning.plan import Wanted, plan
from sdc.finetune.planning.prices import of_provider, read_prices

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs/fine-tuning-planning.md"


def wanted(*, models=("mistral-7b",), methods=("qlora",), cards=("T4",), prices=None, amount=EXAMPLE):
    return Wanted(models, methods, [gpu(c) for c in cards], amount, 3.0, prices or read_prices())


def test_rows_have_hours_and_costs_cheapest_first():
    rows = plan(wanted(cards=("L4",)))
    assert [r.provider for r in rows] == ["runpod", "modal", "huggingface"]
    for row in rows:
        assert row.verdict == "fits" and row.reason is None
        assert row.usd == pytest.approx(tuple(h * row.price.usd_per_hour for h in row.hours))


def test_what_does_not_fit_has_a_reason_and_nothing_made_up():
    (row,) = plan(wanted(methods=("full",), cards=("A100-80",)))
    assert (row.verdict, row.hours, row.usd, row.provider) == ("no", None, None, None)
    assert row.reason.endswith("GB too little memory")
    document = row.to_dict()
    assert document["hours"] is None and document["reason"]


def test_a_card_without_a_price_has_hours_but_no_cost():
    (row,) = plan(wanted(cards=("RTX-4090",), prices=of_provider(read_prices(), "modal")))
    assert row.hours and row.usd is None and "no price" in row.reason


def test_the_largest_batch_that_fits_is_taken():
    long = Amount(1000, 2_000_000, 2048, "test")
    (small, *_) = plan(wanted(methods=("lora",), cards=("L4",), amount=long))
    (large, *_) = plan(wanted(methods=("lora",), cards=("A100-80",), amount=long))
    assert (small.batch_size, large.batch_size) == (2, 4)
    assert small.sequence_length == 2048


def test_prices_are_dated_and_sourced_once_each():
    prices = read_prices()
    assert len({(p.provider, p.gpu) for p in prices}) == len(prices) >= 20
    assert all(p.source and p.date and p.gpu in gpus() for p in prices)
    assert {p.provider for p in prices} >= {
        "colab",
        "runpod",
        "aws",
        "azure",
        "gcp",
        "modal",
        "replicate",
        "huggingface",
    }


GOOD = '[[price]]\nprovider = "here"\ngpu = "T4"\nusd_per_hour = 0.1\ndate = "2026-01-31"\nsource = "our own"\n'


def test_own_prices(tmp_path):
    path = tmp_path / "prices.toml"
    path.write_text(GOOD)
    (price,) = read_prices(path)
    assert (price.provider, price.usd_per_hour) == ("here", 0.1)
    with pytest.raises(SettingsError, match="no price of there"):
        of_provider((price,), "there")


@pytest.mark.parametrize(
    "text",
    [
        "not toml [",
        "",
        GOOD + GOOD,
        GOOD.replace("0.1", "-1"),
        GOOD.replace("T4", "K80"),
        GOOD.replace("2026-01-31", "last week"),
        GOOD.replace('source = "our own"\n', ""),
    ],
)
def test_bad_prices_are_refused(tmp_path, text):
    path = tmp_path / "prices.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_prices(path)
    assert caught.value.code == "plan.prices" and caught.value.source == str(path)


def pair(prompt="p" * 300, output="o" * 297):
    return json.dumps({"prompt": prompt, "output": output, "metadata": {}}) + "\n"


def test_tokens_of_texts(tmp_path):
    chat = [{"role": "user", "content": "abc"}, {"role": "assistant", "content": "def"}]
    (tmp_path / "train.jsonl").write_text(pair() + "\n" + json.dumps({"messages": chat}) + "\n")
    amount = amount_of(tmp_path)
    assert (amount.pairs, amount.longest, amount.tokens) == (2, 200, 200 + 3)
    assert "3 characters a token" in amount.counted_by


def test_tokens_of_the_card(tmp_path):
    (tmp_path / "train.jsonl").write_text(pair())
    card = {"splits": {"train": {"tokens": 77}}, "tokens": {"greatest": 77, "counted_by": "bound"}}
    (tmp_path / "card.json").write_text(json.dumps(card))
    assert amount_of(tmp_path).tokens == 77
    (tmp_path / "card.json").write_text('{"splits": {}}')
    assert amount_of(tmp_path).tokens == 200


def test_a_data_set_that_cannot_be_counted(tmp_path):
    with pytest.raises(MissingInputError):
        amount_of(tmp_path)
    (tmp_path / "train.jsonl").write_text("\n")
    with pytest.raises(InputError, match="No pair"):
        amount_of(tmp_path)
    for line, code in (("{\n", "dataset.line"), (pair(output=""), "dataset.output")):  # as training would refuse it
        (tmp_path / "train.jsonl").write_text(pair() + line)
        with pytest.raises(InputError) as caught:
            amount_of(tmp_path)
        assert (caught.value.line, caught.value.code) == (2, code)


def test_the_command(tmp_path):
    (tmp_path / "train.jsonl").write_text(pair())
    run = CliRunner().invoke(app, ["finetune", "plan", "--data", str(tmp_path), "--model", "phi-2", "--format", "json"])
    assert run.exit_code == 0, run.output
    document = json.loads(run.stdout)
    assert document["schema"] == "sdc.finetune-plan/1" and document["amount"]["pairs"] == 1
    assert {r["gpu"] for r in document["rows"]} == set(gpus())
    assert all(r["usd"] is not None or r["reason"] for r in document["rows"])
    table = CliRunner().invoke(app, ["finetune", "plan", "--model", "phi-2", "--method", "qlora", "--gpu", "T4"])
    assert "phi-2" in table.stdout and "colab" in table.stdout and "yes" in table.stdout


def test_wrong_names_are_wrong_usage():
    run = CliRunner().invoke(app, ["finetune", "plan", "--gpu", "K80"])
    assert run.exit_code == 2 and "Say one of: T4" in run.output


def test_planning_loads_no_torch():
    program = (
        "import sys, sdc.finetune.planning.plan, sdc.finetune.launching.rendering; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_tables_in_the_docs_are_computed():
    program = ROOT / "scripts/finetune_requirements.py"
    made = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True).stdout
    text = DOCS.read_text(encoding="utf-8")
    start, end = "<!-- computed -->\n", "<!-- /computed -->"
    assert text.split(start)[1].split(end)[0].strip() == made.strip(), "run scripts/finetune_requirements.py --write"
