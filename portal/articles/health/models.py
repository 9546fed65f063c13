"""The tables of content health: problems with their history, what a translation was made from, and what ails a text."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import MD5

from portal.articles.models import ArticleText, ImportRun


class KnownProblem(models.Model):
    """One problem of one file, from the import that met it first to the one that did not meet it any more.

    It is the same problem when its lines move. One that comes back is a new row, so that history stays as it was.
    """

    collection = models.CharField(max_length=64)
    root = models.TextField()
    path = models.TextField()
    text = models.ForeignKey(ArticleText, null=True, on_delete=models.SET_NULL, related_name="known_problems")
    code = models.CharField(max_length=64)
    severity = models.CharField(max_length=16)
    message = models.TextField()
    lines = ArrayField(models.IntegerField())
    times = models.IntegerField()
    new_in = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="new_problems")
    gone_in = models.ForeignKey(ImportRun, null=True, on_delete=models.CASCADE, related_name="gone_problems")

    class Meta:
        app_label = "portal"
        constraints = [
            models.UniqueConstraint(
                "root", "collection", "path", "code", MD5("message"),
                condition=models.Q(gone_in=None), name="problem_open_once",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["collection", "code"], condition=models.Q(gone_in=None), name="problem_open_by_code")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.code}"


class TranslationBasis(models.Model):
    """The English text as it was when a translation of it was stored."""

    collection = models.CharField(max_length=64)
    path = models.TextField()
    locale = models.CharField(max_length=16)
    text_hash = models.CharField(max_length=32)
    source_hash = models.CharField(max_length=32)
    source_text = models.TextField()
    taken_at = models.DateTimeField()

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["collection", "path", "locale"], name="basis_once")]

    def __str__(self) -> str:
        return f"{self.collection}/{self.path} ({self.locale})"


class Kind(models.TextChoices):
    """What a finding is about."""

    STALE = "stale"
    TERM = "term"
    LINK = "link"


class Finding(models.Model):
    """One thing that ails a stored text, found when it or what it depends on was stored."""

    text = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=64)
    detail = models.TextField()

    class Meta:
        app_label = "portal"
        indexes = [models.Index(fields=["kind", "code", "id"], name="finding_by_kind")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.kind} {self.code}"
