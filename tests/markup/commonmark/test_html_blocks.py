"""HTML blocks and placeholders: source and expected pairs after CommonMark section 4.6."""

import pytest

from .rendered import html

PAIRS = {
    "a block tag runs to a blank line": ("<div>\n*a*\n\n*b*", "<div>\n*a*\n<p><em>b</em></p>"),
    "it ends a paragraph": ("a\n<table>\n", "<p>a</p>\n<table>"),
    "pre runs to its end, blank lines and all": ("<pre>\n\n*a*\n</pre>\nb", "<pre>\n\n*a*\n</pre>\n<p>b</p>"),
    "a comment": ("<!-- a\n\n*b* -->\nc", "<!-- a\n\n*b* -->\n<p>c</p>"),
    "an instruction": ("<?php\n\n?>\na", "<?php\n\n?>\n<p>a</p>"),
    "a declaration": ("<!DOCTYPE html>\na", "<!DOCTYPE html>\n<p>a</p>"),
    "character data": ("<![CDATA[\n\n*\n]]>\na", "<![CDATA[\n\n*\n]]>\n<p>a</p>"),
    "any other tag alone on its line": ("<b>\n*a*", "<b>\n*a*"),
    "but not within a paragraph": ("a\n<b>\nc", "<p>a\n<b>\nc</p>"),
    "nor with text after it": ("<b> a", "<p><b> a</p>"),
    "a block within a quote ends with it": ("> <div>\na", "<blockquote>\n<div>\n</blockquote>\n<p>a</p>"),
    "a placeholder starts a block, and is text": ("<port>\n*a* &amp; b", "<p>&lt;port&gt;\n*a* &amp; b</p>"),
    "a placeholder within a block is text": ("<div>\n<region> <br>", "<div>\n&lt;region&gt; <br>"),
    "a script is text": ("<script>\na < b\n</script>", "&lt;script>\na < b\n&lt;/script>"),
    "tags of the dialect stay": ("<insight>\n<symptomId>x</symptomId>", "<insight>\n<symptomId>x</symptomId>"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_it_reads(name):
    source, expected = PAIRS[name]
    assert html(source) == expected
