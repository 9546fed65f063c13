"""The shape of a case summary, as text and as Markdown: what a person copies into a support case."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, and lines of a label and a value (a label alone is a sentence)."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """In English, the language of support cases. Words that stand in the portal in other languages too are not translated."""

    title: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        blocks = [f"{self.title}\n{'=' * len(self.title)}"]
        for section in self.sections:
            lines = [_text_row(label, value) for label, value in section.rows]
            blocks.append("\n".join([section.heading, "-" * len(section.heading), *lines]))
        return "\n\n".join(blocks) + "\n"

    @property
    def markdown(self) -> str:
        blocks = [f"# {_plain(self.title)}"]
        for section in self.sections:
            lines = [_markdown_row(label, value) for label, value in section.rows]
            blocks.append("\n".join([f"## {_plain(section.heading)}", "", *lines]))
        return "\n\n".join(blocks) + "\n"


def _text_row(label: str, value: str) -> str:
    if "\n" in value:
        return f"{label}:\n" + "\n".join(f"    {line}".rstrip() for line in value.split("\n"))
    return f"{label}: {value}" if value else label


def _markdown_row(label: str, value: str) -> str:
    if "\n" in value:
        return f"- {_plain(label)}:\n\n{_block(value)}\n"
    return f"- {_plain(label)}: {_code(value)}" if value else f"- {_plain(label)}"


def _plain(text: str) -> str:
    """Text in which Markdown finds nothing to do."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>#|!" else one for one in text.replace("\n", " "))


def _code(text: str) -> str:
    """A code span that holds any text: its fence is longer than the backticks within."""
    longest = _longest_run(text)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _block(text: str) -> str:
    """A code block below a list item that keeps every line; its fence is longer than the backticks within."""
    fence = "`" * max(_longest_run(text) + 1, 3)
    return "\n".join(f"  {line}".rstrip() for line in (fence, *text.split("\n"), fence))


def _longest_run(text: str) -> int:
    return max((len(run) for run in "".join(one if one == "`" else " " for one in text).split()), default=0)
