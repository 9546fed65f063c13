"""Gathers the models of the packages for Django, which looks for them here."""

from portal.accounts.models import ApiToken, Membership, Person, RecordEntry, Tenant
from portal.api.models import ClientCount
from portal.articles.feedback.models import Feedback, FeedbackDay, FeedbackVoice
from portal.articles.health.models import Finding, KnownProblem, TranslationBasis
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
    "ApiToken", "ArticleText", "CategoryCount", "Claim", "ClientCount", "ContentVersion", "Cycle", "Diagnosis", "ErrorEvent", "Feedback", "FeedbackDay", "FeedbackVoice", "Finding", "Fix", "ImportRun", "JournalEntry", "KnownProblem", "Media", "Membership", "MissedQuery", "Person", "Posting", "RecordEntry", "SearchDocument", "SearchLanguage", "SearchTerm", "SearchWord", "SimulatedDirectory", "SyncError", "SyncState", "Tenant", "TranslationBasis",
]  # fmt: skip
