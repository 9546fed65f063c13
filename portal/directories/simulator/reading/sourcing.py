"""Evidence for question 1: whether the source of the existing user is still in Active Directory.

The look-ups and their order: facts/directories.md 5.1; the rules of the answer: design section 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.directories.anchors import guid_of
from portal.directories.evidence import Answer, Confidence, Evidence, Result
from portal.directories.objects import DirectoryObject, Side
from portal.directories.simulator.engine.flows import in_scope
from portal.directories.simulator.reading.pairs import Pair
from portal.directories.simulator.reading.views import ad_view, cloud_view, connector_view
from portal.directories.simulator.world.entries import AdObject, CloudObject, Connector
from portal.directories.simulator.world.state import State, live_ad, ordered
from portal.directories.simulator.world.values import PROXIES, UPN, fold, holders, same_address

# What a hit that is another object has in common with the existing user.
OTHERS = {"by-upn": "other-name", "by-account": "other-account", "by-address": "other-address"}
STRONG, WEAK, DECISIVE, NONE = Confidence.STRONG, Confidence.WEAK, Confidence.DECISIVE, Confidence.NONE


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One look at the directory: everything a look-up needs."""

    state: State
    pair: Pair
    existing: CloudObject
    now: datetime

    def evidence(self, lookup: str, sought: str, result: Result, meaning: str, **more) -> Evidence:
        where = more.pop("where", Side.AD)
        server = "Microsoft Entra ID" if where is Side.CLOUD else self.state.tenant.server
        return Evidence(
            lookup=lookup,
            where=where,
            sought=sought,
            result=result,
            meaning=meaning,
            at=self.now,
            server=server,
            **more,
        )


def look_for_source(state: State, pair: Pair, now: datetime) -> tuple[Evidence, ...]:
    """Every look-up for the existing user's source, in order; nothing when the existing object is gone."""
    if pair.existing is None:
        return ()
    asked = Asked(state=state, pair=pair, existing=pair.existing, now=now)
    found = [_in_cloud(asked)]
    for lookup, sought, matches, confidence in _searches(asked):
        found.append(_search(asked, lookup, sought, matches, confidence))
    return (*found, _in_bin(asked), *_whereabouts(asked))


def suggest_source(evidence: tuple[Evidence, ...]) -> tuple[Answer | None, Confidence]:
    """What the look-ups come to; nothing when several live objects disagree."""
    speaking = [one for one in evidence if one.suggests is not None]
    if not speaking:
        return None, NONE
    best = max(speaking, key=lambda one: _RANK[one.confidence])
    if any(one.suggests is not best.suggests and one.confidence is best.confidence for one in speaking):
        return None, NONE
    return best.suggests, best.confidence


_RANK = {NONE: 0, WEAK: 1, STRONG: 2, DECISIVE: 3}


def _in_cloud(asked: Asked) -> Evidence:
    """The spec's first check names the cloud directory: shown, though it settles nothing."""
    name = asked.existing.get(UPN)
    found = holders(asked.state, UPN, name) if name else []
    if not found:
        return asked.evidence("cloud-by-upn", name, Result.NOT_FOUND, "cloud-none", where=Side.CLOUD)
    live = found[0].is_live
    return asked.evidence(
        "cloud-by-upn",
        name,
        Result.FOUND if live else Result.DELETED,
        "cloud-holder" if live else "cloud-deleted",
        where=Side.CLOUD,
        objects=tuple(cloud_view(one) for one in found),
    )


def _searches(asked: Asked) -> Iterator[tuple[str, str, Callable[[AdObject], bool], Confidence]]:
    one = asked.existing
    sid = one.get("onPremisesSecurityIdentifier")
    dn, name = one.get("onPremisesDistinguishedName"), one.get(UPN)
    account = one.get("onPremisesSamAccountName")
    addresses = one.all(PROXIES)
    yield "by-anchor", one.anchor, lambda ad: _has_anchor(ad, one.anchor), DECISIVE
    yield "by-sid", sid, lambda ad: _has_sid(ad, sid), STRONG
    yield "by-dn", dn, lambda ad: ad.dn.casefold() == dn.casefold(), WEAK
    yield "by-upn", name, lambda ad: fold(UPN, ad.get(UPN)) == fold(UPN, name), STRONG
    yield "by-account", account, lambda ad: ad.get("sAMAccountName").casefold() == account.casefold(), WEAK
    yield "by-address", ", ".join(addresses), lambda ad: _shares(ad, addresses), WEAK


def _shares(ad: AdObject, addresses: list[str]) -> bool:
    return any(same_address(mine, theirs) for mine in ad.all(PROXIES) for theirs in addresses)


def _search(
    asked: Asked, lookup: str, sought: str, matches: Callable[[AdObject], bool], confidence: Confidence
) -> Evidence:
    if not sought:
        return asked.evidence(lookup, "", Result.NOTHING_TO_LOOK_FOR, "no-value")
    hits = [ad for ad in live_ad(asked.state) if matches(ad)]
    others = [ad for ad in hits if not _is_incoming(asked, ad)]
    # What the existing user comes from settles it, whoever else has the name or the address.
    meant = [ad for ad in others if _is_source(asked, ad)] or others
    if not hits:
        spoken = _no(asked, WEAK) if lookup == "by-upn" else {}
        return asked.evidence(lookup, sought, Result.NOT_FOUND, "not-found", **spoken)
    if not others:
        return asked.evidence(lookup, sought, Result.INCOMING, "is-incoming", objects=_views(asked, hits))
    if len(meant) > 1:
        return asked.evidence(lookup, sought, Result.SEVERAL, "several", objects=_views(asked, meant))
    spoken = _spoken(asked, lookup, meant[0], confidence)
    return asked.evidence(lookup, sought, Result.FOUND, objects=_views(asked, meant), **spoken)


def _views(asked: Asked, found: list[AdObject]) -> tuple[DirectoryObject, ...]:
    return tuple(ad_view(asked.state, ad) for ad in found)


def _spoken(asked: Asked, lookup: str, ad: AdObject, confidence: Confidence) -> dict[str, Any]:
    """What one hit means; another object that has the name or the address says nothing of the source but what waits."""
    if _is_source(asked, ad):
        meaning, answer = _meaning(asked, ad)
        return {"meaning": meaning, "suggests": answer, "confidence": confidence}
    if lookup in OTHERS and _is_pending(asked, ad):
        return {"meaning": "other-pending", **_no(asked, confidence)}
    return {"meaning": OTHERS.get(lookup, "name-reused")}


def _is_incoming(asked: Asked, ad: AdObject) -> bool:
    return asked.pair.source is not None and ad.id == asked.pair.source.id


def _is_source(asked: Asked, ad: AdObject) -> bool:
    """Only an identifier tells: names, addresses and places are given to others."""
    sid = asked.existing.get("onPremisesSecurityIdentifier")
    return not _is_incoming(asked, ad) and (_has_anchor(ad, asked.existing.anchor) or _has_sid(ad, sid))


def _has_anchor(ad: AdObject, anchor: str) -> bool:
    guid = guid_of(anchor)
    return bool(guid) and guid in (ad.id, ad.get("mS-DS-ConsistencyGuid"))


def _has_sid(ad: AdObject, sid: str) -> bool:
    return bool(sid) and (sid == ad.get("objectSid") or sid in ad.all("sIDHistory"))


def _meaning(asked: Asked, ad: AdObject) -> tuple[str, Answer]:
    """The spec: out of scope, Yes; Pending Add, No; connected, Yes."""
    if not in_scope(asked.state, ad) or connector_for(asked.state, ad) is None:
        return "source-filtered", Answer.YES
    if _is_pending(asked, ad):
        return "source-pending", Answer.NO
    return "source-lives", Answer.YES


def _is_pending(asked: Asked, ad: AdObject) -> bool:
    connector = connector_for(asked.state, ad)
    return in_scope(asked.state, ad) and connector is not None and connector.pending == "add"


def connector_for(state: State, ad: AdObject) -> Connector | None:
    staged = next((one for one in state.space.values() if one.ad_id == ad.id), None)
    if staged is None:
        return None
    return next((one for one in state.connectors.values() if one.metaverse_id == staged.metaverse_id), None)


def _in_bin(asked: Asked) -> Evidence:
    guid, sid = guid_of(asked.existing.anchor), asked.existing.get("onPremisesSecurityIdentifier")
    if not guid and not sid:
        return asked.evidence("deleted", "", Result.NOTHING_TO_LOOK_FOR, "no-value")
    gone = [
        ad
        for ad in ordered(asked.state.ad.values())
        if not ad.is_live and (_has_anchor(ad, asked.existing.anchor) or _has_sid(ad, sid))
    ]
    if not gone:
        return asked.evidence("deleted", guid or sid, Result.NOT_FOUND, "not-found", **_no(asked, WEAK))
    views = tuple(ad_view(asked.state, ad) for ad in gone)
    return asked.evidence("deleted", guid or sid, Result.DELETED, "source-deleted", objects=views, **_no(asked, STRONG))


def _no(asked: Asked, confidence: Confidence) -> dict[str, Answer | Confidence]:
    """A source that is only gone speaks for No unless something live carries the anchor or the SID."""
    if any(_is_source(asked, ad) for ad in live_ad(asked.state)):
        return {}
    return {"suggests": Answer.NO, "confidence": confidence}


def _whereabouts(asked: Asked) -> Iterator[Evidence]:
    """In scope? In the connector space, and as what? For the incoming object and for every other live candidate."""
    seen = set()
    for _, sought, matches, _ in _searches(asked):
        for ad in live_ad(asked.state) if sought else ():
            if matches(ad) and ad.id not in seen:
                seen.add(ad.id)
                yield _whereabout(asked, ad)


def _whereabout(asked: Asked, ad: AdObject) -> Evidence:
    connector = connector_for(asked.state, ad)
    views = (connector_view(connector),) if connector else ()
    result = Result.FOUND if connector else Result.NOT_FOUND
    if _is_incoming(asked, ad):
        result, meaning = Result.INCOMING, "is-incoming"
    elif _is_source(asked, ad):
        meaning = _meaning(asked, ad)[0]
    else:
        meaning = "other-pending" if _is_pending(asked, ad) else "other-object"
    return asked.evidence("connector-space", ad.dn, result, meaning, where=Side.CONNECTOR_SPACE, objects=views)
