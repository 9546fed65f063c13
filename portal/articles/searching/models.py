"""The tables of the search: postings, what they were made from, how common each term is, and what nobody found."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from portal.articles.models import ArticleText


class SearchDocument(models.Model):
    """What the index holds of a text: its terms, so that they can be taken out again, and its words.

    `version` is that of the code that made it; texts indexed by older code are indexed anew by `manage.py index_search`.
    """

    text = models.OneToOneField(ArticleText, models.CASCADE, primary_key=True, related_name="searched")
    version = models.CharField(max_length=16)
    languages = ArrayField(models.CharField(max_length=3))
    clouds = models.SmallIntegerField()
    terms = ArrayField(models.BigIntegerField())
    words = ArrayField(models.TextField())

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return f"{len(self.terms)} terms of text {self.text_id}"


class Posting(models.Model):
    """That a text holds a term, and what that is worth; clouds are bits, so that a scan of the index alone can filter.

    Its keys are numbers that no foreign key guards: a query reads nothing else, and each row would be checked.
    """

    pk = models.CompositePrimaryKey("term", "text_id")
    term = models.BigIntegerField()
    text_id = models.BigIntegerField()
    impact = models.SmallIntegerField()
    clouds = models.SmallIntegerField()

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return f"{self.term} in {self.text_id}"


class SearchTerm(models.Model):
    """How many texts hold a term; one that stands nowhere or once has no row."""

    term = models.BigIntegerField(primary_key=True)
    texts = models.IntegerField()

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return f"{self.term}: {self.texts}"


class SearchLanguage(models.Model):
    """How many texts the index holds in a language."""

    language = models.CharField(max_length=3, primary_key=True)
    texts = models.IntegerField()

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return f"{self.language}: {self.texts}"


class SearchWord(models.Model):
    """A word of titles and headings as readers see it, with its spellings short of a letter, by which a slip finds it."""

    language = models.CharField(max_length=3)
    word = models.TextField()
    texts = models.IntegerField()
    shortened = ArrayField(models.TextField())

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes = [
            GinIndex(fields=["shortened"], name="search_word_shortened", fastupdate=False),
            models.Index(fields=["word"], name="search_word_begins", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.word


class MissedQuery(models.Model):
    """What was sought and not found, by words of our vocabulary only, so that no personal data is kept."""

    words = models.CharField(max_length=200)
    locale = models.CharField(max_length=16)
    cloud = models.CharField(max_length=16, blank=True)
    count = models.IntegerField()
    last_seen = models.DateTimeField()

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["words", "locale", "cloud"], name="missed_query_once")]
        ordering = ["-count", "-last_seen"]

    def __str__(self) -> str:
        return f"{self.words} ({self.count})"
