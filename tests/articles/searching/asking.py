"""Asks the search as tests do: by the source paths of what is found, best first."""

from portal.articles.searching.answering import answer
from portal.articles.searching.wishes import Answer, Wish


def ask(text: str, *, locale: str = "en-us", **more) -> Answer:
    return answer(Wish(text=text, locale=locale, **more))


def found(text: str, **more) -> list[str]:
    return [hit.text.source_path for hit in ask(text, **more).hits]
