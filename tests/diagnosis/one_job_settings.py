"""The portal's settings, one job at a time: ten workers of four jobs each want more connections than a small server has."""

from portal.settings import *  # noqa: F403
from portal.settings import PROCRASTINATE_WORKER_DEFAULTS

PROCRASTINATE_WORKER_DEFAULTS = {**PROCRASTINATE_WORKER_DEFAULTS, "concurrency": 1}
