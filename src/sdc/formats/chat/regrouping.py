"""One line becomes two, or two become one; what points to lines by number moves with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sdc.errors import InputError
from sdc.formats.chat.codes import read_language, read_postcode
from sdc.formats.chat.editing import (
    edited_lines,
    estimated_lines,
    line_at,
    moved,
    told,
    with_line,
    with_text,
    without_word_tiers,
)
from sdc.formats.chat.mainline import is_bullet
from sdc.formats.chat.places import Place, depth, no_words, places
from sdc.formats.chat.timing import SPOKEN
from sdc.session import DependentTier, Header, Session, TimeSpan, Token, TokenKind, Utterance

_SHORTEST_MS = 2
"""Of a line whose time can be cut in two."""

_SAYS_NOTHING = frozenset({TokenKind.LINKER, TokenKind.SEPARATOR, TokenKind.TERMINATOR, TokenKind.MARKER})


def split_line(session: Session, index: int, at: int, *, terminator: str = ".") -> Session:
    """Split a line in two.

    Parameters
    ----------
    session : Session
    index : int
        Of the utterance, from 0.
    at : int
        Index of the token with which the second line begins.
    terminator : str
        What ends the first line where it has no end yet.

    Returns
    -------
    Session
        The cut in time is between the words where both have times, else estimated by the number of letters
        and marked so (``estimated_lines``). Postcodes and the language go with both lines; other tiers than
        those that go with the words stay with the first.

    Raises
    ------
    NotFoundError
        ``edit.no-line``.
    InputError
        ``edit.no-words``, ``edit.part-of-group``, or the CHAT code of what would be wrong.
    """
    line = line_at(session, index)
    found = places(line)
    cut = _cut(line, found, at)
    texts = _halves(line, found, cut, terminator)
    spans, is_estimated = _split_times(line, at)
    bare = without_word_tiers(line)
    first = with_text(session, replace(bare, tokens=line.tokens[:at], span=spans[0]), texts[0])
    second = with_text(session, replace(bare, tokens=line.tokens[at:], span=spans[1], tiers=()), texts[1])
    guessed = moved(estimated_lines(session), _shift_after(index))
    guessed |= {index, index + 1} if is_estimated or index in guessed else set()
    return _told_moved(_spliced(session, index, 1, (first, second)), session, index, _shift_after(index), guessed)


def merge_lines(session: Session, index: int) -> Session:
    """Join a line with the next one of the same speaker.

    Returns
    -------
    Session
        The end of the first line and the linkers of the second are gone; postcodes of both stay, and so do
        tiers that do not go with the words.

    Raises
    ------
    NotFoundError
        ``edit.no-line``.
    InputError
        ``edit.merge-last``, ``edit.merge-speakers``, ``edit.merge-languages``.
    """
    first = line_at(session, index)
    second = _next(session, first)
    text = _joined_text(first, second)
    both = replace(
        first,
        raw=f"{first.raw} {second.raw}",
        tokens=(*first.tokens, *second.tokens),
        span=_joined_times(first.span, second.span),
        tiers=_joined_tiers(first.tiers, second.tiers),
    )
    merged = with_text(session, without_word_tiers(both), text)
    guessed = moved(estimated_lines(session), _shift_before(index)) - {index}
    return _told_moved(_spliced(session, index, 2, (merged,)), session, index, _shift_before(index), guessed)


def set_times(session: Session, index: int, start_ms: int, end_ms: int) -> Session:
    """Give a line its times in the recording; words keep theirs where these lie inside.

    Raises
    ------
    NotFoundError
        ``edit.no-line``.
    InputError
        ``edit.times``: it ends before it starts, or after the recording's end.
    """
    line = line_at(session, index)
    length_s = session.media.duration_s if session.media else None
    if not 0 <= start_ms < end_ms or (length_s is not None and end_ms > length_s * 1000 + 1000):
        raise InputError(
            f"A line cannot last from {start_ms} to {end_ms} ms.",
            code="edit.times",
            hint="It starts at 0 or later, and ends after its start and within the recording.",
        )
    span = TimeSpan(start_ms, end_ms)
    tokens = tuple(t if t.span is None or _within(t.span, span) else replace(t, span=None) for t in line.tokens)
    kept = tuple(t for t in line.tiers if t.name != "wor") if tokens != line.tokens else line.tiers
    done = with_line(session, replace(line, span=span, tokens=tokens, tiers=kept))
    if done is session:
        return session
    return told(done, edited=edited_lines(done), estimated=set(estimated_lines(session)) - {index})


def _within(inner: TimeSpan, outer: TimeSpan) -> bool:
    return outer.start_ms <= inner.start_ms and inner.end_ms <= outer.end_ms


def _cut(line: Utterance, found: Sequence[Place], at: int) -> int:
    """Return the position of the item with which the second line begins."""
    here = next((n for n, place in enumerate(found) if place.token == at), None)
    if here is None:
        raise no_words(f"There is no word {at} in this line.")
    while here and found[here - 1].kind == "open":
        here -= 1
    if depth(found[:here]) != 0:
        raise InputError(
            "The line would be split inside <…>.",
            code="edit.part-of-group",
            hint="Split it before or after the group.",
            line=line.line,
        )
    if not (_says(line, found[:here]) and _says(line, found[here:])):
        raise no_words("Words must stand on both sides of the split.")
    return here


def _says(line: Utterance, found: Sequence[Place]) -> bool:
    return any(p.token is not None and line.tokens[p.token].kind not in _SAYS_NOTHING for p in found)


def _halves(line: Utterance, found: Sequence[Place], cut: int, terminator: str) -> tuple[str, str]:
    left = line.raw[: found[cut].start].rstrip(" ,")
    right = line.raw[found[cut].start :].lstrip(" ,")
    if not any(place.kind == "terminator" for place in found[:cut]):
        left = f"{left} {terminator}"
    late = [p.raw for p in found[cut:] if p.kind == "code" and read_postcode(p.raw) is not None]
    early = [p.raw for p in found[:cut] if p.kind == "code" and read_language(p.raw) is not None]
    return " ".join([left, *late]), " ".join([*early, right])


def _split_times(line: Utterance, at: int) -> tuple[tuple[TimeSpan | None, TimeSpan | None], bool]:
    """Return the times of both halves, and whether the cut between them is estimated."""
    if line.span is None or line.span.end_ms - line.span.start_ms < _SHORTEST_MS:
        return (line.span, None), False
    start, end = line.span.start_ms, line.span.end_ms
    measured = _measured_cut(line, at)
    if measured is not None and start < measured[0] <= measured[1] < end:
        return (TimeSpan(start, measured[0]), TimeSpan(measured[1], end)), False
    weights = [_weight(token) for token in line.tokens]
    middle = start + round((end - start) * sum(weights[:at]) / (sum(weights) or 1))
    middle = min(max(middle, start + 1), end - 1)
    return (TimeSpan(start, middle), TimeSpan(middle, end)), True


def _measured_cut(line: Utterance, at: int) -> tuple[int, int] | None:
    """Return when the last word before the cut ends and the next one begins; None where nobody measured it."""
    before = next((t for t in reversed(line.tokens[:at]) if t.kind in SPOKEN or is_bullet(t)), None)
    after = next((t for t in line.tokens[at:] if t.kind in SPOKEN), None)
    if before is None or before.span is None:
        return None
    if is_bullet(before):
        return before.span.end_ms, before.span.end_ms
    if after is None or after.span is None:
        return None
    ends, begins = before.span.end_ms, after.span.start_ms
    return (ends, begins) if ends <= begins else ((ends + begins) // 2, (ends + begins) // 2)


def _weight(token: Token) -> int:
    """Return how long a token counts where words have no times: its letters; 1 for an event or a pause."""
    if token.kind in SPOKEN:
        return len(token.text)
    return 0 if token.kind in _SAYS_NOTHING else 1


def _next(session: Session, first: Utterance) -> Utterance:
    if first.index + 1 >= len(session.utterances):
        raise InputError("No line follows this one.", code="edit.merge-last", hint="Merge the line before it.")
    second = session.utterances[first.index + 1]
    if second.speaker != first.speaker:
        raise InputError(
            f"The next line is {second.speaker}'s, this one {first.speaker}'s.",
            code="edit.merge-speakers",
            hint="Give both lines to one speaker first.",
        )
    if second.language not in (None, first.language):
        raise InputError(
            "The two lines are in two languages.",
            code="edit.merge-languages",
            hint="Take the language code [- …] off one of them first.",
        )
    return second


def _joined_text(first: Utterance, second: Utterance) -> str:
    parts = (_without(first, _is_end), _without(second, _is_beginning))
    codes = [p.raw for line in (first, second) for p in places(line) if read_postcode(p.raw) is not None]
    return " ".join([*filter(None, parts), *dict.fromkeys(codes)])


def _is_end(place: Place) -> bool:
    return place.kind == "terminator" or (place.kind == "code" and read_postcode(place.raw) is not None)


def _is_beginning(place: Place) -> bool:
    codes = place.kind == "code" and (read_postcode(place.raw) or read_language(place.raw)) is not None
    return place.kind == "linker" or codes


def _without(line: Utterance, goes: Callable[[Place], bool]) -> str:
    """Return the text of a line without some of its items."""
    kept, position = [], 0
    for place in places(line):
        if goes(place):
            kept.append(line.raw[position : place.start])
            position = place.end
    return " ".join("".join([*kept, line.raw[position:]]).split())


def _joined_tiers(first: tuple[DependentTier, ...], second: tuple[DependentTier, ...]) -> tuple[DependentTier, ...]:
    """Join tiers of one name: CHAT has each of them once a line."""
    texts: dict[str, list[str]] = {}
    for tier in (*first, *second):
        texts.setdefault(tier.name, []).append(tier.text)
    lines = {tier.name: tier.line for tier in reversed((*first, *second))}
    return tuple(DependentTier(name, " ".join(parts), lines[name]) for name, parts in texts.items())


def _joined_times(first: TimeSpan | None, second: TimeSpan | None) -> TimeSpan | None:
    if first is None or second is None:
        return first or second
    return TimeSpan(min(first.start_ms, second.start_ms), max(first.end_ms, second.end_ms))


def _shift_after(index: int) -> Callable[[int], int | None]:
    return lambda number: number + 1 if number > index else number


def _shift_before(index: int) -> Callable[[int], int | None]:
    return lambda number: number - 1 if number > index else number


def _spliced(session: Session, index: int, n: int, new: Sequence[Utterance]) -> Session:
    """Put lines in the place of ``n`` others; all after them get new numbers, and headers stay between their lines."""
    lines = (*session.utterances[:index], *new, *session.utterances[index + n :])
    by = len(new) - n
    return replace(
        session,
        utterances=tuple(u if u.index == i else replace(u, index=i) for i, u in enumerate(lines)),
        headers=tuple(_moved_header(header, index + n, by) for header in session.headers),
    )


def _moved_header(header: Header, after: int, by: int) -> Header:
    return replace(header, before=header.before + by) if header.before >= after else header


def _told_moved(
    new: Session, old: Session, index: int, move: Callable[[int], int | None], guessed: set[int]
) -> Session:
    made = range(index, index + 1 + max(0, len(new.utterances) - len(old.utterances)))
    return told(new, edited=moved(edited_lines(old), move) | set(made), estimated=guessed)
