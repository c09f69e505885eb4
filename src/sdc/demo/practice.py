"""Made-up transcripts of several made-up children: what notebooks and first tries work on.

One line after the other is drawn from small word lists by a seed, so nothing here was said by anybody, and no figure
that is measured on it says anything about children. Marks that real transcripts have are in it: words said for
others, repetitions, events, echoes of the adult, time codes.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

NAMES = ("Alba", "Bo", "Cai", "Dilan", "Esra", "Finn", "Gita", "Hugo", "Ines", "Jun", "Kofi", "Lale")
FIRST_AGE, LAST_AGE, BETWEEN = 24, 57, 3
"""Months: of the youngest child and of the oldest in the first session, and between two sessions."""

TURNS = 24
_THINGS = ("dog", "ball", "train", "cup", "bear", "duck", "box", "hat", "boat", "drum")
_LOOKS = ("big", "red", "little", "blue", "funny", "new")
_PLACES = ("in the box", "under the bed", "on the shelf", "over there", "up here")
_SAID_FOR = {"dog": "dod", "ball": "baw", "train": "tain", "cup": "tup", "bear": "beh", "duck": "duh", "box": "bots"}
_EVENTS = ("&=laughs", "&=claps", "&=points:box", "&=yawns")
_MONTHS = ("MAR", "JUN", "SEP", "DEC")
_ACTS = ("puts it down", "looks at the window", "holds it up", "turns the page")


def write_practice_corpus(folder: Path, *, children: int = 8, sessions: int = 2, seed: int = 0) -> list[Path]:
    """Write transcripts of made-up children.

    Parameters
    ----------
    folder : Path
        Gets a folder for each child.
    children : int
        1 to 12.
    sessions : int
        Of each child, three months apart.
    seed : int
        The same seed gives the same bytes.

    Returns
    -------
    list[Path]
        CHAT files, child by child, each child's first session first.
    """
    if not 1 <= children <= len(NAMES):
        raise ValueError(f"there are 1 to {len(NAMES)} practice children, not {children}")
    written = []
    for number, name in enumerate(NAMES[:children]):
        first = FIRST_AGE + (LAST_AGE - FIRST_AGE) * number // max(children - 1, 1)
        for session in range(sessions):
            path = folder / name.lower() / f"{name.lower()}-{session + 1}.cha"
            path.parent.mkdir(parents=True, exist_ok=True)
            draw = Random(f"{seed}:{name}:{session}")  # noqa: S311 - practice, no secret
            path.write_text(_transcript(name, first + BETWEEN * session, session, draw), encoding="utf-8", newline="\n")
            written.append(path)
    return written


def _transcript(name: str, months: int, session: int, draw: Random) -> str:
    head = (
        "@UTF8",
        "@Begin",
        "@Languages:\teng",
        f"@Participants:\tCHI {name} Target_Child, MOT Mother",
        f"@ID:\teng|Practice|CHI|{months // 12};{months % 12:02d}.00||||Target_Child|||",
        "@ID:\teng|Practice|MOT|||||Mother|||",
        f"@Date:\t03-{_MONTHS[session % 4]}-{2024 + session // 4}",
        "@Comment:\tmade up by a program; nobody said this",
    )
    return "\n".join((*head, *_lines(months, draw), "@End")) + "\n"


def _lines(months: int, draw: Random) -> list[str]:
    lines: list[str] = []
    at = 500
    for _ in range(TURNS):
        thing, place = draw.choice(_THINGS), draw.choice(_PLACES)
        asked = draw.choice((f"where is the {thing} ?", f"the {thing} is {place} .", f"what is {place} ?"))
        at = _timed(lines, "MOT", asked, at, draw)
        at = _timed(lines, "CHI", _childs_line(months, thing, place, asked, draw), at, draw)
        if draw.random() < 0.15:
            lines.append(f"%act:\t{draw.choice(_ACTS)}")
    return lines


def _timed(lines: list[str], speaker: str, words: str, at: int, draw: Random) -> int:
    """Add a line; return when the next one begins."""
    end = at + 250 * len(words.split()) + draw.randrange(300)
    lines.append(f"*{speaker}:\t{words} \x15{at}_{end}\x15")
    return end + 200 + draw.randrange(900)


def _childs_line(months: int, thing: str, place: str, asked: str, draw: Random) -> str:
    """Return a line that is longer the older the child is, with a mark now and then."""
    if draw.random() < 0.12:
        return f"{asked[:-2]} ."  # an echo
    word = f"{_SAID_FOR[thing]} [: {thing}]" if thing in _SAID_FOR and draw.random() < 0.25 else thing
    parts = [word]
    if draw.random() < months / 40:
        parts.insert(0, draw.choice(("the", "a", "my")))
    if draw.random() < (months - 18) / 40:
        parts.insert(1 if len(parts) > 1 else 0, draw.choice(_LOOKS))
    if draw.random() < (months - 20) / 45:
        parts.append(f"is {place}")
    return " ".join((*_hesitation(parts[0], draw), *parts, *_event(draw), "."))


def _hesitation(first: str, draw: Random) -> tuple[str, ...]:
    chance = draw.random()
    if chance < 0.08:
        return ("&-um",)
    return (f"{first} [/]",) if chance < 0.18 and " " not in first else ()


def _event(draw: Random) -> tuple[str, ...]:
    return (draw.choice(_EVENTS),) if draw.random() < 0.15 else ()
