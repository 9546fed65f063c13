"""Links into the Azure portal and into Windows: text, with a hint of what to open, because a page elsewhere cannot."""

from __future__ import annotations

import re

from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Element, Node, added, quoted

_BLADE = re.compile(r"^(?:button-)?data-?(?:blade|context):\s*([^\s\"']*)", re.IGNORECASE)
_BUTTON_LINK = re.compile(r"^button-link:\s*(\S*)", re.IGNORECASE)
_NAME = re.compile(r"^[\w-]{1,120}\.[\w-]{1,120}")


def is_blade(address: str) -> bool:
    return bool(_BLADE.match(address) or _BUTTON_LINK.match(address))


def dress(element: Element, address: str, context: Context) -> list[Node] | None:
    """The text of a blade link and a hint; `button-link:` to a web address becomes an ordinary link."""
    if button := _BUTTON_LINK.match(address):
        if button[1].lower().startswith(("https://", "http://")):
            element.attrs |= {"href": quoted(button[1]), "rel": "noopener noreferrer"}
            return None
        return list(element.children)
    blade = blade_of(address)
    if not blade:
        context.report("blade-unnamed", f"{address[:200]} names no blade; write data-blade:Extension.Blade.", address)
        return list(element.children)
    extension, _, name = blade.partition(".")
    hint = added("span", "blade-hint", " " + context.label("blade", blade=f"{extension} › {name}"))
    hint.attrs["data-blade"] = quoted(blade)
    return [Element("span", {"class": "blade", "data-blade": quoted(blade)}, element.children), hint]


def blade_of(address: str) -> str:
    """`Extension.Blade` of a blade link, without the parameters that only a resource page can fill; '' if it has none."""
    match = _BLADE.match(address)
    name = _NAME.match(match[1]) if match else None
    return name[0] if name else ""


def dress_app(element: Element, address: str, context: Context) -> list[Node]:
    """The text of a link to a Windows app, with the address as a hint: a web page may not start an app."""
    return [*element.children, added("span", "hint", " " + context.label("app", address=address[:120]))]
