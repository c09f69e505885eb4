"""Response times in full."""

import pytest

from sdc.measures.latency import response_times

HEAD = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Target_Child, MOT Mother, BRO Brother
"""


def test_spread_and_questions(sample):
    found = response_times(sample(
        "MOT: what ? 0_1000", "CHI: dog . 1400_2000",
        "MOT: yes . 2500_3000", "CHI: there . 2900_3500",
        "MOT: there ? 3800_4000", "CHI: yes . 4200_4300",
        "MOT: oh . 4500_4600", "CHI: late . 8600_8700",
    ))  # fmt: skip
    assert (found.n, found.median_s, found.overlap_pct, found.long_pct) == (4, pytest.approx(0.3), 25.0, 25.0)
    assert found.quartiles_s == (pytest.approx(0.125), pytest.approx(1.3))
    assert (found.n_after_questions, found.median_after_questions_s) == (2, pytest.approx(0.3))


def test_one_answer_has_no_quartiles(sample):
    found = response_times(sample("MOT: so . 0_1000", "CHI: dog . 1400_2000"))
    assert (found.quartiles_s, found.median_after_questions_s) == (None, None)


def test_no_answers(sample):
    assert response_times(sample("CHI: dog .")) is None


def test_a_child_answers_an_adult(chat):
    from sdc.measures import analyse

    speakers = analyse(
        chat("BRO: me . 0_1000", "CHI: no . 1400_2000", "MOT: oh . 2100_3000", "CHI: so . 3200_3500", head=HEAD)
    ).speakers
    child, mother = (speakers[code].measures["response_latency_median"] for code in ("CHI", "MOT"))
    assert (child.value, child.n, child.utterances) == (0.2, 1, (3,))
    assert (mother.value, mother.n) == (0.1, 1)
    assert child.rule == "response_latency_median.v4"
