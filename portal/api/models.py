"""The table of the API: how often each client asked in this minute and the one before."""

from __future__ import annotations

from django.db import models


class ClientCount(models.Model):
    """One client, under a keyed digest of its address, so that no address is kept. The table is not logged: a crash empties it."""

    client = models.CharField(max_length=32, primary_key=True)
    minute = models.BigIntegerField()
    number = models.IntegerField()
    before = models.IntegerField(default=0)

    class Meta:
        app_label = "portal"
        indexes = [models.Index(fields=["minute"], name="client_count_by_minute")]

    def __str__(self) -> str:
        return f"{self.client} {self.number}"
