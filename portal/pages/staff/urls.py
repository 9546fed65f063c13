"""The addresses of the staff pages, below `/{locale}/{cloud}/staff/`."""

from django.urls import URLPattern, path

from portal.pages.staff import design
from portal.pages.staff.content import difference, listed, overview

for_staff: list[URLPattern] = [
    path("content/", overview.overview, name="content"),
    path("content/stale/<int:number>/", difference.difference, name="content-difference"),
    path("content/<slug:name>/", listed.listed, name="content-list"),
    path("content/<slug:name>.csv", listed.listed_csv, name="content-csv"),
    path("design/", design.design, name="design"),
]
