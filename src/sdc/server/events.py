"""Following a job."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool

from sdc.store.jobs import Job, Jobs

LOOK_EVERY_S = 0.25


async def follow_job(jobs: Jobs, job_id: str) -> AsyncIterator[Job]:
    """Yield a job now and at every change until it has ended.

    Whoever loses the connection asks again and gets the state of then: nothing is missed.
    """
    seen: Job | None = None
    while seen is None or seen.is_open:
        job = await run_in_threadpool(jobs.get, job_id)
        if job != seen and (seen is None or _visible(job) != _visible(seen)):
            yield job
        seen = job
        if job.is_open:
            await asyncio.sleep(LOOK_EVERY_S)


def _visible(job: Job) -> tuple[object, ...]:
    return (job.state, job.step, job.progress, job.attempt, job.session_id, job.error)
