"""The header keys that mean something, by dialect; the others are kept and reported (dialects.md 1.1, 5 and 8)."""

from __future__ import annotations

# `supporttoicids` is a slip of fourteen files; `topics` and `keywords` are of snapshots older than ours.
_SELFHELP = """
    selfhelptype cloudenvironments disableclouds articleid pagetitle description ownershipid productpesids
    supporttopicids supporttoicids service resource resourcetags resourcerequired displayorder authors author ms.author
    authoralias infobubbletext diagnosticscenario schemaversion clientids articletags category ms.service symptomid
    icmteam icmservice feedbackemail searchtags issuenotlisted productfamilyid mappedtobucket editor
    documentationcenter useasadditionaldetails topics keywords
"""

# Alchemy and learn front matter; any key that begins with `ms.` is known besides.
_DOCUMENTATION = """
    title description author manager editor robots audience localization_priority search.appverid f1.keywords
    f1_keywords titlesuffix services documentationcenter keywords tags cloud product topic zone_pivot_groups no-loc
    monikerrange feedback_system feedback_product_url feedback_help_link_url customer-intent contributors
    content_well_notification ai-usage layout uid toc.title hide_comments redirect_url subservice reviewer
    appliesto
"""

_NATIVE = """
    title description topics products clouds disableclouds service resource tags flow updated sources translation
    translated_on robots locale article_id display_order authors author
"""

KNOWN_KEYS: dict[str, frozenset[str]] = {
    "selfhelp": frozenset(_SELFHELP.split()),
    "documentation": frozenset(_DOCUMENTATION.split()),
    "native": frozenset(_NATIVE.split()),
}

# What only a front matter of that dialect has.
ALCHEMY_ONLY = frozenset({"ms.openlocfilehash", "ms.contentlocale", "ms.locfileid", "localization_priority"})
LEARN_ONLY = frozenset(
    {"services", "ms.subservice", "ms.workload", "ms.tgt_pltfrm", "zone_pivot_groups", "monikerrange"}
)
NATIVE_ONLY = frozenset({"topics", "products", "clouds", "flow", "translation", "sources", "updated"})
