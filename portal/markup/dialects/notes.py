"""Notes of ours on sentences that are known to be wrong, by the table `data/notes.toml`."""

from __future__ import annotations

from portal.markup.dialects.context import Context, table
from portal.markup.dialects.tree import BLOCK, Element, added, elements, text_of


def add(root: Element, context: Context) -> None:
    """Put each note that concerns this article behind the words it corrects."""
    for entry in table("notes")["note"]:
        about_title = entry["title"].casefold() in context.title.casefold() and context.title != ""
        if context.dialect == "native" or not (entry["topic"] in context.topics or about_title):
            continue
        holder = _innermost(root, entry["phrase"])
        if holder is not None:
            words = entry.get(context.locale.language) or entry["en"]
            holder.children.append(added("span", "note", words, role="note"))


def _innermost(root: Element, phrase: str) -> Element | None:
    """The smallest block that holds the phrase."""
    found = None
    for element in elements(root):
        if element.tag in BLOCK and phrase in " ".join(text_of(element).split()):
            found = element
    return found
