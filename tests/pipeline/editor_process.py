"""A process that edits a line again and again, and may be killed some moments after a certain write.

``editor_process.py HOME DOCUMENTS KEY SESSION NAME EDITS [WRITES DELAY_S]``: it says ``ready`` and
waits for a line; each edit adds ``NAME`` and a letter to the end of line 1 as it stands. At the end
it says how often it was told that its version was stale. Not a test itself.
"""

import sys
from dataclasses import replace
from pathlib import Path

import sdc.app
from sdc.pipeline.editing import NewLine, edit_line
from sdc.settings import read_settings
from sdc.store.versions import StaleVersionError

sys.path.insert(0, str(Path(__file__).parent))
from worker_process import Doomed


def add_word(repository, stored, word: str) -> None:
    text = stored.session.utterances[1].raw.removesuffix(".") + f"{word} ."
    edit_line(repository, stored.entry.id, 1, NewLine(text), seen=stored.entry.version, by="cli")


def main() -> None:
    home, documents, key, session_id, name, edits, *doom = sys.argv[1:]
    settings = replace(read_settings(), home=Path(home), documents=documents, master_key=key)
    dooms: list[Doomed] = []
    open_plainly = sdc.app.open_documents

    def open_documents(settings):
        dooms.append(Doomed(open_plainly(settings), 0, 0.0))
        return dooms[-1]

    sdc.app.open_documents = open_documents
    with sdc.app.build_app(settings) as app:
        stored = app.repository.session(session_id)  # read before anybody writes: of all first edits one is told
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        if doom:
            dooms[0].set(int(doom[0]), float(doom[1]))
        stale = 0
        for letter in "abcdefghijklmno"[: int(edits)]:
            while True:
                try:
                    add_word(app.repository, stored, f"{name}{letter}")
                    break
                except StaleVersionError:
                    stale += 1
                finally:
                    stored = app.repository.session(session_id)
        print(f"stale {stale}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
