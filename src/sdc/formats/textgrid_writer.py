"""Write a session as a TextGrid: an interval tier a speaker, one more for each kind of dependent tier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sdc.formats.aligned import Aligned, lanes_of, tiers_of
from sdc.formats.annotated import MAX_TIME_MS
from sdc.formats.textgrid import Interval
from sdc.formats.tier_names import dependent_tier


def write_textgrid(aligned: Aligned) -> str:
    """Return a TextGrid in Praat's long text format."""
    tiers: dict[str, list[Interval]] = {}
    for lane in lanes_of(aligned)[0]:
        tiers[lane.name] = [(line.span.start_ms, line.span.end_ms, line.text) for line in lane.lines]
        for line in lane.lines:
            for name, number, text in tiers_of(line):
                under = tiers.setdefault(dependent_tier(name, lane.name, number), [])
                under.append((line.span.start_ms, line.span.end_ms, text))
    return _write(list(tiers.items()))


def _write(tiers: Sequence[tuple[str, Sequence[Interval]]]) -> str:
    """Return tiers of intervals as a TextGrid in the long text format.

    Parameters
    ----------
    tiers : Sequence[tuple[str, Sequence[Interval]]]
        Names with intervals that do not overlap, in order.
    """
    end = max((i[1] for _, intervals in tiers for i in intervals), default=0)
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {_seconds(end)}"]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, intervals) in enumerate(tiers, start=1):
        filled = list(_filled(intervals, end))
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f"        name = {_quoted(name)}"]
        lines += ["        xmin = 0", f"        xmax = {_seconds(end)}", f"        intervals: size = {len(filled)}"]
        for place, (start, stop, text) in enumerate(filled, start=1):
            lines += [f"        intervals [{place}]:", f"            xmin = {_seconds(start)}"]
            lines += [f"            xmax = {_seconds(stop)}", f"            text = {_quoted(text)}"]
    return "\n".join(lines) + "\n"


def _filled(intervals: Sequence[Interval], end: int) -> Iterator[Interval]:
    """Return intervals that cover the whole time: an empty label stands where nothing is said."""
    done = 0
    for start, stop, text in intervals:
        if start > done:
            yield done, start, ""
        yield start, stop, text
        done = stop
    if done < end:
        yield done, end, ""


def _seconds(ms: int) -> str:
    assert 0 <= ms <= MAX_TIME_MS
    return f"{ms // 1000}.{ms % 1000:03d}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
