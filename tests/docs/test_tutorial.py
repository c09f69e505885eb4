"""The typing of docs/tutorial.md notices what is not as promised; the typing itself is in .ci/run."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import type_tutorial as typing_of  # noqa: E402

PAGE = """
```sh
echo begin
export A=1
```

```text
begin
```

<!-- not run: a reason -->
```sh
make never
printf 'n   %s (2)\\n' "$A"
```

```text
n 1
```
"""


def test_blocks_share_one_shell_and_what_is_promised_is_looked_for(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs/tutorial.md"
    page.write_text(PAGE)
    monkeypatch.setattr(typing_of, "PROMISED", {})
    assert typing_of.typed(tmp_path, tmp_path, begun=True) == []
    page.write_text(PAGE.replace("n 1", "n 2"))
    assert typing_of.typed(tmp_path, tmp_path, begun=True) == ["not printed: n 2"]
    # What another block printed does not count.
    page.write_text(PAGE.replace("n 1", "begin"))
    assert typing_of.typed(tmp_path, tmp_path, begun=True) == ["not printed: begin"]
    page.write_text(PAGE.replace("echo begin", "false"))
    assert "exit status 1" in typing_of.typed(tmp_path, tmp_path, begun=True)[0]


def test_a_report_that_is_missing_or_none_is_told(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/tutorial.md").write_text("")
    (tmp_path / "sarah.pdf").write_bytes(b"no report")
    assert typing_of.typed(tmp_path, tmp_path, begun=True) == [
        "not there or empty: sarah.pdf",
        "not there or empty: letter.html",
    ]


def test_the_tutorial_promises_something_after_each_part():
    found = typing_of.blocks((ROOT / "docs/tutorial.md").read_text(encoding="utf-8"))
    assert [language for language, _ in found].count("text") >= 5
    assert all(name in "".join(text for _, text in found) for name in typing_of.PROMISED)
