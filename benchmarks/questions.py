"""How often questions about real children are understood and answered rightly, and how well answers cite.

::

    python benchmarks/questions.py /path/to/cha [--seed 7] [--rounds 2] [--liar] [--wrong]

The folder holds Adam, Eve, Sarah (each one child over many sessions) and Nadig (many children,
one session each), as in CHILDES. Each becomes a child of a store in a temporary folder; parts of
the long ones become children of their own, so that few sessions are asked about, too. Questions
are made from templates with a seed; right answers come from ``questions_gold``. With --wrong every
question that went wrong is printed; it holds no words of a transcript. With --liar a language model
that lies (``questions_liar``) phrases each answer, and what is shown is scored in the same way.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from questions_asked import THEMES, Asked, about, refusals, today_of
from questions_check import citations, is_true, numbers
from questions_gold import Row, rows_of
from questions_liar import Liar

from sdc.app import build_app
from sdc.companion import ask
from sdc.companion.question import parse_question
from sdc.errors import QuestionError
from sdc.pipeline.history import whole_history
from sdc.pipeline.intake import add_paths, find_or_add_child
from sdc.pipeline.parts import Given
from sdc.session import Answer
from sdc.settings import Settings

SETS = (
    ("Adam", "Adam", slice(None)),
    ("Alan", "Adam", slice(0, 4)),
    ("Arno", "Adam", slice(0, None, 12)),
    ("Eve", "Eve", slice(None)),
    ("Edda", "Eve", slice(0, None, 6)),
    ("Ella", "Eve", slice(0, 7)),
    ("Sarah", "Sarah", slice(None)),
    ("Svea", "Sarah", slice(0, 5)),
)
"""Child, folder, which of its files in order of their names."""

SINGLE = ("Nora", "Nils", "Noah", "Nele")


def reading_of(text: str, name: str, today: date) -> Any:
    """Return how a question is read, in plain values."""
    try:
        query = parse_question(text, name, today=today)
    except QuestionError as error:
        return "refused" if error.code == "question.refused" else "asked_back"
    period, day = query.period, lambda d: None if d is None else (d.year, d.month, d.day)
    if period.kind == "days":
        return query.theme.name, "days", day(period.first_day), day(period.last_day), query.mode
    return query.theme.name, period.kind, period.first_week, period.last_week, query.mode


class Score:
    """Counts of what went right."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, what: str, right: int, of: int = 1, note: str = "") -> None:
        """Count ``right`` of ``of``; keep a note where they differ."""
        self.right[what] += right
        self.all[what] += of
        if right != of and note:
            self.wrong.append(f"{what}: {note}")


def score_one(
    history: Any, name: str, rows: list[Row], asked: Asked, score: Score, *, phrased: Callable[[Answer], Answer]
) -> None:
    """Ask one question and count."""
    read = reading_of(asked.text, name, today_of(rows))
    score.add("readings", read == asked.reading, note=f"{asked.text} read as {read}, right: {asked.reading}")
    try:
        answer = phrased(ask(asked.text, history, child=name, today=today_of(rows)))
    except QuestionError as error:
        score.add("questions that are answered", asked.gold is None, note=f"{asked.text}: {error.message}")
        return
    score.add("questions that are answered", asked.gold is not None, note=f"{asked.text}: {answer.verdict}")
    gold = asked.gold
    if gold is None:
        return
    told = (answer.verdict, answer.measure)
    score.add(
        "verdicts",
        told == (gold.verdict, gold.measure),
        note=f"{name}: {asked.text} {told}, {gold.verdict} {gold.measure}",
    )
    if gold.verdict == "cannot_tell":
        score.add("cannot tell where right", answer.verdict == "cannot_tell")

    def words_of(session: str, index: int) -> str:
        point = next(p for p in history if p.session_id == session)
        tokens = point.utterances[index].tokens
        return " ".join(t.text for t in tokens)

    by_id = {e.id: e for e in answer.evidence}
    for claim in answer.claims:
        cited = [by_id[i] for i in claim.evidence if i in by_id and is_true(by_id[i], gold, rows, words_of)]
        shown, held = numbers(claim.text, cited)
        score.add("numbers grounded in true evidence", held, shown, f"{name}: {asked.text} → {_unquoted(claim.text)}")
    own = {r.id for r in rows} | {""}
    score.add("evidence of this child only", sum(e.session in own for e in answer.evidence), len(answer.evidence))
    in_vain: list[str] = []
    n, follow, n_cited, needed = citations(answer, gold, rows, words_of, in_vain)
    score.add("citation recall (sentences that follow)", follow, n, f"{name}: {asked.text}")
    score.add("citation precision (citations needed)", needed, n_cited, f"{name}: {asked.text} {in_vain}")


def _unquoted(text: str) -> str:
    return "a sentence with a quotation" if "“" in text else text


def stores(app: Any, folder: Path) -> Iterator[Any]:
    """Add the children and yield them."""
    for name, where, part in SETS:
        paths = sorted((folder / where).glob("*.cha"))[part]
        child = find_or_add_child(app.repository, name)
        if not app.repository.session_entries(child.id):
            add_paths(app, paths, child, Given())
        yield child
    singles = sorted((folder / "Nadig").glob("*.cha"))[:: 66 // len(SINGLE)]
    for name, path in zip(SINGLE, singles, strict=False):
        child = find_or_add_child(app.repository, name)
        if not app.repository.session_entries(child.id):
            add_paths(app, [path], child, Given())
        yield child


def main() -> None:
    """Ask, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=2, help="themes asked about per child, at least")
    parser.add_argument("--liar", action="store_true", help="let a model that lies phrase the answers")
    parser.add_argument("--wrong", action="store_true", help="print what went wrong")
    parser.add_argument("--home", type=Path, help="keep the store here and use it again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        run(given, Path(given.home or scratch))


def run(given: argparse.Namespace, home: Path) -> None:
    """Fill the store, ask everything and print the table."""
    pick, score, kinds = random.Random(given.seed), Score(), Counter()  # noqa: S311
    began = time.process_time()
    liar = Liar(given.seed) if given.liar else None
    with build_app(Settings(home=home)) as app:
        children = list(stores(app, given.folder))
        filled = time.process_time()
        n_asked = 0
        for child in children:
            rows = rows_of(app.repository.session_entries(child.id))
            history = whole_history(app.repository, child.id)
            themes = pick.sample(sorted(THEMES), given.rounds + 1 if len(rows) > 1 else 1)
            other = pick.choice([c.name for c in children if c.name != child.name])
            questions = [q for t in themes for q in about(child.name, rows, t, pick)]
            for asked in [*questions, *refusals(child.name, other, pick)]:
                lying = partial(liar.answer, name=child.name, other=other) if liar else lambda drafted: drafted
                score_one(history, child.name, rows, asked, score, phrased=lying)
                kinds[asked.gold.verdict if asked.gold else asked.reading] += 1
                n_asked += 1
    print(f"{n_asked} questions about {len(children)} children, seed {given.seed}")
    print("right answers: " + ", ".join(f"{k.replace('_', ' ')} {n}" for k, n in kinds.most_common()) + "\n")
    for what in score.all:
        share = 100 * score.right[what] / max(1, score.all[what])
        print(f"{what:45} {score.right[what]:6} of {score.all[what]:6}  {share:6.1f} %")
    if liar:
        print(f"\nlies that were shown: {liar.n_shown} of {liar.n_lies}; answers in no form: {liar.n_formless}")
    print(f"\n{filled - began:.0f} s of processor time to fill the store, {time.process_time() - filled:.0f} s to ask")
    if given.wrong:
        print("\n" + "\n".join([*score.wrong, *(liar.shown if liar else ())]))


if __name__ == "__main__":
    main()
