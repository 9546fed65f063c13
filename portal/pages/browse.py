"""Home and the lists that lead from it: services, products, collections."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.articles import browsing
from portal.articles.flow_files import library
from portal.articles.models import ArticleTexts
from portal.pages import problem_pages
from portal.pages.caching import public_page
from portal.pages.reader import Reader, for_reader, remembered
from portal.pages.showing import show

ARTICLES_ON_A_PAGE = 200
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
# The home page shows the largest services; all of them are one step away.
SERVICES_AT_HOME = 12


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the remembered language and cloud; the home page shows the choice and how to change it."""
    response = HttpResponseRedirect(remembered(request).address("home"))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


@public_page()
@for_reader
def home(request: HttpRequest, reader: Reader) -> HttpResponse:
    services = browsing.services(reader.cloud)
    largest = sorted(services, key=lambda one: -one.count)[:SERVICES_AT_HOME]
    own = browsing.listed(browsing.all_texts().filter(collection="native"), reader.cloud, reader.locale.code)
    context = {
        "flows": [library().flow(name, reader.locale.code) for name in library().names],
        "own": own,
        "services": [one for one in services if one in largest],
        "service_count": len(services),
        "collections": browsing.collections(reader.cloud),
    }
    return show(request, reader, "browse/home.html", context)


@public_page()
@for_reader
def services(request: HttpRequest, reader: Reader) -> HttpResponse:
    return show(
        request,
        reader,
        "browse/groups.html",
        {"title": _("Services"), "groups": browsing.services(reader.cloud), "one": "service"},
    )


@public_page()
@for_reader
def products(request: HttpRequest, reader: Reader) -> HttpResponse:
    return show(
        request,
        reader,
        "browse/groups.html",
        {"title": _("Products"), "groups": browsing.products(reader.cloud), "one": "product"},
    )


@public_page("page")
@for_reader
def service(request: HttpRequest, reader: Reader, service: str) -> HttpResponse:
    texts = browsing.all_texts().filter(service=service.casefold())
    return _articles(request, reader, texts, title=browsing.name_of_service(service.casefold()), code=service)


@public_page("page")
@for_reader
def collection(request: HttpRequest, reader: Reader, collection: str) -> HttpResponse:
    texts = browsing.all_texts().filter(collection=collection)
    return _articles(request, reader, texts, title=browsing.name_of_collection(collection), code="")


def _articles(request: HttpRequest, reader: Reader, texts: ArticleTexts, *, title: str, code: str) -> HttpResponse:
    articles = browsing.listed(texts, reader.cloud, reader.locale.code)
    if not articles:
        having = browsing.clouds_of(texts)
        if having:
            return problem_pages.not_in_cloud(request, reader, title=title, having=having)
        return problem_pages.missing(request, reader)
    pages = -(-len(articles) // ARTICLES_ON_A_PAGE)
    asked = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(asked) or int(asked) > pages:
        return problem_pages.bad_value(
            request, reader, says=_("“page” must be a number from 1 to %(pages)s.") % {"pages": pages}
        )
    first = (int(asked) - 1) * ARTICLES_ON_A_PAGE
    context = {
        "title": title,
        "code": code,
        "articles": articles[first : first + ARTICLES_ON_A_PAGE],
        "total": len(articles),
        "page": int(asked),
        "pages": range(1, pages + 1) if pages > 1 else [],
    }
    return show(request, reader, "browse/group.html", context)
