"""Why an article is shown, or is not, in the words of the rule that decided."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.articles.topics import Why
from portal.articles.verdicts import Fate, Verdict

# A winner can stand before others by any of these; a loser by any of those below. Articles with one place are a choice.
WON: dict[Why, Promise] = {
    Why.ONLY: _("It is the only article for this in this cloud."),
    Why.PRODUCT: _("It fits the product of the case better than the others do."),
    Why.RESOURCE: _("It fits the resource of the case better than the others do."),
    Why.TAGS: _("It fits the tags of the case better; without tags, an article that carries none goes first."),
    Why.COLLECTION: _("It was imported. Our own articles stand beside imported ones."),
    Why.CLOUDS: _("It is written for fewer clouds than the others, so it speaks of this one more closely."),
    Why.KIND: _("It is general. The others speak of a resource, and the case names none."),
}
LOST: dict[Why, Promise] = {
    Why.PRODUCT: _("It lost by product: it is for another product, or for none in particular."),
    Why.RESOURCE: _("It lost by resource: it is for another resource, or for none in particular."),
    Why.TAGS: _("It lost by tags: it carries others, or carries some where the case has none."),
    Why.CLOUDS: _("It lost by clouds: it is written for more clouds than the one that is shown."),
    Why.KIND: _("It lost by kind: it speaks of a resource, and the case names none."),
    Why.BESIDE: _("It is one of our own, so it stands beside the imported article."),
}
CHOICE = _("No rule tells it from the others, so the reader chooses. A product, a resource or tags may decide for her.")
VERSION = _("The same article is stored twice; the text that was stored last is the one that answers.")
HIDDEN = _("It lost by clouds: it is not written for this one.")
FATES: dict[Fate, Promise] = {
    Fate.SHOWN: _("Shown"),
    Fate.CHOICE: _("To choose from"),
    Fate.LOST: _("Behind it"),
    Fate.VERSION: _("Older version"),
    Fate.HIDDEN: _("Other clouds only"),
}


def reason(verdict: Verdict) -> Promise:
    """The rule that decided, as a sentence."""
    if verdict.fate is Fate.SHOWN:
        return WON[verdict.rule]
    if verdict.fate is Fate.LOST:
        return LOST[verdict.rule]
    return {Fate.CHOICE: CHOICE, Fate.VERSION: VERSION, Fate.HIDDEN: HIDDEN}[verdict.fate]
