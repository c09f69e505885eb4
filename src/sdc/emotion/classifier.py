"""Stretches of sound → the scores of a model's labels, by transformers and torch (the extra ``emotion``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sdc.emotion.card import read_licence
from sdc.emotion.models import HINT, find_classifier
from sdc.errors import EngineError, ExtraMissingError
from sdc.session import Provenance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE_HZ = 16_000
NEEDED = ("torch", "transformers")


def check_extra() -> None:
    """Refuse where the extra is not installed; nothing is loaded for it."""
    if any(find_spec(module) is None for module in NEEDED):
        raise ExtraMissingError(
            "Voice labels (SDC_EMOTION_MODEL) need torch and transformers, which are not installed.",
            hint="Run `pip install 'speech-development-companion[emotion]'`, or leave SDC_EMOTION_MODEL empty.",
        )


class VoiceClassifier:
    """A model for audio classification, on the CPU.

    Attributes
    ----------
    licence : str
    provenance : Provenance
    """

    def __init__(self, licence: str, provenance: Provenance, extractor: Any, model: Any) -> None:
        self.licence, self.provenance = licence, provenance
        self._extractor, self._model = extractor, model

    def scores(self, samples: NDArray[np.float32]) -> dict[str, float]:
        """Return the score of each label.

        Parameters
        ----------
        samples : NDArray[np.float32]
            Shape [n], at 16 kHz.

        Returns
        -------
        dict[str, float]
            From 0 to 1; they add up to 1 unless the model's labels exclude nothing.
        """
        import torch

        inputs = self._extractor(samples, sampling_rate=RATE_HZ, return_tensors="pt")
        with torch.inference_mode():
            logits = self._model(**inputs).logits[0].float()
        config = self._model.config
        many = config.problem_type == "multi_label_classification"
        shares: Sequence[float] = (logits.sigmoid() if many else logits.softmax(-1)).tolist()
        return {str(config.id2label[i]): round(share, 6) for i, share in enumerate(shares)}


@lru_cache(maxsize=1)
def load_classifier(name: str) -> VoiceClassifier:
    """Load a model; the last one stays in memory.

    Parameters
    ----------
    name : str
        Folder, or name on the Hugging Face Hub.

    Raises
    ------
    ExtraMissingError
        torch or transformers are not installed.
    ModelMissingError
        It is not here and cannot be fetched, or it is not whole.
    EngineError
        ``engine.no-licence``: its card states none; ``engine.model-unusable``: it classifies no audio at 16 kHz.
    """
    check_extra()
    found = find_classifier(name)
    licence = read_licence(found.folder, name)
    import transformers
    from transformers import AutoFeatureExtractor, AutoModelForAudioClassification

    transformers.utils.logging.disable_progress_bar()
    try:
        extractor = AutoFeatureExtractor.from_pretrained(found.folder, local_files_only=True)
        model = AutoModelForAudioClassification.from_pretrained(
            found.folder, local_files_only=True, use_safetensors=True, trust_remote_code=False
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise _unusable(name) from error
    if getattr(extractor, "sampling_rate", None) != RATE_HZ:
        raise _unusable(name)
    parameters = {"licence": licence, "device": "cpu"}
    made = Provenance("voice labels", "transformers", transformers.__version__, name, found.revision, parameters)
    return VoiceClassifier(licence, made, extractor, model.eval())


def _unusable(name: str) -> EngineError:
    return EngineError(
        f"The model {name} is no audio classifier for sound at {RATE_HZ} samples a second.",
        code="engine.model-unusable",
        hint=HINT,
    )
