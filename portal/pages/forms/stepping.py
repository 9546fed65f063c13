"""Which part a step of a form shows, and the summary as a file; the same for shared forms and those beside an error."""

from __future__ import annotations

from django.http import HttpResponse

from portal.forms.casefile import Summary
from portal.pages.forms.filling import Filling, Step

PARTS = {Step.CHECK: "forms/_check.html", Step.SUMMARY: "forms/_told.html"}
ENDINGS = {Step.TEXT: "txt", Step.MARKDOWN: "md"}


def part_of(one: Filling) -> str:
    return PARTS.get(one.sent.step, "forms/_form.html") if one.is_done else "forms/_form.html"


def file_of(told: Summary, step: Step, name: str) -> HttpResponse:
    response = HttpResponse(
        told.markdown if step is Step.MARKDOWN else told.text, content_type="text/plain; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS[step]}"'
    return response
