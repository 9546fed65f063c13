"""What an article file is called on the site, and which locale its path names."""

from __future__ import annotations

import re
from functools import lru_cache
from locale import locale_alias

from portal import locales

ENDING = re.compile(r"\.(?:md|markdown|txt)$", re.IGNORECASE)
_LOCALE = re.compile(r"^[A-Za-z]{2}-[A-Za-z]{2}$")


@lru_cache(maxsize=4096)
def names_a_locale(word: str) -> bool:
    """Whether a folder or file is called after a locale; `ad-ds` looks like one and is none."""
    folded = word.casefold()
    return bool(_LOCALE.match(word)) and (folded in locales.KNOWN or folded.replace("-", "_") in locale_alias)


def name_of(source_path: str) -> tuple[str, str | None]:
    """The path of an article on the site (no locale folder, no ending, case kept) and the locale that its file's path names.

    `sv-SE/AlchemyInsights/x.md` is `AlchemyInsights/x` in sv-se; `object-not-syncing/sv-se.md` is `object-not-syncing`.
    """
    parts = ENDING.sub("", source_path).split("/")
    if len(parts) > 1 and names_a_locale(parts[-1]):
        return "/".join(parts[:-1]), parts[-1].casefold()
    for index, part in enumerate(parts[:-1]):
        if names_a_locale(part):
            return "/".join(parts[:index] + parts[index + 1 :]), part.casefold()
    return "/".join(parts), None
