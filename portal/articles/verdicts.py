"""Why this article and not another: for every article that could answer, the rule that let it win or lose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.articles.models import ArticleText
from portal.articles.topics import Answer, Candidate, Why, deciding, without_versions


class Fate(StrEnum):
    """What became of an article that could have answered."""

    SHOWN = "shown"
    CHOICE = "choice"
    LOST = "lost"
    VERSION = "version"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One article, what became of it, and the rule that decided."""

    text: ArticleText
    locale: str
    fate: Fate
    rule: Why


def verdicts(answer: Answer) -> list[Verdict]:
    """All articles of an answer, those that are shown first, then the losers, then those of other clouds."""
    shown = [_winner(one, answer) for one in answer.best]
    best = set(map(id, answer.best))
    lost = [_loser(one, answer) for one in answer.candidates if id(one) not in best]
    return [*shown, *lost, *_hidden(answer)]


def _winner(one: Candidate, answer: Answer) -> Verdict:
    if len(answer.best) > 1:
        return Verdict(text=one.text, locale=one.locale, fate=Fate.CHOICE, rule=Why.CHOICE)
    # The closest rival tells best why: the one that lost by the last rule.
    places = sorted(
        rival.place for rival in without_versions(list(answer.candidates)) if rival.identity != one.identity
    )
    rule = deciding(one.place, places[0]) if places else Why.ONLY
    return Verdict(text=one.text, locale=one.locale, fate=Fate.SHOWN, rule=rule)


def _loser(one: Candidate, answer: Answer) -> Verdict:
    kept = {rival.identity for rival in without_versions(list(answer.candidates))}
    if one.identity not in kept:
        return Verdict(text=one.text, locale=one.locale, fate=Fate.VERSION, rule=Why.CHOICE)
    return Verdict(text=one.text, locale=one.locale, fate=Fate.LOST, rule=deciding(one.place, answer.best[0].place))


def _hidden(answer: Answer) -> list[Verdict]:
    visible = {one.identity for one in answer.candidates}
    rows: dict[tuple[str, str], ArticleText] = {}
    for text in answer.hidden:
        if (text.collection, text.path) not in visible:
            rows.setdefault((text.collection, text.path), text)
    return [Verdict(text=text, locale=text.locale, fate=Fate.HIDDEN, rule=Why.CLOUDS) for text in rows.values()]
