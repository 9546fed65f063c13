"""Translation with the original of each sentence inside it, to be uncovered one by one."""

from __future__ import annotations

from portal.markup.dialects.tree import Element, elements, parse, quoted, text_of, write

UNIT = "data-unit"


def with_originals(local: str, original: str) -> str:
    """Rendered HTML of a bilingual text, each sentence holding its original as hidden words; both sides come from one rendering.

    A sentence takes the focus, so that a keyboard and a finger reach what a mouse reaches. The original is words alone:
    its links stand in the translation already. A sentence that was left as it is stays as it is.
    """
    tree, words = parse(local), _words(parse(original))
    for element in elements(tree):
        says = words.pop(element.attrs.get(UNIT, ""), "")
        if not says or says == _plain(element):
            continue
        element.attrs |= {"class": "sentence-unit", "tabindex": "0"}
        hidden = {"class": "sentence-original", "data-added": "", "lang": "en", "dir": "ltr"}
        element.children.append(Element("span", hidden, [quoted(says)]))
    return write(tree)


def _words(tree: Element) -> dict[str, str]:
    """What each unit says; a unit that runs over several lines stands in several elements."""
    said: dict[str, list[str]] = {}
    for element in elements(tree):
        if unit := element.attrs.get(UNIT):
            said.setdefault(unit, []).append(_plain(element))
    return {unit: " ".join(filter(None, parts)) for unit, parts in said.items()}


def _plain(element: Element) -> str:
    return " ".join(text_of(element).split())
