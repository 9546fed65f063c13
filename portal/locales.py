"""The languages of the portal: codes in addresses, names, direction, and what stands in for a text that is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

ENGLISH = "en-us"


@dataclass(frozen=True, kw_only=True)
class Locale:
    """One language as addresses name it (lower case), with its own name for itself."""

    code: str
    name: str
    english_name: str
    fallbacks: tuple[str, ...] = (ENGLISH,)
    rtl: bool = False

    @property
    def dir(self) -> str:
        return "rtl" if self.rtl else "ltr"

    @property
    def tag(self) -> str:
        """The BCP 47 tag for `lang` and `hreflang`: sv-SE."""
        language, _, region = self.code.partition("-")
        return f"{language}-{region.upper()}" if region else language

    @property
    def language(self) -> str:
        return self.code.partition("-")[0]


# The portal's own words exist in PORTAL_LANGUAGES; articles may come in any of these.
_TABLE = [
    Locale(code="en-us", name="English", english_name="English", fallbacks=()),
    Locale(code="sv-se", name="Svenska", english_name="Swedish"),
    Locale(code="de-de", name="Deutsch", english_name="German"),
    Locale(code="ja-jp", name="日本語", english_name="Japanese"),
    Locale(code="ar-sa", name="العربية", english_name="Arabic", rtl=True),
]
KNOWN: dict[str, Locale] = {locale.code: locale for locale in _TABLE}
PORTAL_LANGUAGES = ("en-us", "sv-se", "de-de", "ja-jp", "ar-sa")

_CODE = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}|[0-9]{3}))?$")


def normalise(text: str) -> str | None:
    """`sv-SE`, `sv_se` and `SV-se` as `sv-se`; None for what is no locale code."""
    match = _CODE.match(text.strip())
    if not match:
        return None
    return f"{match[1]}-{match[2]}".casefold() if match[2] else match[1].casefold()


def find(text: str) -> Locale | None:
    """The locale that a code means; `sv` alone finds `sv-se`. None when the portal does not speak it."""
    code = normalise(text)
    if code is None:
        return None
    if code in KNOWN:
        return KNOWN[code]
    language = code.partition("-")[0]
    return next((locale for locale in _TABLE if locale.language == language), None)


def get(code: str) -> Locale:
    """The locale of a stored code, known to the portal or not (a tree may hold `fr-fr`)."""
    return KNOWN.get(code) or Locale(code=code, name=code, english_name=code)


def from_accept_language(header: str) -> Locale | None:
    """The first language of an Accept-Language header, by weight, that the portal speaks."""
    wishes: list[tuple[float, int, str]] = []
    for position, part in enumerate(header.split(",")[:20]):
        code, _, parameters = part.partition(";")
        weight = re.search(r"q=([01](?:\.\d{1,3})?)\s*$", parameters)
        wishes.append((-float(weight[1]) if weight else -1.0, position, code.strip()))
    for weight, _, code in sorted(wishes):
        if weight < 0 and (locale := find(code)):
            return locale
    return None


def chain(code: str, existing: Iterable[str]) -> list[str]:
    """The locales of a text in the order they serve a reader of `code`: her own, its fallbacks, English, then any."""
    present = list(existing)
    order = [code, *get(code).fallbacks, ENGLISH, *sorted(present)]
    return [one for one in dict.fromkeys(order) if one in present]


# Letters that a language sorts after z, in its order; elsewhere they sort with the letter they are built on.
_OWN_LETTERS = {"sv": "åäö"}


def sort_key(text: str, locale: str = ENGLISH) -> tuple[str, str]:
    """A key that sorts names as readers of `locale` expect, without ICU: accents and case count last."""
    own = _OWN_LETTERS.get(get(locale).language, "")
    folded = "".join(
        chr(0x7B + own.index(letter)) if letter in own else unicodedata.normalize("NFKD", letter)[0]
        for letter in unicodedata.normalize("NFC", text.casefold())
    )
    return folded.lstrip("'\"([{«„“‘#*-– "), text
