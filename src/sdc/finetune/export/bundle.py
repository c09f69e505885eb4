"""All files of an export in one folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sdc.errors import SettingsError
from sdc.finetune.export import gguf as to
from sdc.finetune.export import vllm
from sdc.finetune.export.merge import TOLERANCES, Merged, merge
from sdc.finetune.export.ollama import write_modelfile
from sdc.finetune.training.models import need_extra, quiet
from sdc.finetune.training.run_card import need_new


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes
    ----------
    merged : Merged
    files : tuple[tuple[Path, str], ...]
        Each with what it is.
    """

    merged: Merged
    files: tuple[tuple[Path, str], ...]


def export(
    run: Path, out: Path, *, model: str = "", dtype: str = "", gguf: str = "", llama_cpp: Path | None = None
) -> Exported:
    """Merge a run's adapter into its base and write the files that serve it.

    Parameters
    ----------
    run, out : Path
    model : str
        Where the base is now; empty: where it was.
    dtype : str
        See ``merge``.
    gguf : str
        Kind of the GGUF file; empty: none.
    llama_cpp : Path, optional

    Raises
    ------
    SettingsError
        ``finetune.option``: no such dtype or kind.
    EngineError
        See ``merge``, ``to_gguf`` and ``go_template``.
    """
    need_extra()
    quiet()
    if dtype and dtype not in TOLERANCES:
        raise _no_such("dtype", dtype, TOLERANCES)
    if gguf and gguf not in to.TYPES:
        raise _no_such("kind of GGUF", gguf, to.TYPES)
    converter = to.find_converter(llama_cpp) if gguf else None  # before the hours of merging
    need_new(out)
    merged = merge(run, out / "merged", model=model, dtype=dtype)
    # What serves the merged weights comes first: it is there, too, where the converter fails.
    command = vllm.write_command(out, vllm.merged_arguments("./merged", _positions(merged.folder)))
    modelfile = write_modelfile(merged.folder, merged.folder)
    files = [(merged.folder, "merged weights, tokenizer and template")]
    if converter is not None:
        weights = to.to_gguf(merged.folder, out / f"model-{gguf}.gguf", converter, gguf)
        modelfile = write_modelfile(weights, merged.folder)
        files.append((weights, "for llama.cpp and Ollama"))
    files.append((modelfile, "for Ollama: ollama create sdc -f Modelfile"))
    return Exported(merged, (*files, (command, "for vLLM")))


def _positions(folder: Path) -> int:
    from transformers import AutoConfig

    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    return int(getattr(config, "max_position_embeddings", 2048))


def _no_such(what: str, told: str, known: Iterable[str]) -> SettingsError:
    names = ", ".join(known)
    return SettingsError(f"There is no {what} {told}.", code="finetune.option", hint=f"Say one of {names}.")
