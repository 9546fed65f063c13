"""The columns of each list of content health."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import locales
from portal.articles.feedback.models import Feedback, Reason
from portal.articles.health import listing
from portal.articles.health.comparing import share_changed
from portal.articles.health.links import NOT_STORED
from portal.articles.health.models import Finding, KnownProblem
from portal.articles.health.sources import sources
from portal.articles.health.staleness import Sign
from portal.articles.searching.models import MissedQuery
from portal.clouds import Cloud
from portal.pages.reader import Reader
from portal.pages.staff.content import cells
from portal.pages.staff.content.cells import Cell, Column

ARTICLE, OWNER, LANGUAGE = gettext_lazy("Article"), gettext_lazy("Owner"), gettext_lazy("Language")
FILE, AUTHOR = gettext_lazy("File"), gettext_lazy("Author")
SEVERITIES = {
    "error": gettext_lazy("Error"),
    "warning": gettext_lazy("Warning"),
    "note": gettext_lazy("Note"),
}


def _list(reader: Reader, name: str, **query: str) -> str:
    return f"{reader.address('content-list', name=name)}?{urlencode(query)}"


def _day(moment: Any) -> str:
    return date_format(moment, "Y-m-d") if moment else ""


def _date(moment: Any) -> Cell:
    return Cell(text=_day(moment), is_short=True)


def _percent(share: float) -> str:
    return _("%(number)s %%") % {"number": round(100 * share)}


def _language(locale: str) -> Cell:
    known = locales.KNOWN.get(locale)
    return Cell(text=known.name, lang=known.tag) if known else cells.name(locale)


def _file(row: KnownProblem, reader: Reader) -> Cell:
    place = f"{row.path}:{row.lines[0]}" if row.lines else row.path
    times = _("%(number)s times") % {"number": row.times} if row.times > 1 else ""
    return Cell(text=place, href=cells.address(row.text, reader) if row.text else "", under=times, is_name=True)


def _gone(row: KnownProblem, reader: Reader) -> Cell:
    return cells.plain(_("gone %(day)s") % {"day": _day(row.gone_in.started_at)} if row.gone_in else "")


def _text(row: Finding, reader: Reader) -> Cell:
    return cells.article(row.text, reader)


TEXT = Column(head=ARTICLE, cell=_text, under=FILE)
OF_LANGUAGE = Column(head=LANGUAGE, cell=lambda row, reader: _language(row.text.locale))
OF_OWNER = Column(head=OWNER, under=AUTHOR, cell=lambda row, reader: cells.owner(row.text))

PROBLEMS = (
    Column(head=FILE, cell=_file, under=gettext_lazy("Times")),
    Column(head=gettext_lazy("Problem"), cell=lambda row, reader: Cell(text=row.message, lang="en-US")),
    Column(head=gettext_lazy("Code"), cell=lambda row, reader: cells.name(row.code, _list(reader, "problems", code=row.code))),
    Column(head=gettext_lazy("Severity"), cell=lambda row, reader: cells.plain(SEVERITIES.get(row.severity, row.severity))),
    Column(head=gettext_lazy("Since"), cell=lambda row, reader: _date(row.new_in.started_at)),
    Column(head=gettext_lazy("Gone"), cell=_gone),
    OF_OWNER,
)  # fmt: skip


def with_share(rows: list[Finding]) -> list[Finding]:
    """With how much of the English changed, where both of its editions are known."""
    both = sources(rows)
    for row in rows:
        known = both.get(row.pk)
        row.share = share_changed(known.then, known.now) if known else None
    return rows


def _sign(row: Finding, reader: Reader) -> Cell:
    known = locales.KNOWN.get(row.detail)
    under = known.name if known and row.code == Sign.OTHER_IS_NEWER else ""
    return Cell(text=str(Sign(row.code).label), under=under)


def _share(row: Any, reader: Reader) -> Cell:
    if row.share is None:
        return cells.plain(_("not known"))
    return Cell(text=_percent(row.share), href=reader.address("content-difference", number=row.pk))


STALE = (
    TEXT,
    OF_LANGUAGE,
    Column(head=gettext_lazy("Translated"), cell=lambda row, reader: _date(row.text.translated_on)),
    Column(head=gettext_lazy("How we know"), cell=_sign, under=gettext_lazy("Newer language")),
    Column(head=gettext_lazy("English changed by"), cell=_share),
    OF_OWNER,
)
TERMS = (
    TEXT,
    OF_LANGUAGE,
    Column(head=gettext_lazy("Name"), cell=lambda row, reader: cells.name(row.code, _list(reader, "terms", code=row.code))),
    Column(
        head=gettext_lazy("As it stands there"),
        cell=lambda row, reader: Cell(text=row.detail, lang=locales.get(row.text.locale).tag),
    ),
    OF_OWNER,
)  # fmt: skip


def _link(row: Finding, reader: Reader) -> Cell:
    if row.code == NOT_STORED:
        return Cell(text=_("No article of this collection is stored as %(path)s.") % {"path": row.detail})
    return Cell(text=row.detail, lang="en-US")


LINKS = (
    TEXT,
    OF_LANGUAGE,
    Column(head=gettext_lazy("Link"), cell=_link),
    Column(head=gettext_lazy("Code"), cell=lambda row, reader: cells.name(row.code, _list(reader, "links", code=row.code))),
    OF_OWNER,
)  # fmt: skip
MOVED = (
    Column(head=gettext_lazy("Address"), cell=lambda row, reader: Cell(text=row["message"], lang="en-US")),
    Column(head=gettext_lazy("Files"), cell=lambda row, reader: cells.plain(row["files"])),
)


def with_texts(rows: list[Any]) -> list[dict[str, Any]]:
    """Votes and comments as dictionaries with the `text` they speak of, None when it is gone."""
    plain = [row if isinstance(row, dict) else _as_row(row) for row in rows]
    texts = listing.titles(plain)
    return [{**row, "text": texts.get((row["collection"], row["path"], row["locale"]))} for row in plain]


def _as_row(row: Feedback) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _voted(row: dict[str, Any], reader: Reader) -> Cell:
    return cells.article(row["text"], reader, path=f"{row['collection']}/{row['path']}")


def _revision(row: dict[str, Any], reader: Reader) -> Cell:
    if row["text"] is None:
        return cells.plain(_("the text is gone"))
    return cells.plain(_("today's") if row["text"].digest == row["revision"] else _("an earlier one"))


VOTED_TEXT = Column(head=ARTICLE, cell=_voted, under=FILE)
VOTED_LANGUAGE = Column(head=LANGUAGE, cell=lambda row, reader: _language(row["locale"]))
VOTED_OWNER = Column(head=OWNER, under=AUTHOR, cell=lambda row, reader: cells.owner(row["text"]))

VOTES = (
    VOTED_TEXT,
    VOTED_LANGUAGE,
    Column(head=gettext_lazy("Say no"), cell=lambda row, reader: cells.plain(_("%(no)s of %(all)s") % {"no": row["no"], "all": row["votes"]})),
    Column(head=gettext_lazy("At least"), cell=lambda row, reader: cells.plain(_percent(row["bound"]))),
    Column(
        head=gettext_lazy("Comments"),
        cell=lambda row, reader: Cell(
            text=str(row["commented"]),
            href=_list(reader, "comments", collection=row["collection"], file=row["path"], locale=row["locale"]) if row["commented"] else "",
        ),
    ),
    VOTED_OWNER,
)  # fmt: skip
COMMENTS = (
    VOTED_TEXT,
    VOTED_LANGUAGE,
    Column(head=gettext_lazy("Comment"), cell=lambda row, reader: Cell(text=row["comment"], lang="und")),
    Column(head=gettext_lazy("Helpful"), cell=lambda row, reader: cells.plain(_("Yes") if row["helpful"] else _("No"))),
    Column(head=gettext_lazy("Reason"), cell=lambda row, reader: cells.plain(Reason(row["reason"]).label if row["reason"] else "")),
    Column(head=gettext_lazy("Revision"), cell=_revision),
    Column(head=gettext_lazy("Cloud"), cell=lambda row, reader: cells.plain(Cloud(row["cloud"]).label)),
    Column(head=gettext_lazy("Day"), cell=lambda row, reader: _date(row["given_on"])),
    VOTED_OWNER,
)  # fmt: skip


def _sought(row: MissedQuery, reader: Reader) -> Cell:
    """The words, with the search for them as it is now; a query of unknown words alone has none left."""
    if not row.words:
        return Cell(text=_("words that stand in none of our titles"))
    known = locales.KNOWN.get(row.locale)
    return Cell(
        text=row.words,
        href=f"{reader.address('search')}?{urlencode({'q': row.words})}",
        lang=known.tag if known else "",
        is_name=True,
    )


MISSED = (
    Column(head=gettext_lazy("Sought"), cell=_sought),
    Column(head=LANGUAGE, cell=lambda row, reader: _language(row.locale)),
    Column(head=gettext_lazy("Cloud"), cell=lambda row, reader: cells.plain(Cloud(row.cloud).label if row.cloud else _("all"))),
    Column(head=gettext_lazy("Times"), cell=lambda row, reader: cells.plain(row.count)),
    Column(head=gettext_lazy("Last"), cell=lambda row, reader: _date(row.last_seen)),
)  # fmt: skip


def _counted(row: dict[str, Any], name: str, number: str, reader: Reader) -> Cell:
    whose = {"owner": row["owner"]} if row["owner"] else {"author": row["wrote"]}
    is_known = row["owner"] or row["wrote"]
    return Cell(text=str(row[number]), href=_list(reader, name, **whose) if is_known and row[number] else "")


def _whose(row: dict[str, Any], reader: Reader) -> Cell:
    if row["owner"]:
        return cells.name(row["owner"])
    return Cell(text="" if row["wrote"] else _("nobody named"), under=row["wrote"])


OWNERS = (
    Column(head=OWNER, cell=_whose, under=AUTHOR),
    Column(head=gettext_lazy("Texts"), cell=lambda row, reader: cells.plain(row["texts"])),
    Column(head=gettext_lazy("Problems"), cell=lambda row, reader: _counted(row, "problems", "problems", reader)),
    Column(head=gettext_lazy("Stale"), cell=lambda row, reader: _counted(row, "stale", "stale", reader)),
    Column(head=gettext_lazy("Garbled"), cell=lambda row, reader: _counted(row, "terms", "term", reader)),
    Column(head=gettext_lazy("Dead links"), cell=lambda row, reader: _counted(row, "links", "link", reader)),
)  # fmt: skip
