"""Links, images, references and autolinks: source and expected pairs after CommonMark sections 4.7 and 6.3 to 6.5."""

import pytest

from .rendered import html, inline


def link(target: str, text: str, title: str = "") -> str:
    return f'<a href="{target}"{f" title={chr(34)}{title}{chr(34)}" if title else ""}>{text}</a>'


PAIRS = {
    "a link": ("[a](/u)", link("/u", "a")),
    "a title": ("[a](/u 'it \"is\"')", link("/u", "a", "it &quot;is&quot;")),
    "a title on the next line": ('[a](/u\n"t")', link("/u", "a", "t")),
    "an empty link": ("[]()", link("", "")),
    "a pointed address": ("[a](<b c>)", link("b%20c", "a")),
    "blanks end an address": ("[a](b c)", "[a](b c)"),
    "blanks around are fine": ("[a]( /u )", link("/u", "a")),
    "a blank in front of the address is not": ("[a] (/u)", "[a] (/u)"),
    "balanced parentheses": ("[a](b(c)d)", link("b(c)d", "a")),
    "escaped parentheses": ("[a](b\\)c)", link("b)c", "a")),
    "entities in an address": ("[a](?x&amp;y)", link("?x&amp;y", "a")),
    "letters of any script": ("[a](/ö)", link("/%C3%B6", "a")),
    "inline text within": ("[*a* `b`](c)", link("c", "<em>a</em> <code>b</code>")),
    "brackets within": ("[a [b] c](d)", link("d", "a [b] c")),
    "no link within a link": ("[a [b](c) d](e)", "[a " + link("c", "b") + " d](e)"),
    "code binds closer": ("[a`](b)`", "[a<code>](b)</code>"),
    "tags bind closer": ('[a<b c="](d)">', '[a<b c="](d)">'),
    "emphasis does not cross": ("*[a*](b)", "*" + link("b", "a*")),
    "a link within emphasis": ("*a [b](c)*", "<em>a " + link("c", "b") + "</em>"),
    "an image": ("![a *b*](c 't')", '<img src="c" title="t" alt="a b" />'),
    "an image within a link": ("[![a](b)](c)", link("c", '<img src="b" alt="a" />')),
    "a link within an image": ("![a [b](c)](d)", '<img src="d" alt="a b" />'),
    "an escaped bang": ("\\![a](b)", "!" + link("b", "a")),
    "a pointed autolink": ("<https://a.b/?c=<d", '&lt;<a href="https://a.b/?c=">https://a.b/?c=</a>&lt;d'),
    "any scheme": ("<made-up+1:x>", link("made-up+1:x", "made-up+1:x")),
    "a pointed address of a person": ("<joe@contoso.com>", link("mailto:joe@contoso.com", "joe@contoso.com")),
    "no blanks in it": ("<https://a b>", "&lt;" + link("https://a", "https://a") + " b&gt;"),
    "a bare address": ("see https://a.b/c_d_e.", "see " + link("https://a.b/c_d_e", "https://a.b/c_d_e") + "."),
    "a bare host": ("(www.a.com)", "(" + link("http://www.a.com", "www.a.com") + ")"),
    "its parentheses": ("(https://a.b/c(d))", "(" + link("https://a.b/c(d)", "https://a.b/c(d)") + ")"),
    "an entity at its end": ("https://a.b&lt;", link("https://a.b", "https://a.b") + "&lt;"),
    "in emphasis": ("**https://a.b**", "<strong>" + link("https://a.b", "https://a.b") + "</strong>"),
    "not within brackets": ("[https://a.b]", "[https://a.b]"),
    "not in the middle of a word": ("xwww.a.b ahttp://a.b", "xwww.a.b ahttp://a.b"),
    "no underscore in a domain": ("www.a_b.c", "www.a_b.c"),
    "other schemes": ("ftp://a.b ssh://a.b", link("ftp://a.b", "ftp://a.b") + " ssh://a.b"),
    "a bare person": (
        "ask joe.b+c@contoso.com.",
        "ask " + link("mailto:joe.b+c@contoso.com", "joe.b+c@contoso.com") + ".",
    ),
    "a person needs a domain": ("joe@contoso a@b.c1", "joe@contoso a@b.c1"),
    "a written scheme": ("mailto:a@b.c", link("mailto:a@b.c", "mailto:a@b.c")),
}

REFERENCES = {
    "in full": ("[a][b]\n\n[b]: /u 't'", link("/u", "a", "t")),
    "collapsed": ("[a][]\n\n[a]: /u", link("/u", "a")),
    "short": ("[a]\n\n[a]: /u", link("/u", "a")),
    "folded": ("[ÄPFEL  und\n birnen]\n\n[äpfel und Birnen]: /u", link("/u", "ÄPFEL  und\nbirnen")),
    "before or after": ("[a]: </u v>\n\n[a]", link("/u%20v", "a")),
    "over lines": ("[a]:\n  /u\n  't\n  s'\n\n[a]", link("/u", "a", "t\ns")),
    "the first wins": ("[a]: /1\n[a]: /2\n\n[a]", link("/1", "a")),
    "an image": ("![a]\n\n[a]: /u", '<img src="/u" alt="a" />'),
    "unknown": ("[a][b]\n\n[c]: /u", "[a][b]"),
    "garbage after the title": ("[a]: /u 't' x\n\n[a]", None),
    "not within a paragraph": ("x\n[a]: /u\n\n[a]", None),
    "emphasis in a label": ("[*a*]\n\n[*a*]: /u", link("/u", "<em>a</em>")),
}


@pytest.mark.parametrize("name", PAIRS)
def test_it_reads(name):
    source, expected = PAIRS[name]
    assert inline(source) == expected


@pytest.mark.parametrize("name", REFERENCES)
def test_it_follows_references(name):
    source, expected = REFERENCES[name]
    if expected is None:
        assert "<a" not in html(source)
    else:
        assert html(source) == f"<p>{expected}</p>"


def test_it_finds_definitions_in_quotes_and_lists():
    assert html("[a]\n\n> - [a]: /u").startswith('<p><a href="/u">a</a></p>')


def test_it_leaves_no_paragraph_behind_for_definitions():
    assert html("[a]: /u\n[b]: /v") == ""
