"""The staff desk: finds what a support person has in hand, shows what an admin would see, and hands out the link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clouds, flows, locales
from portal.articles import finding
from portal.articles.finding import Sort, Subject
from portal.articles.flow_files import library
from portal.articles.models import ArticleText
from portal.articles.topics import Answer
from portal.articles.verdicts import Verdict, verdicts
from portal.clouds import Cloud
from portal.pages import problem_pages
from portal.pages.flows import LONGEST_PASTE, own_articles
from portal.pages.reader import Reader
from portal.pages.staff.case import BadCase, Case, answer, read_case
from portal.pages.staff.entering import StaffVisit, show_to_staff, staff_page
from portal.pages.staff.links import Link, link_to
from portal.pages.staff.reasons import FATES, reason

SORTS = {
    Sort.TOPIC: gettext_lazy("Support topic"),
    Sort.PRODUCT: gettext_lazy("Product"),
    Sort.ARTICLE_ID: gettext_lazy("Article ID"),
    Sort.RESOURCE: gettext_lazy("Resource"),
    Sort.ARTICLE: gettext_lazy("Article"),
}
WHICH_ERROR = "which-error"
VERDICTS_SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class Side:
    """What an admin of one cloud would see, and why."""

    cloud: Cloud
    answer: Answer
    rows: list[dict[str, Any]]
    more: int
    is_list: bool
    link: Link


@staff_page(methods=("GET", "HEAD", "POST"))
def desk(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Find by POST, since a pasted message may hold names; what was found has an address of its own."""
    if request.method == "POST":
        return _found(request, visit)
    try:
        case = read_case(request, visit.reader)
    except BadCase as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    if case is None:
        return _show(request, visit, {})
    sides = [_side(request, case, cloud) for cloud in dict.fromkeys((case.cloud, case.beside))]
    if not any(side.answer.known for side in sides if side):
        return _show(request, visit, {"text": case.subject.id, "looked": True}, status=404)
    context = {"case": case, "sort": SORTS[case.subject.sort], "sides": sides, "choices": _choices()}
    return _show(request, visit, {**context, "text": case.subject.id})


def _show(request: HttpRequest, visit: StaffVisit, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return show_to_staff(
        request, visit, "staff/desk.html", {"title": _("Staff desk"), **context}, section="desk", status=status
    )


def _choices() -> dict[str, Any]:
    return {"clouds": clouds.ALL, "locales": locales.KNOWN.values()}


def _found(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    text = request.POST.get("find", "").replace("\0", "")[:LONGEST_PASTE]
    subjects = finding.by_id(text)
    if len(subjects) == 1:
        return HttpResponseRedirect(_address(visit.reader, subjects[0]), status=303)
    context = {
        "text": text,
        "looked": bool(text.strip()),
        "subjects": [
            {"sort": SORTS[one.sort], "id": one.id, "address": _address(visit.reader, one)} for one in subjects
        ],
        "guesses": [] if subjects else _guesses(visit.reader, text),
        "hits": [] if subjects else _hits(visit.reader, text),
    }
    return _show(request, visit, context)


def _address(reader: Reader, subject: Subject) -> str:
    return reader.address("desk") + "?" + urlencode({"sort": subject.sort.value, "id": subject.id})


def _guesses(reader: Reader, text: str) -> list[dict[str, Any]]:
    """What an admin's message means, by the flow that knows messages: the articles of it, and the flow from there."""
    found = library().flow(WHICH_ERROR, reader.locale.code)
    guesses = []
    for guess in flows.guess(found, text):
        walk = flows.walk(found, guess.answers)
        query = flows.to_query(found, walk.answers)
        guesses.append(
            {
                "by": guess.by,
                "words": walk.here.title if walk.outcome else walk.here.ask,
                "lang": found.locale,
                "flow": reader.address("flow", name=found.name) + (f"?{query}" if query else ""),
                "articles": [_hit(reader, one) for one in own_articles(reader, walk.here.articles)],
            }
        )
    return guesses


def _hits(reader: Reader, text: str) -> list[dict[str, Any]]:
    return [_hit(reader, one) for one in finding.by_words(text, reader.locale.code)]


def _hit(reader: Reader, text: ArticleText) -> dict[str, Any]:
    subject = Subject(sort=Sort.ARTICLE, id=f"{text.collection}/{text.path}")
    return {"text": text, "address": _address(reader, subject)}


def _side(request: HttpRequest, case: Case, cloud: Cloud) -> Side | None:
    question = case.question(cloud)
    found = answer(case.subject, question)
    if found is None:
        return None
    everything = verdicts(found)
    return Side(
        cloud=cloud,
        answer=found,
        rows=[_row(one, Reader(locale=case.locale, cloud=cloud)) for one in everything[:VERDICTS_SHOWN]],
        more=max(0, len(everything) - VERDICTS_SHOWN),
        is_list=len(found.candidates) > 1 and case.subject.sort in (Sort.PRODUCT, Sort.RESOURCE),
        link=link_to(request, case.subject, question, title=_title(case, found)),
    )


def _title(case: Case, found: Answer) -> str:
    """The words of the link: the article's title where one answers, else what the subject is."""
    if len(found.best) == 1 and case.subject.sort not in (Sort.PRODUCT, Sort.RESOURCE):
        return found.best[0].text.title
    return f"{SORTS[case.subject.sort]} {case.subject.id}"


def _where_it_shows(text: ArticleText, reader: Reader) -> Reader | None:
    """The reader herself, else one in the first cloud that has the text."""
    if text.is_visible_in(reader.cloud):
        return reader
    return Reader(locale=reader.locale, cloud=text.visible_clouds[0]) if text.clouds else None


def _row(verdict: Verdict, reader: Reader) -> dict[str, Any]:
    text = verdict.text
    there = _where_it_shows(text, reader)
    return {
        "text": text,
        "locale": locales.get(verdict.locale),
        "is_hers": verdict.locale == reader.locale.code,
        "fate": FATES[verdict.fate],
        "name": verdict.fate.value,
        "reason": reason(verdict),
        "address": there.address("article", collection=text.collection, path=text.path) if there else "",
        "clouds": text.visible_clouds,
    }
