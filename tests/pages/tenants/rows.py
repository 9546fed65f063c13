"""Sync errors made without a directory, where a list needs many."""

from __future__ import annotations

from itertools import count
from typing import Any

from portal.sync import ingest
from portal.sync.models import SyncError
from tests.diagnosis.office import Office

numbers = count(1)


def made(office: Office, **fields: Any) -> SyncError:
    """An error as the one the office has, but not diagnosed, under another key; any field may be given."""
    like = office.errors()[0]
    number = next(numbers)
    name = fields.pop("name", f"Person {number}")
    values = {
        one.attname: getattr(like, one.attname)
        for one in SyncError._meta.concrete_fields
        if one.name not in ("id", "key")
    }
    values |= {
        "key": f"{number:064}",
        "incoming_key": f"made-{number}",
        "incoming_name": name,
        "searched": name.casefold(),
        "is_eligible": False,
        "eligibility": "attribute-not-diagnosed",
        "existing_key": "",
    }
    error = SyncError.objects.create(**{**values, **fields})
    ingest.recount(office.tenant)
    return error
