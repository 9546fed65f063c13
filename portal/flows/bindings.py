"""Which flows belong to which articles, and which errors they are about: tables, so that imported articles have them too."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from portal.flows.schema import Frozen, Name, Words, named


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


class ErrorKind(Frozen):
    """The errors of a tenant that a flow is about: of these categories and types, all where none is named.

    `diagnosed` leaves out what has no guided diagnosis; `paths` are the articles that it is for, else it is the flow's own.
    """

    name: Name
    flow: Name
    categories: tuple[Name, ...] = ()
    types: tuple[Words, ...] = ()
    diagnosed: bool = False
    paths: tuple[Words, ...] = ()

    def is_for(self, place: str) -> bool:
        return any(fnmatchcase(place, one.casefold()) for one in self.paths)


class Bindings(Frozen):
    """The whole table, in the order of the file."""

    rows: tuple[Binding, ...]
    kinds: Annotated[dict[Name, ErrorKind], BeforeValidator(named)] = Field(alias="kind", default_factory=dict)

    def kind_for(self, flow: str, *, collection: str = "", path: str = "") -> ErrorKind | None:
        """The errors that a flow is about in an article: the article's own kind, else the flow's; None where it has none."""
        place = f"{collection}/{path}".casefold()
        of_flow = [kind for kind in self.kinds.values() if kind.flow == flow]
        own = [kind for kind in of_flow if kind.is_for(place)]
        everywhere = [kind for kind in of_flow if not kind.paths]
        return next(iter([*own, *everywhere]), None)

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
