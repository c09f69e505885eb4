"""A real server for the test of sudden death: it stops at one step of its work and waits there to be killed.

Arguments: the store's folder, the file to write the address to, the step to stop at (or ``-``),
the file to write when it has stopped there. Not a test itself.
"""

import os
import sys
import time
from pathlib import Path

from sdc.app import App, build_app
from sdc.pipeline.parts import Outcome, Report
from sdc.server.run import serve
from sdc.settings import Settings
from sdc.store.jobs import Job
from sdc.transcribe import ScriptedTranscriber

HOME, ADDRESS, STEP, STOPPED = sys.argv[1:5]
LIFE_S = 120  # nobody waits for longer


class StoppingApp(App):
    """An application whose pipeline stops at a step, or after the last one."""

    def process(self, job: Job, report: Report) -> Outcome:
        def stopping(step: str, fraction: float) -> None:
            report(step, fraction)
            self.wait_at(step)

        outcome = super().process(job, stopping)
        self.wait_at("after-saving")
        return outcome

    def wait_at(self, step: str) -> None:
        if step == STEP:
            Path(STOPPED).write_text(step)
            time.sleep(LIFE_S)


def write_address(url: str) -> None:
    part = Path(ADDRESS + ".part")
    part.write_text(url)
    part.rename(ADDRESS)


settings = Settings(home=Path(HOME), documents=os.environ.get("SDC_DOCUMENTS", ""), port=0, job_lease_s=1.0)
plain = build_app(settings, transcriber=ScriptedTranscriber(()))
app = StoppingApp(**{name: getattr(plain, name) for name in plain.__dataclass_fields__})
serve(app, on_ready=write_address)
