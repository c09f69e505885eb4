"""IPSyn: the sample, the items, the score; beside CLAN's on real files."""

import csv
from dataclasses import replace

import pytest

from sdc.formats import read_path
from sdc.measures import analyse
from sdc.measures.ipsyn import RULES, ipsyn_items, ipsyn_sample
from sdc.measures.sample import Sample, count_lines
from sdc.measures.syntax.items import ipsyn_table


def tagged(*lines):
    """Write utterances of CHI as ``words | tags``, with relations where a third part gives them."""
    for line in lines:
        words, mor, *gra = (part.strip() for part in line.split(" / "))
        yield f"CHI: {words}"
        yield f"%mor: {mor}"
        n_units = len(mor.split()) + mor.count("~")
        yield f"%gra: {gra[0] if gra else ' '.join(f'{i}|0|X' for i in range(1, n_units + 1))}"


@pytest.fixture
def points(sample):
    """Score utterances: item → points, those of 0 left out."""

    def make(*lines):
        return {score.id: score.points for score in ipsyn_items(sample(*tagged(*lines))) if score.points}

    return make


FILLING = [f"toy{i} . / n|toy{i} ." for i in range(60)]


def test_the_table_has_its_items_once_and_refers_to_items():
    _, items = ipsyn_table()
    ids = [item.id for item in items]
    assert len(ids) == len(set(ids)) == 49
    assert {other for item in items for other in item.also} <= set(ids)
    assert {id[0] for id in ids} == set("NVQS")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["you . / pro:per|you ."], {"N2": 1}),
        (["you . / pro:per|you .", "it . / pro:per|it ."], {"N2": 2}),
        (["you . / pro:per|you .", "you ! / pro:per|you !"], {"N2": 1}),
        (["cats . / n|cat-PL .", "dogs . / n|dog-PL ."], {"N7": 2, "N11": 0}),
        (["a cat . / det:art|a n|cat ."], {"N5": 1}),
        (["a big cat . / det:art|a adj|big n|cat ."], {"N5": 1, "N9": 1}),
        (["a cat . / det:art|a n|cat .", "a cat ! / det:art|a n|cat !"], {"N5": 1}),
        # CLAN's arithmetic: five pairs of equal lemmas are not three, so the second example counts.
        (["a a cat . / det:art|a det:art|a n|cat .", "a a cat ! / det:art|a det:art|a n|cat !"], {"N9": 2}),
        (["on it . / prep|on pro:per|it ."], {"V3": 1, "V2": 2, "N2": 1}),
        (["eating . / part|eat-PRESP ."], {"V7": 1}),
        (["he goes . / pro:sub|he v|go-3S ."], {"V10": 1, "N2": 1}),
        (["he says . / pro:sub|he v|say-3S ."], {"V10": 0, "N2": 1}),
        (["it's red . / pro:per|it~cop|be&3S adj|red ."], {"V4": 0, "N2": 1}),
        (["he is red . / pro:sub|he cop|be&3S adj|red ."], {"V4": 1, "N2": 1}),
        (
            ["he is red . / pro:sub|he cop|be&3S adj|red .", "it's it . / pro:per|it~cop|be&3S pro:per|it ."],
            {"V4": 2, "N2": 2},
        ),
        (["fast . / adv|fast ."], {"V8": 2}),  # its own credit counts here too, as in CLAN's table
        (["is he red ? / cop|be&3S pro:sub|he adj|red ?"], {"Q8": 1, "N2": 1}),
        (["why go ? / pro:int|why v|go ?"], {"Q9": 1, "N2": 1}),
        (["see it . / v|see pro:per|it ."], {"S3": 1, "N2": 1}),
        (["I see it . / pro:sub|I v|see pro:per|it ."], {"S3": 2, "S4": 1, "N2": 2}),
        (["and a cat . / coord|and det:art|a n|cat ."], {"S5": 1, "N5": 1}),
        (["let go . / v|let v|go ."], {"S6": 2, "S9": 1}),
        (["want to go . / v|want inf|to v|go ."], {"S8": 1, "S6": 2}),
        (["go . / v|go . / 1|0|CJCT 2|1|PUNCT"], {"S12": 1, "S5": 1, "S6": 1}),
    ],
)
def test_points(points, lines, expected):
    found = points(*lines)
    assert {id: found.get(id, 0) for id in expected} == expected


def test_two_examples_in_one_utterance(points):
    assert points("you see it . / pro:per|you v|see pro:per|it .")["N2"] == 2


def test_examples_are_evidence(sample):
    scores = ipsyn_items(sample(*tagged("no . / co|no .", "you . / pro:per|you .", "it . / pro:per|it .")))
    assert next(score.examples for score in scores if score.id == "N2") == (1, 2)
    assert all(len(score.examples) <= 2 for score in scores)


def chosen(sample, *lines):
    return [line.utterance.raw for line in ipsyn_sample(sample(*lines))]


def test_the_sample_leaves_out_what_was_said_before(sample):
    assert chosen(sample, *tagged("a . / n|a .", "a . / n|a .", "a ? / n|a ?")) == ["a .", "a ?"]
    lines = ["MOT: a .", *tagged("a . / n|a .", "b . / n|b ."), "MOT: (b)ee .", *tagged("bee . / n|bee .")]
    assert chosen(sample, *lines) == ["b ."]


def test_the_sample_leaves_out_what_is_not_complete(sample):
    lines = tagged("a +... / n|a +...", "xxx . / .", "www . / .", "xxx b . / n|b .", "c . [+ exc] / n|c .")
    assert chosen(sample, *lines) == ["xxx b ."]
    assert chosen(sample, "CHI: a .", *tagged("b . / n|b .")) == ["b ."]


def test_postcodes_take_in_and_leave_out(sample):
    lines = tagged("a . / n|a .", "a . [+ ip] / n|a .", "b . [+ ipe] / n|b .")
    assert chosen(sample, *lines) == ["a .", "a . [+ ip]"]


def test_repetitions_and_codes_do_not_tell_utterances_apart(sample):
    lines = tagged(
        "<a> [/] a . / n|a .",
        "a [= ball] . / n|a .",
        "(a) . / n|a .",
        "a ‡ b . / n|a beg|beg n|b .",
        "a b . / n|a n|b .",
    )
    assert chosen(sample, *lines) == ["<a> [/] a .", "a ‡ b ."]


def test_the_score_needs_fifty_utterances(measured):
    few, enough = (measured(*tagged(*FILLING[:n]))["ipsyn"] for n in (49, 60))
    assert (few.value, few.n, few.reason) == (None, 49, "fewer than 50 different complete utterances with a %mor tier")
    assert (enough.value, enough.n, enough.utterances) == (0, 50, ())
    earning = measured(*tagged("you . / pro:per|you .", *FILLING))["ipsyn"]
    assert (earning.value, earning.n, earning.utterances) == (1, 50, (0,))


@pytest.mark.parametrize(
    ("lines", "language", "reason"),
    [
        (["CHI: a ."], "eng", "no %mor tier"),
        (["CHI: a .", "%mor: n|a ."], "eng", "an utterance has a %mor tier and no %gra tier"),
        (["CHI: a .", "%mor: n|a ."], "fra", "told of English only"),
        (
            ["CHI: a .", "%mor: noun|a ."],
            "eng",
            "the %mor tier has Universal Dependencies tags; the rules are for MOR's",
        ),
    ],
)
def test_no_score_without_what_it_rests_on(chat, lines, language, reason):
    session = replace(chat(*lines), languages=(language,))
    found = analyse(session).speakers["CHI"].measures["ipsyn"]
    assert (found.value, found.reason) == (None, reason)


def test_it_is_not_told_of_a_mother(measured):
    lines = ["MOT: a .", "%mor: n|a .", "%gra: 1|0|X 2|1|PUNCT"]
    found = measured(*lines, speaker="MOT")
    assert {found[id].reason for id in ("ipsyn", "dss")} == {
        "told of the child, or of the participant whose language is studied"
    }


EVERY = 4
"""One real file in so many is compared."""


def files(shared_data, wanted):
    """Yield real files: name, CLAN's figure as printed, and ours."""
    with (shared_data / "clan" / "golden.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if wanted(row["kideval.IPSyn_Total"])][::EVERY]
    for row in rows:
        session = read_path(shared_data / "cha" / row["file"])
        found = RULES[0].function(Sample(session, row["speaker"], count_lines(session)))
        yield row["file"], row["kideval.IPSyn_Total"], found.value


@pytest.mark.shared
def test_real_files(shared_data):
    compared = list(files(shared_data, lambda figure: figure not in ("", "NA")))
    different = [row for row in compared if row[2] is None or float(row[1]) != row[2]]
    assert len(compared) >= 25
    assert len(different) <= 1, different


@pytest.mark.shared
def test_no_score_is_told_where_clan_tells_none(shared_data):
    silent = list(files(shared_data, lambda figure: figure == "NA"))
    assert len(silent) >= 10
    assert not [row for row in silent if row[2] is not None]
