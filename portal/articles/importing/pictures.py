"""Stores the pictures of a collection; drawings of our own become one picture for each locale and colour scheme."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction

from portal import locales
from portal.articles.importing import storing
from portal.articles.importing.reports import Report, error
from portal.articles.importing.rows import CannotRead
from portal.articles.importing.tree import Tree
from portal.articles.models import ContentVersion, Media
from portal.markup import drawings
from portal.markup.naming import names_a_locale

# A picture larger than this is no illustration of a support article.
MOST_BYTES = 5 * 1024 * 1024
DRAWN = "native"
DRAWING = re.compile(r"^(.+)\.(?:light|dark)\.([a-z]{2}-[a-z]{2})\.svg$")
TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}


def store(files: Tree, collection: str, root_name: str, report: Report, *, dry_run: bool) -> None:
    """Store the pictures of the tree that are new or changed, and count them."""
    stored = {
        row[0]: row[1:] for row in Media.objects.filter(collection=collection).values_list("path", "digest", "root")
    }
    rows = []
    for path, content in pictures_of(files, collection, report):
        digest = hashlib.sha256(content).hexdigest()
        known, root = stored.get(path, ("", root_name))
        if root != root_name:
            says = (
                f"This picture is already stored in collection {collection} from {root}. Import this tree with another "
            )
            report.reject(error("path-from-another-root", path, says + "--collection, or from that root."))
        elif known != digest:
            rows.append(_row(collection, path, root_name, content, digest))
    if rows and not dry_run:
        with transaction.atomic():
            storing.upsert(Media, rows)
            ContentVersion.raise_number()
    report.pictures += len(rows)


def is_still_there(path: str, files: Tree) -> bool:
    """Whether the tree still holds the file that a stored picture came from."""
    if path in files.media:
        return True
    drawing = DRAWING.match(path)
    if not drawing or f"{drawing[1]}.svg" not in files.media:
        return False
    return drawing[2] == locales.ENGLISH or any(
        locale == drawing[2] for locale, _ in _companions(files.root, drawing[1])
    )


def _row(collection: str, path: str, root_name: str, content: bytes, digest: str) -> dict[str, Any]:
    return {
        "collection": collection,
        "path": path,
        "root": root_name,
        "content_type": TYPES[PurePosixPath(path).suffix.casefold()],
        "content": content,
        "digest": digest,
    }


def pictures_of(files: Tree, collection: str, report: Report) -> Iterator[tuple[str, bytes]]:
    for name in files.media:
        try:
            content = _content(files.root / name)
            if collection == DRAWN and name.casefold().endswith(".svg"):
                yield from _drawn(files, name, content.decode("utf-8", errors="replace"), report)
            else:
                yield name, content
        except CannotRead as reason:
            report.reject(error("picture-unreadable", name, str(reason)))


def _content(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise CannotRead("This is not a file that can be read. Put the picture itself there.")
        if file.stat().st_size > MOST_BYTES:
            raise CannotRead(f"This picture is larger than {MOST_BYTES // 1024 // 1024} MB. Make it smaller.")
        return file.read_bytes()
    except OSError as reason:
        raise CannotRead(f"This picture cannot be read ({reason.strerror}). Correct that and import again.") from reason


def _drawn(files: Tree, name: str, svg: str, report: Report) -> Iterator[tuple[str, bytes]]:
    folder, stem = PurePosixPath(name).parent, PurePosixPath(name).stem
    words = {
        locale: _content(companion).decode("utf-8", errors="replace")
        for locale, companion in _companions(files.root, name.removesuffix(PurePosixPath(name).suffix))
    }
    drawn = drawings.render_all(stem, svg, words)
    report.problems += [problem.at(str(folder / problem.path)) for problem in drawn.problems]
    for picture in drawn.pictures:
        yield str(folder / picture.name), picture.data


def _companions(root: Path, drawing: str) -> Iterator[tuple[str, Path]]:
    """The words files of a drawing, with their locales."""
    file = root / drawing
    for companion in sorted(file.parent.iterdir()):
        stem, _, locale = companion.stem.rpartition(".")
        if companion.suffix == ".toml" and stem == file.name and names_a_locale(locale):
            yield locale.casefold(), companion
