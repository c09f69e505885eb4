"""The pages of docs/measures, written from the registry.

``python -m sdc.measures.pages`` writes them into ``docs/measures`` below the working
directory, or into the folder named; a test holds them and the registry together.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sdc.measures.needs import NEEDS
from sdc.measures.registry import REGISTRY
from sdc.measures.rule import MeasureRule

FOLDER = Path("docs/measures")

_HEAD = """# Measures

Every number that SDC gives about a speaker. Each has a value, its unit, n (how many observations it rests on), the
rule with its version, and the utterances or stretches of the recording that were used. A measure that cannot be
computed has no value and says why; it is never 0 instead.

What a word and an utterance is: `src/sdc/measures/counting.py`. Reliability: from the sample size wanted on a value is
*ok*, below it *rough*, and *too few* below the lower limit. These pages are written by `python -m sdc.measures.pages`.
"""

_OTHER = "; with other acoustics (SDC_ACOUSTICS) their name follows: `{}`, which is not compared with the first"


def page(rule: MeasureRule) -> str:
    """Return the page of one measure, as Markdown."""
    rows = {
        "Formula": rule.formula,
        "Unit": rule.unit,
        "n counts": rule.n_unit,
        "Sample wanted": _sample(rule),
        "No value when": "; ".join(_reasons(rule)) or "it can always be counted",
        "Source": rule.source,
        **({"For": "researchers only"} if rule.audience == "researcher" else {}),
        "Rule": f"`{rule.rule}`" + (_OTHER.format(f"{rule.rule}@praat") if rule.acoustic else ""),
    }
    table = "\n".join(f"| {name} | {_cell(text)} |" for name, text in rows.items())
    return f"# {rule.title}\n\n`{rule.id}`, family {rule.family}\n\n{rule.description}\n\n| | |\n|---|---|\n{table}\n"


def index() -> str:
    """Return the list of all measures, as Markdown."""
    parts = [_HEAD]
    for family in dict.fromkeys(rule.family for rule in REGISTRY.values()):
        rules = [rule for rule in REGISTRY.values() if rule.family == family]
        rows = "\n".join(f"| [{r.id}]({r.id}.md) | {_cell(r.title)} | {r.unit} | {r.n_unit} |" for r in rules)
        parts.append(f"## {family.capitalize()}\n\n| id | measure | unit | n counts |\n|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def pages() -> dict[str, str]:
    """Return all pages: file name → text."""
    return {"README.md": index()} | {f"{rule.id}.md": page(rule) for rule in REGISTRY.values()}


def write_pages(folder: Path) -> None:
    """Write all pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _sample(rule: MeasureRule) -> str:
    if rule.minimum_n is None:
        return "no minimum; the value tells its n"
    rough = f", rough from {rule.rough_n}, too few below" if rule.rough_n is not None else ""
    return f"{rule.minimum_n} {rule.n_unit}{rough}"


def _reasons(rule: MeasureRule) -> list[str]:
    return [reason for need, (_, reason) in NEEDS.items() if need in rule.needs] + list(rule.no_value_when)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
