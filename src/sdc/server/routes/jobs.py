"""Jobs: one run of the pipeline each."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse

from sdc.access import Action
from sdc.pipeline.intake import order_session, session_of
from sdc.pipeline.parts import Given, SessionOrder
from sdc.server import views
from sdc.server.answers import problems_beside_a_stream
from sdc.server.deps import AppDep, JobDep
from sdc.server.events import follow_job
from sdc.server.permission import ChildFrom, needs
from sdc.server.upload_models import JobOut, OrderedOut, SessionIn

router = APIRouter(tags=["jobs"])


@router.post("/children/{child_id}/sessions", status_code=202)
@needs(Action.UPLOAD, ChildFrom.CHILD)
def add_session(app: AppDep, child_id: str, body: SessionIn) -> OrderedOut:
    """Make a session from uploads: a transcript, a recording, or both. The work is a job.

    The same contents make the same session, however often they are handed in; ``repeats`` tells.
    """
    order = SessionOrder(
        child_id=child_id,
        upload_ids=tuple(body.upload_ids),
        given=Given(body.date, body.context, body.child_only, body.n_speakers),
    )
    before = session_of(app.repository, order)
    job = views.job(order_session(app.repository, app.jobs, order))
    return OrderedOut(**job.model_dump(), repeats=before.id if before else None)


@router.get("/children/{child_id}/jobs")
@needs(Action.UPLOAD, ChildFrom.CHILD)
def list_jobs(app: AppDep, child_id: str) -> list[JobOut]:
    """List a child's jobs, newest first."""
    return [views.job(job) for job in app.jobs.of_child(app.repository.child(child_id).id)]


@router.get("/jobs/{job_id}")
@needs(Action.UPLOAD, ChildFrom.JOB)
def get_job(job: JobDep) -> JobOut:
    """Show a job."""
    return views.job(job)


@router.get(
    "/jobs/{job_id}/events",
    response_class=EventSourceResponse,
    responses=problems_beside_a_stream(400, 401, 403, 404, 409, 413, 422),
)
@needs(Action.UPLOAD, ChildFrom.JOB)
async def follow_job_events(app: AppDep, job: JobDep) -> AsyncIterator[JobOut]:
    """Follow a job: an event at every change, the last one when it is done or has failed."""
    async for state in follow_job(app.jobs, job.id):
        yield views.job(state)


@router.post("/jobs/{job_id}/retry", status_code=202)
@needs(Action.UPLOAD, ChildFrom.JOB)
def retry_job(app: AppDep, job_id: str) -> JobOut:
    """Try a failed job again."""
    return views.job(app.jobs.retry(job_id))
