"""What a word and an utterance is; expectations by hand from CLAN's rules."""

import pytest

from sdc.measures.counting import completing, count_line
from sdc.measures.sample import count_lines


@pytest.fixture
def line(chat):
    return lambda text: count_line(chat(f"CHI: {text}").utterances[0])


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a ball , Mommy .", "a ball Mommy"),
        ("&-um &+b ball &~gaga &=laughs .", "ball"),
        ("0 .", ""),
        ("I 0am here (.) now (1.5) .", "I here now"),
        ("xxx yyy www ball xx .", "ball xx"),
        ("ball [/] ball <a dog> [//] a cat .", "ball a cat"),
        ("<the> [/-] <so> [///] <oh> [/?] it fell .", "it fell"),
        ("<all of it> [e] fell .", "all of it fell"),
        ("noosh [: nose] [* p:w] .", "nose"),
        ("gimme [: give me] <it there> [: that one thing] .", "give me that one thing"),
        ("foots [:: feet] .", "foots"),
        ("wuf [: xxx] ball .", "ball"),
        ("ball [/] noosh [: nose] .", "nose"),
        ("choo+choo thank_you bye-bye 5 [x 4] .", "choo+choo thank_you bye-bye 5"),
        ("(be)cause bu:nny ra^bbit ↫b-b↫ball .", "because bunny rabbit ball"),
        ("moo@o perro@s:spa gaga@b Ball ball .", "moo@o perro@s:spa gaga@b Ball ball"),
        ("um uh ball .", "um uh ball"),
        ("+< +, you &*MOT:yes know +...", "you know"),
    ],
)
def test_words(line, text, keys):
    assert " ".join(word.key for word in line(text).words) == keys


def test_a_word_knows_its_token(line):
    counted = line("&-um gimme [: give me] that .")
    assert [(word.text, word.token) for word in counted.words] == [("give", 1), ("me", 1), ("that", 2)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("the ball .", [(2, True)]),
        ("no . yes it is .", [(1, True), (3, True)]),
        ("the ball", [(2, False)]),
        ("no . the ball", [(1, True), (2, False)]),
        ("um ball uh .", [(1, True)]),
        ("u:h .", [(1, True)]),
        ("um .", []),
        ("&=laughs .", []),
        ("so high ↘", [(2, False)]),
        ("the ball +.", [(2, False)]),
        ("the ball +//.", [(2, True)]),
    ],
)
def test_pieces_between_terminators(line, text, pieces):
    assert [(p.length, p.is_new) for p in line(text).pieces()] == pieces


@pytest.mark.parametrize(
    ("text", "analysed", "speech", "unclear"),
    [
        ("the ball .", True, True, 0),
        ("xxx ball .", False, True, 1),
        ("yyy .", False, True, 1),
        ("www .", False, False, 0),
        ("xx ball .", True, True, 0),
        ("<xxx it> [/] the ball .", True, True, 0),
        ("xxx [//] .", True, False, 0),
        ("the ball . [+ mlue]", False, True, 0),
        ("the ball . [+ exc]", True, True, 0),
        ("0 .", True, False, 0),
    ],
)
def test_what_is_analysed(line, text, analysed, speech, unclear):
    counted = line(text)
    assert (counted.is_analysed, counted.has_speech, counted.n_unclear) == (analysed, speech, unclear)


def test_completion_joins_across_other_speakers(chat):
    lines = count_lines(chat("CHI: the dog +/.", "MOT: yes ?", "CHI: +, ran home .", "CHI: +, again ."))
    child = [line for line in lines if line.utterance.speaker == "CHI"]
    assert completing(child) == {2}


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the dog +...", "+, ran .", True),
        ("the dog +//.", "+, ran .", True),
        ("the dog .", "+, ran .", False),
        ("the dog +...", "++ ran .", False),
        ("the dog +...", "ran .", False),
        ("&-um +...", "+, ran .", True),
    ],
)
def test_what_completes(chat, first, second, joined):
    lines = count_lines(chat(f"CHI: {first}", f"CHI: {second}"))
    assert bool(completing(lines)) is joined


def test_a_line_without_words_is_not_completed_for_turns(chat):
    lines = count_lines(chat("CHI: &-um +...", "CHI: +, soap ."))
    assert completing(lines, wordless=False) == frozenset()
    assert completing(lines) == {1}
