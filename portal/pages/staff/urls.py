"""The addresses of the staff pages, below `/{locale}/{cloud}/staff/`."""

from django.urls import URLPattern, path

from portal.pages.staff import coverage, desk, health

for_staff: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("topics/", health.topic_health, name="topic-health"),
    path("topics.csv", health.topic_health_csv, name="topic-health-csv"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage-csv"),
]
