"""The jobs of the worker. They are deferred by name and take ids only, because the worker writes arguments to its log."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from portal import clock
from portal.accounts.models import Tenant
from portal.api import limits
from portal.articles.feedback import clients
from portal.articles.searching import missed
from portal.diagnosis import cycles
from portal.diagnosis.fixes import asking, running, sweeping
from portal.diagnosis.problems import DirectoryTrouble

log = logging.getLogger(__name__)

# Hourly: a laptop does not run by night.
TIDY_CRON = "17 * * * *"
FAILED_JOBS_HOURS = 7 * 24


@app.task(name=asking.RUN_FIX)
def run_fix(fix_id: int) -> None:
    running.run_fix(fix_id)


@app.task(name="run_cycle")
def run_cycle(tenant_id: int) -> None:
    """A directory in trouble is remembered for the page, and asked again with the next minute."""
    try:
        cycles.run_cycle(Tenant.objects.get(pk=tenant_id))
    except DirectoryTrouble as trouble:
        log.warning("tenant %s: %s", tenant_id, trouble.message)


@app.periodic(cron=settings.DUE_CYCLES_CRON)
@app.task(name="run_due_cycles", queueing_lock="run_due_cycles")
def run_due_cycles(timestamp: int) -> None:
    """A job for each tenant whose directory should be read; one that still waits is not doubled."""
    for tenant in cycles.due_tenants():
        _defer_once("run_cycle", f"cycle-{tenant.pk}", tenant_id=tenant.pk)


@app.periodic(cron=settings.SWEEP_FIXES_CRON)
@app.task(name="sweep_fixes", queueing_lock="sweep_fixes")
def sweep_fixes(timestamp: int) -> None:
    """Hand fixes that nobody works on to a worker."""
    for fix in sweeping.left_alone():
        log.warning("fix %s has no worker; it is handed to one", fix)
        _defer_once(asking.RUN_FIX, f"fix-{fix}", fix_id=fix)


@app.periodic(cron=settings.SWEEP_FIXES_CRON)
@app.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """A killed worker leaves its jobs marked as being done for ever (facts/platform.md). Every job of ours can be repeated."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=settings.WORKER_DEAD_SECONDS):
        try:
            await manager.retry_job(job)
        except exceptions.UniqueViolation:  # the same job waits already, under its queueing lock
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)


@app.periodic(cron=TIDY_CRON)
@app.task(name="forget_old_sessions", queueing_lock="forget_old_sessions")
def forget_old_sessions(timestamp: int) -> None:
    """Whoever never signs out leaves a session behind."""
    SessionStore.clear_expired()


@app.periodic(cron=TIDY_CRON)
@app.task(name="forget_silent_clients", queueing_lock="forget_silent_clients")
def forget_silent_clients(timestamp: int) -> None:
    """A client of the API that went away leaves its count behind."""
    limits.forget_old()


@app.periodic(cron=TIDY_CRON)
@app.task(name="forget_feedback_voices", queueing_lock="forget_feedback_voices")
def forget_feedback_voices(timestamp: int) -> None:
    """Who spoke yesterday is nobody's business, on days without feedback too."""
    clients.forget_other_days(clock.now().date())


@app.periodic(cron=TIDY_CRON)
@app.task(name="forget_rarest_misses", queueing_lock="forget_rarest_misses")
def forget_rarest_misses(timestamp: int) -> None:
    """A script that seeks nonsense all night would fill the table."""
    missed.forget_rarest()


@app.periodic(cron=TIDY_CRON)
@app.task(name="forget_failed_jobs", queueing_lock="forget_failed_jobs")
async def forget_failed_jobs(timestamp: int) -> None:
    """A job that fails each minute would fill the table; the log has kept why."""
    await app.job_manager.delete_old_jobs(nb_hours=FAILED_JOBS_HOURS, include_failed=True)


def _defer_once(task: str, lock: str, **arguments: int) -> None:
    try:
        app.configure_task(task, queueing_lock=lock).defer(**arguments)
    except exceptions.AlreadyEnqueued:
        log.debug("%s waits already", lock)
