"""Plain functions that make what tests need: article files, stored texts, and the addresses of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from portal import clock
from portal.articles.importing import Report, Request, import_tree
from portal.articles.models import ArticleText
from portal.clouds import ALL

numbers = count(1)


def make_tree(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder; the folder, resolved."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder.resolve()


def selfhelp(title: str = "A fault", body: str = "Words.", **header: str) -> str:
    """A file of the selfhelp dialect."""
    keys = {"pageTitle": title, "selfHelpType": "generic", "cloudEnvironments": "public", **header}
    lines = "\n".join(f'    {key}="{value}"' for key, value in keys.items())
    return f"<properties\n{lines}\n/>\n\n# {title}\n\n{body}\n"


def native(title: str = "Our own", body: str = "Our words.", **header: str) -> str:
    """A file of our own dialect."""
    keys = {"title": title, "description": "What it is about.", "topics": "[]", "clouds": "all", **header}
    lines = "\n".join(f"{key}: {value}" for key, value in keys.items())
    return f"---\n{lines}\n---\n\n# {title}\n\n{body}\n"


def run_import(path: Path, **options: Any) -> Report:
    """Import as the command does; options are those of Request."""
    return import_tree(Request(path=path.resolve(), **options))


def make_text(**fields: Any) -> ArticleText:
    """A stored text of a generic article that every cloud sees; any field may be given."""
    number = next(numbers)
    path = fields.get("path", f"article-{number}")
    values = {
        "collection": "selfhelp",
        "path": path,
        "locale": "en-us",
        "root": "/made",
        "source_path": f"{path}.md",
        "digest": f"{number:064}",
        "kind": "generic",
        "for_readers": fields.get("kind", "generic") != "problemscopingquestions",
        "title": f"Article {number}",
        "tags": [],
        "topics": [],
        "products": [],
        "clouds": [cloud.value for cloud in ALL],
        "clouds_stated": "clouds" in fields,
        "header": {},
        "html": "<p>Words.</p>",
        "headings": [],
        "text": "Words.",
        "problems": [],
        "stored_at": clock.now(),
    }
    return ArticleText.objects.create(**{**values, **fields})


def page(text: ArticleText, *, locale: str = "en-us", cloud: str = "public") -> str:
    """The address of an article's page."""
    return f"/{locale}/{cloud}/articles/{text.collection}/{text.path}/"
