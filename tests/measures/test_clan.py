"""Our figures beside CLAN's: its answers to one-rule transcripts, and to real files."""

import csv
import json
import time
from collections import defaultdict

import pytest

from sdc.formats import read_path
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse

pytestmark = pytest.mark.shared

TOLERANCE = 0.0006  # CLAN prints three decimals
HEAD = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Target_Child, MOT Mother
@ID:	eng|probe|CHI|3;06.||||Target_Child|||
@ID:	eng|probe|MOT|||||Mother|||
"""

PROBES = {
    "mlu_w": {"utterances": "utterances_analysed", "mlu": "mlu_words", "sd": "mlu_words.sd"},
    "mlu_m": {"mlu": "mlu_morphemes", "sd": "mlu_morphemes.sd"},
    "freq": {"types": "word_types", "tokens": "word_tokens", "ttr": "ttr"},
    "mlt": {
        "utterances": "turn_utterances", "turns": "turns", "words_per_turn": "words_per_turn",
        "utts_per_turn": "utterances_per_turn",
    },
    "flu": {
        "#_WWR": "whole_word_repetitions", "#_Phrase_repetitions": "phrase_repetitions",
        "#_Word_revisions": "word_revisions", "#_Phrase_revisions": "phrase_revisions", "#_Pauses": "utterance_pauses",
        "#_Filled_pauses": "filled_pauses", "#_Phonological_fragment": "fragments",
    },
}  # fmt: skip
"""CLAN's program and field → our measure."""

GOLDEN = {
    "utterances_analysed": ("mlu_words.utterances", 1.0),
    "mlu_words": ("mlu_words.mlu", 1.0),
    "mlu_words.sd": ("mlu_words.sd", 1.0),
    "mlu_morphemes": ("mlu_morphemes.mlu", 1.0),
    "mlu_morphemes.sd": ("mlu_morphemes.sd", 1.0),
    "word_types": ("freq.types", 1.0),
    "word_tokens": ("freq.tokens", 1.0),
    "ttr": ("freq.ttr", 1.0),
    "turn_utterances": ("mlt.utterances", 1.0),
    "turns": ("mlt.turns", 1.0),
    "words_per_turn": ("mlt.words_per_turn", 1.0),
    "utterances_per_turn": ("mlt.utts_per_turn", 1.0),
    "fragments": ("flucalc.#_Phonological_fragment", 1.0),
    "filled_pauses": ("flucalc.#_Filled_pauses", 0.97),
    "phrase_repetitions": ("flucalc.#_Phrase_repetitions", 1.0),
    "word_revisions": ("flucalc.#_Word_revisions", 0.97),
    "phrase_revisions": ("flucalc.#_Phrase_revisions", 1.0),
    "whole_word_repetitions": ("flucalc.#_WWR", 0.9),
    "utterance_pauses": ("flucalc.#_Pauses", 0.85),
}
"""Measure → CLAN's column, and the share of the files that must agree."""

EVERY = 5
"""One file in so many is compared."""


def number(text):
    try:
        found = float(text)
    except (TypeError, ValueError):
        return None
    return None if found != found else found


def ours(measures, name):
    measure, _, part = name.partition(".")
    return measures[measure].sd if part else measures[measure].value


def test_one_rule_transcripts(shared_data):
    probes = json.loads((shared_data / "clan" / "probes.json").read_text(encoding="utf-8"))
    assert len(probes) > 100
    compared, different = 0, {}
    for probe, told in probes.items():
        text = HEAD + "\n".join(told["lines"]) + "\n@End\n"
        measures = analyse(read_chat(text, source=probe)).speakers["CHI"].measures
        for program, fields in PROBES.items():
            answer = told.get(program)
            if answer is None:
                continue
            for field, name in fields.items():
                # FluCalc leaves out what is 0.
                want = number(answer.get(field, 0 if program == "flu" else None))
                got = ours(measures, name)
                compared += 1
                if (want is None) != (got is None) or (want is not None and abs(want - got) > TOLERANCE):
                    different[probe, name] = (want, got)
    assert compared > 1000
    assert not different


def test_real_files(shared_data):
    with (shared_data / "clan" / "golden.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::EVERY]
    right, total, wrong = defaultdict(int), defaultdict(int), defaultdict(list)
    for row in rows:
        speakers = analyse(read_path(shared_data / "cha" / row["file"])).speakers
        for name, (column, _) in GOLDEN.items():
            want = number(row[column])
            if want is None:
                continue
            got = ours(speakers[row["speaker"]].measures, name)
            total[name] += 1
            if got is not None and abs(got - want) <= TOLERANCE:
                right[name] += 1
            else:
                wrong[name].append((row["file"], want, got))
    assert all(total[name] >= 25 for name in GOLDEN)
    assert not {name: wrong[name] for name, (_, floor) in GOLDEN.items() if right[name] < floor * total[name]}


def test_twenty_sessions_take_seconds(shared_data):
    paths = sorted((shared_data / "cha" / "Eve").glob("*.cha"))
    assert len(paths) == 20
    began = time.process_time()
    for path in paths:
        analyse(read_path(path))
    assert time.process_time() - began < 6
