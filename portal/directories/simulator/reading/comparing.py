"""Evidence for question 2: whether both accounts belong to one person, attribute by attribute."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from difflib import SequenceMatcher

from portal.directories.evidence import Answer, Confidence, Evidence, Result
from portal.directories.objects import Side
from portal.directories.simulator.reading.pairs import Pair
from portal.directories.simulator.reading.views import ad_view
from portal.directories.simulator.world.entries import AdObject, CloudObject
from portal.directories.simulator.world.state import State, live_ad
from portal.directories.simulator.world.values import PROXIES, UPN, fold, same_address

YES, NO = Answer.YES, Answer.NO
ALIKE = 0.8
# A date or a number of one person is not nearly that of another, however alike the two look.
EXACT = frozenset({"created", "employee-id"})
# Attribute in AD, in the cloud, name of the comparison, and what sameness and difference speak for.
COMPARED = (
    ("displayName", "displayName", "display-name", (YES, Confidence.WEAK), (NO, Confidence.WEAK)),
    ("userPrincipalName", "userPrincipalName", "sign-in-name", None, None),
    ("employeeID", "employeeId", "employee-id", (YES, Confidence.STRONG), (NO, Confidence.STRONG)),
    ("sAMAccountName", "onPremisesSamAccountName", "account-name", (YES, Confidence.WEAK), None),
    ("givenName", "givenName", "given-name", (YES, Confidence.WEAK), (NO, Confidence.WEAK)),
    ("sn", "surname", "surname", (YES, Confidence.WEAK), (NO, Confidence.WEAK)),
    ("mail", "mail", "mail", None, None),
)


def compare(state: State, pair: Pair, now: datetime) -> tuple[Evidence, ...]:
    """Incoming account in AD beside existing cloud user; nothing when one of them is gone."""
    if pair.source is None or pair.existing is None:
        return ()
    rows = [
        _compare_sid(pair.source, pair.existing, now),
        _both_names(state, pair.source, pair.existing, now),
        *_attributes(pair.source, pair.existing, now),
        _addresses(pair.source, pair.existing, now),
        _manager(state, pair.source, pair.existing, now),
        _row("created", pair.source.created_at.isoformat(), pair.existing.created_at.isoformat(), now, _plain),
        _ids(pair, now),
    ]
    return tuple(rows)


def suggest_same(evidence: tuple[Evidence, ...]) -> tuple[Answer | None, Confidence]:
    """The strongest evidence speaks; among weak pieces the majority, and nothing when they are even."""
    for confidence in (Confidence.DECISIVE, Confidence.STRONG):
        answers = {one.suggests for one in evidence if one.confidence is confidence and one.suggests}
        if answers:
            return (answers.pop(), confidence) if len(answers) == 1 else (None, Confidence.NONE)
    weak = [one.suggests for one in evidence if one.confidence is Confidence.WEAK]
    yes, no = weak.count(YES), weak.count(NO)
    if yes == no:
        return None, Confidence.NONE
    return (YES if yes > no else NO), Confidence.WEAK


def _plain(text: str) -> str:
    """A name without case, accents and doubled blanks."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in bare if not unicodedata.combining(one)).split())


def _row(
    name: str,
    incoming: str,
    existing: str,
    now: datetime,
    key: Callable[[str], str],
    same: tuple[Answer, Confidence] | None = None,
    different: tuple[Answer, Confidence] | None = None,
) -> Evidence:
    result, meaning = _judge(incoming, existing, key, exact=name in EXACT)
    speaks = {Result.SAME: same, Result.DIFFERENT: different}.get(result)
    return Evidence(
        lookup=name,
        where=Side.CLOUD,
        sought="",
        result=result,
        meaning=meaning,
        at=now,
        incoming_value=incoming,
        existing_value=existing,
        suggests=speaks[0] if speaks else None,
        confidence=speaks[1] if speaks else Confidence.NONE,
    )


def _judge(incoming: str, existing: str, key: Callable[[str], str], *, exact: bool) -> tuple[Result, str]:
    if not incoming or not existing:
        return Result.MISSING, "one-missing" if incoming or existing else "both-missing"
    first, second = key(incoming), key(existing)
    if first == second:
        return Result.SAME, "same"
    if not exact and SequenceMatcher(None, first, second).ratio() >= ALIKE:
        return Result.SIMILAR, "similar"
    return Result.DIFFERENT, "different"


def _attributes(source: AdObject, existing: CloudObject, now: datetime) -> Iterator[Evidence]:
    for here, there, name, same, different in COMPARED:
        yield _row(name, source.get(here), existing.get(there), now, _plain, same, different)


def _compare_sid(source: AdObject, existing: CloudObject, now: datetime) -> Evidence:
    incoming, held = source.get("objectSid"), existing.get("onPremisesSecurityIdentifier")
    row = _row("security-identifier", incoming, held, now, str, (YES, Confidence.DECISIVE))
    if row.result is Result.MISSING:
        return row
    if held in source.all("sIDHistory"):
        return _settled(row, Result.SAME, "sid-history", YES, Confidence.DECISIVE)
    if incoming == held:
        return _settled(row, Result.SAME, "sid-same", YES, Confidence.DECISIVE)
    return _settled(row, Result.DIFFERENT, "sid-different", None, Confidence.NONE)


def _settled(row: Evidence, result: Result, meaning: str, answer: Answer | None, confidence: Confidence) -> Evidence:
    return replace(row, result=result, meaning=meaning, suggests=answer, confidence=confidence)


def _both_names(state: State, source: AdObject, existing: CloudObject, now: datetime) -> Evidence:
    """The spec's rule: an object in Active Directory for both sign-in names means two people."""
    name = existing.get("onPremisesUserPrincipalName") or existing.get(UPN)
    others = [ad for ad in live_ad(state) if ad.id != source.id and fold(UPN, ad.get(UPN)) == fold(UPN, name) != ""]
    return Evidence(
        lookup="both-names-on-premises",
        where=Side.AD,
        sought=name,
        result=Result.FOUND if others else Result.NOT_FOUND,
        meaning="both-names-on-premises" if others else "one-name-on-premises",
        at=now,
        objects=tuple(ad_view(state, ad) for ad in (source, *others)) if others else (),
        server=state.tenant.server,
        incoming_value=source.get(UPN),
        existing_value=name,
        suggests=NO if others else None,
        confidence=Confidence.STRONG if others else Confidence.NONE,
    )


def _addresses(source: AdObject, existing: CloudObject, now: datetime) -> Evidence:
    mine, theirs = source.all(PROXIES), existing.all(PROXIES)
    shared = [one for one in mine if any(same_address(one, other) for other in theirs)]
    if not mine or not theirs:
        result, meaning = Result.MISSING, "one-missing" if mine or theirs else "both-missing"
    elif len(shared) == len(mine) == len(theirs):
        result, meaning = Result.SAME, "same"
    else:
        result, meaning = (Result.SIMILAR, "similar") if shared else (Result.DIFFERENT, "different")
    return Evidence(
        lookup="addresses",
        where=Side.CLOUD,
        sought=", ".join(shared),
        result=result,
        meaning=meaning,
        at=now,
        incoming_value=", ".join(mine),
        existing_value=", ".join(theirs),
    )


def _manager(state: State, source: AdObject, existing: CloudObject, now: datetime) -> Evidence:
    boss, other = state.ad.get(source.get("manager")), state.cloud.get(existing.get("manager"))
    first = boss.get("displayName") if boss else ""
    second = other.get("displayName") if other else ""
    return _row("manager", first, second, now, _plain, (YES, Confidence.WEAK))


def _ids(pair: Pair, now: datetime) -> Evidence:
    return Evidence(
        lookup="object-id",
        where=Side.CLOUD,
        sought="",
        result=Result.DIFFERENT if pair.incoming else Result.MISSING,
        meaning="ids-differ" if pair.incoming else "one-missing",
        at=now,
        incoming_value=pair.incoming.id if pair.incoming else "",
        existing_value=pair.existing.id if pair.existing else "",
    )
