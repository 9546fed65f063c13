"""The answer of the door to a question: evidence, suggestion, and both objects as they are now."""

from __future__ import annotations

from datetime import datetime

from portal.directories.evidence import Answer, Confidence, Evidence, Finding, Question
from portal.directories.faults import Fault
from portal.directories.objects import DirectoryObject, Side, fingerprint
from portal.directories.simulator.reading.comparing import compare, suggest_same
from portal.directories.simulator.reading.pairs import Pair, locate
from portal.directories.simulator.reading.sourcing import look_for_source, suggest_source
from portal.directories.simulator.reading.views import existing_views, incoming_views
from portal.directories.simulator.world.state import State


def find(state: State, question: Question, fault: Fault, now: datetime) -> Finding:
    pair = locate(state, fault)
    evidence, answer, confidence = _gather(state, question, pair, now)
    incoming, existing = incoming_views(state, pair), existing_views(state, pair)
    return Finding(
        question=question,
        evidence=evidence,
        suggests=answer,
        confidence=confidence,
        incoming=incoming,
        existing=existing,
        fingerprint=fingerprint_of(incoming, existing),
        read_at=now,
    )


def _gather(
    state: State, question: Question, pair: Pair, now: datetime
) -> tuple[tuple[Evidence, ...], Answer | None, Confidence]:
    if question is Question.STILL_ON_PREMISES:
        evidence = look_for_source(state, pair, now)
        return evidence, *suggest_source(evidence)
    if question is Question.SAME_USER:
        evidence = compare(state, pair, now)
        return evidence, *suggest_same(evidence)
    return (), None, Confidence.NONE


def fingerprint_of(incoming: tuple[DirectoryObject, ...], existing: tuple[DirectoryObject, ...]) -> str:
    """Of the two ends only, Active Directory and cloud: what lies between follows from them with the next cycle."""
    return fingerprint(one for one in (*incoming, *existing) if one.side in (Side.AD, Side.CLOUD))
