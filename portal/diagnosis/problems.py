"""Everything for which an act is not done: what happened, and what to do next, for pages to show as they are."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.directories.objects import ObjectRef
from portal.directories.plans import Precondition
from portal.directories.refusals import (
    DirectoryFailure,
    Leaves,
    Nonsense,
    Refusal,
    Throttled,
    TimedOut,
    Unavailable,
    Unsupported,
)

Words = str | Promise


class NotDone(Exception):
    """An act that was not done; the state is as it was. `code` is stable; `message` and `next_action` are for people."""

    code: ClassVar[str] = "not-done"
    says: ClassVar[Words] = ""
    then: ClassVar[Words] = ""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def message(self) -> str:
        return str(self.says) % self.facts

    @property
    def next_action(self) -> str:
        return str(self.then) % self.facts

    def __str__(self) -> str:
        return f"{self.message} {self.next_action}".strip()


class RoleMissing(NotDone):
    """The person may not do this, or not any more. Facts: `tenant`."""

    code = "role-missing"
    says = _("Your role in %(tenant)s does not allow this. Nothing was changed.")
    then = _("Ask a Global Administrator or a Contributor of the sync service to do it, or to give you the role.")


class ErrorCleared(NotDone):
    """The error is gone. Facts: `cycle`."""

    code = "error-cleared"
    says = _("This error is gone: cycle %(cycle)s cleared it.")
    then = _("There is nothing left to do. If it comes back, it opens again with its history.")


class NotDiagnosed(NotDone):
    """Errors of this kind have no questions. Facts: `reason`."""

    code = "not-diagnosed"
    says = _("This error is not diagnosed here. %(reason)s")
    then = _("Its status is Manual Fix Required by rule. Follow the article for this kind of error.")

    @property
    def message(self) -> str:
        return str(self.says) % {"reason": gettext(self.facts["reason"])}


class CycleOver(NotDone):
    """The form is from an earlier cycle. Facts: `then`, `now`."""

    code = "cycle-over"
    says = _("Cycle %(then)s, to which this form belongs, has ended. The status was reset.")
    then = _("Open the diagnosis again in cycle %(now)s; your earlier answers are offered there.")


class StaleForm(NotDone):
    """Somebody answered, closed or reopened in between."""

    code = "stale-form"
    says = _("Somebody changed this diagnosis after you opened the page. Your answer was not saved.")
    then = _("Look at the answers as they are now, and answer again.")


class FlowChanged(NotDone):
    """The questions themselves were changed since the form was shown."""

    code = "flow-changed"
    says = _("The questions were changed after you opened the page. Your answer was not saved.")
    then = _("Open the diagnosis again: answers that still fit are kept.")


class NotInFlow(NotDone):
    """No such question on this way, or no such answer to it. Facts: `question`, `answer`."""

    code = "not-in-flow"
    says = _("“%(answer)s” is not an answer that can be given to the question “%(question)s” now.")
    then = _("Choose one of the answers shown on the page.")


class ClosedAlready(NotDone):
    code = "closed-already"
    says = _("This diagnosis was closed for this cycle.")
    then = _("Reopen it first, or wait for the next cycle, which resets it.")


class NotClosed(NotDone):
    code = "not-closed"
    says = _("This diagnosis is not closed, so there is nothing to reopen.")
    then = _("Go on with the questions.")


class NothingToClose(NotDone):
    code = "nothing-to-close"
    says = _("The answers do not lead to an end that can be closed yet.")
    then = _("Go on with the questions until the page offers Close.")


class NotAtTheFix(NotDone):
    code = "not-at-the-fix"
    says = _("The answers do not lead to the fix, so it was not applied.")
    then = _("Answer the questions. Only No and then Yes, the orphaned user, can be fixed here.")


class DryRunUnseen(NotDone):
    """The form came without the dry run that it belongs to."""

    code = "dry-run-unseen"
    says = _("The dry run of this fix was not read. Nothing was written.")
    then = _("Read the dry run, which shows both objects as they are now and each write, and apply the fix from there.")


class FixBusy(NotDone):
    """A fix holds one of the objects. Facts: `fix` (its number)."""

    code = "fix-busy"
    says = _("Fix %(fix)s holds one of these objects until its result is known.")
    then = _("Watch that fix. When it has ended and the next cycle has run, come back here.")


class NothingToSettle(NotDone):
    code = "nothing-to-settle"
    says = _("The result of this fix is not open.")
    then = _("Look at the fix: it says what became of it.")


class CannotSettleSo(NotDone):
    """Facts: `how`."""

    code = "cannot-settle-so"
    says = _("“%(how)s” is not a way to settle a fix.")
    then = _("Say whether the change was made or not.")


class DirectoryTrouble(NotDone):
    """The directory did not answer as it should; nothing was written. `kind`: the class of the failure."""

    code = "directory-trouble"

    def __init__(self, failure: DirectoryFailure) -> None:
        self.kind = type(failure)
        self.retry_after = getattr(failure, "retry_after", None)
        super().__init__(seconds=self.retry_after or 60)

    @property
    def message(self) -> str:
        return trouble_words(self.kind)[0]

    @property
    def next_action(self) -> str:
        return str(trouble_words(self.kind)[1]) % self.facts


_AGAIN = _("Nothing was changed. Refresh the page in a minute; if it stays so, look at the state of the directory.")
TROUBLES: dict[type[DirectoryFailure], tuple[Words, Words]] = {
    TimedOut: (_("The directory did not answer in time."), _AGAIN),
    Unavailable: (_("The directory could not be reached."), _AGAIN),
    Nonsense: (_("The directory's answer could not be read."), _AGAIN),
    Throttled: (
        _("The directory asks for patience: there were too many requests."),
        _("Nothing was changed. Try again in %(seconds)s seconds."),
    ),
    Unsupported: (
        _("This directory cannot do what was asked."),
        _("Do it in the directory itself; the article for this kind of error says how."),
    ),
}


def trouble_words(kind: type[DirectoryFailure]) -> tuple[str, Words]:
    """What happened, and what to do next, for a way in which a directory fails to answer."""
    says, then = TROUBLES.get(kind, TROUBLES[TimedOut])
    return str(says), then


class Refused(NotDone):
    """The fix will not be done. The sentence is Microsoft's own, in English, because people search for it."""

    code = "refused"

    def __init__(self, refusal: Refusal, *, fix: int | None = None) -> None:
        self.refusal = refusal
        self.fix = fix
        super().__init__(**refusal.facts)

    @property
    def message(self) -> str:
        return self.refusal.sentence

    @property
    def next_action(self) -> str:
        return gettext(self.refusal.next_action)

    @property
    def reason(self) -> str:
        """The key of the table of refusals, in flows and in directories alike."""
        return self.refusal.code

    @property
    def object(self) -> ObjectRef | None:
        return self.refusal.object

    @property
    def leaves(self) -> Leaves:
        return self.refusal.leaves

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        return self.refusal.preconditions
