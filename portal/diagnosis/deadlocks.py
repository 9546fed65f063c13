"""A cycle and an act can want the same rows in another order: PostgreSQL then ends one of them, which tries again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

P, T = ParamSpec("P"), TypeVar("T")
TRIES = 4


def in_one_transaction(act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `act` in a transaction, anew when it was the victim of a deadlock. It must change nothing but the database."""
    for _ in range(TRIES - 1):
        try:
            with transaction.atomic():
                return act(*args, **kwargs)
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
        time.sleep(random.uniform(0.01, 0.05))  # who comes back at once may take the same row from the other again
    with transaction.atomic():
        return act(*args, **kwargs)
