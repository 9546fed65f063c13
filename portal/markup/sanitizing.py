"""The two gates that HTML passes: foreign HTML is disarmed before anything is added to it, and everything is cleaned last.

Both are allow-lists over a real HTML5 parser (nh3). Between them stands our own markup: what a file brings can carry no
class, no `data-*` attribute and no role, so it cannot pass itself off as an alert or as text that the portal added.
"""

from __future__ import annotations

import re

import nh3

INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "center", "col", "colgroup", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p",
    "picture", "pre", "section", "source", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# Azure's own tags and two form controls come through the first gate, because words or meaning of theirs are kept.
PASSING = {
    "additionalinputsreq", "azurekb", "button", "client", "executiontext", "input", "insight", "maxinsightcount",
    "metric", "noresulttext", "src", "symptomid", "timeouttext", "title", "video", "videogroup",
}  # fmt: skip
SILENCED = {"script", "style", "iframe", "noembed", "noframes", "noscript", "template", "svg", "math", "xmp", "select"}

WEB = {"http", "https", "mailto"}
# Schemes that a construct of ours reads in the body before the last gate takes them away.
READ = WEB | {
    "data", "data-blade", "datablade", "button-data-blade", "button-data-context", "button-link", "ms-settings",
    "feedback-hub", "xref", "ttps", "htps", "htttps", "hhttps",
}  # fmt: skip

_TEXT = {"dir", "lang", "title"}
_TABLE_CELL = {"align", "colspan", "rowspan", "scope"}
_LISTS = {"ol": {"start", "reversed", "type"}, "li": {"value"}, "td": _TABLE_CELL, "th": _TABLE_CELL}

CLASSES = frozenset(
    {
        "alert", "alert-caution", "alert-important", "alert-label", "alert-note", "alert-tip", "alert-warning",
        "align-center", "align-left", "align-right", "anchor", "blade", "blade-hint", "check", "check-label",
        "checklist", "code", "code-language", "code-reference", "column", "external", "hint", "include",
        "long-description", "metric", "missing", "missing-text", "next-step", "note", "pair", "pair-heading",
        "pair-local", "pair-original", "pair-title", "part", "picture", "row", "section-title", "selector", "stand-in",
        "stand-in-note", "tab", "tab-name", "table-scroll", "tabs", "task", "title-repeat", "token", "url", "video", "video-address",
        "video-group", "video-link", "videos", "web-results", "zone", "zone-label",
    }
)  # fmt: skip
_OPEN_CLASS = re.compile(r"^(?:language|part|tab)-[\w+#.-]{1,40}$")
_ROLES = frozenset({"note", "region", "navigation", "img"})
_DATA = {
    "data-added", "data-article", "data-blade", "data-language", "data-media", "data-part", "data-tab", "data-token",
    "data-unit", "data-zone",
}  # fmt: skip
PICTURE_DATA = re.compile(r"^data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s%]*$", re.IGNORECASE)
MOST_PICTURE_DATA = 512 * 1024  # characters of one picture written into an address
_SAFE_ADDRESS = re.compile(r"^(?:https?://|mailto:|#|/(?!/)|[^:]*$)", re.IGNORECASE)
_ID = re.compile(r"^[^\s\"'<>`=]{1,160}$")


def disarm(html: str, *, units: bool = False) -> str:
    """Foreign HTML with nothing left that could act or pass for ours; comments stay, for the constructs that read them.

    `units` lets the sentence marks of a bilingual text through. The result is canonical: lower-case names, quoted and
    escaped attributes, every element closed. Ids and anchor names stay, for `dialects.headings` to judge.
    """
    return (_DISARM_UNITS if units else _DISARM).clean(html)


def clean(html: str) -> str:
    """The last gate: only the elements, attributes, classes and addresses that a page of this portal may hold."""
    return _CLEAN.clean(html)


def clean_foreign(html: str) -> str:
    """Both gates in one for a scrap of HTML that gets nothing of ours, such as a box of words in a form."""
    return _CLEAN.clean(_DISARM.clean(html))


def _judge(tag: str, name: str, value: str) -> str | None:
    """One attribute at the last gate: its value, or None to take it away."""
    if name == "href":
        return value if _SAFE_ADDRESS.match(value) else None
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES or _OPEN_CLASS.match(word)) or None
    if name == "id":
        return value if _ID.match(value) else None
    if name in ("src", "srcset"):
        return value if _may_be_shown(value) else None
    if name == "role":
        return value if value in _ROLES else None
    return value


def _may_be_shown(address: str) -> bool:
    if address[:5].lower() == "data:":
        return len(address) <= MOST_PICTURE_DATA and bool(PICTURE_DATA.match(address))
    return bool(_SAFE_ADDRESS.match(address)) and not address.lower().startswith("mailto:")


_FOREIGN = {
    "*": _TEXT | {"id"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "code": {"class"},
    "input": {"type", "checked"},
    "time": {"datetime"},
    **_LISTS,
}


def _only_language(tag: str, name: str, value: str) -> str | None:
    if name != "class":
        return value
    language = value.split()[0] if value.split() else ""
    return language if language.startswith("language-") else None


_DISARM = nh3.Cleaner(
    tags=INLINE | BLOCKS | PASSING,
    clean_content_tags=SILENCED,
    attributes=_FOREIGN,
    attribute_filter=_only_language,
    strip_comments=False,
    link_rel=None,
    url_schemes=READ,
)
_DISARM_UNITS = nh3.Cleaner(
    tags=INLINE | BLOCKS | PASSING,
    clean_content_tags=SILENCED,
    attributes=_FOREIGN | {"span": {"data-unit"}},
    attribute_filter=_only_language,
    strip_comments=False,
    link_rel=None,
    url_schemes=READ,
)
_CLEAN = nh3.Cleaner(
    tags=INLINE | BLOCKS,
    clean_content_tags=SILENCED,
    attributes={
        "*": _TEXT | _DATA | {"id", "class", "role", "aria-label"},
        "a": {"href", "rel"},
        "img": {"src", "alt", "width", "height", "loading", "referrerpolicy"},
        "source": {"srcset", "media", "type"},
        "div": {"tabindex"},
        "pre": {"tabindex"},
        "span": {"hidden"},
        "h1": {"hidden"},
        "time": {"datetime"},
        **_LISTS,
    },
    attribute_filter=_judge,
    strip_comments=True,
    link_rel=None,
    url_schemes=WEB | {"data"},
)
