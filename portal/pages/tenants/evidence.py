"""What a directory says about a question, in words: look-ups one by one, comparisons in rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.diagnosis.looking import Look
from portal.directories.evidence import Confidence, Evidence, Result
from portal.directories.objects import Side
from portal.flows import Question
from portal.pages.tenants import labels

Words = str | Promise

LOOKUPS = {
    "cloud-by-upn": _("The existing user’s sign-in name, in the cloud"),
    "by-anchor": _("Its source anchor"),
    "by-sid": _("Its security identifier"),
    "by-dn": _("Its place in Active Directory"),
    "by-upn": _("Its sign-in name"),
    "by-account": _("Its account name"),
    "by-address": _("Its addresses"),
    "deleted": _("Among deleted accounts"),
    "connector-space": _("In the connector space of the cloud"),
    "security-identifier": _("Security identifier"),
    "both-names-on-premises": _("Both sign-in names in Active Directory"),
    "display-name": _("Display name"),
    "sign-in-name": _("Sign-in name"),
    "employee-id": _("Employee ID"),
    "account-name": _("Account name"),
    "given-name": _("Given name"),
    "surname": _("Surname"),
    "mail": _("Mail"),
    "addresses": _("Addresses"),
    "manager": _("Manager"),
    "created": _("Created"),
    "object-id": _("Object ID"),
}
RESULTS = {
    Result.FOUND: _("found"),
    Result.NOT_FOUND: _("not found"),
    Result.INCOMING: _("this is the incoming object"),
    Result.EXISTING: _("this is the existing object"),
    Result.DELETED: _("deleted"),
    Result.SEVERAL: _("several"),
    Result.NOTHING_TO_LOOK_FOR: _("nothing to look for"),
    Result.SAME: _("same"),
    Result.SIMILAR: _("alike"),
    Result.DIFFERENT: _("different"),
    Result.MISSING: _("missing"),
}
CONFIDENCES = {
    Confidence.NONE: _("no sign"),
    Confidence.WEAK: _("a weak sign"),
    Confidence.STRONG: _("a strong sign"),
    Confidence.DECISIVE: _("decisive"),
}


# The spec's first check names the cloud directory where its first edition named Active Directory (design section 8).
BOTH_LOOKUPS = frozenset({"by-upn", "cloud-by-upn"})


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One look-up or comparison, worded."""

    label: Words
    where: Words
    sought: str
    result: Words
    result_key: str
    meaning: str
    names: tuple[str, ...]
    incoming: str
    existing: str
    suggests: str
    confidence: Words
    server: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The evidence for one question; `further` are look-ups that tell little. `suggested` is the name of an answer of that question, '' for none."""

    lookups: tuple[Piece, ...]
    further: tuple[Piece, ...]
    comparisons: tuple[Piece, ...]
    suggested: str
    suggested_say: str
    confidence: Words
    read_at: datetime | None
    server: str
    trouble: str


def shown(look: Look, question: Question) -> Shown | None:
    """None where no directory can say anything about the question."""
    finding = look.finding
    if finding is None:
        return Shown(lookups=(), further=(), comparisons=(), suggested="", suggested_say="", confidence="", read_at=None, server="",
                     trouble=look.trouble) if look.trouble else None  # fmt: skip
    pieces = [(one, _piece(one, question)) for one in finding.evidence]
    lookups = [(one, piece) for one, piece in pieces if not _is_comparison(one)]
    suggested = _answer(question, finding.suggests.value if finding.suggests else "")
    return Shown(
        lookups=tuple(piece for one, piece in lookups if _leads(one, piece)),
        further=tuple(piece for one, piece in lookups if not _leads(one, piece)),
        comparisons=tuple(piece for one, piece in pieces if _is_comparison(one)),
        suggested=suggested,
        suggested_say=question.answers[suggested].say if suggested else "",
        confidence=CONFIDENCES[finding.confidence],
        read_at=finding.read_at,
        server=next((one.server for one in finding.evidence if one.where is Side.AD and one.server), ""),
        trouble="",
    )


def _leads(one: Evidence, piece: Piece) -> bool:
    """What speaks for an answer, what is the incoming object after all, and both look-ups of the spec's first check."""
    return bool(piece.suggests) or one.result is Result.INCOMING or one.lookup in BOTH_LOOKUPS


def _answer(question: Question, suggested: str) -> str:
    return suggested if suggested in question.answers else ""


def _is_comparison(one: Evidence) -> bool:
    return (not one.sought and not one.server) or bool(one.incoming_value or one.existing_value)


def _piece(one: Evidence, question: Question) -> Piece:
    suggested = _answer(question, one.suggests.value if one.suggests else "")
    return Piece(
        label=LOOKUPS.get(one.lookup, one.lookup),
        where=labels.SIDES[one.where],
        sought=one.sought,
        result=RESULTS[one.result],
        result_key=one.result.value,
        meaning=gettext(one.sentence),
        names=tuple(dict.fromkeys(found.display_name or found.id for found in one.objects)),
        incoming=_readable(one.lookup, one.incoming_value),
        existing=_readable(one.lookup, one.existing_value),
        suggests=question.answers[suggested].say if suggested else "",
        confidence=CONFIDENCES[one.confidence] if suggested else "",
        server=one.server,
    )


def _readable(lookup: str, value: str) -> str:
    """A time as people write it; everything else as it is."""
    at = parse_datetime(value) if lookup == "created" and value else None
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else value
