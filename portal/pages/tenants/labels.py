"""What stored keys are called on pages: marks, categories, sides, and what the record tells of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.diagnosis.fixes.journal import What
from portal.diagnosis.fixes.progress import Progress
from portal.directories.faults import Category
from portal.directories.objects import Kind, Side
from portal.sync.listing import Sort
from portal.sync.models import Marked, Status

MARKS = {
    Marked.STILL_THERE: _("Still there"),
    Marked.STILL_THERE_AFTER_FIX: _("Still there after a fix"),
    Marked.CAME_BACK: _("Came back"),
    Marked.WAITING_FOR_SWEEP: _("Waiting for the sweep"),
    Marked.RESET: _("Reset by cycle"),
}
SORTS = {
    Sort.NEWEST: _("Newest first"),
    Sort.OLDEST: _("Oldest first"),
    Sort.NAME: _("By name"),
    Sort.CATEGORY: _("By category"),
}
SIDES = {
    Side.AD: _("Active Directory"),
    Side.CONNECTOR_SPACE: _("Connector space"),
    Side.METAVERSE: _("Metaverse"),
    Side.CLOUD: _("Microsoft Entra ID"),
}
KINDS = {Kind.USER: _("user"), Kind.GROUP: _("group"), Kind.CONTACT: _("contact"), Kind.UNKNOWN: _("object")}
# What each status means, in one sentence.
STATUSES = {
    Status.NOT_STARTED: _("Nobody has settled it in this cycle."),
    Status.MANUAL_FIX: _("It has to be settled by hand, outside this portal."),
    Status.PENDING_SYNC: _("A fix was applied; the next sync cycle clears the error."),
}
PROGRESS = {
    Progress.WAITS: _("waits"),
    Progress.UNDER_WAY: _("under way"),
    Progress.WRITTEN: _("written"),
    Progress.ALREADY_THERE: _("was there already"),
    Progress.REFUSED: _("refused"),
    Progress.IN_DOUBT: _("not known"),
    Progress.NOT_DONE: _("not done"),
}
JOURNAL = {
    What.TAKEN: _("A worker took the fix"),
    What.CHECKED: _("Preconditions checked"),
    What.BEFORE: _("About to write"),
    What.OBSERVED: _("Looked"),
    What.AFTER: _("Written"),
    What.REFUSED: _("Refused"),
    What.TROUBLE: _("No good answer"),
    What.PUT_OFF: _("Put off"),
    What.ENDED: _("Ended"),
    What.SETTLED: _("Settled"),
}
ACTS = {
    "opened": _("opened the diagnosis"),
    "answered": _("answered"),
    "closed": _("closed"),
    "reopened": _("reopened"),
    "fix-requested": _("asked for a fix"),
    "fix-refused": _("fix refused"),
    "fix-done": _("fix applied"),
    "fix-failed": _("fix failed"),
    "fix-unknown": _("fix: result unknown"),
    "fix-settled": _("fix settled"),
    "cycle-started": _("started a cycle"),
    "cycle-closed": _("cycle closed"),
    "exported": _("exported"),
    "token-made": _("made an API token"),
    "token-revoked": _("revoked an API token"),
    "demo-acted": _("changed the simulated directory"),
    "demo-begun-anew": _("began the simulated directory anew"),
}


def category(name: str) -> str:
    """Microsoft's name of a category; a name we do not know is shown as it is."""
    try:
        return Category(name).label
    except ValueError:
        return name
