"""What the record answers about itself."""

from sdc.session import Participant, Scope, ScopeKind, Session, TimeSpan, Token, TokenKind, Utterance


def utterance(index, speaker):
    return Utterance(index, speaker, "hi .")


def test_target_is_the_first_target_child():
    people = (Participant("MOT", "Mother"), Participant("BRO", "Child"), Participant("CHI", "Target_Child"))
    assert Session("a.cha", participants=people).target.code == "CHI"
    assert Session("a.cha", participants=people[:2]).target.code == "BRO"
    assert Session("a.cha", participants=people[:1]).target is None


def test_speakers_are_those_who_spoke():
    people = (Participant("CHI", "Target_Child"), Participant("MOT", "Mother"), Participant("FAT", "Father"))
    spoken = (utterance(0, "XYZ"), utterance(1, "MOT"), utterance(2, "CHI"), utterance(3, "MOT"))
    assert Session("a.cha", participants=people, utterances=spoken).speakers() == ("CHI", "MOT", "XYZ")


def test_retraced_tokens_and_terminator():
    words = tuple(Token(w, TokenKind.WORD, w) for w in ("the", "the", "dog"))
    line = Utterance(
        0,
        "CHI",
        "the [/] the dog [= a toy] .",
        (*words, Token(".", TokenKind.TERMINATOR, ".")),
        (Scope(ScopeKind.REPETITION, 0, 0), Scope(ScopeKind.EXPLANATION, 2, 2, "a toy")),
    )
    assert line.retraced() == {0}
    assert line.terminator == "."
    assert Utterance(0, "CHI", "the").terminator is None


def test_span_is_in_seconds():
    assert TimeSpan(250, 1750).duration_s == 1.5
