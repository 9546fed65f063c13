"""The API's page for people: examples to paste, and Swagger UI, served by ourselves, within the content security policy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from portal.api.describing import examples


class Docs(DocsBase):
    """The page at `docs`; it reads the OpenAPI document beside it."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        settings = {"layout": "BaseLayout", "deepLinking": True, "url": self.get_openapi_url(api, kwargs)}
        base = f"{request.scheme}://{request.get_host()}"
        context = {"api": api, "settings": settings, "base": base, "examples": examples(base)}
        return render(request, "api/docs.html", context)
