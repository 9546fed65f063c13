"""The addresses of the staff pages, below `/{locale}/{cloud}/staff/`."""

from django.urls import path

from portal.pages.staff import design

for_staff = [
    path("design/", design.design, name="design"),
]
