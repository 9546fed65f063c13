"""Random Markdown and real articles: the same tree and words as cmark-gfm."""

import re

import markdown
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.markup.commonmark import CommonMarkExtension
from tests.shared import CORPUS, needs_shared

from .compared import compared, reference
from .rendered import html

BLOCKS = [
    "\n", "\n", "\n\n", "- ", "* ", "+ ", "1. ", "2) ", "10. ", "> ", ">", " ", "  ", "   ", "    ", "\t", "# ", "## ", "---", "***",
    "===", "```", "~~~", "|", "|-|-|", "a|b", "\n|-|-|\n", "<div>", "</div>", "<!-- ", "-->", "<pre>", "</pre>", "<b>", "[ ] ",
    "-\n", "1.\n", "a", "b c", "\n    ", "\n  ", "\n- ", "\n  - ", "\\",
]  # fmt: skip
INLINES = [
    "*", "**", "_", "__", "***", "~", "~~", "`", "``", "[", "](/u)", '](<x y> "t")', "]", "![", "[a]", "[]", "(", ")", "<http://x.y>",
    "<b>", "</b>", "<!-- c -->", "<port>", "&amp;", "&copy;", "&nbsp;", "&#65;", "\\", "\\*", "a", "b", "x y", " ", "\n", "  \n",
    "\\\n", ".", ",", '"', "'", "é", "“", "中", "http://a.bc/d", "www.x.yz", "https://", "a@b.cd", ":", "!", "<", ">", "-", "_a",
]  # fmt: skip

# Where cmark-gfm has slips of its own, we follow the spec instead: a link within a link, a title taken back, one address
# searched for behind two at signs, definitions above a table; and HTML that only ends with the text parses by chance.
SLIPS = re.compile(r"\[.*\[.*\].*\].*\]\(|@\S*@|\]:|<(?:[a-z!/][^<>]*)?\Z|mailto:@", re.DOTALL)


def same(source: str) -> bool:
    return compared(html(source)) == compared(reference(source))


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=14).map("".join))
def test_blocks_are_as_cmark_reads_them(source):
    assume(not SLIPS.search(source.rstrip()))
    assert same(source)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(INLINES), max_size=14).map("".join))
def test_inlines_are_as_cmark_reads_them(source):
    assume(not SLIPS.search(source.rstrip()))
    assert same(source + "\n\n[a]: /ref")


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS + INLINES), max_size=16).map("".join))
def test_both_together_are_as_cmark_reads_them(source):
    assume(not SLIPS.search(source.rstrip()))
    assert same(source)


@needs_shared
@pytest.mark.parametrize("corpus", ["alchemy", "selfhelp/articles"])
def test_real_articles_are_as_cmark_reads_them(corpus):
    parser = markdown.Markdown(extensions=[CommonMarkExtension()])
    paths = sorted((CORPUS / corpus).rglob("*.md"))[::15]
    bodies = [
        re.sub(
            r"\A\ufeff?\s*(<properties.*?/>|---\n.*?\n---\n)", "", path.read_text("utf-8", "replace"), flags=re.DOTALL
        )
        for path in paths
    ]
    bodies = [body for body in bodies if not body.lstrip().startswith("{")]
    differing = [body for body in bodies if compared(parser.reset().convert(body)) != compared(reference(body))]
    assert len(bodies) > 50
    assert len(differing) <= len(bodies) // 200
