"""The tables of cycles and sync errors; tenant id leads every key, so that a sharded Postgres can take them."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Lower

from portal.accounts.models import Tenant

# A status that holds in every cycle until a fix is settled stands under this number, higher than any cycle's.
EVERY_CYCLE = 2**31 - 1


class Status(models.TextChoices):
    """The diagnose status of an error, in the words of the spec."""

    NOT_STARTED = "not-started", "Not Started"
    MANUAL_FIX = "manual-fix-required", "Manual Fix Required"
    PENDING_SYNC = "pending-sync", "Pending Sync"


class Marked(StrEnum):
    """The marks of portal.diagnosis.marks by which a list can be narrowed, under the same keys."""

    STILL_THERE = "still-there"
    STILL_THERE_AFTER_FIX = "still-there-after-fix"
    CAME_BACK = "came-back"
    WAITING_FOR_SWEEP = "waiting-for-sweep"
    RESET = "reset-by-cycle"


# The part of a name by which errors are sorted: a key of an index must be short, a name need not be.
SORTED_NAME = Lower(Left("incoming_name", 120))


class SyncState(models.Model):
    """Where a tenant's synchronization stands; raising `cycle` resets the status of all its errors at once."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="sync_state")
    cycle = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    complete_read_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    trouble = models.TextField(blank=True)

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return f"{self.tenant} cycle {self.cycle}"


class Cycle(models.Model):
    """One cycle that was closed: when, by which report, and what it changed. A number exists once for each tenant.

    `by_category` holds how many errors of each category were open when it closed; empty for cycles older than the field.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="cycles")
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    complete = models.BooleanField()
    export_started_at = models.DateTimeField(null=True)
    export_ended_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    by_category = models.JSONField(default=dict)

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="cycle_once")]

    def __str__(self) -> str:
        return f"{self.tenant} cycle {self.number}"


class SyncErrors(models.QuerySet["SyncError"]):
    """The words that speak of sync errors."""

    def of(self, tenant: Tenant) -> SyncErrors:
        return self.filter(tenant=tenant)

    def open(self) -> SyncErrors:
        return self.filter(cleared_in=None)

    def in_category(self, category: str) -> SyncErrors:
        return self.filter(category=category)

    def of_status(self, status: Status, cycle: int) -> SyncErrors:
        """Those whose diagnose status is this in `cycle`, the tenant's current one; as `SyncError.status_in` says it."""
        put = Q(status=status, status_cycle__gte=cycle, is_eligible=True)
        if status is Status.NOT_STARTED:
            return self.filter(put | Q(status_cycle__lt=cycle, is_eligible=True))
        return self.filter(put | Q(is_eligible=False)) if status is Status.MANUAL_FIX else self.filter(put)

    def marked(self, mark: Marked, cycle: int) -> SyncErrors:
        """Those that portal.diagnosis.marks gives a mark in `cycle`."""
        if mark is Marked.WAITING_FOR_SWEEP:
            return self.filter(sweep_by__isnull=False)
        if mark is Marked.RESET:
            return self.filter(is_eligible=True, status_cycle__lt=cycle).exclude(status=Status.NOT_STARTED)
        was_last = {
            Marked.STILL_THERE: Q(fixed_in=None, came_back_in=None, last_cycle__gt=F("first_cycle")),
            Marked.STILL_THERE_AFTER_FIX: Q(fixed_in__gt=0)
            & (Q(came_back_in=None) | Q(fixed_in__gte=F("came_back_in"))),
            Marked.CAME_BACK: Q(came_back_in__gt=0) & (Q(fixed_in=None) | Q(fixed_in__lt=F("came_back_in"))),
        }
        return self.filter(was_last[mark], sweep_by=None)

    def of_pair(self, tenant: Tenant, incoming: str, existing: str) -> SyncErrors:
        return self.filter(tenant=tenant, incoming_key=incoming, existing_key=existing)


class SyncError(models.Model):
    """One fault of one object of one tenant, the same for as long as its identity key is (design section 8).

    `fault` is the latest report of it (portal.directories.wire). `status` counts only while `status_cycle` is the
    tenant's current cycle or later (EVERY_CYCLE); else an eligible error is Not Started. What is not eligible is Manual Fix
    Required by rule, always.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="errors")
    key = models.CharField(max_length=64)
    category = models.CharField(max_length=40)
    type = models.CharField(max_length=60)
    attribute = models.CharField(max_length=120)
    value = models.TextField(blank=True)
    source = models.CharField(max_length=20)
    incoming_key = models.CharField(max_length=300)
    existing_key = models.CharField(max_length=300, blank=True)
    incoming_name = models.TextField(blank=True)
    existing_name = models.TextField(blank=True)
    searched = models.TextField(blank=True)
    eligibility = models.CharField(max_length=60)
    is_eligible = models.BooleanField()
    fault = models.JSONField()
    types = models.JSONField(default=list)
    first_seen_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    sweep_by = models.DateTimeField(null=True)
    first_cycle = models.PositiveIntegerField()
    last_cycle = models.PositiveIntegerField()
    cleared_in = models.PositiveIntegerField(null=True)
    came_back_in = models.PositiveIntegerField(null=True)
    fixed_in = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=30, choices=Status.choices, default=Status.NOT_STARTED)
    status_cycle = models.PositiveIntegerField(default=0)

    objects = SyncErrors.as_manager()

    class Meta:
        app_label = "portal"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="sync_error_once"),
            models.CheckConstraint(name="sync_error_status_known", condition=models.Q(status__in=Status.values)),
        ]
        indexes = [
            models.Index(fields=["tenant", "-id"], condition=Q(cleared_in=None), name="error_open"),
            models.Index(
                fields=["tenant", "category", "-id"], condition=Q(cleared_in=None), name="error_open_by_category"
            ),
            models.Index(fields=["tenant", "incoming_key", "existing_key"], name="error_of_pair"),
            models.Index(
                fields=["tenant", "is_eligible", "category", "status_cycle", "status", "-id"],
                condition=Q(cleared_in=None),
                name="error_handled",
            ),
            models.Index(
                "tenant", SORTED_NAME, F("id").desc(), condition=Q(cleared_in=None), name="error_open_by_name"
            ),
            models.Index(
                fields=["tenant", "attribute", "-id"], condition=Q(cleared_in=None), name="error_by_attribute"
            ),
            models.Index(
                fields=["tenant", "-id"], condition=Q(cleared_in=None, came_back_in__gt=0), name="error_came_back"
            ),
            models.Index(fields=["tenant", "-id"], condition=Q(cleared_in=None, fixed_in__gt=0), name="error_fixed"),
            models.Index(
                fields=["tenant", "-id"], condition=Q(cleared_in=None, sweep_by__isnull=False), name="error_sweeping"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribute} of {self.incoming_name}"

    def status_in(self, cycle: int) -> Status:
        """The diagnose status in `cycle`, the tenant's current one."""
        if not self.is_eligible:
            return Status.MANUAL_FIX
        return Status(self.status) if self.status_cycle >= cycle else Status.NOT_STARTED


class ErrorEvent(models.Model):
    """Something that happened to an error in a cycle: seen, type changed, cleared, came back. Only changes are kept."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    error = models.ForeignKey(SyncError, on_delete=models.CASCADE, related_name="events")
    cycle = models.PositiveIntegerField()
    what = models.CharField(max_length=30)
    detail = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["tenant", "error", "cycle", "what"], name="error_event_once")]

    def __str__(self) -> str:
        return f"{self.error_id} {self.what} in {self.cycle}"


class CategoryCount(models.Model):
    """How many open errors a tenant has in a category, kept with every cycle so that no page counts rows."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="category_counts")
    category = models.CharField(max_length=40)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["tenant", "category"], name="category_count_once")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.category}: {self.number}"


class SimulatedDirectory(models.Model):
    """The document in which a tenant's simulated directory keeps its state; locked by row while it is changed."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="simulated")
    document = models.JSONField()

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return f"simulated directory of {self.tenant}"
