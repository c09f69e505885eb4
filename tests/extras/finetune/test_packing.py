"""Packed pairs do not see each other, and only answers are learned."""

import torch

from sdc.finetune.presets import preset
from sdc.finetune.training.callbacks import Interruption
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.train import Task, _trainer, prepare


def test_the_loss_of_packed_pairs_is_that_of_each_alone(make_model, line_data, tmp_path):
    folder = make_model(preset("tinyllama-1.1b"), max_position_embeddings=256)
    options = TrainOptions(packing=True, batch_size=1, accumulation=1, dropout=0.0, patience=0, checkpointing=False)
    task = Task(str(folder), line_data, tmp_path / "run", options, "tinyllama-1.1b")
    prepared = prepare(task)
    trainer = _trainer(task, prepared, Interruption(), lambda text, done: None)
    batches = list(trainer.get_train_dataloader())
    assert len(batches) < len(prepared.train) / 2  # several in a row
    model = trainer.model.eval()

    def total(**inputs) -> float:
        labels = inputs.pop("labels")
        logits = model(**inputs).logits[:, :-1].flatten(0, 1)
        return float(torch.nn.functional.cross_entropy(logits, labels[:, 1:].flatten(), reduction="sum"))

    with torch.inference_mode():
        packed = [total(**{k: b[k] for k in ("input_ids", "position_ids", "labels")}) for b in batches]
        alone = []
        for row in prepared.train:
            ids = torch.tensor([row.ids])
            labels = ids.clone()
            labels[:, : row.n_prompt] = -100
            alone.append(total(input_ids=ids, labels=labels))
    assert abs(sum(packed) - sum(alone)) < 1e-3 * sum(alone)
    learned = sum(int((b["labels"] != -100).sum()) for b in batches)
    assert learned == sum(len(e.ids) - e.n_prompt for e in prepared.train)
