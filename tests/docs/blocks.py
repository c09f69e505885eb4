"""Code blocks of the documentation: where they stand, what they are, and why some are not run."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHELL = {"sh", "bash", "console"}
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
NOT_RUN = re.compile(r"<!-- not run: (?P<reason>[^>]+?) -->\s*\Z")
INLINE = re.compile(r"`(sdc [a-z][^`\n]*)`")


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    page: str
    line: int
    language: str
    text: str
    not_run: str | None
    """Why it is not run, where a comment right before it says so."""

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, first to last; what Sphinx reads as a directive is none."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        before = text[: match.start()]
        reason = NOT_RUN.search(before)
        block = Block(
            name_of(page),
            before.count("\n") + 1,
            match["language"].strip(),
            "\n".join(line.removeprefix(match["indent"]) for line in match["text"].splitlines()) + "\n",
            reason["reason"] if reason else None,
        )
        if not block.language.startswith("{"):
            found.append(block)
    return found


def inline_commands(page: Path) -> list[str]:
    """Return the commands that stand in a page's sentences, as `sdc …`."""
    return INLINE.findall(FENCE.sub("", page.read_text(encoding="utf-8")))


ALL = [block for page in PAGES for block in blocks_of(page)]
