"""Fits the links of a stored page to a cloud: other hosts, no links that cannot be reached, pages of this portal where it has them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from portal import clouds
from portal.clouds import Cloud

# The sanitizer writes attributes in double quotes, escapes < and > in them, and never nests links.
LINK = re.compile(r"<a((?:\s[\w-]+(?:=\"[^\"]*\")?)*)>(.*?)</a>", re.DOTALL)
PICTURE = re.compile(r"<img((?:\s[\w-]+(?:=\"[^\"]*\")?)*)\s*/?>")
ATTRIBUTE = re.compile(r"\s([\w-]+)(?:=\"([^\"]*)\")?")
EXTERNAL = re.compile(r"^https?://", re.IGNORECASE)


def fit(body: str, cloud: Cloud, pages: Mapping[str, str]) -> str:
    """The body as readers in `cloud` get it. `pages` maps the articles that links name to their addresses here.

    In an air-gapped cloud, links and pictures of the internet become text with the address beside it, marked as added.
    """
    body = LINK.sub(lambda match: _link(match, cloud, pages), body)
    return PICTURE.sub(lambda match: _picture(match, cloud), body) if cloud.is_air_gapped else body


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value or "") for name, value in ATTRIBUTE.findall(text)}


def _link(match: re.Match[str], cloud: Cloud, pages: Mapping[str, str]) -> str:
    attributes, words = _attributes(match[1]), match[2]
    href = attributes.get("href")
    if href is None:
        return match[0]
    target, _, anchor = attributes.get("data-article", "").partition("#")
    if target in pages:
        fragment = anchor or href.partition("#")[2]
        return f'<a href="{html.escape(pages[target] + ("#" + fragment if fragment else ""))}">{words}</a>'
    fitted = clouds.fit(href, cloud)
    if fitted is None:
        address = html.escape(href)
        return f'<span class="unreachable">{words}<span class="unreachable-address" data-added dir="ltr"> ({address})</span></span>'
    if fitted == href:
        return match[0]
    attributes["href"] = fitted
    attributes.pop("data-article", None)
    return f"<a{_written(attributes)}>{words}</a>"


def _picture(match: re.Match[str], cloud: Cloud) -> str:
    attributes = _attributes(match[1])
    if not EXTERNAL.match(attributes.get("src", "")):
        return match[0]
    alt = attributes.get("alt", "")
    return (
        f'<img class="missing" alt="{html.escape(alt)}"><span class="missing-text" data-added>{html.escape(alt)}</span>'
    )


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
