"""A tree of article files: which files it holds, and which of them no import can take."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.conf import settings

from portal.articles.importing.reports import error
from portal.problems import Problem, Severity

ARTICLE_ENDINGS = frozenset({".md", ".txt", ".markdown"})
MEDIA_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
# Read by others: flows, bindings and the translated words of drawings.
COMPANION_ENDINGS = frozenset({".toml"})
# Identities are indexed, and Postgres indexes no value much longer.
LONGEST_NAME = 1_000


@dataclass(frozen=True, kw_only=True)
class Tree:
    """What lies below a path: article files, pictures, and files that are neither; all relative to `root`, sorted.

    `refused` are files and folders that could not be taken, `notes` what was left alone. Of `unread` folders nobody knows
    what they hold.
    """

    root: Path
    scope: PurePosixPath
    articles: tuple[str, ...]
    media: tuple[str, ...]
    refused: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    unread: tuple[PurePosixPath, ...] = ()

    def holds(self, source_path: str) -> bool:
        """Whether a source path of this root lies below the path that was asked for, where this listing knows of it."""
        path = PurePosixPath(source_path)
        return path.is_relative_to(self.scope) and not any(path.is_relative_to(folder) for folder in self.unread)


@dataclass
class _Found:
    articles: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    unread: list[PurePosixPath] = field(default_factory=list)


def walk(path: Path, root: Path) -> Tree:
    """List a tree or one file. Hidden files and folders, and links that lead out of the root, are left out."""
    found = _Found()
    for name in sorted(_names(path, root, found)):
        ending = os.path.splitext(name)[1].casefold()
        if ending in COMPANION_ENDINGS:
            continue
        if problem := _unusable(name):
            found.refused.append(problem)
        elif ending in ARTICLE_ENDINGS:
            found.articles.append(name)
        elif ending in MEDIA_ENDINGS:
            found.media.append(name)
        else:
            says = "Not an article: its ending is none of .md, .txt and .markdown. It was left alone."
            found.notes.append(_note("not-an-article", name, says))
    scope = PurePosixPath(path.relative_to(root).as_posix())
    return Tree(root=root, scope=scope, **{name: tuple(values) for name, values in vars(found).items()})


def _names(path: Path, root: Path, found: _Found) -> Iterator[str]:
    """The files below a path, relative to the root; plain strings, because a tree has thousands."""
    start = path.relative_to(root).as_posix()
    if not path.is_dir():
        yield start
        return
    waiting = ["" if start == "." else f"{start}/"]
    while waiting:
        folder = waiting.pop()
        for entry in _entries(root, folder, found):
            name = folder + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            elif not entry.is_symlink() or _leads_to_a_file(name, root, found):
                yield name


def _entries(root: Path, folder: str, found: _Found) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(root / folder))
    except OSError as reason:
        found.unread.append(PurePosixPath(folder))
        says = f"This folder cannot be read ({reason.strerror}). Its texts stay as they are; correct its permissions."
        found.refused.append(error("folder-unreadable", printable(folder).rstrip("/"), says))
        return []


def _leads_to_a_file(name: str, root: Path, found: _Found) -> bool:
    link = root / name
    if not link.resolve().is_relative_to(root):
        says = "This link leads out of the tree and was not followed. Put the file itself into the tree."
        found.notes.append(_note("link-out-of-tree", name, says))
        return False
    if link.is_dir():
        says = "This link leads to a folder and was not followed, so that nothing is read twice."
        found.notes.append(_note("link-to-folder", name, says))
        return False
    return True


def _unusable(name: str) -> Problem | None:
    """Why no address of the site could hold this name, if so."""
    if name.isascii() and name.isprintable() and len(name) <= LONGEST_NAME:
        return None
    shown = printable(name)
    if shown != name:
        return error("name-unusable", shown, "Its name is not UTF-8 or holds control characters. Rename it.")
    if len(name.encode()) > LONGEST_NAME:
        return error("name-too-long", name, f"Its path is longer than {LONGEST_NAME} bytes. Shorten it.")
    return None


def printable(name: str) -> str:
    """The name of a file as a report can hold it, whatever bytes it is made of."""
    sound = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(repr(letter)[1:-1] if unicodedata.category(letter) == "Cc" else letter for letter in sound)


def _note(code: str, name: str, message: str) -> Problem:
    return Problem(code=code, message=message, severity=Severity.NOTE, path=printable(name))


def stored_name(root: Path) -> str:
    """How a root is remembered: relative to the checkout when inside it, so that our own articles survive a move."""
    base = settings.BASE_DIR.resolve()
    return root.relative_to(base).as_posix() if root.is_relative_to(base) else root.as_posix()


def choose_root(path: Path, *, given: Path | None, stored: Iterable[str]) -> Path:
    """The root of an import: the one given, else the stored one that holds the path, else the path or its folder.

    Raises ValueError when the given root does not hold the path.
    """
    if given is not None:
        if not path.is_relative_to(given):
            raise ValueError(f"{path} does not lie below the root {given}. Name a root that holds it.")
        if not given.is_dir():
            raise ValueError(f"The root {given} is not a folder. Name the folder that source paths are relative to.")
        return given
    holding = [root for name in stored if path.is_relative_to(root := (settings.BASE_DIR / name).resolve())]
    holding = [root for root in holding if root.is_dir()]
    if holding:
        return max(holding, key=lambda root: len(root.parts))
    return path if path.is_dir() else path.parent
