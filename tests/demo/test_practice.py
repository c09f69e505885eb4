"""The made-up children: the same bytes each time, transcripts without a fault, marks to learn from."""

import pytest

import sdc
from sdc.demo.practice import NAMES, write_practice_corpus
from sdc.formats.chat.writer import write_chat


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    written = [write_practice_corpus(tmp_path / str(n), children=3) for n in range(2)]
    assert [p.read_bytes() for p in written[0]] == [p.read_bytes() for p in written[1]]
    other = write_practice_corpus(tmp_path / "other", children=3, seed=1)
    assert [p.name for p in other] == [p.name for p in written[0]]
    assert all(a.read_bytes() != b.read_bytes() for a, b in zip(other, written[0], strict=True))


def test_what_is_in_them(tmp_path):
    sessions = [sdc.read(path) for path in write_practice_corpus(tmp_path, children=6, sessions=3)]
    assert len(sessions) == 18 and not [w for s in sessions for w in s.warnings]
    assert [s.date for s in sessions[:3]] == ["2024-03-03", "2024-06-03", "2024-09-03"]
    assert [s.target.age.in_months for s in sessions[:3]] == [24, 27, 30]
    text = "".join(map(write_chat, sessions))
    assert all(mark in text for mark in ("[: dog]", "[/]", "&-um", "&=laughs", "%act:"))
    measures = [sdc.analyze(s).speakers["CHI"].measures for s in sessions]
    assert all(m["response_latency_median"].value is not None for m in measures)
    assert sum(m["echo_exact_pct"].value for m in measures) > 0
    assert measures[0]["mlu_words"].value < measures[-1]["mlu_words"].value


@pytest.mark.parametrize("children", [0, len(NAMES) + 1])
def test_as_many_as_there_are(tmp_path, children):
    with pytest.raises(ValueError, match="practice children"):
        write_practice_corpus(tmp_path, children=children)
