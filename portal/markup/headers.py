"""The fields of a header as a Header: which key of which dialect means what."""

from __future__ import annotations

from portal.markup import values
from portal.markup.fields import Fields
from portal.markup.keys import KNOWN_KEYS
from portal.markup.source import Header, Kind
from portal.markup.values import plain

# A selfHelpType that is not the name of the kind itself.
KINDS = {"advisorrecommendationmetadata": Kind.ADVISOR, "partnercenterquickstart": Kind.QUICKSTART}
NOT_SELF_HELP_TYPES = frozenset({Kind.ALCHEMY, Kind.LEARN, Kind.NATIVE, Kind.OTHER})


def selfhelp(fields: Fields) -> Header:
    """The header of a SelfHelpContent file (dialects.md 1.1 and 1.3)."""
    values.report_unknown(fields, KNOWN_KEYS["selfhelp"], any_ms_key=False)
    if fields.value("supporttoicids"):
        line = fields.line("supporttoicids")
        fields.warn("misspelt-key", line, "“supportToicIds” was read as supportTopicIds; correct it.")
    visible, stated = values.visible_clouds(fields, "cloudenvironments", "disableclouds")
    return Header(
        raw=fields.raw,
        kind=_kind(fields),
        title=plain(fields.text("pagetitle")),
        description=plain(fields.text("description")),
        article_id=fields.text("articleid").casefold(),
        service=fields.text("service").casefold(),
        resource=fields.text("resource").casefold(),
        tags=values.folded_words(fields, "resourcetags"),
        topics=values.ids(fields, "topic", "supporttopicids", "supporttoicids"),
        products=values.ids(fields, "product", "productpesids"),
        clouds=visible,
        clouds_stated=stated,
        display_order=values.display_order(fields, "displayorder"),
        authors=values.names(fields, "authors", "author", "ms.author", "authoralias"),
    )


def alchemy(fields: Fields) -> Header:
    """The front matter of an Alchemy Insights article (dialects.md 5); the ids in ms.custom are its topics."""
    return _documentation(fields, Kind.ALCHEMY, topics=values.ids(fields, "topic", "ms.custom", labels_too=True))


def learn(fields: Fields) -> Header:
    """The front matter of a learn.microsoft.com article, which answers no topic of its own (dialects.md 8)."""
    return _documentation(fields, Kind.LEARN, topics=())


def native(fields: Fields) -> Header:
    """The front matter of our own articles."""
    values.report_unknown(fields, KNOWN_KEYS["native"], any_ms_key=False)
    visible, stated = values.visible_clouds(fields, "clouds", "disableclouds")
    return Header(
        raw=fields.raw,
        kind=Kind.NATIVE,
        title=plain(fields.text("title")),
        description=plain(fields.text("description")),
        article_id=fields.text("article_id").casefold(),
        service=fields.text("service").casefold(),
        resource=fields.text("resource").casefold(),
        tags=values.folded_words(fields, "tags"),
        topics=values.ids(fields, "topic", "topics"),
        products=values.ids(fields, "product", "products"),
        clouds=visible,
        clouds_stated=stated,
        display_order=values.display_order(fields, "display_order"),
        locale=values.locale(fields, "locale"),
        translation=values.translation(fields, "translation"),
        translated_on=values.day(fields, "translated_on"),
        updated=values.day(fields, "updated"),
        robots=fields.text("robots").casefold(),
        flow=fields.text("flow"),
        authors=values.names(fields, "authors", "author"),
    )


def _documentation(fields: Fields, kind: Kind, *, topics: tuple[str, ...]) -> Header:
    values.report_unknown(fields, KNOWN_KEYS["documentation"], any_ms_key=True)
    return Header(
        raw=fields.raw,
        kind=kind,
        title=plain(fields.text("title")),
        description=plain(fields.text("description")),
        service=fields.text("ms.service", "services").casefold(),
        topics=topics,
        locale=values.locale(fields, "ms.contentlocale"),
        translation=values.translation(fields, "ms.translationtype"),
        translated_on=values.day(fields, "ms.lasthandoff"),
        updated=values.day(fields, "ms.date"),
        robots=fields.text("robots").casefold(),
        authors=values.names(fields, "author", "ms.author"),
        original_title=plain(fields.text("original title")),
    )


def _kind(fields: Fields) -> Kind:
    written = fields.text("selfhelptype")
    folded = "".join(written.split()).casefold()
    if folded in KINDS:
        return KINDS[folded]
    if folded in set(Kind) and folded not in NOT_SELF_HELP_TYPES:
        return Kind(folded)
    if written:
        message = (
            f"There is no selfHelpType “{written[:60]}”; the file is kept for staff only. Use generic or resource."
        )
    else:
        message = 'The header names no selfHelpType; the file is kept for staff only. Add selfHelpType="generic".'
    fields.warn("unknown-kind", fields.line("selfhelptype") or 1, message)
    return Kind.OTHER
