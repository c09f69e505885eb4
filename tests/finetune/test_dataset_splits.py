"""No child on two sides, whatever the sizes; near-duplicates; which files are one child."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.errors import InputError
from sdc.finetune.dataset.duplicates import jaccard, shingles, without_near_duplicates
from sdc.finetune.dataset.files import group_by_child
from sdc.finetune.dataset.pair import Metadata, Pair
from sdc.finetune.dataset.splits import SPLITS, split_by_child
from sdc.formats.chat.reader import read_chat


def pairs_of(sizes):
    return [
        Pair(f"p{child}.{n}", "o", Metadata(f"c{child}", "lines", "transcript"), compared=f"{child} {n}")
        for child, size in enumerate(sizes)
        for n in range(size)
    ]


@given(st.lists(st.integers(1, 40), min_size=3, max_size=30), st.integers(0, 10**6), st.floats(0.01, 0.4))
def test_no_child_is_on_two_sides(sizes, seed, held_out):
    pairs = pairs_of(sizes)
    split = split_by_child(pairs, seed=seed, held_out=held_out)
    children = {name: {p.metadata.child for p in found} for name, found in split.items()}
    assert all(not children[a] & children[b] for a, b in itertools.combinations(SPLITS, 2))
    assert all(children.values())
    assert sorted(p.prompt for found in split.values() for p in found) == sorted(p.prompt for p in pairs)
    assert split == split_by_child(pairs, seed=seed, held_out=held_out)


def test_the_share_is_met_where_children_allow():
    split = split_by_child(pairs_of([10] * 100), seed=1, held_out=0.1)
    assert {name: len(found) for name, found in split.items()} == {"train": 800, "validation": 100, "test": 100}
    large_one = split_by_child(pairs_of([900, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10]), seed=1, held_out=0.1)
    assert "c0" in {p.metadata.child for p in large_one["train"]}


def test_another_seed_holds_other_children_out():
    held = {
        frozenset(p.metadata.child for p in split_by_child(pairs_of([3] * 30), seed=s, held_out=0.1)["test"])
        for s in range(5)
    }
    assert len(held) == 5


@pytest.mark.parametrize(
    ("sizes", "code"), [([], "dataset.empty"), ([5], "dataset.empty-split"), ([5, 5], "dataset.empty-split")]
)
def test_too_few_children(sizes, code):
    with pytest.raises(InputError) as caught:
        split_by_child(pairs_of(sizes), seed=0, held_out=0.1)
    assert caught.value.code == code


def test_everything_may_be_kept_for_training():
    split = split_by_child(pairs_of([5]), seed=0, held_out=0.1, train_only=True)
    assert [len(found) for found in split.values()] == [5, 0, 0]


def test_near_duplicates_are_removed():
    words = " ".join(f"word{i}" for i in range(60))
    texts = [words, words + " more", words.replace("word30", "other"), "something else entirely here", words.upper()]
    pairs = [Pair(t, "o", Metadata(str(i), "lines", "transcript"), compared=t) for i, t in enumerate(texts)]
    kept, n = without_near_duplicates(pairs, 0.8)
    assert ([p.metadata.child for p in kept], n) == (["0", "3"], 3)
    assert len(without_near_duplicates(pairs, 1.0)[0]) == 4


@given(st.lists(st.text("ab ", max_size=30), max_size=12), st.sampled_from([0.5, 0.8, 1.0]))
def test_what_is_kept_is_no_duplicate_and_what_is_not_was_one(texts, threshold):
    pairs = [Pair(t, "o", Metadata("c", "lines", "transcript"), compared=t) for t in texts]
    kept, n = without_near_duplicates(pairs, threshold)
    assert len(kept) + n == len(pairs)
    alike = [jaccard(shingles(a.compared), shingles(b.compared)) for a, b in itertools.combinations(kept, 2)]
    assert all(value < 1 for value in alike)  # the same text is always found


HEAD = (
    "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI {name}Target_Child\n"
    "@ID:\teng|{corpus}|CHI|{age}||||Target_Child|||\n"
)


def session(name="", corpus="made", age="2;06.10", birth=""):
    head = HEAD.format(name=f"{name} " if name else "", corpus=corpus, age=age)
    born = f"@Birth of CHI:\t{birth}\n" if birth else ""
    return read_chat(f"{head}{born}*CHI:\tyes .\n@End\n".encode(), source="x.cha")


@pytest.mark.parametrize(
    ("files", "n"),
    [
        ([("a/1.cha", session("Eve")), ("b/2.cha", session("Eve"))], 1),
        ([("a/1.cha", session("Eve")), ("a/2.cha", session("Adam"))], 2),
        ([("a/1.cha", session("Eve")), ("a/2.cha", session("Eve", corpus="other"))], 2),
        ([("a/1.cha", session("Eve", birth="01-JAN-2020")), ("a/2.cha", session("Evie", birth="01-JAN-2020"))], 1),
        ([("ne20/68.cha", session(age="1;08.")), ("ne32/68.cha", session(age="2;08."))], 1),
        ([("c/101.cha", session()), ("c/102.cha", session())], 2),
        ([("c/020610.cha", session()), ("c/030000.cha", session(age="3;00.00"))], 1),
        ([("Eve/1.cha", session("Eve")), ("Eve/2.cha", session("Child2"))], 1),
    ],
    ids=["name", "names", "corpora", "birth", "stem", "numbers", "ages", "folder"],
)
def test_which_files_are_one_child(files, n):
    assert len(group_by_child(files)) == n


def test_what_tells_a_child_can_be_said():
    files = [("a/1.cha", session("Eve")), ("a/2.cha", session("Eve")), ("b/1.cha", session("Eve"))]
    assert [len(group) for group in group_by_child(files, "folder")] == [2, 1]
    assert [len(group) for group in group_by_child(files, "file")] == [1, 1, 1]
