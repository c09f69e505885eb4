"""`sdc analyze`: files or folders in, measures out; nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import (
    ACOUSTICS_HELP,
    EXIT_FAILURES,
    INPUTS_HELP,
    TARGET_HELP,
    Format,
    as_csv,
    as_json,
    as_table,
    note,
    number,
    progress_bar,
    report_failures,
    say_warnings,
    write,
)

if TYPE_CHECKING:
    from sdc.pipeline.analyze import Analysed, Batch
    from sdc.session import Measure, Session


def analyze(
    paths: Annotated[list[Path], typer.Argument(help=INPUTS_HELP)],
    speaker: Annotated[str | None, typer.Option(help="Only this speaker, e.g. CHI.")] = None,
    format: Annotated[Format, typer.Option("--format", help="How to write the result.")] = Format.TABLE,
    norms: Annotated[
        bool, typer.Option("--norms", help="Place values among other children's: English, toy play, known age.")
    ] = False,
    context: Annotated[str | None, typer.Option(help="Situation, e.g. 'toy play'; default: the transcript's.")] = None,
    consent_given: Annotated[
        bool,
        typer.Option("--consent-given", help="The family agreed to the service that transcribes (SDC_TRANSCRIBER)."),
    ] = False,
    acoustics: Annotated[str | None, typer.Option(help=ACOUSTICS_HELP)] = None,
    target: Annotated[str | None, typer.Option(metavar="SPEAKER", help=TARGET_HELP)] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Measure transcripts and recordings without keeping anything.

    A .cha whose @Media names a file that lies beside it is analysed with its sound.
    A recording alone is transcribed first. All speakers unless --speaker is given.
    Norms are for clinicians; a place among other children is no diagnosis.
    """
    from sdc.pipeline.analyze import analyze_paths
    from sdc.settings import read_settings

    settings = read_settings()
    settings = replace(settings, acoustics=acoustics or settings.acoustics)
    with progress_bar("analyzing") as update:
        batch = analyze_paths(
            paths,
            settings,
            on_progress=update,
            speaker=speaker,
            context=context,
            consent_given=consent_given,
            target=target,
        )
    write(_RENDER[format](batch, norms), output)
    _tell_missing_speaker(batch, speaker)
    _tell_labels(batch)
    if format is not Format.JSON:
        for item in batch.done:
            say_warnings(item.session)
    report_failures(batch.failures)
    if batch.failures:
        raise typer.Exit(EXIT_FAILURES)


def _tell_missing_speaker(batch: Batch, speaker: str | None) -> None:
    there = list(dict.fromkeys(code for item in batch.done for code in item.session.speakers()))
    if speaker is not None and there and speaker not in there:
        note(f"warning: nobody with the code {speaker} speaks here; there are {', '.join(there)}.")


def _tell_labels(batch: Batch) -> None:
    """Print which experimental model was used, and its licence."""
    from sdc.pipeline.labelling import about_labels

    for text in dict.fromkeys(about_labels(item.labels) for item in batch.done if item.labels):
        note(text)


def _json(batch: Batch, norms: bool) -> str:
    return as_json(batch.document(norms=norms))


COLUMNS = ("source", "date", "speaker", "role", "measure", "value", "unit", "n", "n_unit", "sd", "rule", "reason")


def _rows(batch: Batch, norms: bool) -> list[tuple[Any, ...]]:
    return [
        (
            item.session.source,
            item.session.date,
            speaker.code,
            speaker.role,
            m.id,
            m.value,
            m.unit,
            m.n,
            m.n_unit,
            m.sd,
            m.rule,
            m.reason,
            *((_place(item.session, m, speaker.code),) if norms else ()),
        )
        for item in batch.done
        for speaker in item.analysis.speakers.values()
        for m in speaker.measures.values()
    ]


def _csv(batch: Batch, norms: bool) -> str:
    return as_csv((*COLUMNS, *(("norm",) if norms else ())), _rows(batch, norms))


def _table(batch: Batch, norms: bool) -> str:
    blocks = []
    for item in batch.done:
        speakers = item.analysis.speakers.values()
        ids = list(dict.fromkeys(m for s in speakers for m in s.measures))
        rows = []
        for id_ in ids:
            measures = [s.measures.get(id_) for s in speakers]
            unit = next((m.unit for m in measures if m), "")
            rows.append((id_, *(_cell(m.value, m.n) if m else "" for m in measures), unit))
        heads = [f"{s.code} (n)" for s in speakers]
        date = f" · {item.session.date}" if item.session.date else ""
        blocks.append(as_table(("measure", *heads, "unit"), rows, title=f"{item.session.source}{date}"))
        blocks += _reasons(item)
        if norms:
            blocks.append(_norm_table(item))
    return "\n\n".join(blocks) if blocks else "nothing was analysed"


def _reasons(item: Analysed) -> list[str]:
    """Say why there are dashes: each reason once, with its measures and speakers."""
    found: dict[tuple[str, str], list[str]] = {}
    for speaker in item.analysis.speakers.values():
        for m in speaker.measures.values():
            if m.reason is not None:
                found.setdefault((m.id, m.reason), []).append(speaker.code)
    grouped: dict[tuple[str, str], list[str]] = {}
    for (id_, reason), codes in found.items():
        grouped.setdefault((", ".join(codes), reason), []).append(id_)
    lines = [f"  {codes}: {reason}: {', '.join(ids)}" for (codes, reason), ids in grouped.items()]
    return ["\n".join(["no value (—)", *lines])] if lines else []


def _norm_table(item: Analysed) -> str:
    """Return where the target child's values lie among other children's, or why they have no place."""
    from sdc.measures.norms import SOURCE

    session, target = item.session, item.session.target
    speaker = item.analysis.speakers.get(target.code) if target else None
    if target is None or speaker is None:
        return "norms: no speaker is the target child"
    rows = [(m.id, _cell(m.value, m.n), _place(session, m, target.code)) for m in speaker.measures.values()]
    shown = [row for row in rows if row[2] is not None]
    return as_table(("measure", f"{target.code} (n)", "among other children"), shown, title=f"norms: {SOURCE}")


def _place(session: Session, measure: Measure, speaker: str) -> str | None:
    """Say in words where a value lies among the norms; None for a measure that they do not hold."""
    from sdc.measures.norms import place_value

    placement = place_value(measure, session, speaker)
    if placement is None or placement.norm is None:
        return f"no place: {placement.reason}" if placement else None
    norm, above, below = placement.norm, placement.above, placement.below
    if above is None:
        place = f"below percentile {below}"
    elif below is None:
        place = f"at or above percentile {above}"
    else:
        place = f"between percentiles {above} and {below}"
    return f"{place} of about {norm.n_children} children aged {norm.age_band}; mean {norm.mean:g}, SD {norm.sd:g}"


def _cell(value: float | None, n: int | None) -> str:
    return number(value) if value is None or n is None else f"{number(value)} ({n})"


_RENDER = {Format.JSON: _json, Format.CSV: _csv, Format.TABLE: _table}
