"""One walk over a disarmed text in which every construct gets its turn, and none can bring the text down."""

from __future__ import annotations

from collections.abc import Callable

from portal.markup.dialects import alerts, azure, blocks, comments, links, lists, pictures, sections, videos
from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Comment, Element, Node

Construct = Callable[[Element, Element, Context], list[Node] | None]

# Elements are dressed from the innermost outwards: what a construct sees inside is already done.
CONSTRUCTS: dict[str, Construct] = {
    "a": links.dress,
    "azurekb": azure.dress,
    "blockquote": alerts.dress,
    "button": azure.dress_button,
    "code": blocks.dress_code,
    "img": pictures.dress,
    "input": azure.dress_input,
    "insight": azure.dress,
    "metric": azure.dress,
    "pre": blocks.dress_pre,
    "table": blocks.dress_table,
    "video": videos.dress,
    "videogroup": videos.dress_group,
}


def dress(root: Element, context: Context) -> None:
    """Turn every construct of the dialects into the portal's own markup, in place."""
    _dress_children(root, context, has_sections=":::" in context.body, has_tabs="#tab/" in context.body)


def _dress_children(parent: Element, context: Context, *, has_sections: bool, has_tabs: bool) -> None:
    out: list[Node] = []
    numbered = 0
    for child in parent.children:
        if child.__class__ is Element:
            if child.children:
                _dress_children(child, context, has_sections=has_sections, has_tabs=has_tabs)
            numbered += child.tag == "ol"
            replaced = _attempt(child, parent, context)
            if replaced is None:
                out.append(child)
            else:
                out += replaced
        else:
            out.append(child)
    parent.children = out
    if any(child.__class__ is Comment for child in out):
        comments.pair(parent, context)
    if numbered > 1:
        lists.go_on_counting(parent)
    if has_tabs:
        sections.tabs(parent)
    if has_sections and parent.tag == "p":
        sections.section_title(parent)


def _attempt(element: Element, parent: Element, context: Context) -> list[Node] | None:
    construct = CONSTRUCTS.get(element.tag)
    if construct is None:
        return None
    try:
        return construct(element, parent, context)
    except Exception as error:  # whatever a hostile file breaks, the rest of it is shown and this part stays as it came
        context.report("construct-failed", f"<{element.tag}> could not be read ({error!r:.120}); it is shown plainly.")
        return None
