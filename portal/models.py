"""Gathers the models of the packages for Django, which looks for them here."""

from portal.accounts.models import Membership, Person, RecordEntry, Tenant
from portal.articles.models import ArticleText, ContentVersion, ImportRun, Media
from portal.articles.searching.models import (
    MissedQuery,
    Posting,
    SearchDocument,
    SearchLanguage,
    SearchTerm,
    SearchWord,
)
from portal.diagnosis.models import Claim, Diagnosis, Fix, JournalEntry
from portal.sync.models import CategoryCount, Cycle, ErrorEvent, SimulatedDirectory, SyncError, SyncState

__all__ = [
    "ArticleText", "CategoryCount", "Claim", "ContentVersion", "Cycle", "Diagnosis", "ErrorEvent", "Fix", "ImportRun",
    "JournalEntry", "Media", "Membership", "MissedQuery", "Person", "Posting", "RecordEntry", "SearchDocument", "SearchLanguage",
    "SearchTerm", "SearchWord", "SimulatedDirectory", "SyncError", "SyncState", "Tenant",
]  # fmt: skip
