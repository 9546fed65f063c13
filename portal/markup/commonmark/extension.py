"""The extension that makes Python-Markdown read CommonMark as GitHub does."""

from __future__ import annotations

import re

import markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from .blocks.parser import BlockParser
from .inlines.parser import InlineParser
from .serializing import serialize

_LINE_END = re.compile(r"\r\n?|\n")


class SourceLines(Preprocessor):
    """Line ends of every kind are line ends; U+0000 is not safe to keep (CommonMark sections 2.1 and 2.3)."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "\r" in text or "\0" in text:
            return _LINE_END.split(text.replace("\0", "\ufffd"))
        return lines


class CommonMarkExtension(Extension):
    """Exchange both phases of the parser; everything of Python-Markdown's own grammar is deregistered."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        for registry, names in (
            (md.preprocessors, ("normalize_whitespace", "html_block")),
            (md.treeprocessors, ("inline", "prettify", "unescape")),
            (md.postprocessors, ("raw_html", "amp_substitute")),
        ):
            for name in names:
                registry.deregister(name, strict=False)
        md.preprocessors.register(SourceLines(md), "source_lines", 30)
        md.parser = BlockParser(md)
        md.treeprocessors.register(InlineParser(md), "inline", 20)
        md.output_formats = {"html": serialize, "xhtml": serialize}
