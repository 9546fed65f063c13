"""Emphasis, code, escapes, entities, line ends, raw HTML: source and expected pairs after CommonMark sections 2.4 and 6."""

import pytest

from .rendered import inline

PAIRS = {
    "emphasis": ("*a* _b_", "<em>a</em> <em>b</em>"),
    "strong": ("**a** __b__", "<strong>a</strong> <strong>b</strong>"),
    "both": ("***a***", "<em><strong>a</strong></em>"),
    "both, ending apart": ("***a* b**", "<strong><em>a</em> b</strong>"),
    "a blank inside": ("** a**", "** a**"),
    "within a word": ("un*frigging*real", "un<em>frigging</em>real"),
    "underscores within a word": ("ms_ds_guid __init__ a__b__", "ms_ds_guid <strong>init</strong> a__b__"),
    "underscores at punctuation": ("(_a_).", "(<em>a</em>)."),
    "the rule of three": ("*a**b*", "<em>a**b</em>"),
    "three by three": ("a***b***c", "a<em><strong>b</strong></em>c"),
    "nested": ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
    "crossed": ("*a _b* c_", "<em>a _b</em> c_"),
    "unmatched": ("**a*", "*<em>a</em>"),
    "strong in strong": ("**a **b** c**", "<strong>a b c</strong>"),
    "punctuation of any script": ("**「a」**b", "**「a」**b"),
    "a no-break space is a space": ("*\u00a0a*", "*\u00a0a*"),
    "struck": ("~~a~~ ~b~", "<del>a</del> <del>b</del>"),
    "not struck": ("~a~~ ~~~b~~~", "~a~~ ~~~b~~~"),
    "code": ("`a < b`", "<code>a &lt; b</code>"),
    "code with a backtick": ("`` a`b ``", "<code>a`b</code>"),
    "code keeps inner blanks": ("` a  b `", "<code>a  b</code>"),
    "code of blanks": ("`  `", "<code>  </code>"),
    "code over lines": ("`a\nb`", "<code>a b</code>"),
    "code knows no escapes": ("`a\\`b`", "<code>a\\</code>b`"),
    "unequal backticks": ("```a``", "```a``"),
    "escapes": ("\\*a\\* \\\\ \\@ \\a", "*a* \\ @ \\a"),
    "entities": ("&lt;&copy;&#x41;&#66;&nosuch;&amp", "&lt;©AB&amp;nosuch;&amp;amp"),
    "entities are no markup": ("&#42;a&#42;", "*a*"),
    "characters nobody may send": ("&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd"),
    "an escaped entity": ("\\&copy;", "&amp;copy;"),
    "two blanks break": ("a  \n  b", "a<br />\nb"),
    "a backslash breaks": ("a\\\nb", "a<br />\nb"),
    "one blank does not": ("a \n b", "a\nb"),
    "tags": ('<b class="c">a</b><br/>', '<b class="c">a</b><br/>'),
    "malformed tags": ("<a =b> <c", "&lt;a =b&gt; &lt;c"),
    "placeholders": ("<port>: </port> <b>", "&lt;port&gt;: &lt;/port&gt; <b>"),
    "filtered tags": ("a <iframe src=x>", "a &lt;iframe src=x&gt;"),
    "comments": ("a <!-- *b* --> c", "a <!-- *b* --> c"),
    "an open comment": ("a <!-- b", "a &lt;!-- b"),
    "instructions, declarations, data": ("a<?b?><!B c><![CDATA[>*]]>", "a<?b?><!B c><![CDATA[>*]]>"),
    "tags bind closer than emphasis": ('*a<b c="*">', '*a<b c="*">'),
}


@pytest.mark.parametrize("name", PAIRS)
def test_it_reads(name):
    source, expected = PAIRS[name]
    assert inline(source) == expected
