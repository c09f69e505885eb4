import pytest

from sdc.formats.recognised import RecognisedSegment, to_utterances


def raws(text: str, language: str | None = None) -> list[str]:
    return [u.raw for u in to_utterances([RecognisedSegment(text, 0, 1)], speaker="CHI", language=language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Um, the uh dog.", ["&-um the &-uh dog ."]),
        (" Hmm? Mhm. Uh-huh.", ["&-hmm ?", "mhm .", "uh-huh ."]),
        (" the b- ball.", ["the &+b ball ."]),
        (" b-b-ball", ["b-b-ball ."]),
        (" [Music] no (laughs softly), yes.", ["&=music no &=laughs_softly , yes ."]),
        (" ♪ la la ♪", ["&=music la la &=music ."]),
        (" *sighs*", ["&=sighs ."]),
        (" [inaudible] dog.", ["xxx dog ."]),
        (" (not closed.", ["not closed ."]),
        (" I went to...", ["I went to +..."]),
        (" I... I want...no.", ["I , I want , no ."]),
        (" I went to… Yes?!", ["I went to +...", "yes ?"]),
        (" Well—no. - yes -- so.", ["well no .", "yes so ."]),
        (' She said, "Hello."', ["she said , Hello ."]),
        (" It’s Tom’s dog.", ["it's Tom's dog ."]),
        (" no; yes: so", ["no , yes , so ."]),
        (" 1,000 or 3.5, 50% & 007 0", ["1000 or 3.5 , 50 percent and 007 zero ."]),
        (" Mr. Smith, at 5 p.m. today.", ["mr Smith , at 5 p_m today ."]),
        (" www xxx [x] <y> @z 0is &=a +b", ["Www Xxx &=x y z at zerois a and equals b plus ."]),
        ("你好。我要。", ["你好 .", "我要 ."]),
        (" Okay. Mommy, I see Mommy. Mommy!", ["okay .", "Mommy , I see Mommy .", "Mommy !"]),
        (" OK. NASA. McKay.", ["OK .", "NASA .", "McKay ."]),
        (" I'm here. I am.", ["I'm here .", "I am ."]),
    ],
)
def test_text(text: str, expected: list[str]) -> None:
    assert raws(text) == expected


def test_fillers_are_english() -> None:
    assert raws(" Um dia.", "pt") == ["um dia ."]
    assert raws(" Um day.", "english") == ["&-um day ."]


def test_german_keeps_its_capitals() -> None:
    assert raws(" Hunde bellen.", "de") == ["Hunde bellen ."]
