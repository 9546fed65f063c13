"""Quotes and lists: source and expected pairs after CommonMark sections 2.2 and 5."""

import pytest

from .rendered import one_line

PAIRS = {
    "a quote": ("> a\n> b", "<blockquote><p>ab</p></blockquote>"),
    "a quote without blanks": (">a\n>>b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
    "a lazy line": ("> a\nb", "<blockquote><p>ab</p></blockquote>"),
    "a lazy line through two quotes": ("> > a\nb", "<blockquote><blockquote><p>ab</p></blockquote></blockquote>"),
    "a blank line ends a quote": ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
    "code is never lazy": (
        ">     a\n    b",
        "<blockquote><pre><code>a</code></pre></blockquote><pre><code>b</code></pre>",
    ),
    "an empty quote": (">", "<blockquote></blockquote>"),
    "a tab after a quote mark": (">\t\ta", "<blockquote><pre><code>  a</code></pre></blockquote>"),
    "a tight list": ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
    "a list right after a paragraph": ("a\n* b", "<p>a</p><ul><li>b</li></ul>"),
    "another marker is another list": ("- a\n+ b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
    "a number and its delimiter": ("1. a\n2) b", '<ol><li>a</li></ol><ol start="2"><li>b</li></ol>'),
    "a list starts with its number": ("7. a\n9. b", '<ol start="7"><li>a</li><li>b</li></ol>'),
    "zero is a number": ("0. a", '<ol start="0"><li>a</li></ol>'),
    "ten digits are none": ("1234567890. a", "<p>1234567890. a</p>"),
    "only one ends a paragraph": ("it was\n1999. Then", "<p>it was1999. Then</p>"),
    "one does": ("steps:\n1. a", "<p>steps:</p><ol><li>a</li></ol>"),
    "an empty item does not": ("a\n*", "<p>a*</p>"),
    "a marker needs a blank": ("-a\n1.b", "<p>-a1.b</p>"),
    "two blanks nest": ("- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
    "one blank does not": ("- a\n - b", "<ul><li>a</li><li>b</li></ul>"),
    "three nest below a number": ("1. a\n   * b", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
    "two do not": ("1. a\n  * b", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
    "a second paragraph": ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
    "code in an item": ("- a\n\n      b", "<ul><li><p>a</p><pre><code>b</code></pre></li></ul>"),
    "an item that starts with code": ("-     a\n  b", "<ul><li><pre><code>a</code></pre>b</li></ul>"),
    "a tab after the marker": ("-\ta\n\n\tb", "<ul><li><p>a</p><p>b</p></li></ul>"),
    "an item that starts empty": ("-\n  a", "<ul><li>a</li></ul>"),
    "and stays so": ("-\n\n  a", "<ul><li></li></ul><p>a</p>"),
    "a blank line between items loosens": ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    "one at the end does not": ("- a\n- b\n\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
    "one in a nested list does not": (
        "- a\n  - b\n\n    c\n- d",
        "<ul><li>a<ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ul>",
    ),
    "one in a fence does not": ("- ```\n  a\n\n  ```\n- b", "<ul><li><pre><code>a</code></pre></li><li>b</li></ul>"),
    "one in a quote does not": ("- > a\n  >\n- b", "<ul><li><blockquote><p>a</p></blockquote></li><li>b</li></ul>"),
    "a break is no item": ("- a\n- - -\n- b", "<ul><li>a</li></ul><hr /><ul><li>b</li></ul>"),
    "items within items": ("- - 1. a", "<ul><li><ul><li><ol><li>a</li></ol></li></ul></li></ul>"),
    "a lazy line in an item": ("- a\nb", "<ul><li>ab</li></ul>"),
    "a heading in an item": ("- # a\n  b", "<ul><li><h1>a</h1>b</li></ul>"),
    "a list after a table keeps its number": (
        "1. a\n\n|b|\n|-|\n\n2. c",
        '<ol><li>a</li></ol><table><thead><tr><th>b</th></tr></thead></table><ol start="2"><li>c</li></ol>',
    ),
    "a box": (
        "- [ ] a\n- [x] b",
        '<ul><li><input type="checkbox" disabled="" /> a</li><li><input type="checkbox" disabled="" checked="" /> b</li></ul>',
    ),
    "no box in front of nothing": ("- [ ]", "<ul><li>[ ]</li></ul>"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_it_reads(name):
    source, expected = PAIRS[name]
    assert one_line(source) == expected
