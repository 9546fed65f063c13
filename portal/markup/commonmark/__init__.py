"""Python-Markdown reading CommonMark as GitHub's renderer (cmark-gfm) does, with a place for dialects to add to it.

    markdown.Markdown(extensions=[CommonMarkExtension(), RepairsExtension()])

Call `md.reset()` between documents. The result is not safe yet: raw HTML passes as it stands, sanitizing comes last.

**Stages** (name and priority for a neighbour's `register`)

1. preprocessors: `source_lines` 30 (line ends, U+0000), `repairs` 25 (RepairsExtension: slips mended outside code, each
   a Problem in `md.problems`, lines counted from 1 in the text given).
2. `md.parser`, a BlockParser: containers and leaves line by line, into an ElementTree. Inline text is held back.
3. treeprocessors: `inline` 20 fills in what was held back and unwraps the paragraphs of tight lists. A treeprocessor
   of a dialect registers below 20 and sees the finished tree: elements, and raw HTML as nodes of their own
   (`is_raw_html(node)`, source in `node.text`; their `tag` is no string, so compare before calling string methods).
4. serializing: text escaped, a newline after every block and table cell. No recursion; nesting is capped by
   MAX_OPEN_BLOCKS and MAX_DEPTH, what lies deeper is shown as text.

**Hooks**, to be used in `extendMarkdown` of an extension listed after CommonMarkExtension:

    md.parser.add_starter(":", start_image)                       # a block; see Starter and Block
    md.treeprocessors["inline"].add_scanner("{", scan_token)      # an inline construct; see Scanner and Scan

    def start_image(parser, line, container):                     # the line is read up to its first non-blank, a ":"
        return Image(line) if line.content.startswith(":::image") else None

    class Image(Block):                                           # `continues`, `add`, `takes_lines` for more lines
        def finish(self, document):                               # document.hold(element, text, line): text is inline
            return Element("figure")

    def scan_token(scan, at):                                     # scan.text[at] is "{"
        end = scan.text.find("}", at)
        if end < 0:
            return None                                           # just text
        scan.pieces += [Start("var"), scan.text[at + 1 : end], END]
        return end + 1

`first=True` asks before the built-in ones. A hook that is called n times must not read to the end of the text n times.

**Lines**: `md.parser.document.lines[element]` is the line, from 1, where a block element of the last document starts
(also table rows); with repairs only where no line was split at a foreign line end such as U+2028.

**Sentence marks** (`marks`, `inlines.units`): UNIT_START id UNIT_TEXT sentence UNIT_END are not there for the inline
grammar and become `<span data-unit="id">`, split wherever they would cross an element, and dropped in code and HTML
blocks. Only a bare e-mail address ends at them.
"""

from .blocks.block import LAST, NO, YES, Block
from .blocks.document import Document
from .blocks.line import Line
from .blocks.parser import MAX_OPEN_BLOCKS, BlockParser, Starter
from .extension import CommonMarkExtension
from .inlines.building import MAX_DEPTH
from .inlines.parser import InlineParser
from .inlines.pieces import END, Start
from .inlines.scan import Scan, Scanner
from .repairs import RepairsExtension
from .serializing import is_raw_html, raw_html, serialize

__all__ = [
    "END",
    "LAST",
    "MAX_DEPTH",
    "MAX_OPEN_BLOCKS",
    "NO",
    "YES",
    "Block",
    "BlockParser",
    "CommonMarkExtension",
    "Document",
    "InlineParser",
    "Line",
    "RepairsExtension",
    "Scan",
    "Scanner",
    "Start",
    "Starter",
    "is_raw_html",
    "raw_html",
    "serialize",
]
