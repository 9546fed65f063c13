"""The addresses of the staff pages, below `/{locale}/{cloud}/staff/`."""

from django.urls import URLPattern, path

from portal.pages.staff import coverage, design, desk, health
from portal.pages.staff.content import difference, listed, overview

for_staff: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("topics/", health.topic_health, name="topic-health"),
    path("topics.csv", health.topic_health_csv, name="topic-health-csv"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage-csv"),
    path("content/", overview.overview, name="content"),
    path("content/stale/<int:number>/", difference.difference, name="content-difference"),
    path("content/<slug:name>/", listed.listed, name="content-list"),
    path("content/<slug:name>.csv", listed.listed_csv, name="content-csv"),
    path("design/", design.design, name="design"),
]
