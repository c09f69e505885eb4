"""Pairs of measures: figures that stand in the prompt, told in sentences; no figure comes from the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sdc.companion.grounding import check_grounding
from sdc.companion.speech_prompt import prompt_version, shown_lines, speech_prompt
from sdc.companion.wordbook import measure_words
from sdc.finetune.dataset.material import SessionMaterial
from sdc.finetune.dataset.pair import Pair
from sdc.finetune.dataset.sentences import hash_of, measure_sentence, sentences_version
from sdc.finetune.dataset.transcript_pairs import Lines, of_session
from sdc.finetune.dataset.windows import Window
from sdc.session import Claim, Evidence, Measure

PAIRS_OF_SESSION = 3
MAX_VALUES = 4
MAX_MISSING = 1


def measure_pairs(lines: Lines, windows: Sequence[Window], left_out: Counter[str]) -> Iterator[Pair]:
    """Yield a few pairs of a session, each over other lines and other measures.

    Parameters
    ----------
    lines : Lines
    windows : Sequence[Window]
        Of these lines.
    left_out : Counter[str]
        Counts why a pair is left out.
    """
    child, material, recipe = lines.child, lines.material, lines.recipe
    places = [round(i * (len(windows) - 1) / (PAIRS_OF_SESSION - 1)) for i in range(PAIRS_OF_SESSION)]
    for place in dict.fromkeys(places if windows else []):
        key = (recipe.seed, child, material.number, place)
        chosen = chosen_measures(material, key)
        told = [(m, sentence) for m in chosen if (sentence := measure_sentence(m, *key, m.id))]
        if not told:
            continue
        pair = _pair(child, material, shown_lines(windows[place].utterances), told)
        if recipe.fits(pair.prompt, pair.output):
            yield pair
        else:
            left_out["the pair is longer than --max-tokens"] += 1


def chosen_measures(material: SessionMaterial, key: tuple[object, ...]) -> list[Measure]:
    """Return some measures with a value from a sample to rely on, and one without a value, in the registry's order."""
    known = [m for m in material.measures.values() if measure_words(m.id) is not None]
    drawn = sorted(known, key=lambda m: hash_of(*key, m.id))
    values = [m for m in drawn if m.value is not None and m.reliability != "too_few"][:MAX_VALUES]
    missing = [m for m in drawn if m.value is None][:MAX_MISSING]
    chosen = {m.id for m in (*values, *missing)}
    return [m for m in known if m.id in chosen]


def _pair(child: str, material: SessionMaterial, transcript: str, told: list[tuple[Measure, str]]) -> Pair:
    measured = "\n".join(f"- {measured_line(m)}" for m, _ in told)
    output = " ".join(sentence for _, sentence in told)
    assert not _ungrounded(told), output
    rules = {"prompt": prompt_version(measured=True), "sentences": sentences_version()}
    metadata = replace(
        of_session(child, "measures", material),
        labels=tuple(m.id for m, _ in told),
        rules=rules | {m.id: m.rule for m, _ in told},
    )
    heard = (transcript, metadata.context or "")
    return Pair(speech_prompt(transcript, measured), output, metadata, heard, f"{transcript}\n{measured}")


def measured_line(measure: Measure) -> str:
    """Return a measure as a prompt tells it: its name, its value with what it rests on, or why there is none."""
    words = measure_words(measure.id)
    assert words is not None
    if measure.value is None:
        return f"{words.name}: no value ({(measure.reason or '').rstrip('.')})"
    value = words.shown(measure)
    has_unit = not words.unit or words.unit in value or "%" in value or words.unit in words.name
    return f"{words.name}: {value}" if has_unit else f"{words.name}: {value} [{words.unit}]"


def _ungrounded(told: list[tuple[Measure, str]]) -> bool:
    """Whether a sentence shows a figure that its measure does not have; a reason's and a name's own figures aside."""
    values = [(m, text) for m, text in told if m.value is not None]
    evidence = [Evidence(m.id, "", measure=m.id, value=m.value, n=m.n) for m, _ in values]
    return bool(check_grounding([Claim(text, (m.id,)) for m, text in values], evidence))
