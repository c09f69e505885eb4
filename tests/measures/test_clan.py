"""Our figures beside CLAN's: its answers to one-rule transcripts, and to real files."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse

ROOT = Path(__file__).resolve().parents[2]
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
        "mor_syllables": "syllables", "#_Prolongation": "prolongations", "#_Broken_word": "broken_words",
        "#_Block": "blocks", "#_PWR": "part_word_repetitions", "#_PWR-RU": "part_word_repetition_units",
        "#_WWR-RU": "whole_word_repetition_units", "#_mono-WWR": "mono_word_repetitions",
        "#_mono-WWR-RU": "mono_word_repetition_units", "#_TD": "td_total", "#_SLD": "sld_total",
        "Weighted_SLD": "weighted_sld",
        "#_WWR": "whole_word_repetitions", "#_Phrase_repetitions": "phrase_repetitions",
        "#_Word_revisions": "word_revisions", "#_Phrase_revisions": "phrase_revisions", "#_Pauses": "utterance_pauses",
        "#_Filled_pauses": "filled_pauses", "#_Phonological_fragment": "fragments",
    },
}  # fmt: skip
"""CLAN's program and field → our measure."""

SHARE = 99.0
"""Per cent of CLAN's figures that ours must equal."""


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


def test_real_files(shared):
    """The comparison of all figures, as the tool beside the data makes it."""
    tool = shared / "tools" / "clan_agreement.py"
    run = subprocess.run(
        [sys.executable, str(tool), "--sdc", f"{sys.executable} -m sdc.cli"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = re.fullmatch(r"(\d+) of (\d+) figures equal CLAN: (\d+\.\d+) %", run.stdout.strip().splitlines()[-1])
    assert found, run.stdout[-500:]
    assert int(found[2]) > 6000
    assert float(found[3]) >= SHARE, run.stdout


def test_the_page_holds_todays_figures(shared_data):
    """docs/clan-agreement.md is what ``scripts/clan_agreement.py`` writes, and explains every difference."""
    script = runpy.run_path(str(ROOT / "scripts" / "clan_agreement.py"))
    columns, files = script["compare"](shared_data / "clan" / "golden.csv", shared_data / "cha")
    written = (ROOT / "docs" / "clan-agreement.md").read_text(encoding="utf-8")
    assert "".join(script["page"](columns, files)) == written
    assert "not explained yet" not in written
