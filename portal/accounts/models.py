"""The tables of tenants, people, memberships, and the record that is only ever added to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.rights import RIGHTS, Right, Role
from portal.clouds import Cloud


class People(BaseUserManager["Person"]):
    """How people are found; nobody is made with a password."""


class Person(AbstractBaseUser):
    """A person who signs in: through Entra (`oid` and `tid` of the token), or locally in the demo.

    `subject` is the one name that sign-in knows: `oid@tid`, or `local:name`.
    """

    subject = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=320, blank=True)
    oid = models.UUIDField(null=True)
    tid = models.UUIDField(null=True)
    is_local = models.BooleanField(default=False)
    is_portal_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "subject"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        app_label = "portal"
        constraints = [
            models.UniqueConstraint(fields=["oid", "tid"], name="person_once_in_entra"),
            models.CheckConstraint(
                name="person_is_local_or_of_entra",
                condition=models.Q(is_local=True, oid=None, tid=None)
                | models.Q(is_local=False, oid__isnull=False, tid__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tenants(models.QuerySet["Tenant"]):
    """The words that speak of tenants."""

    def seen_by(self, person: Person | None) -> Tenants:
        """Tenants whose data this person may see: those she is a member of, and no other."""
        if person is None or not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(memberships__person=person)


class Tenant(models.Model):
    """One customer's directory: in which cloud, behind which door, how often it synchronizes."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    cloud = models.CharField(max_length=16, choices=[(cloud.value, cloud.label) for cloud in Cloud])
    directory = models.CharField(max_length=30)
    cycle_minutes = models.PositiveSmallIntegerField(default=30)
    is_demo = models.BooleanField(default=False)

    objects = Tenants.as_manager()

    class Meta:
        app_label = "portal"
        constraints = [
            models.CheckConstraint(name="tenant_cycle_has_length", condition=models.Q(cycle_minutes__gte=1)),
            models.CheckConstraint(name="tenant_cloud_known", condition=models.Q(cloud__in=list(Cloud))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cycle_length(self) -> timedelta:
        return timedelta(minutes=self.cycle_minutes)

    def role_of(self, person: Person) -> Role | None:
        """Her role now: always read anew, so that a right taken away is gone with the next act."""
        if not person.is_authenticated or not person.is_active:
            return None
        role = self.memberships.filter(person=person, person__is_active=True).values_list("role", flat=True).first()
        return Role(role) if role else None

    def allows(self, person: Person, right: Right) -> bool:
        role = self.role_of(person)
        return role is not None and right in RIGHTS[role]


class Membership(models.Model):
    """What a person is in a tenant."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)

    class Meta:
        app_label = "portal"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person"], name="membership_once"),
            models.CheckConstraint(name="membership_role_known", condition=models.Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.tenant}: {self.role}"


class ApiTokens(models.QuerySet["ApiToken"]):
    """The words that speak of API tokens."""

    def living(self, now: datetime) -> ApiTokens:
        return self.filter(revoked_at=None, expires_at__gt=now)


class ApiToken(models.Model):
    """What a program shows in place of a person: for one tenant, for a time, with a part of her rights there.

    Only a digest of the secret is kept; `hint` is its beginning, by which she tells her tokens apart.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="api_tokens")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    rights = ArrayField(models.CharField(max_length=30))
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokens.as_manager()

    class Meta:
        app_label = "portal"
        indexes = [models.Index(fields=["tenant", "person", "-id"], name="api_tokens_of_person")]

    def __str__(self) -> str:
        return f"{self.name} of {self.person}"

    def is_living(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now

    def rights_now(self) -> frozenset[Right]:
        """The part of her rights that it carries and that she still has."""
        role = self.tenant.role_of(self.person)
        return RIGHTS[role] & {Right(one) for one in self.rights} if role else frozenset()


class RecordEntry(models.Model):
    """One line of the record: who did what to what, when. The database refuses to change or remove one.

    `what` is a stable key (`answered`, `closed`, `fix-requested`, `cycle-closed` …), `details` JSON values for showing.
    Names are copied, so that a line reads the same when a person or an object is gone.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="record")
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, db_constraint=False)
    what = models.CharField(max_length=40)
    about = models.CharField(max_length=400, blank=True)
    error_id = models.BigIntegerField(null=True)
    fix_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        app_label = "portal"
        indexes = [
            models.Index(fields=["tenant", "-id"], name="record_of_tenant"),
            models.Index(fields=["tenant", "error_id", "-id"], name="record_of_error"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.what} {self.about}"
