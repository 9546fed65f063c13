"""Which flows belong to which articles: a table, so that imported articles carry them too."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from pydantic import model_validator

from portal.flows.schema import Frozen, Name, Words


class Binding(Frozen):
    """One row. `paths` are `collection/path` with `*` for anything; `articles` are article ids, all folded."""

    flow: Name
    topics: tuple[Words, ...] = ()
    articles: tuple[Words, ...] = ()
    paths: tuple[Words, ...] = ()
    products: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _bind_something(self) -> Binding:
        if not (self.topics or self.articles or self.paths or self.products):
            raise ValueError("a binding needs topics, articles, paths or products")
        return self


class Bindings(Frozen):
    """The whole table, in the order of the file."""

    rows: tuple[Binding, ...]

    def topics_of(self, flow: str) -> tuple[str, ...]:
        return tuple(topic for row in self.rows if row.flow == flow for topic in row.topics)

    def flows_for(
        self,
        *,
        named: str = "",
        collection: str = "",
        path: str = "",
        article_id: str = "",
        topics: Iterable[str] = (),
        products: Iterable[str] = (),
    ) -> tuple[str, ...]:
        """The flows of an article, the closest tie first: named in its header, path, article id, topic, product."""
        place, folded = f"{collection}/{path}".casefold(), article_id.casefold()
        wanted_topics, wanted_products = set(topics), set(products)
        ties = [
            [named] if named else [],
            [row.flow for row in self.rows if any(fnmatchcase(place, one.casefold()) for one in row.paths)],
            [row.flow for row in self.rows if folded and folded in {one.casefold() for one in row.articles}],
            [row.flow for row in self.rows if wanted_topics & set(row.topics)],
            [row.flow for row in self.rows if wanted_products & set(row.products)],
        ]
        return _once(flow for tie in ties for flow in tie)

    def flows_for_topic(self, topic: str) -> tuple[str, ...]:
        return self.flows_for(topics=[topic])


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
