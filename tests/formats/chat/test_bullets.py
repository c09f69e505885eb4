import pytest

from sdc.formats.chat.bullets import bullet_span, find_bullets, split_bullets, write_bullet
from sdc.session import TimeSpan

B = "\u0015{}\u0015"


@pytest.mark.parametrize(
    "bullet",
    [
        B.format("100_250"),
        B.format("100_250-"),
        B.format('%snd:"visit"_100_250'),
        B.format("%mov:visit_100_250"),
        "•100_250•",
        "•%snd:visit_100_250•",
        "␕100_250␕",
    ],
)
def test_all_forms_of_a_bullet(bullet: str) -> None:
    rest, bullets = split_bullets(f"the dog . {bullet}")
    assert rest == "the dog ."
    assert [bullet_span(b) for b in bullets] == [TimeSpan(100, 250)]


def test_bullets_inside_a_line() -> None:
    line = f"the {B.format('0_1')}dog{B.format('1_2')} runs . {B.format('2_3')}"
    assert split_bullets(line) == ("the dog runs .", [B.format("0_1"), B.format("1_2"), B.format("2_3")])


def test_a_bullet_that_ends_before_it_starts_stays() -> None:
    line = f"the dog . {B.format('9_1')}"
    assert split_bullets(line) == (line, [])
    assert find_bullets(line) == [B.format("9_1")]
    assert bullet_span(B.format("9_1")) is None


@pytest.mark.parametrize("text", ["\u0015", "\u001512\u0015", "\u001512_", "\u0015a_b\u0015", "12_30"])
def test_damaged_bullets_are_no_bullets(text: str) -> None:
    assert find_bullets(text) == []


def test_write() -> None:
    assert bullet_span(write_bullet(TimeSpan(0, 5))) == TimeSpan(0, 5)
