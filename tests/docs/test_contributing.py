"""CONTRIBUTING.md: the measure that it adds works, and the files that it names are there."""

import re
from pathlib import Path

from sdc.formats.chat.reader import read_chat
from sdc.measures.analysis import apply
from sdc.measures.sample import Sample, count_lines

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TO_BE_MADE = {"src/sdc/transcribe/program.py", "src/sdc/store/memory.py"}
CHAT = (
    "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child\n@ID:\teng|x|CHI|3;06.||||Target_Child|||\n"
    "*CHI:\ta dog .\n*CHI:\tmore big red trains .\n*CHI:\tno .\n@End\n"
)


def test_the_measure_that_it_adds_counts():
    (block,) = re.findall(r"^   ```python\n(.*?)^   ```$", TEXT, re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(block.replace("\n   ", "\n").removeprefix("   "), "CONTRIBUTING.md", "exec"), names)
    session = read_chat(CHAT, source="made-up.cha")
    found = apply(names["RULE"], Sample(session, "CHI", count_lines(session), None))
    assert (found.value, found.n, found.utterances) == (4, 3, (1,))


def test_the_files_that_it_names_are_there():
    named = set(re.findall(r"`((?:src|tests|web|docs|scripts)/[\w./-]+)`", TEXT)) - TO_BE_MADE
    assert len(named) > 10
    assert not sorted(name for name in named if not (ROOT / name).exists())
    linked = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert not [name for name in linked if not (ROOT / name).exists()]
