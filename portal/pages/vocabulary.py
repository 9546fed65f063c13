"""The words of tables and of layers that know no Django: pages show them through gettext, and `makemessages` takes them from here.

Microsoft's own sentences and names stay English in every language, because people search for them: they are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_noop as _

from portal.articles.browsing import names
from portal.directories.eligibility import REASON_SENTENCES
from portal.directories.evidence import MEANINGS
from portal.directories.plans import STEP_WORDS
from portal.directories.refusals import REFUSALS
from portal.directories.simulator.fixing.obstacles import RULES
from portal.directories.simulator.fixing.steps import KINDS
from portal.directories.simulator.people.acting import ACTIONS, choices
from portal.directories.simulator.people.actions import Said
from portal.directories.simulator.world.state import State
from portal.directories.simulator.world.switches import PERMISSIONS, SWITCHES
from portal.forms import words

# Sentences that code below makes, and what stands before the colon of those with a value; a test finds each of them there.
MADE_BELOW = (
    _("Licence"),
    _("Mailbox"),
    _("Role"),
    _("Membership"),
    _("Old source anchor"),
    _("deleted on"),
    _("purged on"),
    _("licences"),
    _("restore first"),
    _("It was in use. If it is the person's own account, restore it before you try again."),
    _("roles"),
    _("last sign-in"),
    _("object in the way"),
    _("where"),
    _("permission"),
    _("role"),
    _("expected"),
    _("reason"),
    _("live"),
    _("deleted"),
    _("purged"),
    _("nothing pending"),
    _("No export has run yet."),
    _("An export is under way."),
    _("The last export stopped before its end"),
    _("The report broke off in the middle."),
    _("The directory did not answer in time."),
    _("The directory cannot be reached."),
    _("The directory's answer cannot be read."),
    _("The directory asks to wait."),
    _("This directory starts its cycles itself."),
    _("There is no door here to a directory of this kind"),
)


def sentences() -> Iterator[str]:
    """Every word of a table below that a page may show, in English; some more than once."""
    for table in names().values():
        yield from table.values()
    yield from REASON_SENTENCES.values()
    yield from MEANINGS.values()
    for step in STEP_WORDS.values():
        yield from (step.does, step.loses, step.undo)
    yield from (kind.role for kind in KINDS.values())
    yield from (refusal.next_action for refusal in REFUSALS.values())
    yield from (sentence for _key, sentence, _rule in RULES)
    yield from (f"The portal may use {permission}." for permission in PERMISSIONS)
    yield from words.templates()
    yield from _of_the_demo()


def _of_the_demo() -> Iterator[str]:
    yield from SWITCHES.values()
    for action in ACTIONS.values():
        yield action.says
        for parameter in action.parameters:
            yield parameter.says
            yield from (str(label) for _value, label in choices(State(), parameter) if isinstance(label, Said))


def kept(words: str) -> dict[str, Any]:
    """A sentence from below in a form that can be stored and said again in any language; see `said_again`."""
    if not isinstance(words, Said):
        return {"says": words}
    facts = {name: kept(fact) if isinstance(fact, Said) else fact for name, fact in words.facts.items()}
    return {"says": str(words), "template": words.template, "facts": facts}


def said_again(stored: Mapping[str, Any]) -> str:
    """What `kept` stored, in the reader's language; as it was said then, where only that was kept."""
    if "template" not in stored:
        return said(str(stored.get("says", "")))
    facts = {name: said_again(fact) if isinstance(fact, dict) else fact for name, fact in stored["facts"].items()}
    return gettext(stored["template"]) % facts


def said(words: str) -> str:
    """Words from below in the reader's language; of `Licence: E3` only what stands before the colon is ours."""
    if isinstance(words, Said):
        return gettext(words.template) % {
            name: said(fact) if isinstance(fact, Said) else fact for name, fact in words.facts.items()
        }
    whole = gettext(words)
    if whole != words or ": " not in words:
        return whole
    label, _colon, value = words.partition(": ")
    return f"{gettext(label)}: {isolated(value) if get_language_bidi() else value}"


def isolated(value: str) -> str:
    """A value within words that run right to left: without its own direction the == of an anchor moves to its front."""
    return f"\u2068{value}\u2069"
