"""What a typed program does with SDC; mypy reads it in strict mode (`[tool.mypy]`), and a test runs it."""

from __future__ import annotations

from pathlib import Path

import sdc
from sdc import Analysis, Measure, Session, SpeakerAnalysis


def mean_length(path: Path) -> float | None:
    session: Session = sdc.read(path, target="CHI")
    analysis: Analysis = sdc.analyze(session)
    mlu: Measure = analysis["mlu_words"]
    error: float | None = mlu.error
    child: SpeakerAnalysis | None = analysis.child
    reason: str = mlu.reason or ""
    assert child is not None
    assert error is None or error >= 0
    assert reason or mlu.value is not None
    return mlu.value


def lost(session: Session, path: Path) -> tuple[str, ...]:
    return sdc.write(session, path)


def table(folder: Path) -> list[str]:
    return [str(name) for name in sdc.to_frame(sorted(folder.glob("*.cha")), long=True).columns]
