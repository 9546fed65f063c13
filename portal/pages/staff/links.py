"""The link that support staff paste into a case: absolute, with the cloud in it, as address, Markdown and QR code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from portal.articles.finding import Sort, Subject
from portal.articles.topics import Question

# What Markdown would take for its own within the words of a link.
MARKS = re.compile(r"([\\\[\]`*_<>])")


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link, in the three ways people hand it on."""

    address: str
    markdown: str
    picture: SafeString


def link_to(request: HttpRequest, subject: Subject, question: Question, *, title: str) -> Link:
    """The reader's language stays her own: the link names the cloud and what is known of the case, not the language."""
    case = {"product": question.product, "resource": question.resource, "tags": ",".join(sorted(question.tags))}
    query = urlencode({"cloud": question.cloud.value, **{name: value for name, value in case.items() if value}})
    address = request.build_absolute_uri(f"{_path(subject)}?{query}")
    return Link(address=address, markdown=f"[{_plain(title)}]({address})", picture=_qr(address))


def _plain(title: str) -> str:
    return MARKS.sub(r"\\\1", " ".join(title.split()))


def _path(subject: Subject) -> str:
    if subject.sort is Sort.TOPIC:
        return reverse("topic-anywhere", kwargs={"topic": subject.id})
    if subject.sort is Sort.PRODUCT:
        return reverse("product-anywhere", kwargs={"product": subject.id})
    if subject.sort is Sort.ARTICLE_ID:
        return reverse("article-id-anywhere", kwargs={"article_id": subject.id})
    first, _, rest = subject.id.partition("/")
    if subject.sort is Sort.RESOURCE:
        return reverse("resource-anywhere", kwargs={"service": first, "resource": rest})
    return reverse("article-anywhere", kwargs={"collection": first, "path": rest})


def _qr(address: str) -> SafeString:
    """A drawing without inline style; dark on white in every colour scheme, since cameras read it so."""
    try:
        code = segno.make(address, error="m", micro=False)
    except segno.DataOverflowError:  # more than any code holds; the address itself is there to copy
        return mark_safe("")
    drawing = code.svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True
    )
    # segno writes nothing of the address into the drawing but modules.
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" ', 1))
