"""What the extensions of a dialect can add: blocks, inline constructs, a look at the tree with its lines."""

from xml.etree.ElementTree import Element

import markdown
import pytest
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from portal.markup.commonmark import END, YES, Block, CommonMarkExtension, Start, is_raw_html


class Aside(Block):
    is_container = True

    def __init__(self, line):
        super().__init__(line)
        self.element = Element("aside")

    def continues(self, line):
        return YES


def start_aside(parser, line, container):
    if line.content.strip() != ":::":
        return None
    line.move_to(len(line.text))
    return Aside(line.number)


def scan_variable(scan, at):
    end = scan.text.find("}", at)
    if end < 0:
        return None
    scan.pieces += [Start("var"), scan.text[at + 1 : end], END]
    return end + 1


class Comments(Treeprocessor):
    def run(self, root):
        for node in root.iter():
            if is_raw_html(node) and node.text.startswith("<!--"):
                node.text = "<mark>"
        self.md.seen = {element.tag: line for element, line in self.md.parser.document.lines.items()}


class Dialect(Extension):
    def extendMarkdown(self, md):
        md.parser.add_starter(":", start_aside)
        md.treeprocessors["inline"].add_scanner("{", scan_variable)
        md.treeprocessors.register(Comments(md), "comments", 15)


@pytest.fixture
def dialect():
    return markdown.Markdown(extensions=[CommonMarkExtension(), Dialect()])


def test_a_block_of_a_dialect_holds_other_blocks(dialect):
    assert dialect.convert("a\n:::\n- b").replace("\n", "") == "<p>a</p><aside><ul><li>b</li></ul></aside>"


def test_a_scanner_that_refuses_leaves_text(dialect):
    assert dialect.convert("{a} {b") == "<p><var>a</var> {b</p>"


def test_a_treeprocessor_sees_raw_html_as_nodes(dialect):
    assert dialect.convert("a <!-- b -->") == "<p>a <mark></p>"


def test_a_treeprocessor_knows_the_lines(dialect):
    dialect.convert("# a\n\n> b\n\n|c|\n|-|\n|d|\n")
    assert dialect.seen == {"h1": 1, "blockquote": 3, "p": 3, "table": 5, "tr": 7}


def test_one_instance_serves_document_after_document(dialect):
    first = dialect.reset().convert("[a]: /u\n\n[a]")
    assert "<a" in first
    assert "<a" not in dialect.reset().convert("[a]")
