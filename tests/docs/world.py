"""The made-up files and the store in which the commands of the documentation run."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from typer.testing import CliRunner

import sdc
from docs.blocks import ALL
from sdc.audio import load_recording
from sdc.cli.main import app
from sdc.demo import CHILD, demo_model, demo_recording, demo_transcripts
from wav import write_wav

VISIT = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI {name} Target_Child, MOT Mother
@ID:\teng|made-up|CHI|3;02.00|female|||Target_Child|||
@ID:\teng|made-up|MOT|||||Mother|||
@Date:\t{date}
@Situation:\tfree play at home
{lines}
@End
"""
LINES = (
    ("MOT", "what is that ?"),
    ("CHI", "a big red train ."),
    ("MOT", "where does it go ?"),
    ("CHI", "it goes to the station ."),
    ("CHI", "<the do> [//] the dog wants to ride ."),
    ("MOT", "the dog wants to ride too ."),
    ("CHI", "you want to ride ."),
    ("CHI", "more train ."),
)
WORDS = ("the train is red.", "where does it go?", "to the big station.", "you want to go too?")
WHISPER = [
    {"id": at, "start": at * 2.0, "end": at * 2.0 + 1.8, "text": f" {WORDS[at % 4]}", "avg_logprob": -0.1 * at}
    for at in range(16)
]
CAPTIONS = (
    "1\n00:00:00,500 --> 00:00:01,900\nMother: what is that?\n\n2\n00:00:02,300 --> 00:00:04,000\nMia: a big train.\n"
)
RTTM = "SPEAKER visit 1 0.0 3.0 <NA> <NA> A <NA> <NA>\nSPEAKER visit 1 3.0 4.0 <NA> <NA> B <NA> <NA>\n"
CHILDREN = {"anna1": "Anna", "anna2": "Anna", "ben": "Ben", "cleo": "Cleo"}
"""Transcripts in ``corpus``, each with the name of its child."""
LENGTHS_S = {"visit.m4a": 30, "visit.wav": 29}
"""Two recordings of their own: the same sound twice would be one session."""
ANSWER = "a made-up sentence of 8 words for passwords\n"
"""What is typed where a command asks."""


def visit(date: str, name: str = "Mia", repeated: int = 4) -> str:
    """Return a transcript of a made-up child with times, in CHAT."""
    lines = [
        f"*{speaker}:\t{words} \x15{at * 1500}_{at * 1500 + 1200}\x15"
        for at, (speaker, words) in enumerate(LINES * repeated)
    ]
    return VISIT.format(date=date, name=name, lines="\n".join(lines))


@dataclass(frozen=True)
class World:
    """A folder with files, and a store in ``home`` below it."""

    folder: Path

    def run(self, *words: str, **settings: str) -> Any:
        """Run ``sdc`` in the folder; ``words`` begin behind it."""
        result = CliRunner().invoke(app, list(words), env=settings, input=ANSWER * 2)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def must(self, *words: str) -> Any:
        """Run what has to succeed; return what it printed as JSON, where it did."""
        result = self.run(*words)
        assert result.exit_code == 0, f"{' '.join(words)}: {result.output}"
        return json.loads(result.stdout) if "json" in words else result.stdout

    def export(self, settings: dict[str, str]) -> None:
        """Set what holds until the folder is left."""
        os.environ.update(settings)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Work in the folder, with its store and the tiny transcriber; what is exported ends with it."""
        before = dict(os.environ)
        os.environ.update(SDC_HOME=str(self.folder / "home"), SDC_WHISPER_MODEL=str(demo_model()), NO_COLOR="1")
        try:
            with chdir(self.folder):
                yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def write_files(folder: Path) -> None:
    """Write transcripts, other programs' files, recordings and what else commands are given."""
    for name in ("corpus", "more"):
        (folder / name).mkdir(parents=True)
    for name, date in {"visit": "02-MAR-2026", "visit1": "02-MAR-2026", "visit2": "30-MAR-2026"}.items():
        (folder / f"{name}.cha").write_text(visit(date), encoding="utf-8")
    for at, (name, child) in enumerate(CHILDREN.items(), start=1):
        (folder / "corpus" / f"{name}.cha").write_text(visit(f"0{at}-MAR-2026", child, 4 + at), encoding="utf-8")
    (folder / "more" / "dora.cha").write_text(visit("09-MAR-2026", "Dora"), encoding="utf-8")
    session = sdc.read(folder / "visit.cha")
    for name in ("visit.eaf", "visit.TextGrid"):
        sdc.write(session, folder / name)
    (folder / "captions.srt").write_text(CAPTIONS, encoding="utf-8")
    (folder / "visit.rttm").write_text(RTTM, encoding="utf-8")
    write_recordings(folder)
    whisper = {"text": "".join(s["text"] for s in WHISPER), "segments": WHISPER, "language": "en"}
    (folder / "heard.json").write_text(json.dumps(whisper), encoding="utf-8")
    (folder / "secret.txt").write_text("four made up words\n", encoding="utf-8")


def write_recordings(folder: Path) -> None:
    """Write the beginning of the demo's recording twice, and out of all of it Sarah's voice and her mother's."""
    recording = load_recording(demo_recording())
    voices: dict[str, list[Any]] = {"CHI": [], "MOT": []}
    for line in demo_recording().with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
        start, end, speaker, _ = line.split("\t")
        span = slice(*(int(float(at) * recording.sample_rate_hz) for at in (start, end)))
        voices[speaker].append(recording.samples[span])
    sounds = {name: recording.samples[: s * recording.sample_rate_hz] for name, s in LENGTHS_S.items()}
    sounds |= {"sarah.wav": np.concatenate(voices["CHI"]), "mum.wav": np.concatenate(voices["MOT"])}
    for name, samples in sounds.items():
        write_wav(folder / name, samples)


def write_store(world: World) -> None:
    """Keep Sarah's five weeks, what Whisper heard of one more, and a session each of Mia and Tom."""
    inbox = world.folder / "inbox"
    inbox.mkdir()
    for path in demo_transcripts():
        shutil.copy(path, inbox)  # without its recording: the sound is measured elsewhere, and takes a while
    with world.entered():
        world.must("add", str(inbox), "--child", CHILD)
        world.must("add", "heard.json", "--child", CHILD, "--date", "2026-04-06")
        world.must("add", "visit1.cha", "--child", "Mia")
        world.must("add", "visit2.cha", "--child", "Tom")
    shutil.rmtree(inbox)


def _goal(world: World) -> str:
    return world.must("goals", CHILD, "list", "--format", "json")["goals"][-1]["goal"]["id"]


def _session(world: World) -> str:
    return world.must("sessions", CHILD, "--format", "json")["sessions"][0]["id"]


def _insight(world: World) -> str:
    return world.must("insights", CHILD, "--format", "json")["insights"][0]["key"]


def _report(world: World) -> str:
    return world.must("reports", CHILD, "--format", "json")["reports"][0]["report"]["id"]


PLACEHOLDERS: dict[str, Callable[[World], str]] = {
    "GOAL": _goal,
    "SESSION": _session,
    "KEY": _insight,
    "ID": _report,
    "CHILD": lambda _: CHILD,
}
"""What a reader puts in the place of a word in capitals."""


def agreed(world: World) -> None:
    """Let the families agree to training, review their sessions, and approve what is told of Sarah's."""
    world.must("feedback", CHILD, "insight", _insight(world), "approve")
    for child in (CHILD, "Mia", "Tom"):
        for purpose in ("training", "rented_training"):
            world.must("consent", child, "--grant", purpose, "--by", "Mother, on paper")
        for entry in world.must("sessions", child, "--format", "json")["sessions"]:
            world.must("review", child, entry["id"], "--mark")


def paired(world: World) -> None:
    """Make a data set."""
    world.must("dataset", "build", "corpus", "-o", "pairs", "--i-have-consent")


def to_launch(world: World) -> None:
    """Make a data set for a rented machine, and the job file that the page shows."""
    agreed(world)
    world.must("dataset", "build", "-o", "dataset", "--for-rented")
    job = next(block for block in ALL if block.page == "docs/launching.md" and block.language == "yaml")
    Path("job.yaml").write_text(job.text, encoding="utf-8")


def priced(world: World) -> None:
    """Make a data set, and the prices that the page shows."""
    paired(world)
    prices = next(b for b in ALL if b.page == "docs/fine-tuning-planning.md" and b.language == "toml")
    Path("my-prices.toml").write_text(prices.text, encoding="utf-8")


def heard(world: World) -> None:
    """Keep a recording of Sarah in a store that holds nothing else of her."""
    shutil.rmtree("home")
    world.must("add", "visit.wav", "--child", CHILD, "--date", "2026-03-02")


SETUPS: dict[str, Callable[[World], None]] = {
    "docs/datasets.md": agreed,
    "docs/fine-tuning-planning.md": priced,
    "docs/launching.md": to_launch,
    "docs/speakers.md": heard,
}
"""Page → what is there before its first block."""
