"""Models with made-up weights, in the formats of the real ones. Run by `make test-extras`."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import Wav2Vec2Config, Wav2Vec2FeatureExtractor, Wav2Vec2ForSequenceClassification

LABELS = ("neutral", "angry", "happy")
CARD = "---\nlicense: apache-2.0\nlibrary_name: transformers\n---\n# A model with made-up weights\n"


@pytest.fixture(scope="session")
def make_classifier(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a tiny wav2vec2 classifier: real architecture, real files, random weights."""

    def make(card: str | None = CARD, rate: int = 16_000, **options: object) -> Path:
        torch.manual_seed(0)
        config = Wav2Vec2Config(
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            conv_dim=(16, 16),
            conv_stride=(10, 8),
            conv_kernel=(20, 16),
            num_feat_extract_layers=2,
            num_conv_pos_embeddings=4,
            num_conv_pos_embedding_groups=2,
            classifier_proj_size=8,
            id2label=dict(enumerate(LABELS)),
            label2id={label: i for i, label in enumerate(LABELS)},
            **options,
        )
        folder = tmp_path_factory.mktemp("classifier")
        Wav2Vec2ForSequenceClassification(config).save_pretrained(folder)
        Wav2Vec2FeatureExtractor(sampling_rate=rate).save_pretrained(folder)
        if card is not None:
            (folder / "README.md").write_text(card, encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session")
def classifier_folder(make_classifier: Callable[..., Path]) -> Path:
    """Return a whole classifier with a licence."""
    return make_classifier()
