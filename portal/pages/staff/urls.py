"""The addresses of the staff pages, below `/{locale}/{cloud}/staff/`."""

from django.urls import URLPattern

for_staff: list[URLPattern] = []
