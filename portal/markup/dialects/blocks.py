"""Code and tables: what lets them scroll alone, say their language, and stay left-to-right."""

from __future__ import annotations

import re

from portal.markup.dialects.comments import tokens_in_code
from portal.markup.dialects.context import Context
from portal.markup.dialects.tree import Element, Node, added, elements, quoted

_LANGUAGE = re.compile(r"^language-([\w+#.-]{1,40})$")
# Names people know, for the words behind ``` that dialects.md 4 counts; other words there are slips more than languages.
LANGUAGES = {
    "azurecli": "Azure CLI", "azurecli-interactive": "Azure CLI", "azurepowershell": "PowerShell", "bash": "Bash",
    "azurepowershell-interactive": "PowerShell", "cmd": "Command prompt", "console": "Console", "cs": "C#",
    "csharp": "C#", "dos": "Command prompt", "html": "HTML", "http": "HTTP", "java": "Java", "javascript": "JavaScript", "typescript": "TypeScript", "js": "JavaScript", "ruby": "Ruby", "css": "CSS", "diff": "Diff", "c": "C", "cpp": "C++",
    "go": "Go", "ini": "INI", "json": "JSON", "log": "Log", "php": "PHP", "r": "R", "rust": "Rust", "kusto": "Kusto", "kql": "Kusto", "output": "Output", "powershell": "PowerShell", "ps": "PowerShell", "python": "Python",
    "sh": "Shell", "shell": "Shell", "sql": "SQL", "tsql": "T-SQL", "xml": "XML", "yaml": "YAML", "yml": "YAML",
}  # fmt: skip


def dress_code(element: Element, parent: Element, context: Context) -> None:
    """Tokens in code show their default; in right-to-left texts code keeps its direction."""
    children: list[Node] = []
    for child in element.children:
        children += tokens_in_code(child) if isinstance(child, str) else [child]
    element.children = children
    if context.locale.rtl:
        element.attrs["dir"] = "ltr"
    language = _LANGUAGE.match(element.attrs.pop("class", ""))
    if language and parent.tag == "pre":
        element.attrs["class"] = language[0].lower()


def dress_pre(element: Element, parent: Element, context: Context) -> list[Node]:
    """A block of code in a frame that names its language; the button to copy it is added by script."""
    element.attrs = {"tabindex": "0"} | ({"dir": "ltr"} if context.locale.rtl else {})
    code = next((child for child in element.children if isinstance(child, Element) and child.tag == "code"), None)
    language = code.attrs.get("class", "").removeprefix("language-") if code else ""
    frame = Element("div", {"class": "code"}, [element])
    if name := LANGUAGES.get(language):
        frame.attrs["data-language"] = quoted(language)
        frame.children.insert(0, added("p", "code-language", name))
    return [frame]


def dress_table(element: Element, parent: Element, context: Context) -> list[Node]:
    """A table in a frame of its own that scrolls, reachable by keyboard; alignment as a class, header cells scoped."""
    for cell in elements(element):
        if cell.tag in ("td", "th"):
            align = cell.attrs.pop("align", "").lower()
            if align in ("left", "center", "right"):
                cell.attrs["class"] = f"align-{align}"
            if cell.tag == "th":
                cell.attrs.setdefault("scope", "col")
    frame = {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": quoted(context.label("table"))}
    return [Element("div", frame, [element])]
