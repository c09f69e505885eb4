"""The rules of the verdict, and what cannot be computed."""

import pytest

from sdc.finetune.evaluation.judging import Judged
from sdc.finetune.evaluation.scores import Said, not_scored, score
from sdc.finetune.evaluation.verdict import decide

GOOD = Said("x", True, Judged(n_figures=2, n_grounded=2, n_facts=2, n_told=2, n_quoted=2, n_right=2))
BASE = score("base", [Said("x", False, Judged(n_facts=2))] * 40, 4.0)


def adapter(*said: Said, loss: float = 1.0, n: int = 40):
    return score("adapter", [*said, *[GOOD] * (n - len(said))], loss)


def test_yes_says_how_sure_that_is():
    verdict = decide(adapter(), BASE)
    assert verdict.may_be_used == "yes" and "at most 7.2 % would" in verdict.reasons[0]


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        (adapter(Said("x", True, Judged(invented=("7.5",)))), "1 of 40 outputs hold what the evidence does not: 7.5."),
        (adapter(Said("x", True, Judged(n_wording=2))), "2 words that SDC does not say"),
        (adapter(loss=4.0), "not below the base's"),
        (adapter(*[Said("x", False, Judged())] * 3), "Only 92 % of the outputs end"),
        (adapter(*[Said("x", True, Judged(in_form=False))] * 3), "Only 0 % of the outputs are in the form"),
    ],
)
def test_no_says_why(scores, told):
    verdict = decide(scores, BASE)
    assert verdict.may_be_used == "no" and told in " ".join(verdict.reasons)


def test_an_adapter_that_agrees_less_than_its_base():
    deaf = score("adapter", [Said("x", True, Judged(n_facts=2))] * 40, 1.0)
    better = score("base", [GOOD] * 40, 4.0)
    assert "agrees less" in decide(deaf, better).reasons[0]


def test_too_few_outputs_cannot_tell():
    assert decide(adapter(n=29), BASE).may_be_used == "cannot_tell"
    assert decide(adapter(Said("x", True, Judged(invented=("7",))), n=5), BASE).may_be_used == "no"


def test_what_cannot_be_computed_has_a_reason():
    rules = score("rules", [Said("x", None, Judged())], None, "rules have no likelihood")
    missing = {name for name, value in rules.values.items() if value is None}
    assert missing == set(rules.reasons) == {"loss", "grounded_precision", "agreement", "in_form", "stopped"}
    assert all(rules.reasons.values())
    assert set(not_scored("few_shot", "no room").reasons.values()) == {"no room"}
