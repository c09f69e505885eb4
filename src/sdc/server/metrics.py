"""What Prometheus may read of a server: numbers by route, state and step; no id, no name in any label."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from sdc import __version__
from sdc.errors import SDCError
from sdc.pipeline.parts import Outcome, Report
from sdc.pipeline.worker import Process
from sdc.server.readiness import Readiness
from sdc.store.jobs import Job

CONTENT_TYPE = CONTENT_TYPE_LATEST
REQUEST_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
STEP_S = (0.05, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600)


class Metrics:
    """One server's numbers, in a registry of its own.

    Parameters
    ----------
    readiness : Readiness
        Its parts become ``sdc_ready``; how many jobs there are is asked the same way, with its limit.
    home : Path
        Of whose disk the free space is told.
    """

    def __init__(self, readiness: Readiness, home: Path) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, of which nobody asks
        self._registry = kept = CollectorRegistry()
        self.requests = Counter("sdc_http_requests", "Answers, by route.", ["method", "route", "status"], registry=kept)
        self.seconds = Histogram(
            "sdc_http_request_seconds",
            "From a request to the end of its answer.",
            ["method", "route"],
            buckets=REQUEST_S,
            registry=kept,
        )
        self.open = Gauge("sdc_http_requests_open", "Requests that are being answered.", registry=kept)
        self.uploaded = Counter("sdc_upload_bytes", "Bytes of files that came in, refused ones too.", registry=kept)
        self.steps = Histogram(
            "sdc_job_step_seconds", "Steps of jobs worked on in this process.", ["step"], buckets=STEP_S, registry=kept
        )
        self.runs = Counter(
            "sdc_job_runs", "Runs of jobs in this process, by how they ended.", ["ended"], registry=kept
        )
        Gauge("sdc_info", "Always 1; the version is the label.", ["version"], registry=kept).labels(__version__).set(1)
        free = Gauge("sdc_home_free_bytes", "Free space on the disk of SDC_HOME.", registry=kept)
        free.set_function(lambda: shutil.disk_usage(home).free)
        kept.register(_Looking(readiness))
        ProcessCollector(registry=kept)
        PlatformCollector(registry=kept)

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)

    def timed(self, process: Process) -> Process:
        """Return the work on a job with its steps timed."""

        def run(job: Job, report: Report) -> Outcome:
            clock = _StepClock(lambda step, seconds: self.steps.labels(step).observe(seconds), report)
            ended = "broken"
            try:
                outcome = process(job, clock.report)
                ended = "done"
                return outcome
            except SDCError:
                ended = "refused"
                raise
            finally:
                clock.end()
                self.runs.labels(ended).inc()

        return run


class _StepClock:
    """Tells how long each step took when the next one begins; passes reports on."""

    def __init__(self, tell: Callable[[str, float], None], report: Report) -> None:
        self._tell, self._report = tell, report
        self._step, self._since = "", 0.0

    def report(self, step: str, fraction: float) -> None:
        """Take note of a step."""
        if step != self._step:
            self.end()
            self._step, self._since = step, time.monotonic()
        self._report(step, fraction)

    def end(self) -> None:
        """End the step that is going on."""
        if self._step:
            self._tell(self._step, time.monotonic() - self._since)
        self._step = ""


class _Looking(Collector):
    """What is looked up when Prometheus asks; a store that does not answer leaves its numbers out."""

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness

    def describe(self) -> Iterable[Metric]:
        """Name nothing beforehand: registering asks no store."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Look."""
        seen = self._readiness.look()
        ready = GaugeMetricFamily("sdc_ready", "1 where a part answers, 0 where it does not.", labels=["part"])
        for part, trouble in seen.troubles.items():
            ready.add_metric([part], 0 if trouble else 1)
        yield ready
        if seen.queue is None:
            return
        jobs = GaugeMetricFamily("sdc_jobs", "Jobs in the store, by state.", labels=["state"])
        for state, n in seen.queue.by_state.items():
            jobs.add_metric([state], n)
        yield jobs
        yield GaugeMetricFamily(
            "sdc_job_oldest_waiting_seconds",
            "Age of the oldest job that waits; 0 where none does.",
            seen.queue.oldest_s,
        )
