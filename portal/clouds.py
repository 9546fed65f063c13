"""The clouds articles are written for: their names, how headers spell them, and where each cloud's hosts live.

Hosts of the national clouds: Microsoft's page on national clouds and `directories.md` 1.9; Blackforest is closed and
kept for old content only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum


class Cloud(StrEnum):
    """A cloud, by the short name that article headers and addresses use."""

    PUBLIC = "public"
    FAIRFAX = "fairfax"
    MOONCAKE = "mooncake"
    BLACKFOREST = "blackforest"
    USNAT = "usnat"
    USSEC = "ussec"

    @property
    def label(self) -> str:
        """The name people know this cloud by; a product name, the same in every language."""
        return LABELS[self]

    @property
    def is_air_gapped(self) -> bool:
        """Whether nothing of the public internet can be reached from there."""
        return self in AIR_GAPPED

    @property
    def is_closed(self) -> bool:
        return self is Cloud.BLACKFOREST


ALL = tuple(Cloud)
AIR_GAPPED = frozenset({Cloud.USNAT, Cloud.USSEC})

LABELS = {
    Cloud.PUBLIC: "Azure public cloud",
    Cloud.FAIRFAX: "Azure US Government",
    Cloud.MOONCAKE: "Azure operated by 21Vianet",
    Cloud.BLACKFOREST: "Azure Germany (closed)",
    Cloud.USNAT: "Azure US Nat",
    Cloud.USSEC: "Azure US Sec",
}

# One row a host of the public cloud; an empty cell keeps the address as it is.
HOSTS: dict[str, dict[Cloud, str]] = {
    "portal.azure.com": {
        Cloud.FAIRFAX: "portal.azure.us",
        Cloud.MOONCAKE: "portal.azure.cn",
        Cloud.BLACKFOREST: "portal.microsoftazure.de",
    },
    "ms.portal.azure.com": {Cloud.FAIRFAX: "portal.azure.us", Cloud.MOONCAKE: "portal.azure.cn"},
    "entra.microsoft.com": {Cloud.FAIRFAX: "entra.microsoft.us", Cloud.MOONCAKE: "entra.microsoftonline.cn"},
    "aad.portal.azure.com": {Cloud.FAIRFAX: "entra.microsoft.us", Cloud.MOONCAKE: "entra.microsoftonline.cn"},
    "login.microsoftonline.com": {
        Cloud.FAIRFAX: "login.microsoftonline.us",
        Cloud.MOONCAKE: "login.partner.microsoftonline.cn",
        Cloud.BLACKFOREST: "login.microsoftonline.de",
    },
    "graph.microsoft.com": {
        Cloud.FAIRFAX: "graph.microsoft.us",
        Cloud.MOONCAKE: "microsoftgraph.chinacloudapi.cn",
        Cloud.BLACKFOREST: "graph.microsoft.de",
    },
    "management.azure.com": {
        Cloud.FAIRFAX: "management.usgovcloudapi.net",
        Cloud.MOONCAKE: "management.chinacloudapi.cn",
        Cloud.BLACKFOREST: "management.microsoftazure.de",
    },
}

# Documentation of the 21Vianet cloud has a host of its own; only the Azure part of the public site is mirrored there.
DOCUMENTATION_HOSTS = frozenset({"docs.microsoft.com", "learn.microsoft.com"})
DOCUMENTATION_PATH = re.compile(r"^/(?:[a-z]{2}-[a-z]{2,4}/)?azure(/.*)$", re.IGNORECASE)
CHINA_DOCUMENTATION = "docs.azure.cn"

_ADDRESS = re.compile(r"^(https?)://([^/?#\s]+)(.*)$", re.IGNORECASE | re.DOTALL)


def parse(text: str) -> tuple[frozenset[Cloud], list[str]]:
    """The clouds named in a comma separated list, in any case, and the words that name none."""
    known: set[Cloud] = set()
    unknown: list[str] = []
    for word in re.split(r"[,;\s]+", text.strip()):
        if not word:
            continue
        try:
            known.add(Cloud(word.casefold()))
        except ValueError:
            unknown.append(word)
    return frozenset(known), unknown


def find(text: str) -> Cloud | None:
    """The one cloud that a word names, in any case; None for anything else."""
    try:
        return Cloud(text.strip().casefold())
    except ValueError:
        return None


def in_order(clouds: Iterable[Cloud | str]) -> list[Cloud]:
    """The clouds in the order people are shown them."""
    present = {Cloud(cloud) for cloud in clouds}
    return [cloud for cloud in Cloud if cloud in present]


def fit(address: str, cloud: Cloud) -> str | None:
    """The same link in `cloud`, or None when it cannot be reached from there.

    Relative addresses, fragments and `mailto:` are never touched. Never raises: a host that makes no sense is kept.
    """
    match = _ADDRESS.match(address)
    if not match:
        return address
    if cloud.is_air_gapped:
        return None
    scheme, host, rest = match[1], match[2].casefold(), match[3]
    if cloud is Cloud.MOONCAKE and host in DOCUMENTATION_HOSTS and (path := DOCUMENTATION_PATH.match(rest)):
        return f"{scheme}://{CHINA_DOCUMENTATION}/en-us{path[1]}"
    fitted = HOSTS.get(host, {}).get(cloud)
    return f"{scheme}://{fitted}{rest}" if fitted else address
