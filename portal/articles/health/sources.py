"""The English a stale translation was made from, and the English of today, where the portal has both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from portal import locales
from portal.articles.health.models import Finding, TranslationBasis
from portal.articles.health.staleness import Sign
from portal.articles.models import ArticleText

Identity = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Sources:
    """English then and now."""

    then: str
    now: str


def sources(findings: Iterable[Finding]) -> dict[int, Sources]:
    """By finding; those of which one side is not known are left out. Two queries for all."""
    stale = [one for one in findings if one.code != Sign.SOURCE_IS_NEWER]
    bases = _bases(one for one in stale if one.code == Sign.SOURCE_CHANGED)
    texts = _texts(stale)
    both = {one.pk: _of(one, bases, texts) for one in stale}
    return {key: Sources(then=then, now=now) for key, (then, now) in both.items() if then and now}


def _of(finding: Finding, bases: dict[Identity, str], texts: dict[Identity, str]) -> tuple[str, str]:
    text = finding.text
    own = (text.collection, text.path, text.locale)
    then = bases.get(own, "") if finding.code == Sign.SOURCE_CHANGED else texts.get(own, "")
    return then, texts.get((text.collection, text.path, finding.detail), "")


def _bases(findings: Iterable[Finding]) -> dict[Identity, str]:
    wanted = [one.text for one in findings]
    rows = TranslationBasis.objects.filter(
        collection__in={text.collection for text in wanted}, path__in={text.path for text in wanted}
    )
    return {(row.collection, row.path, row.locale): row.source_text for row in rows}


def _texts(findings: list[Finding]) -> dict[Identity, str]:
    """The English of these articles' texts: the whole of an English one, the kept original of a bilingual one."""
    paths, collections = {one.text.path for one in findings}, {one.text.collection for one in findings}
    rows = ArticleText.objects.filter(
        Q(pairs__isnull=False) | Q(locale=locales.ENGLISH), path__in=paths, collection__in=collections
    ).values_list("collection", "path", "locale", "text", "pairs")
    return {
        (collection, path, locale): text if locale == locales.ENGLISH else "\n".join(pair[2] for pair in pairs or ())
        for collection, path, locale, text, pairs in rows
    }
