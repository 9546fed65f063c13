"""Imports a tree of article files: reads and renders what changed on all cores, stores it in sets, prunes what is gone."""

from portal.articles.importing.reports import Report, Request
from portal.articles.importing.running import import_tree

__all__ = ["Report", "Request", "import_tree"]
