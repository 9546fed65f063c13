"""The portal's settings with short patience, for worker processes of tests: they are killed, and must be missed soon."""

from portal.settings import *  # noqa: F403

FIX_BEAT_SECONDS, FIX_DEAD_SECONDS = 0.1, 0.5
FIX_WAIT_SECONDS, FIX_PATIENCE_SECONDS = 0.02, 2.0
WORKER_DEAD_SECONDS = 1.0
SWEEP_FIXES_CRON, DUE_CYCLES_CRON = "* * * * * *", "0 0 1 1 *"
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    "fetch_job_polling_interval": 0.3,
    "update_heartbeat_interval": 0.3,
    "stalled_worker_timeout": WORKER_DEAD_SECONDS,
    "delete_jobs": "successful",
}
