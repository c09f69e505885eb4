"""Which words of a child's are shown as a good moment, and when they can be played."""

from dataclasses import replace

import pytest

from sdc.companion.good_moment import good_moment
from sdc.progress import place
from sdc.session import TimeSpan


def chosen(*points, recorded=(), is_allowed=True):
    return good_moment(place(points), recorded=recorded, is_allowed=is_allowed)


def timed(point, *indexes):
    said = tuple(
        replace(u, span=TimeSpan(1000 * u.index, 1000 * u.index + 900)) if u.index in indexes else u
        for u in point.utterances
    )
    return replace(point, utterances=said)


def test_the_longest_of_the_newest_recording(point):
    old = point("s1", "2026-03-02", ("the old train goes up the hill",))
    new = point("s2", "2026-03-09", ("a red train", "the cow", "one two three"))
    found = chosen(old, new)
    assert (found.words, found.index, found.placed.point.session_id) == ("a red train", 0, "s2")


@pytest.mark.parametrize(
    "unclean",
    ["um_ the big red train", "I want / I want the train", "xxx the big red train", "train", " ".join(["so"] * 26)],
)
def test_hesitations_and_unknown_words_are_no_moment(point, unclean):
    assert chosen(point("s1", "2026-03-02", (unclean,))) is None
    assert chosen(point("s1", "2026-03-02", (unclean, "a cow"))).words == "a cow"


def test_what_somebody_else_said_just_before_is_not_its_own(point):
    made = point("s1", "2026-03-02", ("do you want the red train", "the red train", "a cow"))
    mother = replace(made.utterances[0], speaker="MOT")
    said = replace(made, utterances=(mother, *made.utterances[1:]))
    assert chosen(said).words == "a cow"
    assert chosen(made).words == "do you want the red train"


def test_an_older_recording_where_the_newest_has_none(point):
    assert chosen(point("s1", "2026-03-02", ("a cow",)), point("s2", "2026-03-09", ("yes",))).words == "a cow"


def test_it_plays_where_the_recording_is_kept_and_the_family_agrees(point):
    made = timed(point("s1", "2026-03-02", ("the big red train", "a cow")), 1)
    played = chosen(made, recorded={"s1"})
    assert (played.words, played.span, played.silence) == ("a cow", TimeSpan(1000, 1900), None)
    refused = chosen(made, recorded={"s1"}, is_allowed=False)
    assert (refused.words, refused.span, refused.silence) == ("the big red train", None, "no_consent")
    assert chosen(made).silence == "no_recording"
    untimed = point("s1", "2026-03-02", ("a cow",))
    assert chosen(untimed, recorded={"s1"}).silence == "no_times"


def test_nothing_was_said(point):
    assert chosen(point("s1", "2026-03-02", ())) is None
    assert chosen() is None
