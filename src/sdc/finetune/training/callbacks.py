"""What happens between the steps: progress is told, checkpoints are marked whole, Ctrl-C saves and ends."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from sdc.finetune.training import ranks

WHOLE = "whole"
"""A file that a checkpoint gets last; one without it was cut off and is not resumed from."""
Update = Callable[[str, float], None]


class Interruption:
    """Whether somebody pressed Ctrl-C, or the system asks to end."""

    def __init__(self) -> None:
        self.came = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note SIGINT and SIGTERM instead of ending at once; a second SIGINT ends at once."""
        before = {kind: signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM)}
        for kind in before:
            signal.signal(kind, self._note)
        try:
            yield
        finally:
            for kind, handler in before.items():
                signal.signal(kind, handler)

    def _note(self, *_: object) -> None:
        if self.came:
            raise KeyboardInterrupt
        self.came = True


class Between(TrainerCallback):  # type: ignore[misc]
    """Tells progress, marks checkpoints and ends when asked to."""

    def __init__(self, update: Update, interruption: Interruption) -> None:
        self.update, self.interruption = update, interruption

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Tell how far it is; save and stop after an interruption."""
        last = next((row["loss"] for row in reversed(state.log_history) if "loss" in row), None)
        loss = f", loss {last:.3f}" if last is not None else ""
        self.update(f"step {state.global_step} of {state.max_steps}{loss}", state.global_step / max(1, state.max_steps))
        self.interruption.came = ranks.any_of(self.interruption.came)  # all stop after the same step, or wait for ever
        if self.interruption.came:
            control.should_save = control.should_training_stop = True

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Validate no epoch that was interrupted: a run without the interruption has no such validation."""
        if self.interruption.came and state.epoch % 1:
            control.should_evaluate = control.should_save = False

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Mark the checkpoint that has just been written, when every process has written its part."""
        ranks.wait()
        if ranks.rank() == 0:
            (Path(args.output_dir) / f"checkpoint-{state.global_step}" / WHOLE).touch()


def last_whole(checkpoints: Path) -> Path | None:
    """Return the newest checkpoint that is whole, and remove those that were cut off; None: there is none."""
    whole = []
    for folder in checkpoints.glob("checkpoint-*"):
        if (folder / WHOLE).exists():
            whole.append(folder)
        elif ranks.rank() == 0:
            shutil.rmtree(folder, ignore_errors=True)
    ranks.wait()
    return max(whole, key=lambda f: int(f.name.rpartition("-")[2]), default=None)
