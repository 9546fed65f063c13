"""Which role may do what (design section 8, *Who*): the one table that every act is checked against."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in one tenant; Contributor means Contributor for the sync service."""

    GLOBAL_ADMINISTRATOR = "global-administrator", _("Global Administrator")
    CONTRIBUTOR = "contributor", _("Contributor")
    READER = "reader", _("Reader")


class Right(StrEnum):
    """One thing a person may do in a tenant."""

    SEE = "see"
    DIAGNOSE = "diagnose"
    APPLY = "apply"
    RUN_CYCLE = "run-cycle"
    CHANGE_DEMO = "change-demo"
    SEE_RECORD = "see-record"
    SETTLE = "settle"
    REVOKE_TOKENS = "revoke-tokens"


_ENTERS = frozenset({Right.SEE, Right.DIAGNOSE, Right.APPLY, Right.RUN_CYCLE, Right.CHANGE_DEMO, Right.SEE_RECORD})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.GLOBAL_ADMINISTRATOR: _ENTERS | {Right.SETTLE, Right.REVOKE_TOKENS},
    Role.CONTRIBUTOR: _ENTERS,
    Role.READER: frozenset({Right.SEE}),
}

# What an API token may carry: a program reads, and never acts.
FOR_TOKENS = (Right.SEE, Right.SEE_RECORD)
