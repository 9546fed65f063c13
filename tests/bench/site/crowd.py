"""Makes a tenant with as many sync errors as wanted: a thousand stored by the portal's own code, the rest copied in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import accumulate

from django.db import connection, transaction

from portal import clock
from portal.accounts.models import Membership, Person, Tenant
from portal.accounts.rights import Role
from portal.clouds import Cloud
from portal.directories.faults import CATEGORY_OF, ErrorType, Fault, Report, Source
from portal.directories.objects import Kind, ObjectRef
from portal.sync import actions, ingest
from portal.sync.demo import PEOPLE
from portal.sync.models import EVERY_CYCLE, Status, SyncError, SyncState

ERRORS = SyncError._meta.db_table
PATTERNS = 1_000
# Stands in the texts of a pattern where each copy has its number.
NUMBER = "{n}"
# What was handled in CYCLE is 5 % of what can be diagnosed; seen from the cycle before, when nobody had handled those
# anew yet, it is 98 %. The rest was handled, if ever, in one of the cycles of a week, and is the oldest: the worst case.
CYCLE, CYCLE_OF_MANY, WEEK = 338, 337, 336
FEW, REST = 20, 0.02

GIVEN = (
    "Anna", "Bo", "Chidi", "Dolores", "Émile", "Fatima", "Grzegorz", "Håkan", "Ingrid", "José", "佐藤 花子", "محمد",
    "Ķērsta", "Luís", "Mei", "Nguyễn", "O’Neil", "Priya", 'Robert "Bob"', "Maximiliana-Konstantina Theodora",
)  # fmt: skip
FAMILY = (
    "Andersson", "Bergström", "Çelik", "D'Angelo", "Eriksen", "Fischer", "García Márquez", "Hansen", "Ito", "Jansen",
    "Kowalski", "Li", "Müller", "Novák", "Okafor", "van der Berg-Wolkenstein zu Hohenlohe",
)  # fmt: skip
# Of each hundred errors: how many, of which type, about which attribute, and what holds the value.
KINDS = (
    (30, ErrorType.MUST_BE_UNIQUE, "UserPrincipalName", Kind.USER),
    (36, ErrorType.MUST_BE_UNIQUE, "ProxyAddresses", Kind.USER),
    (6, ErrorType.QUARANTINED, "ProxyAddresses", Kind.USER),
    (4, ErrorType.MUST_BE_UNIQUE, "ProxyAddresses", Kind.GROUP),
    (9, ErrorType.INVALID_SOFT_MATCH, "ProxyAddresses", Kind.USER),
    (8, ErrorType.VALIDATION_FAILED, "UserPrincipalName", None),
    (2, ErrorType.FEDERATED_DOMAIN_CHANGE, "UserPrincipalName", None),
    (3, ErrorType.LARGE_OBJECT, "userCertificate", None),
    (1, ErrorType.ADMIN_ROLE_CONFLICT, "UserPrincipalName", Kind.USER),
    (1, ErrorType.DELETION_VIOLATION, "", None),
)
BOUNDS = list(accumulate(share for share, *_ in KINDS))


def make(slug: str, number: int) -> Tenant:
    """A tenant with `number` open errors (whole thousands), its counters and its state as after CYCLE - 1 cycles."""
    tenant = Tenant.objects.create(slug=slug, name=f"A tenant of {number:,}", cloud=Cloud.PUBLIC, directory="none")
    _let_in(tenant)
    actions.begin(tenant)
    with transaction.atomic():
        _store_patterns(tenant)
        _copy(tenant, number // PATTERNS)
        SyncError.objects.of(tenant).filter(incoming_name__contains=NUMBER).delete()
        ingest.recount(tenant)
    SyncState.objects.filter(tenant=tenant).update(cycle=CYCLE)
    return tenant


@contextmanager
def without_indexes() -> Iterator[None]:
    """Leave the indexes of the errors away while very many are made; they are built as the migrations have them, at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname",
            [ERRORS],
        )
        indexes = cursor.fetchall()
        # Foreign keys are checked row by row; every copy has its pattern's.
        cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'")
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET session_replication_role; RESET maintenance_work_mem")


def settle_down() -> None:
    """What autovacuum would have done on a table as old as this one."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {ERRORS}")


def _let_in(tenant: Tenant) -> None:
    """Let one of the people of the demo see the tenant, so that a signed-in request can be made."""
    one = PEOPLE[0]
    person, _ = Person.objects.get_or_create(subject=one.subject, defaults={"name": one.name, "is_local": True})
    Membership.objects.create(tenant=tenant, person=person, role=Role.GLOBAL_ADMINISTRATOR)


def _store_patterns(tenant: Tenant) -> None:
    now = clock.now()
    faults = tuple(_fault(index, now) for index in range(PATTERNS))
    categories = frozenset(fault.category for fault in faults)
    report = Report(faults=faults, categories=categories, sources=frozenset(Source), complete=True, read_at=now)
    ingest.store(tenant, 1, report)


def _fault(index: int, now: datetime) -> Fault:
    percent = index * 37 % 100
    _, type_, attribute, holder = next(kind for bound, kind in zip(BOUNDS, KINDS, strict=True) if percent < bound)
    name = f"{GIVEN[index % len(GIVEN)]} {FAMILY[index // len(GIVEN) % len(FAMILY)]} {NUMBER}"
    mail = f"person{index}.{NUMBER}@contoso.com"
    incoming = ObjectRef(
        kind=Kind.USER,
        display_name=name,
        user_principal_name=mail,
        anchor=f"{index:06}x{NUMBER}==",
        distinguished_name=f"CN=person{index}.{NUMBER},OU=People,DC=contoso,DC=com",
        source_of_authority="OnPremises",
    )
    return Fault(
        category=CATEGORY_OF[type_],
        type=type_,
        attribute=attribute,
        value=f"SMTP:{mail}" if attribute == "ProxyAddresses" else mail,
        incoming=incoming,
        existing=_existing(index, name, mail, holder) if holder else None,
        source=Source.QUARANTINE if type_ is ErrorType.QUARANTINED else Source.EXPORT,
        first_seen=now - timedelta(days=7),
        seen=now,
        detail="Unable to update this object: another one has the same value.",
    )


def _existing(index: int, name: str, mail: str, kind: Kind) -> ObjectRef:
    cloud_id = f"{index:08x}-0000-4000-8000-{NUMBER}"
    return ObjectRef(
        kind=kind, display_name=name, user_principal_name=mail, cloud_id=cloud_id, anchor=f"e{index}x{NUMBER}"
    )


# `age` runs from 0 to 1, the oldest first.
_COPY = f"""
    INSERT INTO {ERRORS} ({{columns}})
    SELECT {{values}} FROM (
        SELECT *, row_number() OVER (ORDER BY id) AS place,
               (%(copy)s + row_number() OVER (ORDER BY id) / {PATTERNS}.0) / %(copies)s AS age,
               (row_number() OVER (ORDER BY id) + %(copy)s) %% {FEW} AS turn
        FROM {ERRORS} WHERE id = ANY(%(patterns)s)) pattern
    ORDER BY id"""
# A copy's report stays its pattern's: no list reads it, and writing a million of them anew takes a fifth of all the time.
_TEXTS = ("value", "incoming_key", "existing_key", "incoming_name", "existing_name", "searched")
_VALUES = {
    **{name: f"replace({name}, '{NUMBER}', %(copy)s::text)" for name in _TEXTS},
    "key": "md5(key || %(copy)s) || md5(%(copy)s || key)",
    "status_cycle": f"""CASE WHEN NOT is_eligible THEN 0 WHEN age <= {REST} THEN place %% {WEEK}
        WHEN turn > 0 THEN {CYCLE_OF_MANY} WHEN place %% 10 = 0 THEN {EVERY_CYCLE} ELSE {CYCLE} END""",
    "status": f"""CASE WHEN NOT is_eligible OR age <= {REST} AND place %% {WEEK} = 0 THEN '{Status.NOT_STARTED}'
        WHEN turn = 0 AND place %% 10 = 0 THEN '{Status.PENDING_SYNC}' ELSE '{Status.MANUAL_FIX}' END""",
}


def _copy(tenant: Tenant, copies: int) -> None:
    """Thousand by thousand, so that errors of all kinds lie among one another as they would have come in."""
    columns = [field.column for field in SyncError._meta.concrete_fields if not field.primary_key]
    values = [_VALUES.get(column, column) for column in columns]
    query = _COPY.format(columns=", ".join(columns), values=", ".join(values))
    patterns = list(SyncError.objects.of(tenant).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for copy in range(copies):
            cursor.execute(query, {"patterns": patterns, "copy": str(copy), "copies": copies})
