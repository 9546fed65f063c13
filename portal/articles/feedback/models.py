"""The tables of feedback: what was said, and for one day who has said it, in a form that nobody can read back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_COMMENT = 1_000


class Reason(models.TextChoices):
    """Why an article did not help: a short list, so that it can be counted."""

    WRONG = "wrong", _("It is wrong or out of date")
    MISSING = "missing", _("Something is missing")
    UNCLEAR = "unclear", _("It is hard to understand")
    TRANSLATION = "translation", _("The translation is poor")
    OTHER_PROBLEM = "other-problem", _("It is about another problem than mine")
    DID_NOT_WORK = "did-not-work", _("I did what it says, and it did not work")


class Feedback(models.Model):
    """One reader's word on one revision of an article, in one locale and cloud. It holds the day, not the moment."""

    collection = models.CharField(max_length=64)
    path = models.TextField()
    locale = models.CharField(max_length=16)
    revision = models.CharField(max_length=64)
    cloud = models.CharField(max_length=16)
    helpful = models.BooleanField()
    reason = models.CharField(max_length=20, blank=True)
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    given_on = models.DateField()

    class Meta:
        app_label = "portal"
        constraints = [
            models.CheckConstraint(name="feedback_reason_known", condition=models.Q(reason__in=["", *Reason.values])),
        ]
        indexes = [
            models.Index(fields=["collection", "path", "locale"], name="feedback_of_text"),
            models.Index(fields=["-id"], condition=~models.Q(comment=""), name="feedback_with_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.collection}/{self.path} ({self.locale}) {'+' if self.helpful else '-'}"


class FeedbackDay(models.Model):
    """The key of one day. With the day over it is deleted, and nobody can tell any more whose voice was whose."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField()

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return f"{self.day}"


class FeedbackVoice(models.Model):
    """That some client spoke of some article today: both as keyed hashes, so that a second word replaces the first."""

    day = models.ForeignKey(FeedbackDay, on_delete=models.CASCADE)
    client = models.BinaryField()
    article = models.BinaryField()
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE)

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["day", "client", "article"], name="feedback_once_a_day")]

    def __str__(self) -> str:
        return f"a voice of {self.day_id}"
