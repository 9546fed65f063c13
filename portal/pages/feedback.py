"""Was this article helpful? The form stands in the shared page; what it sends comes here and is answered to its sender alone."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import locales
from portal.accounts.local import client_of
from portal.articles.feedback.giving import TooMany, Word, give
from portal.articles.feedback.models import LONGEST_COMMENT, Reason
from portal.articles.models import ArticleText
from portal.pages import problem_pages
from portal.pages.personal import no_store
from portal.pages.reader import Reader, for_reader
from portal.pages.same_origin import same_origin
from portal.pages.showing import show

# A field that people do not see; whoever fills it in is a script, and is thanked all the same.
TRAP = "website"
REVISION = re.compile(r"[0-9a-f]{64}")


@require_http_methods(["GET", "HEAD", "POST"])
@no_store
@same_origin
@for_reader
def feedback(request: HttpRequest, reader: Reader, collection: str, path: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reader.address("article", collection=collection, path=path) + "#feedback")
    text = _text(request, reader, collection, path)
    if text is None:
        return problem_pages.missing(request, reader)
    if wrong := _wrong(request):
        return _shown(request, reader, text, status=400, wrong=wrong)
    if not request.POST.get(TRAP):
        try:
            give(_word(request, reader, text), client=client_of(request) or "this machine")
        except TooMany:
            return _shown(request, reader, text, status=429, wrong=[_too_many()])
    return _shown(request, reader, text, is_taken=True)


def form_of(reader: Reader, text: ArticleText) -> dict[str, Any]:
    """What the form needs: where it goes, what it speaks of, and the reasons there are."""
    return {
        "feedback_address": reader.address("feedback", collection=text.collection, path=text.path),
        "text": text,
        "reasons": [one for one in Reason if text.translation or one is not Reason.TRANSLATION],
        "longest_comment": LONGEST_COMMENT,
        "trap": TRAP,
    }


def _text(request: HttpRequest, reader: Reader, collection: str, path: str) -> ArticleText | None:
    """The text that the form was under, if readers in this cloud may see it."""
    locale = locales.find(request.POST.get("text", ""))
    texts = ArticleText.objects.for_readers().of_article(collection, path).in_cloud(reader.cloud)
    return texts.light().filter(locale=locale.code).first() if locale else None


def _wrong(request: HttpRequest) -> list[str]:
    """Everything that keeps the form from being taken, each with its cure."""
    form, found = request.POST, []
    if form.get("helpful") not in ("yes", "no"):
        found.append(_("Choose yes or no."))
    if form.get("reason", "") not in ("", *Reason.values):
        found.append(_("Choose one of the reasons, or none."))
    if len(_comment(request)) > LONGEST_COMMENT:
        found.append(_("Shorten your comment to %(most)s characters.") % {"most": LONGEST_COMMENT})
    return found


def _too_many() -> str:
    return _("Your network has given feedback on as many articles today as we take from one. Come back tomorrow.")


def _comment(request: HttpRequest) -> str:
    """Browsers send two characters for a line break, and count one."""
    return request.POST.get("comment", "").replace("\r\n", "\n").replace("\x00", "").strip()


def _word(request: HttpRequest, reader: Reader, text: ArticleText) -> Word:
    helpful, revision = request.POST["helpful"] == "yes", request.POST.get("revision", "")
    return Word(
        collection=text.collection,
        path=text.path,
        locale=text.locale,
        # The revision she read: a new one may have come since.
        revision=revision if REVISION.fullmatch(revision) else "",
        cloud=reader.cloud.value,
        helpful=helpful,
        reason="" if helpful else request.POST.get("reason", ""),
        comment=_comment(request),
    )


def _shown(
    request: HttpRequest,
    reader: Reader,
    text: ArticleText,
    *,
    status: int = 200,
    is_taken: bool = False,
    **context: Any,
) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in ("helpful", "reason", "comment", "revision")}
    address = reader.address("article", collection=text.collection, path=text.path)
    words = {
        **form_of(reader, text),
        "title": _("Thank you") if is_taken else _("Your feedback was not taken"),
        "given": given,
        "is_taken": is_taken,
        "article_address": address,
        **context,
    }
    return show(request, reader, "feedback/feedback.html", words, part="feedback/_feedback.html", status=status)
