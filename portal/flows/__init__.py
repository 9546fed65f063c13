"""Guided diagnoses as data: read, checked, walked and shown, without a database and without a page.

`read(folder)` gives a Library; `walk(flow, answers)` a Walk; `drawing`, `outline` and `table` show a flow with the way
taken; `guess(flow, text)` finds the answers that a pasted message gives.
"""

from portal.flows.bindings import Bindings, ErrorKind
from portal.flows.catalogue import Catalogue
from portal.flows.drawings import drawing
from portal.flows.matching import Guess, guess
from portal.flows.reading import Library, UnknownFlow, check, load, read
from portal.flows.refusals import Refusal, Refusals
from portal.flows.schema import DONT_KNOW, Answer, Evidence, Flow, Kind, Offer, Outcome, Question, Role, Status
from portal.flows.translating import pieces, plain
from portal.flows.views import Item, Line, outline, table
from portal.flows.walking import Step, Walk, from_query, known, paths, to_query, walk

__all__ = [
    "DONT_KNOW",
    "Answer",
    "Bindings",
    "Catalogue",
    "ErrorKind",
    "Evidence",
    "Flow",
    "Guess",
    "Item",
    "Kind",
    "Library",
    "Line",
    "Offer",
    "Outcome",
    "Question",
    "Refusal",
    "Refusals",
    "Role",
    "Status",
    "Step",
    "UnknownFlow",
    "Walk",
    "check",
    "drawing",
    "from_query",
    "guess",
    "known",
    "load",
    "outline",
    "paths",
    "pieces",
    "plain",
    "read",
    "table",
    "to_query",
    "walk",
]
