"""What lines of the record and of a fix's journal keep beside their words, told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.sync.models import Status

# Names of what is kept; one that is not here is a fact of a directory, and shown as the directory calls it.
NAMES = {
    "after": gettext_lazy("after"),
    "answer": gettext_lazy("answer"),
    "as": gettext_lazy("as"),
    "before": gettext_lazy("before"),
    "came_back": gettext_lazy("came back"),
    "cleared": gettext_lazy("cleared"),
    "code": gettext_lazy("code"),
    "complete": gettext_lazy("complete"),
    "cycle": gettext_lazy("cycle"),
    "doubtful": gettext_lazy("not known"),
    "during": gettext_lazy("during"),
    "errors": gettext_lazy("errors"),
    "found": gettext_lazy("found"),
    "holder": gettext_lazy("worker"),
    "how": gettext_lazy("how"),
    "kind": gettext_lazy("kind"),
    "leaves": gettext_lazy("status it leaves"),
    "log_number": gettext_lazy("line in the directory’s log"),
    "new": gettext_lazy("new"),
    "outcome": gettext_lazy("outcome"),
    "present": gettext_lazy("already there"),
    "question": gettext_lazy("question"),
    "run": gettext_lazy("run of the directory"),
    "run_status": gettext_lazy("run status"),
    "says": gettext_lazy("says"),
    "seconds": gettext_lazy("seconds"),
    "steps": gettext_lazy("steps"),
    "still": gettext_lazy("still there"),
    "trouble": gettext_lazy("trouble"),
}
STATUSES = {one.value: one.label for one in Status}


def told(details: Mapping[str, Any], *, without: frozenset[str] = frozenset()) -> str:
    """`name: value` for everything that says something to people."""
    kept = {name: value for name, value in details.items() if name not in without and value not in ("", None, [], {})}
    return " · ".join(f"{NAMES.get(name, name)}: {_value(value)}" for name, value in kept.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_value(one)}" for name, one in value.items())
    return {"True": _("yes"), "False": _("no"), **STATUSES}.get(str(value), str(value))
