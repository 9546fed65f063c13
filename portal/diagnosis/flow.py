"""Which flow diagnoses a sync error, and how a change of that flow is noticed."""

from __future__ import annotations

import hashlib

from portal.articles.flow_files import library
from portal.directories.evidence import Question
from portal.flows import Evidence, Flow
from portal.locales import ENGLISH

# Everything that is diagnosed is a duplicated attribute (portal.directories.eligibility).
FLOW = "duplicated-attribute"

# What a door is asked for the kinds of evidence that a flow's question names.
ABOUT_THE_SOURCE = frozenset(
    {
        Evidence.EXISTING_IN_AD,
        Evidence.EXISTING_IN_CLOUD,
        Evidence.EXISTING_ANCHOR_IN_AD,
        Evidence.EXISTING_SID_IN_AD,
        Evidence.EXISTING_DELETED_IN_AD,
        Evidence.EXISTING_IN_SCOPE,
        Evidence.EXISTING_IN_CONNECTOR_SPACE,
    }
)


def flow(name: str = FLOW, locale: str = ENGLISH) -> Flow:
    return library().flow(name, locale)


def version(of: Flow) -> str:
    """A digest of what was asked and where each answer leads: another one means that old forms no longer fit.

    Reasons, hints and advice may be reworded without one. Take the English flow, so that the language does not matter.
    """
    parts = [of.name, of.start]
    for question in of.questions.values():
        parts += [question.name, question.ask]
        parts += [f"{one.name}/{one.say}/{one.then}" for one in question.answers.values()]
    parts += [f"{one.name}/{one.kind}/{sorted(one.offers)}" for one in of.outcomes.values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def asked_of_the_door(of: Flow, question: str) -> Question | None:
    """What to ask a directory for a question of the flow; None where no directory can help."""
    wanted = of.questions[question].evidence
    if not wanted:
        return None
    return Question.STILL_ON_PREMISES if ABOUT_THE_SOURCE & set(wanted) else Question.SAME_USER
