"""The quick settings of tests, with due cycles looked for each second."""

from tests.diagnosis.quick_settings import *  # noqa: F403

DUE_CYCLES_CRON = "* * * * * *"
