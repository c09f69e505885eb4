"""The error inside a session: against what is known of means, and against the measure's own value."""

from dataclasses import replace
from math import sqrt
from random import Random

import numpy as np
import pytest

from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse
from sdc.progress import SessionPoint
from sdc.progress.within import MINIMUM_UTTERANCES, PARTS, block_bootstrap_error, within_session_error

LINES = ("go home .", "I want the big red ball .", "&-um no !", "<the the> [/] the dog xxx .", "where is it ?")


def played(n: int) -> SessionPoint:
    said = "".join(f"*CHI:\t{line}\n" for line in Random(3).choices(LINES, k=n))
    head = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child\n"
    session = read_chat(f"{head}@ID:\teng|x|CHI|2;06.||||Target_Child|||\n{said}@End\n", source="x.cha")
    return SessionPoint.of("s1", session, analyse(session).speakers["CHI"].measures)


def test_utterances_that_are_independent_give_the_textbook_error():
    values = np.random.default_rng(7).normal(3.0, 1.0, 400)
    found = block_bootstrap_error([(v, 1.0) for v in values])
    assert found == pytest.approx(values.std(ddof=1) / sqrt(400), rel=0.12)


def test_utterances_that_are_like_their_neighbours_give_a_larger_one():
    values = np.repeat(np.random.default_rng(7).normal(3.0, 1.0, 80), 5)
    alone = values.std(ddof=1) / sqrt(400)
    assert block_bootstrap_error([(v, 1.0) for v in values]) > 1.6 * alone
    assert block_bootstrap_error([(v, 1.0) for v in values], block=1) == pytest.approx(alone, rel=0.12)


def test_the_same_utterances_give_the_same_error():
    parts = [(float(i % 4), 1.0) for i in range(40)]
    assert block_bootstrap_error(parts) == block_bootstrap_error(parts)
    assert block_bootstrap_error([(2.0, 1.0)] * 40) == 0


@pytest.mark.parametrize("measure", sorted(set(PARTS) - {"mlu_morphemes"}))
def test_each_measure_is_rebuilt_from_its_utterances(measure):
    error = within_session_error(played(60), measure)
    assert error is not None and error > 0


def test_a_value_that_the_utterances_do_not_give_has_no_error():
    point = played(60)
    other = replace(point.measures["mlu_words"], value=point.measures["mlu_words"].value + 0.01)
    assert within_session_error(replace(point, measures={"mlu_words": other}), "mlu_words") is None


def test_where_nothing_can_be_resampled():
    assert within_session_error(played(MINIMUM_UTTERANCES - 1), "filler_words_pct") is None
    assert within_session_error(played(60), "ndw_100") is None
    assert within_session_error(replace(played(60), target=None), "mlu_words") is None


def test_real_sessions(shared_data):
    from sdc.formats import read_path

    for path in sorted((shared_data / "cha" / "Sarah").glob("*.cha"))[:3]:
        session = read_path(path)
        point = SessionPoint.of(path.name, session, analyse(session).speakers[session.target.code].measures)
        mlu = point.measures["mlu_words"]
        # Between the textbook error and one twice as large: neighbours are alike, not the same.
        assert 0.6 < within_session_error(point, "mlu_words") / (mlu.sd / sqrt(mlu.n)) < 2
