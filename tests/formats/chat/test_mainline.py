import time

import pytest

from sdc.formats.chat.mainline import read_main_line, token_ends
from sdc.session import RETRACINGS, TimeSpan
from sdc.session import ScopeKind as S
from sdc.session import TokenKind as K


def kinds(body: str) -> list[tuple[str, K]]:
    return [(t.text, t.kind) for t in read_main_line(body).tokens]


def scopes(body: str) -> list[tuple[S, str, str]]:
    """Kind, covered words and text of each scope."""
    line = read_main_line(body)
    return [(s.kind, " ".join(t.raw for t in line.tokens[s.first : s.last + 1]), s.text) for s in line.scopes]


@pytest.mark.parametrize(
    "mark",
    [".", "?", "!", "+...", "+..?", "+/.", "+/?", "+//.", "+//?", "+!?", '+"/.', '+".', "+.", '+"?', "؟", "。"],
)
def test_terminators(mark: str) -> None:
    said = [("the", K.WORD), ("dog", K.WORD), (mark, K.TERMINATOR)]
    assert kinds(f"the dog {mark}") == said
    if not mark.startswith("+"):  # + inside a word joins a compound
        assert kinds(f"the dog{mark}") == said


@pytest.mark.parametrize("mark", ["⇗", "↗", "→", "↘", "⇘", "≈", "≋", "∞", "≡"])
def test_conversation_analysis_marks(mark: str) -> None:
    assert kinds(f"well {mark}")[-1] == (mark, K.TERMINATOR)
    assert kinds(f"well {mark} (0.4)")[1] == (mark, K.TERMINATOR)
    assert kinds(f"well{mark} no .")[1] == (mark, K.SEPARATOR)


@pytest.mark.parametrize("mark", ["+<", "+^", "+,", "++", '+"', "+≈", "+≋"])
def test_linkers(mark: str) -> None:
    assert kinds(f"{mark} the dog .")[0] == (mark, K.LINKER)
    assert kinds(f"+< {mark} no .")[:2] == [("+<", K.LINKER), (mark, K.LINKER)]


def test_uptake_is_a_linker_at_the_start() -> None:
    assert kinds("≡ no .")[0] == ("≡", K.LINKER)


@pytest.mark.parametrize("mark", [",", ";", "„", "‡", ":"])
def test_separators(mark: str) -> None:
    assert kinds(f"yes {mark} no .")[1] == (mark, K.SEPARATOR)


def test_separators_stuck_to_words() -> None:
    assert kinds("okay, (be)cause‡ (.)„ no .") == [
        ("okay", K.WORD),
        (",", K.SEPARATOR),
        ("because", K.WORD),
        ("‡", K.SEPARATOR),
        ("(.)", K.PAUSE),
        ("„", K.SEPARATOR),
        ("no", K.WORD),
        (".", K.TERMINATOR),
    ]


@pytest.mark.parametrize(
    ("raw", "ms"),
    [
        ("(.)", None),
        ("(..)", None),
        ("(...)", None),
        ("(1.5)", 1500),
        ("(3.)", 3000),
        ("(0.05)", 50),
        ("(.5)", 500),
        ("(1:30.5)", 90500),
        ("(2:3.)", 123000),
    ],
)
def test_pauses(raw: str, ms: int | None) -> None:
    for body in (f"the {raw} dog .", f"the{raw} dog ."):
        pause = read_main_line(body).tokens[1]
        assert (pause.kind, pause.raw, pause.duration_ms) == (K.PAUSE, raw, ms)


def test_parentheses_that_are_no_pause() -> None:
    assert kinds("(5) (a)bout (five .") == [("5", K.WORD), ("about", K.WORD), ("five", K.WORD), (".", K.TERMINATOR)]


def test_two_utterances_on_one_line_keep_both_terminators() -> None:
    assert [k for _, k in kinds("no . yes .")] == [K.WORD, K.TERMINATOR, K.WORD, K.TERMINATOR]


def test_punctuation_stuck_to_an_interposed_word() -> None:
    assert kinds("sure &*INV:oh_hm.") == [("sure", K.WORD), ("oh_hm", K.INTERPOSED), (".", K.TERMINATOR)]


def test_overlap_marks_leave_the_words_alone() -> None:
    assert kinds("⌈ a b⌉ ⌊2 c ⌋2 °⌈d⌉° .") == [
        ("⌈", K.MARKER),
        ("a", K.WORD),
        ("b", K.WORD),
        ("⌉", K.MARKER),
        ("⌊2", K.MARKER),
        ("c", K.WORD),
        ("⌋2", K.MARKER),
        ("d", K.WORD),
        (".", K.TERMINATOR),
    ]


@pytest.mark.parametrize(
    "event", ["&=reads:Las^_Palmas", "&=foo{bar}", "&=baz}qux", "&=name$suffix", "&=points^up", "&=ges:(1)"]
)
def test_events_with_odd_characters(event: str) -> None:
    assert kinds(f"<{event} yes> [>] .")[0] == (event[2:], K.EVENT)


# Scopes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("the [/] the dog .", [(S.REPETITION, "the", "")]),
        ("<the dog> [/] the dog .", [(S.REPETITION, "the dog", "")]),
        ("the [/] the [/] the dog .", [(S.REPETITION, "the", ""), (S.REPETITION, "the", "")]),
        ("gonna [: going to] eat .", [(S.REPLACEMENT, "gonna", "going to")]),
        ("noosh [: nose] [* p:n] .", [(S.REPLACEMENT, "noosh", "nose"), (S.ERROR, "noosh", "p:n")]),
        (
            "tika@u [: kitty] [* p:n] [//] kitty .",
            [(S.REPLACEMENT, "tika@u", "kitty"), (S.ERROR, "tika@u", "p:n"), (S.REVISION, "tika@u", "")],
        ),
        ("<the dog> [* s:r] [/] the dog .", [(S.ERROR, "the dog", "s:r"), (S.REPETITION, "the dog", "")]),
        ("no [x 3] .", [(S.REPEAT_COUNT, "no", "3")]),
        ("<the cat> [e] my dog .", [(S.EXCLUDED, "the cat", "")]),
        ("<<happy and> [?]> [>] .", [(S.UNCERTAIN, "happy and", ""), (S.OVERLAP, "happy and", ">")]),
        ("<<see the> [?] working> [<] .", [(S.UNCERTAIN, "see the", ""), (S.OVERLAP, "see the working", "<")]),
        ("<ingroup [/]> [<] after .", [(S.REPETITION, "ingroup", ""), (S.OVERLAP, "ingroup", "<")]),
        ("<the &-um> [/] the dog .", [(S.REPETITION, "the &-um", "")]),
        ("<I [/] I want> [//] you .", [(S.REPETITION, "I", ""), (S.REVISION, "I [/] I want".replace(" [/]", ""), "")]),
        ("the (.) [/] the dog .", [(S.REPETITION, "the (.)", "")]),
        ("the , [/] the dog .", [(S.REPETITION, "the ,", "")]),
        ("<the dog> runs .", [(S.GROUP, "the dog", "")]),
        ("non ‹il y a› pas .", [(S.GROUP, "il y a", "")]),
        ("0 〔bar baz〕 .", [(S.GROUP, "bar baz", "")]),
        ("she said “hello you” .", [(S.GROUP, "“ hello you ”", "")]),
        ("“no” [=! whispers] .", [(S.PARALINGUISTIC, "“ no ”", "whispers")]),
        ("[^ freecode] this is .", [(S.OTHER, "", "^ freecode")]),
        ("0 [= nothing] .", [(S.EXPLANATION, "0", "nothing")]),
        ("⌈ the ⌉ [/] the .", [(S.REPETITION, "the", "")]),
    ],
)
def test_scopes(body: str, expected: list[tuple[S, str, str]]) -> None:
    assert scopes(body) == expected
    assert read_main_line(body).problems == []


def test_retracing_kinds_are_all_known() -> None:
    found = {scopes(f"a {code} a .")[0][0] for code in ("[/]", "[//]", "[///]", "[/-]", "[/?]")}
    assert found == RETRACINGS


def test_postcodes_and_language() -> None:
    line = read_main_line("[- spa] hola . [+ exc] [+ mlue]")
    assert (line.language, line.postcodes, line.scopes) == ("spa", ["exc", "mlue"], [])
    assert [t.raw for t in line.tokens] == ["hola", "."]


@pytest.mark.parametrize(
    "body", ["<the dog .", "the dog> .", "the [/ dog .", "the /] dog .", "<‹the> dog› .", "[ [ ] ]", "〔a .", "<"]
)
def test_brackets_without_partner_are_told_and_no_word_is_lost(body: str) -> None:
    line = read_main_line(body)
    assert {code for code, _ in line.problems} == {"chat.unbalanced-bracket"}
    words = [t.raw for t in line.tokens if t.kind is K.WORD]
    assert words == [w for w in ("the", "dog") if w in body] or "a" in words or not words


def test_quotation_over_two_utterances_is_no_damage() -> None:
    assert read_main_line("she said “hello .").problems == []
    assert read_main_line("you” .").problems == []


# Bullets ----------------------------------------------------------------------------------


def test_bullets_inside_the_line_are_markers_outside_groups() -> None:
    line = read_main_line("<the dog \u00150_5\u0015> [/] the \u00155_9\u0015 dog .")
    assert [(t.kind, t.span) for t in line.tokens if t.span] == [
        (K.MARKER, TimeSpan(0, 5)),
        (K.MARKER, TimeSpan(5, 9)),
    ]
    assert [(s.kind, s.first, s.last) for s in line.scopes] == [(S.REPETITION, 0, 1)]


def test_bullet_between_group_and_code() -> None:
    line = read_main_line("<the dog> \u00150_5\u0015 [/] the dog .")
    assert [(s.kind, s.first, s.last) for s in line.scopes] == [(S.REPETITION, 0, 1)]


def test_token_ends() -> None:
    body = "<the dog> [/] “no”, hm. [+ x]"
    ends = token_ends(body)
    tokens = read_main_line(body).tokens
    assert [body[end - len(t.raw) : end] for end, t in zip(ends, tokens, strict=True)] == [t.raw for t in tokens]


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "<",
        "[",
        "[a",
        "&",
        "+",
        ".",
        "\u0015",
        "1_",
        "a:",
        "(1",
        "↫",
        "⌈",
        '"',
        "+/",
        "• ",
        "\u0015%snd:",
        "(.) [/] ",
    ],
)
def test_time_is_linear_in_length(piece: str) -> None:
    body = piece * (400_000 // len(piece)) + "›" * 100_000 + "x"
    start = time.process_time()
    read_main_line(body)
    assert time.process_time() - start < 3.0
