"""The stored scoping forms: one by its address, and those beside a topic, each in the cloud it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.articles.languages import choose
from portal.articles.models import ArticleText
from portal.articles.topics import FORM
from portal.clouds import Cloud
from portal.forms.casefile import Row
from portal.forms.reading import read_form
from portal.forms.schema import Form

MOST_IDS = 5


@dataclass(frozen=True, kw_only=True)
class Scoping:
    """A stored form and its schema."""

    text: ArticleText
    form: Form

    def about(self, cloud: Cloud, *, topics: Iterable[str] = ()) -> tuple[Row, ...]:
        """What a support case should say besides the answers; `topics` are those it is about, where they are known."""
        of_case = [topic for topic in self.text.topics if topic in set(topics)]
        ids = (("Support topic", of_case or self.text.topics), ("Product", self.text.products))
        known = tuple((label, _listed(found)) for label, found in ids if found)
        return (*known, ("Cloud", str(cloud.label)), ("Form", f"{self.text.collection}/{self.text.path}"))


def _listed(ids: list[str]) -> str:
    more = len(ids) - MOST_IDS
    return ", ".join(ids[:MOST_IDS]) + (f", and {more} more" if more > 0 else "")


def texts_of(collection: str, path: str) -> list[ArticleText]:
    """The texts of a form in every locale and cloud; none when it is no form."""
    return list(ArticleText.objects.of_article(collection, path).filter(kind=FORM).defer("header", "text", "html"))


def visible(texts: list[ArticleText], cloud: Cloud, locale: str) -> Scoping | None:
    """The form for a reader in `cloud`, in the locale that serves her; None when it is for other clouds only."""
    choice = choose([text for text in texts if text.is_visible_in(cloud)], locale)
    if choice is None:
        return None
    return Scoping(text=choice.text, form=read_form(choice.text.data or {}, title=choice.text.title).form)


def beside_topics(topics: list[str], cloud: Cloud) -> list[ArticleText]:
    """The forms on any of these topics, the one for the fewest clouds first, then by path."""
    if not topics:
        return []
    found = ArticleText.objects.filter(kind=FORM, topics__overlap=topics).in_cloud(cloud).light()
    return sorted(found, key=lambda text: (len(text.clouds), text.path))
