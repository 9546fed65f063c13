"""Leaf blocks: source and expected pairs after CommonMark section 4."""

import pytest

from .rendered import html, one_line

PAIRS = {
    "three stars break": ("***", "<hr />"),
    "a break may have blanks within": (" - - -  ", "<hr />"),
    "two stars break nothing": ("**", "<p>**</p>"),
    "a break ends a paragraph": ("sync\n***\nagain", "<p>sync</p><hr /><p>again</p>"),
    "mixed characters are no break": ("*-*", "<p><em>-</em></p>"),
    "six levels": ("###### six\n####### seven", "<h6>six</h6><p>####### seven</p>"),
    "a heading needs a blank": ("#one", "<p>#one</p>"),
    "closing signs go": ("## two ## ", "<h2>two</h2>"),
    "a glued closing sign stays": ("# C#", "<h1>C#</h1>"),
    "an escaped sign is text": ("# a \\#", "<h1>a #</h1>"),
    "an empty heading": ("##", "<h2></h2>"),
    "a heading ends a paragraph": ("a\n# b", "<p>a</p><h1>b</h1>"),
    "underlined once": ("over\nlines\n===", "<h1>overlines</h1>"),
    "underlined by one dash": ("cycle\n-", "<h2>cycle</h2>"),
    "an underline may not be split": ("cycle\n= =", "<p>cycle= =</p>"),
    "no lazy underline": ("> a\n===", "<blockquote><p>a===</p></blockquote>"),
    "code by indentation": ("    x <y>\n\n      z\n\na", "<pre><code>x &lt;y&gt;  z</code></pre><p>a</p>"),
    "indented text goes on with a paragraph": ("a\n      b", "<p>ab</p>"),
    "a tab indents": ("\tx\ty", "<pre><code>x\ty</code></pre>"),
    "a fence with a language": (
        "```powershell more\nGet-ADUser\n```",
        '<pre><code class="language-powershell">Get-ADUser</code></pre>',
    ),
    "a language is unescaped": ("~~~ c&#43;\\+\n~~~", '<pre><code class="language-c++"></code></pre>'),
    "a fence is closed by no shorter one": ("````\n```\n````", "<pre><code>```</code></pre>"),
    "an open fence runs to the end": ("```\na\n\nb", "<pre><code>ab</code></pre>"),
    "and to the end of its quote": ("> ~~~\n> a\nb", "<blockquote><pre><code>a</code></pre></blockquote><p>b</p>"),
    "the indentation of a fence is taken off": ("  ```\n   a\n b\n  ```", "<pre><code> ab</code></pre>"),
    "backticks in the info are none": ("``` a`b", "<p>``` a`b</p>"),
    "a fence ends a paragraph": ("a\n```\nb\n```\nc", "<p>a</p><pre><code>b</code></pre><p>c</p>"),
    "leading blanks go": ("  a\n   b  ", "<p>ab</p>"),
    "blank lines part paragraphs": ("a\n \t\nb\n\n\nc", "<p>a</p><p>b</p><p>c</p>"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_it_reads(name):
    source, expected = PAIRS[name]
    assert one_line(source) == expected


def test_it_keeps_the_lines_of_code():
    assert html("```\na\n\n b\n```") == "<pre><code>a\n\n b\n</code></pre>"


def test_it_keeps_blank_lines_within_indented_code_and_drops_those_around():
    assert html("\n    a\n      \n    b\n    \n") == "<pre><code>a\n  \nb\n</code></pre>"
