"""Sync errors as directories report them: their types, their categories, and the report they come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.directories.objects import ObjectRef


class Category(StrEnum):
    """The tiles under which sync errors are shown."""

    DUPLICATE = "duplicate-attribute"
    MISMATCH = "data-mismatch"
    VALIDATION = "data-validation-failure"
    FEDERATED_DOMAIN = "federated-domain-change"
    LARGE = "large-attribute"
    ADMIN_ROLE = "existing-admin-role-conflict"
    DELETION = "deletion-access-violation"
    OTHER = "other"

    @property
    def label(self) -> str:
        return CATEGORY_LABELS[self]


CATEGORY_LABELS = {
    Category.DUPLICATE: "Duplicate Attribute",
    Category.MISMATCH: "Data Mismatch",
    Category.VALIDATION: "Data Validation Failure",
    Category.FEDERATED_DOMAIN: "Federated Domain Change",
    Category.LARGE: "Large Attribute",
    Category.ADMIN_ROLE: "Existing Admin Role Conflict",
    Category.DELETION: "Deletion Access Violation",
    Category.OTHER: "Other",
}


class ErrorType(StrEnum):
    """Error types by the names that the sync client and the service give them."""

    MUST_BE_UNIQUE = "AttributeValueMustBeUnique"
    QUARANTINED = "QuarantinedAttributeValueMustBeUnique"
    INVALID_SOFT_MATCH = "InvalidSoftMatch"
    INVALID_HARD_MATCH = "InvalidHardMatch"
    TYPE_MISMATCH = "ObjectTypeMismatch"
    VALIDATION_FAILED = "IdentityDataValidationFailed"
    FEDERATED_DOMAIN_CHANGE = "FederatedDomainChangeError"
    LARGE_OBJECT = "LargeObject"
    EXCEEDED_LENGTH = "ExceededAllowedLength"
    ADMIN_ROLE_CONFLICT = "ExistingAdminRoleConflict"
    DELETION_VIOLATION = "DeletionAccessViolation"
    UPDATE_NOT_ALLOWED = "AttributeUpdateNotAllowed"
    REFERENCE_FAILED = "dn-attributes-failure"
    UNKNOWN = "Unknown"


# Grouping as in Microsoft's page on sync errors; facts/diagnosis.md 1.3.
CATEGORY_OF = {
    ErrorType.MUST_BE_UNIQUE: Category.DUPLICATE,
    ErrorType.QUARANTINED: Category.DUPLICATE,
    ErrorType.INVALID_SOFT_MATCH: Category.MISMATCH,
    ErrorType.INVALID_HARD_MATCH: Category.MISMATCH,
    ErrorType.UPDATE_NOT_ALLOWED: Category.MISMATCH,
    ErrorType.TYPE_MISMATCH: Category.MISMATCH,
    ErrorType.VALIDATION_FAILED: Category.VALIDATION,
    ErrorType.FEDERATED_DOMAIN_CHANGE: Category.FEDERATED_DOMAIN,
    ErrorType.LARGE_OBJECT: Category.LARGE,
    ErrorType.EXCEEDED_LENGTH: Category.LARGE,
    ErrorType.ADMIN_ROLE_CONFLICT: Category.ADMIN_ROLE,
    ErrorType.DELETION_VIOLATION: Category.DELETION,
    ErrorType.REFERENCE_FAILED: Category.OTHER,
    ErrorType.UNKNOWN: Category.OTHER,
}


class Source(StrEnum):
    """Which part of a directory's report a sync error comes from."""

    EXPORT = "export"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A sync error as a directory reports it, before we store it.

    `attribute` is spelled as the directory spells it; `value` is the value in conflict, empty where the error is about
    size; `modified_value` what the service put in its place (a placeholder UserPrincipalName); `sweep_by` the time by
    which a quarantined value is given back, set only when nothing else holds it any more.
    """

    category: Category
    type: ErrorType
    attribute: str
    value: str
    incoming: ObjectRef
    existing: ObjectRef | None = None
    source: Source = Source.EXPORT
    first_seen: datetime
    seen: datetime
    code: int | None = None
    detail: str = ""
    modified_value: str = ""
    sweep_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything a directory says of its sync errors at one moment.

    A report that is not `complete` clears nothing; `why_incomplete` says why in one sentence. `cycle` is the directory's
    own number of the last cycle, `run_status` what the sync client wrote beside it (`success`,
    `completed-export-errors`, `stopped-…`). Times are aware; those of the export are None before the first one.
    """

    faults: tuple[Fault, ...]
    categories: frozenset[Category]
    sources: frozenset[Source]
    complete: bool
    read_at: datetime
    export_started_at: datetime | None = None
    export_ended_at: datetime | None = None
    cycle: int | None = None
    run_status: str = ""
    why_incomplete: str = ""
    scheduler_enabled: bool = True
    staging: bool = False
    interval: timedelta = timedelta(minutes=30)
    next_cycle_at: datetime | None = None
    next_sweep_at: datetime | None = None

    def covers(self, *, category: Category, source: Source) -> bool:
        """Whether an error of this category and source that the report does not name is gone."""
        return self.complete and category in self.categories and source in self.sources
