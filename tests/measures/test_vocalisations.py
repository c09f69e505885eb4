"""Voice without words, where a person marked it."""

import pytest

from sdc.measures.exchanges import n_vocalisations


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("&=vocalizes .", 1), ("&=vocalises &=babbles dog .", 2), ("&~gaga bababa@b .", 2), ("&=imit:plane .", 1),
        ("&=coos &=hums &=squeals .", 3), ("&=laughs &=cries &=coughs &=cooks .", 0), ("dog xxx &+d &-um .", 0),
    ],
)  # fmt: skip
def test_marks(sample, text, n):
    assert n_vocalisations(sample(f"CHI: {text}").lines[0]) == n


def test_rate(measured):
    found = measured("MOT: hi . 0_1000", "CHI: &=vocalizes &=squeals . 2000_3000", "CHI: dog . 89000_90000")
    found = found["vocalisations_per_min"]
    assert (found.value, found.n, found.utterances) == (pytest.approx(2 / 1.5), 90, (1,))
    assert found.reliability == "too_few"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("CHI: dog . 0_900",), "no vocalisation is marked"),
        (("CHI: &=vocalizes .",), "no time codes"),
        (("CHI: &=vocalizes .", "CHI: dog . 0_900"), "only 0 of 1 utterances have time codes"),
        (("CHI: &=vocalizes . 5_5",), "the time codes span no time"),
    ],
)
def test_no_rate(measured, lines, reason):
    found = measured(*lines)["vocalisations_per_min"]
    assert found.value is None
    assert found.reason.startswith(reason)
