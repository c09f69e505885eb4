"""Candidates for a look at person pronouns."""

import pytest

from sdc.measures.pronouns import person_pronouns
from sdc.measures.sample import Sample, count_lines


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("you want juice .", [("you", "wish")]),
        ("you don't want it .", [("you", "wish")]),
        ("do you want juice ?", [("you", "question about a wish")]),
        ("pick you up .", [("you", "request")]),
        ("carry you !", [("you", "request")]),
        ("help your .", [("your", "request")]),
        ("you want juice ?", []),
        ("I want juice .", []),
        ("you go home .", []),
        ("I want you .", []),
        ("help the man .", []),
        ("help the man find you .", []),
        ('+" you want juice .', []),
        ("“you want juice” .", []),
        ("you@si want@si juice@si .", []),
    ],
)
def test_candidates(sample, text, candidates):
    found = person_pronouns(sample("MOT: well .", f"CHI: {text}"))
    assert [(c.word, c.pattern) for c in found.candidates] == candidates
    assert {c.utterance for c in found.candidates} <= {1}


def test_an_echo_is_no_candidate(sample):
    found = person_pronouns(sample("MOT: do you want juice ?", "CHI: you want juice ."))
    assert found == person_pronouns(sample("CHI: yes ."))


def test_counts(sample):
    found = person_pronouns(sample("CHI: I want my ball .", "CHI: you have your ball .", "CHI: it is mine ."))
    assert (found.n_first, found.n_second) == (3, 2)


def test_own_name(chat):
    head = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Lena Target_Child\n"
    session = chat("CHI: Lena want juice .", "CHI: Lena .", "CHI: see Lena .", head=head)
    found = person_pronouns(Sample(session, "CHI", count_lines(session)))
    assert [(c.utterance, c.word, c.pattern) for c in found.candidates] == [(0, "lena", "own name")]
