"""The load model of docs/scale.md: its queue against the closed form, its arithmetic, its day."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
import queueing  # noqa: E402
import scale_model  # noqa: E402


@pytest.mark.parametrize(("load", "servers", "expected"), [(0.5, 1, 0.5), (1.0, 2, 1 / 3), (2.0, 3, 4 / 9)])
def test_the_closed_form_against_worked_examples(load, servers, expected):
    assert queueing.erlang_c(load, servers) == pytest.approx(expected)


def test_one_server_is_the_textbook_queue():
    rate, service_s = 0.8, 1.0
    assert queueing.mean_wait(rate, service_s, 1) == pytest.approx(0.8 / (1 - 0.8))  # rho / (mu - lambda)
    assert queueing.wait_quantile(rate, service_s, 1, 0.95) == pytest.approx(math.log(0.8 / 0.05) / 0.2)
    assert queueing.wait_quantile(0.01, service_s, 1, 0.95) == 0.0
    assert queueing.mean_wait(1.2, service_s, 1) == queueing.wait_quantile(1.2, service_s, 1, 0.95) == math.inf


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (5, 4.0), (40, 36.0)])
def test_the_simulation_agrees_with_the_closed_form(servers, load):
    dice = np.random.default_rng(7)
    n, service_s = 200_000, 6.0
    comes = np.cumsum(dice.exponential(service_s / load, n))
    begins, ends = queueing.served(comes, dice.exponential(service_s, n), servers)
    wait = begins - comes
    rate = load / service_s
    assert wait.mean() == pytest.approx(queueing.mean_wait(rate, service_s, servers), rel=0.08)
    assert np.quantile(wait, 0.95) == pytest.approx(queueing.wait_quantile(rate, service_s, servers, 0.95), rel=0.08)
    assert np.mean(wait > 0) == pytest.approx(queueing.erlang_c(load, servers), abs=0.02)
    assert np.all(wait >= 0)
    assert np.all(ends > begins)


def test_arrivals_come_when_they_are_said_to():
    comes = queueing.arrivals([0, 4000, 0, 1000], np.random.default_rng(1))
    counts = np.histogram(comes, bins=np.arange(5) * 3600.0)[0]
    assert counts[0] == counts[2] == 0
    assert counts[1] == pytest.approx(4000, rel=0.05)
    assert counts[3] == pytest.approx(1000, rel=0.1)
    assert np.all(np.diff(comes) >= 0)


@pytest.fixture
def model():
    return scale_model.read(children=4000)


def test_what_is_kept_grows_with_the_children(model):
    twice = scale_model.read(children=8000)
    assert twice.n_sessions == 2 * model.n_sessions == 400_000
    assert (twice.document_bytes, twice.blob_bytes) == (model.document_bytes, model.blob_bytes)
    assert sum(twice.day()) == pytest.approx(2 * sum(model.day()))


def test_a_million_children_are_what_the_document_says():
    text = (BENCHMARKS.parent / "docs/scale.md").read_text()
    model = scale_model.read()
    documents_tb = model.n_sessions * model.document_bytes / 1e12
    blobs_tb = model.n_sessions * model.blob_bytes / 1e12
    assert f"{documents_tb:.1f} TB" in text
    assert f"{blobs_tb:.1f} TB" in text


def test_the_day_has_as_few_workers_as_the_wait_allows(model):
    day = scale_model.fitted(model, 120.0)
    assert np.quantile(day.wait, 0.95) <= 120.0
    for gpus, cores in ((day.gpus - 1, day.cores), (day.gpus, day.cores - 1)):
        fewer = scale_model.simulate(model, max(1, gpus), max(1, cores)) if gpus and cores else None
        assert fewer is None or np.quantile(fewer.wait, 0.95) > 120.0
    again = scale_model.simulate(model, day.gpus, day.cores)
    assert np.array_equal(again.wait, day.wait)  # the same each time


def test_all_prices_have_a_day_and_a_source(model):
    for row in model.given["price"]:
        assert row["date"].startswith("20")
        assert len(row["source"]) > 10
        assert model.price(row["what"]) > 0
