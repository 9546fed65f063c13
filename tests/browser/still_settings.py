"""The portal's settings for the worker behind a browser: cycles run when a person says so, and not at each half hour of the clock.

A cycle that falls due while the tests run takes away the errors whose pages they are about to open.
"""

from portal.settings import *  # noqa: F403

# A directory that does not answer is given up soon.
FIX_WAIT_SECONDS = 0.05
DUE_CYCLES_CRON = "0 0 1 1 *"
