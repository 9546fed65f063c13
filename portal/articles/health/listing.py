"""The lists of content health, as far as the database makes them: narrowed by what a content owner asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, TextField, Value, When

from portal.articles.feedback.models import Feedback
from portal.articles.feedback.scores import LEAST_VOTES, lower_bound
from portal.articles.health.links import MOVED
from portal.articles.health.models import Finding, Kind, KnownProblem
from portal.articles.models import ArticleText, ImportRun
from portal.articles.searching.models import MissedQuery

TEXT = (
    "collection",
    "path",
    "locale",
    "source_path",
    "title",
    "owner",
    "author",
    "for_readers",
    "clouds",
    "translated_on",
)
OF_TEXT = tuple(f"text__{name}" for name in TEXT)
STATES = ("open", "new", "gone")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a list is narrowed to; empty is everything."""

    collection: str = ""
    code: str = ""
    severity: str = ""
    locale: str = ""
    owner: str = ""
    author: str = ""
    file: str = ""
    state: str = "open"
    run: int | None = None


def problems(wish: Wish) -> QuerySet[KnownProblem]:
    rows = KnownProblem.objects.filter(**_given(wish, "collection", "code", "severity"), **_of_text(wish))
    if wish.file:
        rows = rows.filter(path__icontains=wish.file)
    rows = rows.filter(_in_state(wish)).select_related("text", "new_in", "gone_in")
    own = ("collection", "path", "code", "severity", "message", "lines", "times")
    return rows.only(*own, *OF_TEXT, "new_in__started_at", "gone_in__started_at")


def _in_state(wish: Wish) -> Q:
    if wish.run:
        return Q(new_in=wish.run) | Q(gone_in=wish.run)
    if wish.state == "new":
        return Q(gone_in=None, new_in__in=last_runs(but_first=True))
    if wish.state == "gone":
        return Q(gone_in__in=last_runs())
    return Q(gone_in=None)


def last_runs(*, but_first: bool = False) -> list[int]:
    """The last import of each tree that changed anything; `but_first` leaves out first ones, with which everything is new."""
    latest = ImportRun.objects.order_by().values("root", "collection").annotate(last=Max("id"), number=Count("id"))
    return [row["last"] for row in latest if row["number"] > 1 or not but_first]


def by_code() -> QuerySet[KnownProblem, dict[str, Any]]:
    """For each collection and code: how many are open, came with the last import, and went with it."""
    last = last_runs()
    return (
        KnownProblem.objects.values("collection", "code")
        .annotate(
            severity=Max("severity"),
            open=Count("id", filter=Q(gone_in=None)),
            new=Count("id", filter=Q(gone_in=None, new_in__in=last_runs(but_first=True))),
            gone=Count("id", filter=Q(gone_in__in=last)),
        )
        .filter(Q(open__gt=0) | Q(gone__gt=0))
        .order_by("severity", "-open", "collection", "code")
    )


def runs(most: int) -> list[dict[str, Any]]:
    """The last imports with how many problems came and went with each."""
    rows = ImportRun.objects.order_by("-id").values("id", "collection", "started_at", "report__counts")[:most]
    found = {row["id"]: {**row, "counts": row["report__counts"] or {}, "new": 0, "gone": 0} for row in rows}
    for name in ("new", "gone"):
        counted = KnownProblem.objects.filter(**{f"{name}_in__in": found}).values_list(f"{name}_in").order_by()
        for key, number in counted.annotate(number=Count("id")):
            found[key][name] = number
    return list(found.values())


def findings(kind: Kind, wish: Wish) -> QuerySet[Finding]:
    rows = Finding.objects.filter(kind=kind, **_given(wish, "code"), **_of_text(wish)).select_related("text")
    if wish.collection:
        rows = rows.filter(text__collection=wish.collection)
    if wish.file:
        rows = rows.filter(text__source_path__icontains=wish.file)
    return rows.only("kind", "code", "detail", *OF_TEXT)


def moved(wish: Wish) -> QuerySet[KnownProblem, dict[str, Any]]:
    """Addresses that moved, by what the import said of each: in how many files, how often."""
    rows = KnownProblem.objects.filter(gone_in=None, code=MOVED, **_given(wish, "collection"), **_of_text(wish))
    if wish.file:
        rows = rows.filter(message__icontains=wish.file)
    return rows.values("message").annotate(files=Count("path")).order_by("-files", "message")


def comments(wish: Wish) -> QuerySet[Feedback]:
    rows = Feedback.objects.exclude(comment="").filter(_voted(wish))
    return rows.filter(reason=wish.code) if wish.code else rows


def votes(wish: Wish) -> list[dict[str, Any]]:
    """Texts with votes enough to say something, the least helpful first, by what their votes prove."""
    counted = (
        Feedback.objects.filter(_voted(wish))
        .values("collection", "path", "locale")
        .annotate(
            votes=Count("id"), no=Count("id", filter=Q(helpful=False)), commented=Count("id", filter=~Q(comment=""))
        )
        .filter(votes__gte=LEAST_VOTES, no__gt=0)
    )
    rows = [{**row, "bound": lower_bound(row["no"], row["votes"])} for row in counted]
    return sorted(rows, key=lambda row: (-row["bound"], -row["votes"], row["collection"], row["path"], row["locale"]))


def missed(wish: Wish) -> QuerySet[MissedQuery]:
    """Queries that found nothing, by words of our own vocabulary; those of which no word is known are counted as one."""
    rows = MissedQuery.objects.filter(**_given(wish, "locale"))
    return rows.filter(words__icontains=wish.file) if wish.file else rows


def owners(wish: Wish) -> list[dict[str, Any]]:
    """Who looks after what, and what ails it: those with most to do first. Texts without an owner stand under their author."""
    texts = ArticleText.objects.filter(**_given(wish, "collection", "locale", "owner", "author"))
    rows = {
        (row["owner"], row["wrote"]): {**row, "problems": 0, **{kind.value: 0 for kind in Kind}}
        for row in texts.annotate(wrote=_wrote("")).order_by().values("owner", "wrote").annotate(texts=Count("id"))
    }
    told = KnownProblem.objects.filter(gone_in=None, text__in=texts).exclude(severity="note")
    found = Finding.objects.filter(text__in=texts)
    for one in (told.annotate(kind=Value("problems")), found):
        grouped = one.order_by().annotate(wrote=_wrote("text__")).values_list("text__owner", "wrote", "kind")
        for owner, wrote, kind, number in grouped.annotate(number=Count("id")):
            rows[owner, wrote][kind] = number
    return sorted(rows.values(), key=_most_to_do)


def _wrote(prefix: str) -> Case:
    """The author where no owner is named."""
    return Case(When(**{f"{prefix}owner": ""}, then=F(f"{prefix}author")), default=Value(""), output_field=TextField())


def _most_to_do(row: dict[str, Any]) -> tuple[int, str, str]:
    return -sum(row[name] for name in ("problems", *Kind.values)), row["owner"], row["wrote"]


def titles(rows: list[dict[str, Any]]) -> dict[tuple[str, str, str], ArticleText]:
    """The texts that a page of votes or comments speaks of, one query for all."""
    wanted = {(row["collection"], row["path"], row["locale"]) for row in rows}
    found = ArticleText.objects.filter(path__in={path for _, path, _ in wanted}).only("digest", *TEXT)
    return {key: text for text in found if (key := (text.collection, text.path, text.locale)) in wanted}


def _given(wish: Wish, *names: str) -> dict[str, str]:
    return {name: value for name in names if (value := getattr(wish, name))}


def _of_text(wish: Wish) -> dict[str, str]:
    return {f"text__{name}": value for name, value in _given(wish, "locale", "owner", "author").items()}


def _voted(wish: Wish) -> Q:
    found = Q(**_given(wish, "collection", "locale"))
    if wish.file:
        found &= Q(path__icontains=wish.file)
    if by := _given(wish, "owner", "author"):
        same = {name: OuterRef(name) for name in ("collection", "path", "locale")}
        found &= Q(Exists(ArticleText.objects.filter(**same, **by)))
    return found


def counts() -> dict[str, int]:
    """How long each list is, for the overview."""
    found = dict(Finding.objects.order_by().values_list("kind").annotate(number=Count("id")))
    told = KnownProblem.objects.filter(gone_in=None).aggregate(
        problems=Count("id", filter=~Q(severity="note")),
        owners=Count("text__owner", distinct=True),
        moved=Count("message", filter=Q(code=MOVED), distinct=True),
    )
    return {
        **told,
        **found,
        "comments": Feedback.objects.exclude(comment="").count(),
        "votes": Feedback.objects.count(),
        "missed": MissedQuery.objects.count(),
    }


def choices() -> dict[str, list[str]]:
    """What the filters offer, from one look at the texts."""
    rows = ArticleText.objects.order_by().values_list("collection", "locale", "owner", "author").distinct()
    columns = list(zip(*rows, strict=True)) or [()] * 4
    names = ("collection", "locale", "owner", "author")
    return {name: sorted(set(filter(None, column))) for name, column in zip(names, columns, strict=True)}


def codes(kind: Kind | None) -> list[str]:
    """The codes that the problems, or the findings of a kind, have now."""
    rows = Finding.objects.filter(kind=kind) if kind else KnownProblem.objects.all()
    return sorted(rows.order_by().values_list("code", flat=True).distinct())
