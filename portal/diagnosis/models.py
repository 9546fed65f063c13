"""The tables of diagnoses and fixes: answers of a cycle, fixes with their own states, claims, and the journal of steps."""

from __future__ import annotations

from django.db import models

from portal.accounts.models import Person, Tenant
from portal.sync.models import Status, SyncError


class Diagnosis(models.Model):
    """A person's way through a flow for one error in one cycle; the history of earlier cycles stays beside it.

    `answers` are keyed by question name; `given` keeps who answered what, when, and what the directory said then
    (portal.directories.wire), and is only added to. `revision` rises with every change, so that a form knows whether it is
    stale; `flow_version` is that of the flow the answers were given to (portal.diagnosis.flow).
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    error = models.ForeignKey(SyncError, on_delete=models.CASCADE, related_name="diagnoses")
    cycle = models.PositiveIntegerField()
    flow = models.CharField(max_length=60)
    flow_version = models.CharField(max_length=16, blank=True)
    answers = models.JSONField(default=dict)
    given = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=128, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=30, choices=Status.choices, default=Status.NOT_STARTED)
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        app_label = "portal"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "error", "cycle"], name="diagnosis_once_a_cycle"),
            models.CheckConstraint(name="diagnosis_status_known", condition=models.Q(status__in=Status.values)),
        ]

    def __str__(self) -> str:
        return f"diagnosis of {self.error_id} in cycle {self.cycle}"


class FixState(models.TextChoices):
    """The states of a fix. Unknown: the directory did not say whether a write happened, and nobody guesses."""

    CLAIMED = "claimed", "Claimed"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Failed"
    UNKNOWN = "unknown", "Result unknown"
    SETTLED = "settled", "Settled"


ACTIVE = frozenset({FixState.CLAIMED, FixState.RUNNING})
# In these the pair stays claimed and no second fix is offered.
HOLDING = ACTIVE | {FixState.DONE, FixState.UNKNOWN}
ENDED = frozenset({FixState.REFUSED, FixState.FAILED, FixState.SETTLED})


class SettledHow(models.TextChoices):
    """How a fix's result was settled: by a cycle that held it against the report, or by a person."""

    CLEARED = "cleared", "Cleared"
    STILL_THERE = "still-there", "Still there after the fix"
    BY_PERSON = "by-person", "Settled by a person"


class Fix(models.Model):
    """One change to a directory for one pair of objects, and what became of it.

    `lease` is taken anew, from one rising sequence for all fixes, each time a worker takes the fix; the directory refuses
    older ones. `beat_at` is the worker's last sign of life, `waits_until` how long nobody need look after it, because the
    directory asked for patience. `asked` and `plan` are those of portal.directories.plans; `refusal` says why it was not
    done, and what had been written by then.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="fixes")
    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.SET_NULL, null=True, related_name="fixes")
    incoming_key = models.CharField(max_length=300)
    existing_key = models.CharField(max_length=300)
    asked = models.JSONField()
    plan = models.JSONField()
    state = models.CharField(max_length=20, choices=FixState.choices, default=FixState.CLAIMED)
    requested_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField()
    cycle = models.PositiveIntegerField()
    lease = models.PositiveBigIntegerField(default=0)
    holder = models.CharField(max_length=120, blank=True)
    beat_at = models.DateTimeField(null=True)
    waits_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    refusal = models.JSONField(null=True)
    message = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_in = models.PositiveIntegerField(null=True)
    settled_how = models.CharField(max_length=20, blank=True, choices=SettledHow.choices)
    errors = models.ManyToManyField(SyncError, related_name="fixes")

    class Meta:
        app_label = "portal"
        constraints = [models.CheckConstraint(name="fix_state_known", condition=models.Q(state__in=FixState.values))]
        indexes = [
            models.Index(fields=["tenant", "state"], name="fix_by_state"),
            models.Index(fields=["tenant", "incoming_key", "existing_key"], name="fix_of_pair"),
            models.Index(
                fields=["beat_at"], condition=models.Q(state__in=["claimed", "running"]), name="fix_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"fix {self.pk} ({self.state})"


class Claim(models.Model):
    """A fix's hold on one object; two in force for the same object cannot exist, whoever asks and however fast."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=320)
    fix = models.ForeignKey(Fix, on_delete=models.CASCADE, related_name="claims")
    released_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "portal"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], condition=models.Q(released_at=None), name="claim_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} for fix {self.fix_id}"


class JournalEntry(models.Model):
    """One line of a fix's journal, written before and after each touch of the directory."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    fix = models.ForeignKey(Fix, on_delete=models.PROTECT, related_name="journal")
    at = models.DateTimeField()
    lease = models.PositiveBigIntegerField()
    step = models.PositiveSmallIntegerField(null=True)
    key = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=30)
    details = models.JSONField(default=dict)

    class Meta:
        app_label = "portal"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"fix {self.fix_id} {self.what} {self.key}"
